package dev.engram.graph.op;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The operations that come with the library. */
public final class Operations {
    private Operations() {}

    /** y = x Wᵀ over the last axis; W [out, in]. */
    public static Operation dense() {
        return new Dense(false);
    }

    /** y = x Wᵀ + b over the last axis; W [out, in], b [out]. */
    public static Operation denseWithBias() {
        return new Dense(true);
    }

    /** A convolution of x [in, height, width] with W [out, in, k, k], zeros beyond the border. */
    public static Operation conv2d(int stride, int padding) {
        return new Convolution(stride, padding);
    }

    /** A transposed convolution of x [in, height, width] with W [in, out, k, k]: {@link #conv2d} backwards, to larger pictures. */
    public static Operation transposedConv2d(int stride, int padding) {
        return new TransposedConvolution(stride, padding);
    }

    /** x [channels, ...] + b [channels], a number for each channel: the bias of a convolution. */
    public static Operation channelBias() {
        return new ChannelBias();
    }

    /** The largest of windows size × size of [channels, height, width]. */
    public static Operation maxPool(int size, int stride) {
        return new MaxPooling(size, stride);
    }

    /** The mean of windows size × size of [channels, height, width]. */
    public static Operation averagePool(int size, int stride) {
        return new AveragePooling(size, stride);
    }

    /** The last axes, those of γ and β, brought to mean 0 and variance 1; then γ ⊙ x + β. */
    public static Operation layerNorm() {
        return new LayerNorm();
    }

    /** The channels of x [channels, ...] brought to mean 0 and variance 1 in groups; then γ x + β with γ, β [channels]. */
    public static Operation groupNorm(int groups) {
        return new GroupNorm(groups);
    }

    /**
     * In training, 0 for some numbers at random and 1 / (1 - p) times the others; else x.
     *
     * @param probability p of being left out, from 0 to below 1
     */
    public static Operation dropout(double probability) {
        return new Dropout(probability);
    }

    /** max(x, 0). */
    public static Operation relu() {
        return new Relu();
    }

    public static Operation tanh() {
        return new HyperbolicTangent();
    }

    /** 1 / (1 + exp(-x)). */
    public static Operation sigmoid() {
        return new Sigmoid();
    }

    /** The Gaussian error linear unit in its tanh form. */
    public static Operation gelu() {
        return new Gelu();
    }

    /** exp(x) over its sum, along the last axis. */
    public static Operation softmax() {
        return new Softmax();
    }

    /** a + b, of one shape. */
    public static Operation add() {
        return new Sum("add", 1);
    }

    /** a - b, of one shape. */
    public static Operation subtract() {
        return new Sum("subtract", -1);
    }

    /** a ⊙ b, of one shape. */
    public static Operation multiply() {
        return new Product();
    }

    /** a b over the last two axes: [.., m, k] and [.., k, n]. */
    public static Operation matrixProduct() {
        return new MatrixProduct(false);
    }

    /** a bᵀ over the last two axes: [.., m, k] and [.., n, k]. */
    public static Operation matrixProductTransposed() {
        return new MatrixProduct(true);
    }

    /** Inputs one after the other along an axis, counted from 0 without the batch. */
    public static Operation concatenate(int axis) {
        return new Concatenation(axis);
    }

    /** The entries {@code from} (inclusive) to {@code to} (exclusive) of an axis, counted from 0 without the batch. */
    public static Operation slice(int axis, int from, int to) {
        return new Slice(axis, from, to);
    }

    /** The same numbers under another shape. */
    public static Operation reshape(int... shape) {
        return Reshape.to(shape);
    }

    /** All axes made one. */
    public static Operation flatten() {
        return Reshape.flat();
    }

    /** Rows of a table [entries, width], looked up by the whole numbers in x. */
    public static Operation embedding() {
        return new Embedding();
    }

    /** A parameter, the same for every example. */
    public static Operation broadcast() {
        return new Broadcast();
    }

    /**
     * A function of single numbers, applied to each: y = f(x).
     *
     * @param slope f'(x), as a function of x and y
     */
    public static Operation elementwise(String name, DoubleUnaryOperator f, DoubleBinaryOperator slope) {
        return new Elementwise(name, f, slope);
    }

    /** c x, for a finite constant c. */
    public static Operation scale(double factor) {
        return new Scale(factor);
    }

    /** √x; NaN for numbers below 0. */
    public static Operation sqrt() {
        return elementwise("sqrt", Math::sqrt, (x, y) -> 0.5 / y);
    }

    public static Operation square() {
        return elementwise("square", x -> x * x, (x, y) -> 2 * x);
    }

    public static Operation tan() {
        return elementwise("tan", Math::tan, (x, y) -> 1 + y * y);
    }

    public static Operation sin() {
        return elementwise("sin", Math::sin, (x, y) -> Math.cos(x));
    }
}
