package dev.engram.network;

import dev.engram.linalg.RationalTanh;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The activations of the paper, as {@link Activation#RELU}, {@link Activation#TANH} and {@link Activation#LINEAR}. */
public enum UsualActivation implements Activation {
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

        @Override
        public Optional<Lines> lines() {
            return Optional.of(new Lines(0, 1));
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

        @Override
        public Optional<Lines> lines() {
            return Optional.of(new Lines(1, 1));
        }
    };

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public double steepest() {
        return 1;
    }
}
