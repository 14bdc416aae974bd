package dev.engram.memory.covariance;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Rows some values of which may be missing, which are NaN. */
final class Present {
    private Present() {}

    static boolean isAll(Matrix rows) {
        for (float value : rows.data()) {
            if (Float.isNaN(value)) {
                return false;
            }
        }
        return true;
    }

    /** What is not missing. */
    static Mask mask(Matrix rows) {
        List<BitSet> present = IntStream.range(0, rows.rows())
                .mapToObj(i -> {
                    BitSet row = new BitSet(rows.columns());
                    IntStream.range(0, rows.columns())
                            .filter(j -> !Float.isNaN(rows.get(i, j)))
                            .forEach(row::set);
                    return row;
                })
                .toList();
        return Mask.known(rows.columns(), present);
    }

    /** The rows less the mean, 0 where missing. */
    static DoubleMatrix centred(Matrix rows, double[] mean) {
        DoubleMatrix y = rows.toDouble().subtractRow(mean);
        double[] values = y.data();
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.isNaN(values[i]) ? 0 : values[i];
        }
        return y;
    }
}
