package dev.engram.graph;

import dev.engram.graph.op.Operation;
import dev.engram.graph.op.Operations;
import java.util.Arrays;
import java.util.List;

/**
 * A multilayer perceptron that predicts both ways (bidirectional predictive coding): each hidden layer is predicted from the one below and from
 * the one above, so that either end, or a part of both, brings back the rest.
 *
 * <pre>{@code
 *   TwoWay net = TwoWay.of(784, 256, 256, 10).withWeights(1, 1e-3);
 *   FeedForwardGraph digits = net.fromBelow();      // picture x in, label y out
 *   FeedForwardGraph pictures = net.fromAbove();    // label y in, picture x out: the same energy and parameters
 * }</pre>
 *
 * <pre>
 *   E = ½ α_up Σ_{l=1..L} |h_l - W_l f(h_{l-1}) - b_l|² + ½ α_down Σ_{l=0..L-1} |h_l - V_l f(h_{l+1}) - c_l|²
 *   h_0 = x and h_L = y are taken as they are, without f
 * </pre>
 *
 * <p>{@link #fromBelow} and {@link #fromAbove} differ in where values begin, and in nothing else: at a feed-forward pass up from x, or down from
 * y. Parameters have the same names in both, {@code w up h1}, {@code b down x}, so that {@link Parameters#snapshot} of the one are {@link
 * Parameters#of} the other.
 *
 * <p>Oliviers, Tang and Bogacz 2025, "Bidirectional predictive coding", Eq. 4. With an α_up near 0, values that began at the pass up are forgotten
 * by inference, which follows the predictions down alone, and W learns to predict where it ends: the amortised first guess of hybrid predictive
 * coding (Tschantz et al. 2023). Its forces are α_up times as large; Adam takes steps of the same size all the same.
 *
 * @param sizes of x, the hidden layers and y; at least one hidden layer
 * @param activation f, an operation on one input
 * @param up α_up, positive
 * @param down α_down, positive
 */
public record TwoWay(List<Integer> sizes, Operation activation, double up, double down) {
    public TwoWay {
        sizes = List.copyOf(sizes);
        if (sizes.size() < 3 || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "A network both ways needs the sizes of two ends and a layer between, each at least 1; given were %s."
                            .formatted(sizes));
        }
        if (!(up > 0 && down > 0) || Double.isInfinite(up + down)) {
            throw new IllegalArgumentException(
                    "The weights of the predictions up (%s) and down (%s) must be positive and finite."
                            .formatted(up, down));
        }
    }

    /** Of ReLU, the two directions weighing the same. */
    public static TwoWay of(int... sizes) {
        return new TwoWay(Arrays.stream(sizes).boxed().toList(), Operations.relu(), 1, 1);
    }

    public TwoWay withActivation(Operation f) {
        return new TwoWay(sizes, f, up, down);
    }

    /** The same with other α_up and α_down. */
    public TwoWay withWeights(double newUp, double newDown) {
        return new TwoWay(sizes, activation, newUp, newDown);
    }

    /** From x to y: values begin at the pass up. */
    public FeedForwardGraph fromBelow() {
        return build("up", up, "down", down, 0, 1);
    }

    /** From y to x: values begin at the pass down. */
    public FeedForwardGraph fromAbove() {
        return build("down", down, "up", up, sizes.size() - 1, -1);
    }

    /** @param step from a layer to the next one on the way forth */
    private FeedForwardGraph build(String forth, double weight, String back, double weightBack, int first, int step) {
        GraphBuilder g = new GraphBuilder();
        Node[] nodes = new Node[sizes.size()];
        Term[] rates = new Term[nodes.length];
        int last = nodes.length - 1 - first;
        nodes[first] = g.input(name(first), sizes.get(first));
        rates[first] = nodes[first];
        for (int l = first + step; l != last + step; l += step) {
            nodes[l] = g.value(name(l), layer(g, forth, rates[l - step], l), weight);
            rates[l] = l == last ? nodes[l] : g.apply(activation, List.of(nodes[l]), List.of());
        }
        for (int l = last - step; l != first - step; l -= step) {
            g.alsoPredict(back + " " + name(l), nodes[l], layer(g, back, rates[l + step], l), weightBack);
        }
        return new FeedForwardGraph(g.build(), nodes[first], nodes[last]);
    }

    private Expression layer(GraphBuilder g, String direction, Term from, int to) {
        return Layers.of(g).dense(direction + " " + name(to), from, sizes.get(to));
    }

    private String name(int layer) {
        return layer == 0 ? "x" : layer == sizes.size() - 1 ? "y" : "h" + layer;
    }
}
