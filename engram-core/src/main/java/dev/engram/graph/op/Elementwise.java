package dev.engram.graph.op;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** An element-wise operation that is given by a function f and its slope; it has no float loops of its own. */
final class Elementwise extends Unary {
    private final String name;
    private final DoubleUnaryOperator f;
    private final DoubleBinaryOperator slope;

    /** With f and f'(x) as a function of x and y = f(x). */
    Elementwise(String name, DoubleUnaryOperator f, DoubleBinaryOperator slope) {
        this.name = name;
        this.f = f;
        this.slope = slope;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    double value(double x) {
        return f.applyAsDouble(x);
    }

    @Override
    double slope(double x, double y) {
        return slope.applyAsDouble(x, y);
    }
}
