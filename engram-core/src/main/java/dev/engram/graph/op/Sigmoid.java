package dev.engram.graph.op;

/** The logistic sigmoid, f(x) = 1 / (1 + exp(-x)). */
final class Sigmoid extends Unary {
    @Override
    public String name() {
        return "sigmoid";
    }

    @Override
    double value(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Override
    double slope(double x, double y) {
        return y * (1 - y);
    }

    @Override
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = y[i] * (1 - y[i]) * delta[i];
        }
    }
}
