package dev.engram.inference;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.BitSet;

/** Walks over the clamped sensory nodes in blocks, so that no second copy of all of them is ever held. */
final class KnownRows {
    private static final int BLOCK = 2048;

    private KnownRows() {}

    /** Told of every block. */
    interface Visitor {
        /**
         * @param nodes the sensory nodes of this block
         * @param cues their values in every cue, [cues, block]
         */
        void visit(int[] nodes, DoubleMatrix cues);
    }

    /** Visits the blocks in order; returns ½|x_K|² per cue. */
    static double[] forEach(Matrix sensory, BitSet known, int[] cues, Visitor visitor) {
        int[] all = known.stream().toArray();
        double[] halfSquares = new double[cues.length];
        for (int from = 0; from < all.length; from += BLOCK) {
            int[] nodes = Arrays.copyOfRange(all, from, Math.min(all.length, from + BLOCK));
            DoubleMatrix values = DoubleMatrix.zeros(cues.length, nodes.length);
            for (int i = 0; i < cues.length; i++) {
                for (int k = 0; k < nodes.length; k++) {
                    double x = sensory.get(cues[i], nodes[k]);
                    values.data()[i * nodes.length + k] = x;
                    halfSquares[i] += 0.5 * x * x;
                }
            }
            visitor.visit(nodes, values);
        }
        return halfSquares;
    }
}
