package dev.engram.graph;

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
        public void values(float[] x, float[] out) {
            for (int i = 0; i < x.length; i++) {
                out[i] = Math.max(x[i], 0f);
            }
        }

        @Override
        public void slopes(float[] x, float[] out) {
            // 1 above 0 and 0 elsewhere, by saturation: the smallest positive float times the largest, twice, is above
            // 1.
            for (int i = 0; i < x.length; i++) {
                out[i] = Math.min(1f, Math.max(0f, x[i] * Float.MAX_VALUE) * Float.MAX_VALUE);
            }
        }
    },
    /** f(x) = tanh(x), to 4 ulp. */
    TANH {
        @Override
        public void values(float[] x, float[] out) {
            RationalTanh.values(x, out);
        }

        @Override
        public void slopes(float[] x, float[] out) {
            RationalTanh.slopes(x, out);
        }
    },
    /** f(x) = x. */
    LINEAR {
        @Override
        public void values(float[] x, float[] out) {
            System.arraycopy(x, 0, out, 0, x.length);
        }

        @Override
        public void slopes(float[] x, float[] out) {
            Arrays.fill(out, 0, x.length, 1f);
        }
    };

    /** Writes f(x) to {@code out}, which is at least as long as {@code x}. */
    public abstract void values(float[] x, float[] out);

    /** Writes f'(x) to {@code out}, which is at least as long as {@code x}. */
    public abstract void slopes(float[] x, float[] out);
}
