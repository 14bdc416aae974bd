package dev.engram.inference.internal;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;

/** Reads the clamped sensory nodes in blocks, so that no second copy of all of them is ever held. */
final class KnownRows {
    private static final int BLOCK = 2048;

    private KnownRows() {}

    /** Visits the nodes in order, a block at a time. */
    static void forEach(BitSet known, Consumer<int[]> visitor) {
        int[] all = known.stream().toArray();
        for (int from = 0; from < all.length; from += BLOCK) {
            visitor.accept(Arrays.copyOfRange(all, from, Math.min(all.length, from + BLOCK)));
        }
    }

    /** The values of the named nodes in the named cues, [cues, nodes]. */
    static DoubleMatrix values(Matrix sensory, int[] nodes, int[] cues) {
        DoubleMatrix values = DoubleMatrix.zeros(cues.length, nodes.length);
        for (int i = 0; i < cues.length; i++) {
            for (int k = 0; k < nodes.length; k++) {
                values.data()[i * nodes.length + k] = sensory.get(cues[i], nodes[k]);
            }
        }
        return values;
    }

    /** ½|x_K|² per cue. */
    static double[] halfSquares(Matrix sensory, BitSet known, int[] cues) {
        double[] sums = new double[cues.length];
        for (int i = 0; i < cues.length; i++) {
            for (int node = known.nextSetBit(0); node >= 0; node = known.nextSetBit(node + 1)) {
                double x = sensory.get(cues[i], node);
                sums[i] += 0.5 * x * x;
            }
        }
        return sums;
    }
}
