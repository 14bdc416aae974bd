package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.LinearMap;
import java.util.List;

/**
 * A layer's weights in a file: {@code NAME.weight} [out, in], or where they are kept in a span {@code NAME.basis} [r, out] and
 * {@code NAME.factor} [r, in], with weight = basisᵀ factor.
 */
final class LinearMapInFile {
    /** The entry for r, 0 where the weights are a matrix. */
    static final String SPAN = "network.span";

    private LinearMapInFile() {}

    /** r, or 0. */
    static String span(LinearMap map) {
        return map instanceof LinearMap.Spanned spanned
                ? String.valueOf(spanned.basis().rows())
                : "0";
    }

    static List<NamedTensor> tensors(String name, LinearMap map) {
        return map instanceof LinearMap.Spanned spanned
                ? List.of(
                        NamedTensor.of(name + ".basis", spanned.basis()),
                        NamedTensor.of(name + ".factor", spanned.factor()))
                : List.of(NamedTensor.of(name + ".weight", map.matrix(LinearAlgebra.shared())));
    }

    /**
     * Reads the weights.
     *
     * @param span r, or 0
     * @param names gets the names of the tensors that were read
     */
    static LinearMap read(String name, int span, int rows, int columns, MemoryEntries entries, List<String> names) {
        if (span == 0) {
            names.add(name + ".weight");
            return new LinearMap.Dense(entries.matrix(name + ".weight", rows, columns));
        }
        names.addAll(List.of(name + ".basis", name + ".factor"));
        Matrix basis = entries.matrix(name + ".basis", span, rows);
        entries.requireOrthonormal(name + ".basis", basis);
        return new LinearMap.Spanned(basis, entries.matrix(name + ".factor", span, columns));
    }
}
