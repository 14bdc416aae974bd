package dev.engram.graph;

import dev.engram.graph.op.Operation;
import java.util.List;

/**
 * Layers with their parameters, a line each, for use while a graph is built.
 *
 * <pre>{@code
 *   GraphBuilder g = new GraphBuilder();
 *   Layers layers = Layers.of(g);
 *   Node x = g.input("x", 1, 32, 32);
 *   Node c = g.value("c", g.averagePool(g.tanh(layers.conv2d("c", x, 6, 5)), 2));
 *   Node h = g.value("h", g.tanh(layers.dense("h", g.flatten(c), 84)));
 *   Node y = g.categorical("y", layers.dense("y", h, 10));
 * }</pre>
 *
 * <p>The parameters of a layer are called {@code w} and {@code b} and its name; both begin even within 1/√n, n being how many inputs an output
 * sees, as PyTorch's do.
 *
 * @param hasBiases whether layers have them
 */
public record Layers(GraphBuilder graph, boolean hasBiases) {
    /** With biases. */
    public static Layers of(GraphBuilder graph) {
        return new Layers(graph, true);
    }

    public Layers withoutBiases() {
        return new Layers(graph, false);
    }

    /** x Wᵀ + b over the last axis. */
    public Expression dense(String name, Term x, int units) {
        int[] shape = x.shape();
        if (shape.length == 0) {
            throw new IllegalArgumentException(
                    "Layer %s needs an input with an axis; %s is a single number.".formatted(name, x.label()));
        }
        int inputs = shape[shape.length - 1];
        Parameter w = graph.parameter("w " + name, Initialiser.fanIn(), units, inputs);
        return hasBiases ? graph.dense(x, w, bias(name, units, inputs)) : graph.dense(x, w);
    }

    /** A convolution with stride 1 and without padding of x [in, height, width], with windows kernel × kernel. */
    public Expression conv2d(String name, Term x, int channels, int kernel) {
        return conv2d(name, x, channels, kernel, 1, 0);
    }

    /** A convolution of x [in, height, width], with windows kernel × kernel. */
    public Expression conv2d(String name, Term x, int channels, int kernel, int stride, int padding) {
        int[] shape = requirePicture(name, x);
        Parameter w = graph.parameter("w " + name, Initialiser.fanIn(), channels, shape[0], kernel, kernel);
        Expression y = graph.conv2d(x, w, stride, padding);
        return hasBiases ? graph.channelBias(y, bias(name, channels, shape[0] * kernel * kernel)) : y;
    }

    /** A transposed convolution of x [in, height, width], with windows kernel × kernel, to pictures larger by the stride. */
    public Expression transposedConv2d(String name, Term x, int channels, int kernel, int stride, int padding) {
        int[] shape = requirePicture(name, x);
        Parameter w = graph.parameter("w " + name, Initialiser.fanIn(), shape[0], channels, kernel, kernel);
        Expression y = graph.transposedConv2d(x, w, stride, padding);
        return hasBiases ? graph.channelBias(y, bias(name, channels, channels * kernel * kernel)) : y;
    }

    /** Layer normalisation over the last axis; its scale, {@code scale} and the name, begins at 1, its {@code shift} at 0. */
    public Expression layerNorm(String name, Term x) {
        int[] shape = x.shape();
        int last = shape.length == 0 ? 1 : shape[shape.length - 1];
        return graph.layerNorm(x, scale(name, last), shift(name, last));
    }

    /** Group normalisation of x [channels, ...]; its scale, {@code scale} and the name, begins at 1, its {@code shift} at 0. */
    public Expression groupNorm(String name, Term x, int groups) {
        int[] shape = x.shape();
        int channels = shape.length == 0 ? 1 : shape[0];
        return graph.groupNorm(x, groups, scale(name, channels), shift(name, channels));
    }

    private Parameter scale(String name, int units) {
        return graph.parameter("scale " + name, Initialiser.constant(1), units);
    }

    private Parameter shift(String name, int units) {
        return graph.parameter("shift " + name, Initialiser.zeros(), units);
    }

    private static int[] requirePicture(String name, Term x) {
        int[] shape = x.shape();
        if (shape.length != 3) {
            throw new IllegalArgumentException(
                    "Layer %s needs an input [channels, height, width]; %s has %d axes. Maybe reshape it."
                            .formatted(name, x.label(), shape.length));
        }
        return shape;
    }

    private Parameter bias(String name, int units, int inputs) {
        return graph.parameter("b " + name, Initialiser.uniform(1 / Math.sqrt(inputs)), units);
    }

    /** Any operation without parameters on one term, such as {@code Operations.tanh()}. */
    public Expression apply(Operation operation, Term x) {
        return graph.apply(operation, List.of(x), List.of());
    }
}
