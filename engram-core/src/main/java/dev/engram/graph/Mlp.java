package dev.engram.graph;

import dev.engram.graph.op.Operation;
import dev.engram.graph.op.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A multilayer perceptron as a computation graph, with a value node for each layer: x, h1, h2, .., y.
 *
 * <pre>{@code
 *   FeedForwardGraph net = Mlp.of(784, 256, 64, 10).withActivation(Operations.sigmoid()).build();
 * }</pre>
 *
 * <pre>
 *   values after the activation:   h_l = f(W_l h_{l-1} + b_l),   y = W_L h_{L-1} + b_L
 *   values before the activation:  h_l = W_l f(h_{l-1}) + b_l, and of the input as it is, h_1 = W_1 x + b_1
 *   with skips (before only):      h_l = h_{l-1} + W_l f(h_{l-1}) + b_l    for 1 &lt; l &lt; L
 *   μPC:                           every W_l from N(0, 1) and multiplied by a_l, no biases, with skips;
 *                                  a_1 = 1/√D, a_l = 1/√(N L), a_L = 1/N    D inputs, N units in a hidden layer, L layers
 * </pre>
 *
 * <p>μPC: Innocenti, El Mehdi Achour and Buckley 2025, "μPC: Scaling Predictive Coding to 100+ Layer Networks", Table 1 (their depth-μP for
 * predictive coding): forward pass and curvature neither vanish nor grow with depth.
 *
 * @param sizes of input, hidden layers and output; at least an input and an output
 * @param activation f, an operation on one input
 * @param hasBiases whether layers have them
 * @param values where a layer's value node is
 * @param hasSkips whether hidden layers add what they come from; they are of one size then
 * @param isMuPc whether weights are scaled as μPC has it
 * @param output the energy of the output: {@code GAUSSIAN} for squared error, {@code CATEGORICAL} for cross-entropy, or another one without
 *     parameters
 */
public record Mlp(
        List<Integer> sizes,
        Operation activation,
        boolean hasBiases,
        Values values,
        boolean hasSkips,
        boolean isMuPc,
        NodeEnergy output) {
    /** Where a layer's value node is. */
    public enum Values {
        BEFORE_ACTIVATION,
        AFTER_ACTIVATION
    }

    public Mlp {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "A perceptron needs the sizes of an input and an output, each at least 1; given were %s."
                            .formatted(sizes));
        }
        if (hasSkips
                && (values != Values.BEFORE_ACTIVATION
                        || sizes.subList(1, sizes.size() - 1).stream()
                                        .distinct()
                                        .count()
                                > 1)) {
            throw new IllegalArgumentException(
                    "Skips need values before the activation and hidden layers of one size; given were values %s in layers %s."
                            .formatted(values.name().toLowerCase(Locale.ROOT).replace('_', ' '), sizes));
        }
        if (isMuPc && (hasBiases || !hasSkips)) {
            throw new IllegalArgumentException("μPC is of networks with skips and without biases.");
        }
    }

    /** Of ReLU, with biases, values after the activation, and squared error. */
    public static Mlp of(int... sizes) {
        return new Mlp(
                Arrays.stream(sizes).boxed().toList(),
                Operations.relu(),
                true,
                Values.AFTER_ACTIVATION,
                false,
                false,
                NodeEnergy.GAUSSIAN);
    }

    /**
     * A residual network of ReLU with values before the activation, without biases, and squared error.
     *
     * @param depth L, how many layers of weights, at least 2
     * @param width N
     */
    public static Mlp residual(int inputs, int width, int depth, int outputs) {
        if (depth < 2) {
            throw new IllegalArgumentException(
                    "A residual network needs a depth of at least 2; given was %d.".formatted(depth));
        }
        Integer[] sizes = new Integer[depth + 1];
        Arrays.fill(sizes, width);
        sizes[0] = inputs;
        sizes[depth] = outputs;
        return new Mlp(
                List.of(sizes), Operations.relu(), false, Values.BEFORE_ACTIVATION, true, false, NodeEnergy.GAUSSIAN);
    }

    public Mlp withActivation(Operation f) {
        return new Mlp(sizes, f, hasBiases, values, hasSkips, isMuPc, output);
    }

    public Mlp withoutBiases() {
        return new Mlp(sizes, activation, false, values, hasSkips, isMuPc, output);
    }

    public Mlp withValues(Values where) {
        return new Mlp(sizes, activation, hasBiases, where, hasSkips, isMuPc, output);
    }

    public Mlp withOutput(NodeEnergy energy) {
        return new Mlp(sizes, activation, hasBiases, values, hasSkips, isMuPc, energy);
    }

    /** The same with the weights of μPC. */
    public Mlp muPc() {
        return new Mlp(sizes, activation, hasBiases, values, hasSkips, true, output);
    }

    public FeedForwardGraph build() {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", sizes.get(0));
        Node below = x;
        int depth = sizes.size() - 1;
        for (int l = 1; l < depth; l++) {
            boolean isFirst = l == 1;
            Term from = values == Values.BEFORE_ACTIVATION && !isFirst ? apply(g, below) : below;
            Term sum = layer(g, "" + l, from, l);
            Term value = values == Values.AFTER_ACTIVATION ? apply(g, sum) : sum;
            below = g.value("h" + l, hasSkips && !isFirst ? g.add(below, value) : value);
        }
        Term last = values == Values.BEFORE_ACTIVATION && depth > 1 ? apply(g, below) : below;
        Term sum = layer(g, "y", last, depth);
        Node y = g.value("y", sum, output);
        return new FeedForwardGraph(g.build(), x, y);
    }

    private Term apply(GraphBuilder g, Term x) {
        return g.apply(activation, List.of(x), List.of());
    }

    private Term layer(GraphBuilder g, String name, Term x, int number) {
        if (!isMuPc) {
            return new Layers(g, hasBiases).dense(name, x, sizes.get(number));
        }
        int inputs = sizes.get(number - 1);
        Parameter w = g.parameter("w " + name, Initialiser.normal(1), sizes.get(number), inputs);
        return g.scale(g.dense(x, w), muPcScale(number, inputs));
    }

    private double muPcScale(int number, int inputs) {
        int depth = sizes.size() - 1;
        if (number == 1) {
            return 1 / Math.sqrt(inputs);
        }
        return number == depth ? 1.0 / inputs : 1 / Math.sqrt((double) inputs * depth);
    }
}
