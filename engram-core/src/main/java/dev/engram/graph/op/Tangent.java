package dev.engram.graph.op;

/** f(x) = tan(x). */
final class Tangent extends Unary {
    @Override
    public String name() {
        return "tan";
    }

    @Override
    double value(double x) {
        return Math.tan(x);
    }

    @Override
    double slope(double x, double y) {
        return 1 + y * y;
    }
}
