package dev.engram.inference;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.BitSet;

/**
 * What the clamped sensory nodes K say about the hidden ones, with the d pixels summed away, in double precision.
 *
 * @param gram G = W_KᵀW_K, [n, n], symmetric
 * @param drive C = W_Kᵀx_K, [cues, n]
 * @param halfSquares ½|x_K|² per cue
 */
record KnownPart(DoubleMatrix gram, DoubleMatrix drive, double[] halfSquares) {
    private static final int BLOCK = 2048;

    /** Sums over K in blocks of rows, so that no second copy of W is ever held. */
    static KnownPart of(LinearAlgebra la, Matrix w, Matrix sensory, BitSet known, int[] cues) {
        int n = w.columns();
        DoubleMatrix gram = DoubleMatrix.zeros(n, n);
        DoubleMatrix drive = DoubleMatrix.zeros(cues.length, n);
        double[] halfSquares = new double[cues.length];
        int[] nodes = known.stream().toArray();
        for (int from = 0; from < nodes.length; from += BLOCK) {
            int length = Math.min(BLOCK, nodes.length - from);
            DoubleMatrix wBlock = DoubleMatrix.zeros(length, n);
            DoubleMatrix xBlock = DoubleMatrix.zeros(cues.length, length);
            for (int k = 0; k < length; k++) {
                int node = nodes[from + k];
                for (int j = 0; j < n; j++) {
                    wBlock.data()[k * n + j] = w.data()[node * n + j];
                }
                for (int i = 0; i < cues.length; i++) {
                    double x = sensory.get(cues[i], node);
                    xBlock.data()[i * length + k] = x;
                    halfSquares[i] += 0.5 * x * x;
                }
            }
            la.multiply(1, wBlock, Transpose.YES, wBlock, Transpose.NO, 1, gram);
            la.multiply(1, xBlock, Transpose.NO, wBlock, Transpose.NO, 1, drive);
        }
        gram.symmetrise();
        return new KnownPart(gram, drive, halfSquares);
    }
}
