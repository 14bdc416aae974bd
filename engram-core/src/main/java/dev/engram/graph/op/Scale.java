package dev.engram.graph.op;

/** f(x) = c x, for a constant c. */
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
}
