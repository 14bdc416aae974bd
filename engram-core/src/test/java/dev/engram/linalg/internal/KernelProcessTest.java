package dev.engram.linalg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own, which choose: the kernels of this one must stay what they are. */
class KernelProcessTest {
    @TempDir
    Path folder;

    /** The program: its kernels, the variable as it is left behind, and the bits of some products. */
    public static final class Program {
        private Program() {}

        public static void main(String[] args) {
            LinearAlgebra la = LinearAlgebra.openBlas(1);
            if (args.length > 0) {
                KernelTable.loaded().orElseThrow().select(args[0]);
            }
            float[] bits = la.product(matrix(63), Transpose.NO, matrix(63), Transpose.YES)
                    .data();
            report("%s %s %s %08x"
                    .formatted(
                            la.description(),
                            Kernels.inUse().orElse("unknown"),
                            System.getenv("OPENBLAS_CORETYPE"),
                            Arrays.hashCode(bits)));
        }

        private static Matrix matrix(int size) {
            Matrix matrix = Matrix.zeros(size, size);
            for (int i = 0; i < matrix.data().length; i++) {
                matrix.data()[i] = (float) Math.sin(i);
            }
            return matrix;
        }

        private static void report(String line) {
            System.out.println(line);
        }
    }

    @BeforeEach
    void onlyWhereKernelsAreChosen() throws IOException {
        assumeTrue(Loader.getPlatform().equals("linux-x86_64"), "kernels are chosen on Linux on x86-64 only");
        Processor processor = Processor.of(Files.readString(Path.of("/proc/cpuinfo")));
        assumeTrue(processor.candidates().contains("Haswell"), "a processor without AVX2");
    }

    private String run(Map<String, String> environment, List<String> options, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().remove("OPENBLAS_CORETYPE");
        builder.environment().put("XDG_CACHE_HOME", folder.toString());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        assertThat(code).as(Files.readString(folder.resolve("err.txt"))).isZero();
        return Files.readString(out, StandardCharsets.UTF_8).strip();
    }

    private List<Path> kept() throws IOException {
        Path cache = folder.resolve("engram");
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    @Test
    void selectedKernelsGiveTheBitsOfThoseSetBeforeTheStart() throws Exception {
        String set = run(Map.of("OPENBLAS_CORETYPE", "Nehalem"), List.of());
        String selected = run(Map.of(), List.of("-Dengram.kernels=openblas"), "Nehalem");
        String haswell = run(Map.of("OPENBLAS_CORETYPE", "Haswell"), List.of());
        assertThat(set).contains("kernels for Nehalem), 1 thread Nehalem Nehalem ");
        assertThat(selected).contains(", 1 thread Nehalem null ");
        assertThat(bits(selected)).isEqualTo(bits(set)).isNotEqualTo(bits(haswell));
        assertThat(kept()).as("what is set is respected").isEmpty();
    }

    private static String bits(String line) {
        return line.substring(line.lastIndexOf(' '));
    }

    @Test
    void theFirstStartChoosesAndLaterOnesFollow() throws Exception {
        String first = run(Map.of(), List.of());
        assertThat(kept()).hasSize(1);
        String text = Files.readString(kept().get(0));
        assertThat(text).contains("finished=true", " ms");
        assertThat(run(Map.of(), List.of())).isEqualTo(first);
        assertThat(Files.readString(kept().get(0))).isEqualTo(text);

        String chosen = text.lines()
                .filter(l -> l.startsWith("kernels="))
                .findFirst()
                .orElseThrow()
                .substring(8);
        assertThat(first).contains("kernels for " + chosen);
        Files.writeString(kept().get(0), text.replace("kernels=" + chosen, "kernels=Haswell"));
        assertThat(run(Map.of("OPENBLAS_CORETYPE", ""), List.of())).contains("kernels for Haswell");
    }
}
