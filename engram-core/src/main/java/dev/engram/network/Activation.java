package dev.engram.network;

import dev.engram.linalg.Matrix;
import dev.engram.linalg.RationalTanh;
import java.util.Arrays;

/**
 * The non-linearity f of Eq. 1, applied to a layer's value nodes before they predict the layer below.
 *
 * <p>The loops are over flat arrays with the same index throughout and without branches, so that the compiler vectorises them.
 */
public enum Activation {
    /** f(x) = max(x, 0); f'(0) = 0. */
    RELU {
        @Override
        public void values(float[] x, float[] out, int from, int to) {
            for (int i = from; i < to; i++) {
                out[i] = Math.max(x[i], 0f);
            }
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            // 1 above 0 and 0 elsewhere, by saturation: the smallest positive float times the largest, twice, is above
            // 1.
            for (int i = from; i < to; i++) {
                out[i] = Math.min(1f, Math.max(0f, x[i] * Float.MAX_VALUE) * Float.MAX_VALUE);
            }
        }
    },
    /** f(x) = tanh(x), to 4 ulp. */
    TANH {
        @Override
        public void values(float[] x, float[] out, int from, int to) {
            RationalTanh.values(x, out, from, to);
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            RationalTanh.slopes(x, out, from, to);
        }
    },
    /** f(x) = x. */
    LINEAR {
        @Override
        public void values(float[] x, float[] out, int from, int to) {
            System.arraycopy(x, from, out, from, to - from);
        }

        @Override
        public void slopes(float[] x, float[] out, int from, int to) {
            Arrays.fill(out, from, to, 1f);
        }
    };

    /** Writes f(x) to {@code out} at the indices {@code from} (inclusive) to {@code to} (exclusive). */
    public abstract void values(float[] x, float[] out, int from, int to);

    /** Writes f'(x) to {@code out} at the indices {@code from} (inclusive) to {@code to} (exclusive). */
    public abstract void slopes(float[] x, float[] out, int from, int to);

    /** Writes f(x) to {@code out}, which is at least as long as {@code x}. */
    public final void values(float[] x, float[] out) {
        values(x, out, 0, x.length);
    }

    /** f(x), as a new matrix. */
    public final Matrix values(Matrix x) {
        Matrix f = Matrix.zeros(x.rows(), x.columns());
        values(x.data(), f.data());
        return f;
    }

    /** Writes f'(x) to {@code out}, which is at least as long as {@code x}. */
    public final void slopes(float[] x, float[] out) {
        slopes(x, out, 0, x.length);
    }
}
