package dev.engram.graph.op;

import dev.engram.linalg.RationalTanh;

/** The hyperbolic tangent, f(x) = tanh(x); in floats to 4 ulp. */
final class HyperbolicTangent extends Unary {
    @Override
    public String name() {
        return "tanh";
    }

    @Override
    double value(double x) {
        return Math.tanh(x);
    }

    @Override
    double slope(double x, double y) {
        return 1 - y * y;
    }

    @Override
    void values(float[] x, float[] y, int from, int to) {
        RationalTanh.values(x, y, from, to);
    }

    @Override
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (1 - y[i] * y[i]) * delta[i];
        }
    }
}
