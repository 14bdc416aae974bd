package dev.engram.graph.op;

/** The hyperbolic tangent, f(x) = tanh(x). */
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
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (1 - y[i] * y[i]) * delta[i];
        }
    }
}
