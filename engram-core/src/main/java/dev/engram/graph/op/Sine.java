package dev.engram.graph.op;

/** f(x) = sin(x). */
final class Sine extends Unary {
    @Override
    public String name() {
        return "sin";
    }

    @Override
    double value(double x) {
        return Math.sin(x);
    }

    @Override
    double slope(double x, double y) {
        return Math.cos(x);
    }
}
