package dev.engram.graph.op;

/** f(x) = √x; not a number below 0. */
final class SquareRoot extends Unary {
    @Override
    public String name() {
        return "sqrt";
    }

    @Override
    double value(double x) {
        return Math.sqrt(x);
    }

    @Override
    double slope(double x, double y) {
        return 0.5 / y;
    }
}
