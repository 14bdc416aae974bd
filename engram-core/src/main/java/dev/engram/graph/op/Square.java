package dev.engram.graph.op;

/** f(x) = x². */
final class Square extends Unary {
    @Override
    public String name() {
        return "square";
    }

    @Override
    double value(double x) {
        return x * x;
    }

    @Override
    double slope(double x, double y) {
        return 2 * x;
    }
}
