package dev.engram.graph.op;

import dev.engram.linalg.RationalTanh;

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
    void values(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) { // 1 / (1 + exp(-x)) = (1 + tanh(x/2)) / 2
            y[i] = 0.5f * x[i];
        }
        RationalTanh.values(y, y, from, to);
        for (int i = from; i < to; i++) {
            y[i] = 0.5f + 0.5f * y[i];
        }
    }

    @Override
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = y[i] * (1 - y[i]) * delta[i];
        }
    }
}
