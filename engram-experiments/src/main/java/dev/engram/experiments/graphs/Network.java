package dev.engram.experiments.graphs;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Parameter;
import dev.engram.graph.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of Millidge, Tschantz and Buckley 2022, section 4, as a computation graph with one input and one output, which is clamped to the
 * target. What the paper leaves open (biases, first weights of the recurrent ones) is said at each.
 */
record Network(ComputationGraph graph, Node input, Node output) {
    private static final double CNN_STD = 0.05;

    /**
     * Pictures to classes: convolution to 6 channels (k = 5), ReLU, max-pool 2, convolution to 16 (k = 5), ReLU, fully connected to 200, ReLU,
     * 150, ReLU, classes. No biases, weights N(0, 0.05). A value node after every non-linearity and after the pooling.
     *
     * @param output {@code GAUSSIAN} for squared error on one-hot targets, {@code CATEGORICAL} for cross-entropy
     */
    static Network cnn(int channels, int side, int classes, NodeEnergy output) {
        GraphBuilder g = new GraphBuilder();
        Initialiser normal = Initialiser.normal(CNN_STD);
        int pooled = (side - 4) / 2;
        int flat = 16 * (pooled - 4) * (pooled - 4);
        Node x = g.input("x", channels, side, side);
        Node conv1 = g.value("conv1", g.relu(g.conv2d(x, g.parameter("w conv1", normal, 6, channels, 5, 5))));
        Node pool = g.value("pool", g.maxPool(conv1, 2));
        Node conv2 = g.value("conv2", g.relu(g.conv2d(pool, g.parameter("w conv2", normal, 16, 6, 5, 5))));
        Node full1 = g.value("full1", g.relu(g.dense(g.flatten(conv2), g.parameter("w full1", normal, 200, flat))));
        Node full2 = g.value("full2", g.relu(g.dense(full1, g.parameter("w full2", normal, 150, 200))));
        Term last = g.dense(full2, g.parameter("w out", normal, classes, 150));
        Node y = g.value("y", last, output);
        return new Network(g.build(), x, y);
    }

    /**
     * Characters, one at a time, to a class: h_t = tanh(W_x x_t + W_h h_{t-1}), logits W_y h_T. x [steps, alphabet] is one-hot; without biases
     * a row of zeros leaves h = 0 as it is, so that shorter texts in front of which there are such rows are the texts themselves.
     */
    static Network rnn(int steps, int alphabet, int hidden, int classes) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", steps, alphabet);
        Parameter wh = g.parameter("w hidden", Initialiser.fanIn(), hidden, hidden);
        Term seen = g.dense(x, g.parameter("w input", Initialiser.uniform(1 / Math.sqrt(hidden)), hidden, alphabet));
        List<Node> h = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            Term now = g.reshape(g.slice(seen, 0, t, t + 1), hidden);
            h.add(g.value("h" + (t + 1), g.tanh(t == 0 ? now : g.add(now, g.dense(h.get(t - 1), wh)))));
        }
        Parameter wy = g.parameter("w out", Initialiser.fanIn(), classes, hidden);
        Node y = g.categorical("y", g.dense(h.get(steps - 1), wy));
        return new Network(g.build(), x, y);
    }

    /**
     * Characters to the character after each: gates i, f, o = σ(..), g = tanh(..) of W_x x_t + W_h h_{t-1} (the columns of W_x being looked up, so
     * that they hold the biases too), c_t = f c_{t-1} + i g, h_t = o tanh c_t, logits W_y h_t. x [steps] holds the characters' numbers, y [steps,
     * alphabet]. Value nodes are the h_t and c_t.
     */
    static Network lstm(int steps, int alphabet, int hidden) {
        GraphBuilder g = new GraphBuilder();
        Initialiser small = Initialiser.uniform(1 / Math.sqrt(hidden));
        Node x = g.input("x", steps);
        Parameter wh = g.parameter("w hidden", small, 4 * hidden, hidden);
        Term seen = g.embedding(x, g.parameter("w input", small, alphabet, 4 * hidden));
        List<Node> c = new ArrayList<>();
        List<Node> h = new ArrayList<>();
        List<Term> rows = new ArrayList<>();
        for (int t = 0; t < steps; t++) {
            Term now = g.reshape(g.slice(seen, 0, t, t + 1), 4 * hidden);
            Term gates = t == 0 ? now : g.add(now, g.dense(h.get(t - 1), wh));
            Term sigmoids = g.sigmoid(g.slice(gates, 0, 0, 3 * hidden));
            Term fresh = g.multiply(g.slice(sigmoids, 0, 0, hidden), g.tanh(g.slice(gates, 0, 3 * hidden, 4 * hidden)));
            Term kept =
                    t == 0 ? fresh : g.add(g.multiply(g.slice(sigmoids, 0, hidden, 2 * hidden), c.get(t - 1)), fresh);
            c.add(g.value("c" + (t + 1), kept));
            h.add(g.value("h" + (t + 1), g.multiply(g.slice(sigmoids, 0, 2 * hidden, 3 * hidden), g.tanh(c.get(t)))));
            rows.add(g.reshape(h.get(t), 1, hidden));
        }
        Term all = g.concatenate(0, rows.toArray(Term[]::new));
        Node y = g.categorical("y", g.dense(all, g.parameter("w out", small, alphabet, hidden)));
        return new Network(g.build(), x, y);
    }
}
