package dev.engram.experiments.training;

import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Layers;
import dev.engram.graph.Node;

/**
 * LeNet-5 of tanh and average pooling (LeCun et al. 1998) on pictures of 32 × 32, with cross-entropy: convolution to 6 channels (k = 5), to 16,
 * full layers of 120, 84 and 10. A value node for each of them, and one for the flattened pictures between, as Torch2PC counts layers; with
 * biases, first weights even within 1/√inputs.
 */
final class LeNet {
    static final int SIDE = 32;

    private LeNet() {}

    static FeedForwardGraph build() {
        GraphBuilder g = new GraphBuilder();
        Layers layers = Layers.of(g);
        Node x = g.input("x", 1, SIDE, SIDE);
        Node first = g.value("v1", g.averagePool(g.tanh(layers.conv2d("1", x, 6, 5)), 2));
        Node second = g.value("v2", g.averagePool(g.tanh(layers.conv2d("2", first, 16, 5)), 2));
        Node flat = g.value("v3", g.flatten(second));
        Node third = g.value("v4", g.tanh(layers.dense("3", flat, 120)));
        Node fourth = g.value("v5", g.tanh(layers.dense("4", third, 84)));
        Node y = g.categorical("y", layers.dense("y", fourth, 10));
        return new FeedForwardGraph(g.build(), x, y);
    }
}
