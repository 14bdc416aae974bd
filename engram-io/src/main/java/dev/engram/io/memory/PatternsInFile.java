package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads the patterns of a memory that keeps them.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code patterns} [patterns, values]</td><td>the patterns</td></tr>
 * <tr><td>{@code network.sizes}</td><td>patterns, values</td></tr>
 * </table>
 */
final class PatternsInFile {
    private static final String PATTERNS = "patterns";
    private static final String SIZES = "network.sizes";

    private PatternsInFile() {}

    static List<NamedTensor> tensors(Matrix patterns) {
        return List.of(NamedTensor.of(PATTERNS, patterns));
    }

    /** The entries that every such memory has; a codec may add its own. */
    static Map<String, String> definition(Matrix patterns) {
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIZES, patterns.rows() + "," + patterns.columns());
        return definition;
    }

    static Matrix read(MemoryEntries entries) {
        List<Integer> sizes = entries.sizes(SIZES);
        if (sizes.size() != 2) {
            throw entries.corrupt("its sizes %s are not those of patterns".formatted(sizes));
        }
        entries.requireTensors(List.of(PATTERNS));
        return entries.matrix(PATTERNS, sizes.get(0), sizes.get(1));
    }
}
