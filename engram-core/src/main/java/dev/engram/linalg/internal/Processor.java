package dev.engram.linalg.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The processor as Linux describes it, and which of OpenBLAS's kernels it can run.
 *
 * @param name with family and model: virtual machines call processors of three generations "AMD EPYC"
 * @param amd whether AMD's designers made it
 * @param flags what it can do, in Linux's words
 */
record Processor(String name, boolean amd, Set<String> flags) {
    private static final List<String> AVX2 = List.of("avx2", "fma");
    private static final List<String> AVX512 = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

    /** The first processor of the text of /proc/cpuinfo; one without flags where there is none. */
    static Processor of(String cpuinfo) {
        Map<String, String> lines = new HashMap<>();
        cpuinfo.lines().takeWhile(line -> !line.isBlank()).forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        });
        String vendor = lines.getOrDefault("vendor_id", "");
        String name = "%s, family %s, model %s"
                .formatted(
                        lines.getOrDefault("model name", "unknown"),
                        lines.getOrDefault("cpu family", "unknown"),
                        lines.getOrDefault("model", "unknown"));
        return new Processor(
                name,
                vendor.equals("AuthenticAMD") || vendor.equals("HygonGenuine"),
                Set.of(lines.getOrDefault("flags", "").split("\\s+")));
    }

    /**
     * The kernels worth comparing, as OPENBLAS_CORETYPE calls them; the first is kept unless another is clearly faster.
     *
     * <p>Zen's differ from Haswell's in how they cut the matrices only, for AMD's caches. Those of Cooperlake and SapphireRapids multiply
     * floats and doubles as SkylakeX's do.
     */
    List<String> candidates() {
        if (!flags.containsAll(AVX2)) {
            return List.of();
        }
        List<String> candidates = new ArrayList<>(List.of("Haswell"));
        if (flags.containsAll(AVX512)) {
            candidates.add("SkylakeX");
        }
        if (amd) {
            candidates.add("Zen");
        }
        return List.copyOf(candidates);
    }

    /** Where nothing can be measured: Haswell's kernels on AMD processors without AVX-512, else OpenBLAS's own choice. */
    Optional<String> unmeasured() {
        return amd && flags.containsAll(AVX2) && !flags.contains("avx512f") ? Optional.of("Haswell") : Optional.empty();
    }
}
