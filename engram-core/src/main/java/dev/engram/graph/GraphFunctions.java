package dev.engram.graph;

import dev.engram.graph.op.Operation;
import dev.engram.graph.op.Operations;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** The operations of {@link Operations} as functions of terms, for use while a graph is built. */
public sealed interface GraphFunctions permits GraphBuilder {
    /**
     * An operation applied to terms and parameters of this graph.
     *
     * @throws IllegalArgumentException if the shapes do not fit, or something belongs to another graph
     */
    Expression apply(Operation operation, List<? extends Term> inputs, List<Parameter> parameters);

    private Expression unary(Operation operation, Term x) {
        return apply(operation, List.of(x), List.of());
    }

    /** x Wᵀ over the last axis; W [out, in]. */
    default Expression dense(Term x, Parameter weight) {
        return apply(Operations.dense(), List.of(x), List.of(weight));
    }

    /** x Wᵀ + b over the last axis; W [out, in], b [out]. */
    default Expression dense(Term x, Parameter weight, Parameter bias) {
        return apply(Operations.denseWithBias(), List.of(x), List.of(weight, bias));
    }

    /** A convolution with stride 1 and no padding of x [in, height, width] with W [out, in, k, k]. */
    default Expression conv2d(Term x, Parameter weight) {
        return conv2d(x, weight, 1, 0);
    }

    /** A convolution of x [in, height, width] with W [out, in, k, k]. */
    default Expression conv2d(Term x, Parameter weight, int stride, int padding) {
        return apply(Operations.conv2d(stride, padding), List.of(x), List.of(weight));
    }

    /** A transposed convolution of x [in, height, width] with W [in, out, k, k], to pictures larger by the stride. */
    default Expression transposedConv2d(Term x, Parameter weight, int stride, int padding) {
        return apply(Operations.transposedConv2d(stride, padding), List.of(x), List.of(weight));
    }

    /** x [channels, ...] + b [channels], a number for each channel: the bias of a convolution. */
    default Expression channelBias(Term x, Parameter bias) {
        return apply(Operations.channelBias(), List.of(x), List.of(bias));
    }

    /** The largest of adjacent windows size × size. */
    default Expression maxPool(Term x, int size) {
        return unary(Operations.maxPool(size, size), x);
    }

    /** The mean of adjacent windows size × size. */
    default Expression averagePool(Term x, int size) {
        return unary(Operations.averagePool(size, size), x);
    }

    /** The last axes, those of scale and shift, brought to mean 0 and variance 1, then times scale plus shift. */
    default Expression layerNorm(Term x, Parameter scale, Parameter shift) {
        return apply(Operations.layerNorm(), List.of(x), List.of(scale, shift));
    }

    /** The channels of x [channels, ...] brought to mean 0 and variance 1 in groups, then times scale plus shift, [channels] each. */
    default Expression groupNorm(Term x, int groups, Parameter scale, Parameter shift) {
        return apply(Operations.groupNorm(groups), List.of(x), List.of(scale, shift));
    }

    /** In training, numbers left out with this probability, a new mask for each example of a mini-batch; else x as it is. */
    default Expression dropout(Term x, double probability) {
        return unary(Operations.dropout(probability), x);
    }

    default Expression relu(Term x) {
        return unary(Operations.relu(), x);
    }

    default Expression tanh(Term x) {
        return unary(Operations.tanh(), x);
    }

    default Expression sigmoid(Term x) {
        return unary(Operations.sigmoid(), x);
    }

    default Expression gelu(Term x) {
        return unary(Operations.gelu(), x);
    }

    /** Over the last axis. */
    default Expression softmax(Term x) {
        return unary(Operations.softmax(), x);
    }

    default Expression add(Term a, Term b) {
        return apply(Operations.add(), List.of(a, b), List.of());
    }

    default Expression subtract(Term a, Term b) {
        return apply(Operations.subtract(), List.of(a, b), List.of());
    }

    /** Number by number. */
    default Expression multiply(Term a, Term b) {
        return apply(Operations.multiply(), List.of(a, b), List.of());
    }

    /** a b over the last two axes, a [.., m, k] and b [.., k, n], for every example. */
    default Expression matrixProduct(Term a, Term b) {
        return apply(Operations.matrixProduct(), List.of(a, b), List.of());
    }

    /** a bᵀ over the last two axes, a [.., m, k] and b [.., n, k], for every example. */
    default Expression matrixProductTransposed(Term a, Term b) {
        return apply(Operations.matrixProductTransposed(), List.of(a, b), List.of());
    }

    /** One after the other along an axis, counted from 0 without the batch. */
    default Expression concatenate(int axis, Term... parts) {
        return apply(Operations.concatenate(axis), List.of(parts), List.of());
    }

    /** The entries {@code from} (inclusive) to {@code to} (exclusive) of an axis, counted from 0 without the batch. */
    default Expression slice(Term x, int axis, int from, int to) {
        return unary(Operations.slice(axis, from, to), x);
    }

    default Expression reshape(Term x, int... shape) {
        return unary(Operations.reshape(shape), x);
    }

    /** All axes made one. */
    default Expression flatten(Term x) {
        return unary(Operations.flatten(), x);
    }

    /** Rows of a table [entries, width], looked up by the whole numbers in x. */
    default Expression embedding(Term x, Parameter table) {
        return apply(Operations.embedding(), List.of(x), List.of(table));
    }

    /** A parameter as a term, the same for every example. */
    default Expression broadcast(Parameter parameter) {
        return apply(Operations.broadcast(), List.of(), List.of(parameter));
    }

    /** c x. */
    default Expression scale(Term x, double factor) {
        return unary(Operations.scale(factor), x);
    }

    /**
     * A function of single numbers of your own, applied to each: y = f(x).
     *
     * @param name how messages call it
     * @param slope f'(x), as a function of x and y
     */
    default Expression elementwise(Term x, String name, DoubleUnaryOperator f, DoubleBinaryOperator slope) {
        return unary(Operations.elementwise(name, f, slope), x);
    }

    default Expression sqrt(Term x) {
        return unary(Operations.sqrt(), x);
    }

    default Expression square(Term x) {
        return unary(Operations.square(), x);
    }

    default Expression tan(Term x) {
        return unary(Operations.tan(), x);
    }

    default Expression sin(Term x) {
        return unary(Operations.sin(), x);
    }
}
