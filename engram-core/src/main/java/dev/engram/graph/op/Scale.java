package dev.engram.graph.op;

/** A constant factor, f(x) = c x. */
final class Scale extends Unary {
    private final double factor;

    Scale(double factor) {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("The factor of a scale (%s) must be finite.".formatted(factor));
        }
        this.factor = factor;
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    double value(double x) {
        return factor * x;
    }

    @Override
    double slope(double x, double y) {
        return factor;
    }

    @Override
    void values(float[] x, float[] y, int from, int to) {
        float c = (float) factor;
        for (int i = from; i < to; i++) {
            y[i] = c * x[i];
        }
    }

    @Override
    void pullBack(float[] x, float[] y, float[] delta, float[] out, int from, int to) {
        float c = (float) factor;
        for (int i = from; i < to; i++) {
            out[i] = c * delta[i];
        }
    }
}
