package dev.engram.graph.op;

/** The Gaussian error linear unit in its tanh form, f(x) = x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))) (Hendrycks and Gimpel 2016). */
final class Gelu extends Unary {
    private static final double ROOT = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;

    @Override
    public String name() {
        return "gelu";
    }

    @Override
    double value(double x) {
        return 0.5 * x * (1 + Math.tanh(ROOT * (x + CUBIC * x * x * x)));
    }

    @Override
    double slope(double x, double y) {
        double t = Math.tanh(ROOT * (x + CUBIC * x * x * x));
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * ROOT * (1 + 3 * CUBIC * x * x);
    }
}
