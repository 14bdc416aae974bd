package dev.engram.graph.op;

/** The rectified linear unit, f(x) = max(x, 0); f'(0) = 0. */
final class Relu extends Unary {
    @Override
    public String name() {
        return "relu";
    }

    @Override
    double value(double x) {
        return Math.max(x, 0);
    }

    @Override
    double slope(double x, double y) {
        return x > 0 ? 1 : 0;
    }

    @Override
    void values(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    @Override
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        // 1 above 0 and 0 at 0, by saturation: the smallest positive float times the largest, twice, is above 1.
        for (int i = from; i < to; i++) {
            out[i] = Math.min(1f, y[i] * Float.MAX_VALUE * Float.MAX_VALUE) * delta[i];
        }
    }
}
