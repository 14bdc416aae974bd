package dev.engram.graph;

import dev.engram.graph.op.Binding;
import dev.engram.graph.op.ExampleRange;
import dev.engram.graph.op.Kernel;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Evaluates a computation graph on a batch: holds values, predictions, errors and feedback of every node, all allocated once, and makes the
 * passes over them.
 *
 * <p>Examples are independent of each other, so the batch is shared out to the threads in ranges (lanes) and every pass is done range by
 * range; see {@link #inLanes}. All tensors are [batch, ...shape of the node] and live.
 */
public final class GraphEvaluation {
    private static final int WORTH_SPLITTING = 20_000;

    private final LinearAlgebra la;
    private final ComputationGraph graph;
    private final Parameters parameters;
    private final int batch;
    private final Set<Node> clamped;
    private final Set<Node> inPart;
    private final Map<Node, Tensor> partValues = new HashMap<>();
    private final Map<Node, Tensor> partKnown = new HashMap<>();
    private final List<Node> inferred;
    private final List<ExampleRange> lanes;
    private final Tensor[] value;
    private final Tensor[] error;
    private final Tensor[] feedback;
    private final Tensor[] output;
    private final Kernel[] kernels;
    private final Tensor[] deltas;
    private final NodeEnergy.Tensors[] energies; // null for inputs
    private final boolean[] given;
    private final boolean[] moves; // whether an expression depends on an inferred node

    /**
     * @param batch how many examples, at least 1
     * @param clamped the nodes that {@link #clamp} will give values to
     * @throws IllegalArgumentException naming an input that is not clamped, or a node that nothing observed depends on
     */
    public GraphEvaluation(LinearAlgebra la, Parameters parameters, int batch, Set<Node> clamped) {
        this(la, parameters, batch, clamped, Set.of());
    }

    /**
     * For observations of the same nodes and as many examples as these.
     *
     * @throws IllegalArgumentException naming an input that is not clamped, or a node that nothing observed depends on
     */
    public GraphEvaluation(LinearAlgebra la, Parameters parameters, Observations like) {
        this(la, parameters, like.batch(), like.nodes(), like.parts().keySet());
    }

    private GraphEvaluation(LinearAlgebra la, Parameters parameters, int batch, Set<Node> clamped, Set<Node> inPart) {
        this.la = la;
        this.graph = parameters.graph();
        this.parameters = parameters;
        this.batch = batch;
        this.clamped = new LinkedHashSet<>(clamped);
        this.inPart = new LinkedHashSet<>(inPart);
        Reach.check(graph, this.clamped, this.inPart);
        this.inferred = graph.nodes().stream()
                .filter(node -> !this.clamped.contains(node)
                        && node.kind() != Node.Kind.DIFFERENCE
                        && node.energy().isInferable())
                .toList();
        int nodes = graph.nodes().size();
        this.value = new Tensor[nodes];
        this.error = new Tensor[nodes];
        this.feedback = new Tensor[nodes];
        this.given = new boolean[nodes];
        for (Node node : graph.nodes()) {
            value[node.index()] = zeros(node);
            error[node.index()] = zeros(node);
            feedback[node.index()] = zeros(node);
        }
        int expressions = graph.expressions().size();
        this.output = new Tensor[expressions];
        this.kernels = new Kernel[expressions];
        this.deltas = new Tensor[expressions];
        this.moves = new boolean[expressions];
        this.lanes = lanes();
        for (Expression expression : graph.expressions()) {
            output[expression.index()] = zeros(expression);
            kernels[expression.index()] = expression.operation().prepare(binding(expression));
            moves[expression.index()] = expression.inputs().stream().anyMatch(this::moves);
        }
        this.energies = new NodeEnergy.Tensors[nodes];
        graph.nodes().stream()
                .filter(node -> node.kind() != Node.Kind.INPUT)
                .forEach(node -> energies[node.index()] = tensors(node));
    }

    private boolean moves(Term term) {
        return term instanceof Expression expression ? moves[expression.index()] : inferred.contains((Node) term);
    }

    private Tensor zeros(Term term) {
        int[] shape = new int[term.shape().length + 1];
        shape[0] = batch;
        System.arraycopy(term.shape(), 0, shape, 1, shape.length - 1);
        return Tensor.zeros(parameters.precision(), shape);
    }

    private Binding binding(Expression expression) {
        List<Tensor> inputs = expression.inputs().stream().map(this::of).toList();
        List<Tensor> with =
                expression.parameters().stream().map(parameters::get).toList();
        return new Binding(la, batch, lanes.size(), inputs, with, output[expression.index()]);
    }

    private NodeEnergy.Tensors tensors(Node node) {
        List<Tensor> with =
                node.energy().parameters().stream().map(parameters::get).toList();
        return new NodeEnergy.Tensors(node.precision(), value(node), prediction(node), error(node), with);
    }

    private List<ExampleRange> lanes() {
        int perExample = graph.order().stream()
                .mapToInt(term -> Tensor.sizeOf(term.shape()))
                .sum();
        int count = (long) perExample * batch < WORTH_SPLITTING ? 1 : Math.min(la.threads(), batch);
        return IntStream.range(0, count)
                .mapToObj(lane -> new ExampleRange(lane, lane * batch / count, (lane + 1) * batch / count))
                .toList();
    }

    /**
     * Draws what is random in operations, such as the masks of dropout, for every example of the batch. It holds until the next draw, and before
     * the first there is nothing random: training draws before each mini-batch, evaluation does not.
     */
    public void draw(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (Kernel kernel : kernels) {
            kernel.draw(random.split());
        }
    }

    /** Does something for every range of examples, at the same time where there are threads for it. */
    public void inLanes(Consumer<ExampleRange> pass) {
        la.parallel(lanes.size(), lane -> pass.accept(lanes.get(lane)));
    }

    /**
     * Gives the clamped nodes their values.
     *
     * @throws IllegalArgumentException if these are not the nodes, the batch or the precision this was made for
     */
    public void clamp(Observations observations) {
        if (observations.batch() != batch
                || !observations.nodes().equals(clamped)
                || !observations.parts().keySet().equals(inPart)) {
            throw new IllegalArgumentException("%d examples with %s clamped were expected; given were %d with %s."
                    .formatted(batch, clamped, observations.batch(), observations.nodes()));
        }
        for (Node node : clamped) {
            set(node, observations.value(node));
        }
        for (Node node : inPart) {
            if (observations.value(node).precision() != parameters.precision()) {
                throw new IllegalArgumentException(
                        "Node %s is known in part in %s precision, the parameters are in %s. Maybe convert the values."
                                .formatted(node.name(), observations.value(node).precision(), parameters.precision()));
            }
            partValues.put(node, observations.value(node));
            partKnown.put(node, observations.parts().get(node));
        }
    }

    /** Gives nodes that are known in part their known values again. */
    public void hold(ExampleRange examples) {
        inPart.forEach(node -> hold(node, examples));
    }

    private void hold(Node node, ExampleRange examples) {
        Tensor known = of(partKnown, node);
        Tensor given = of(partValues, node);
        Tensor v = value(node);
        for (int i = examples.begin(v); i < examples.end(v); i++) {
            if (known.get(i) != 0) {
                v.set(i, given.get(i));
            }
        }
    }

    /** Balances the forces on known values, F = feedback - π ε = 0, so that nothing moves them. */
    void balanceKnown(Set<Node> nodes, ExampleRange examples) {
        for (Node node : inPart) {
            if (nodes.contains(node)) {
                Tensor known = of(partKnown, node);
                Tensor back = feedback(node);
                Tensor own = error(node);
                for (int i = examples.begin(back); i < examples.end(back); i++) {
                    if (known.get(i) != 0) {
                        back.set(i, node.precision() * own.get(i));
                    }
                }
            }
        }
    }

    /** Σ ε² over the known values of a node that is known in part, which nothing moves; 0 for the others. */
    public double heldSquares(Node node) {
        if (!inPart.contains(node)) {
            return 0;
        }
        Tensor known = of(partKnown, node);
        Tensor own = error(node);
        double sum = 0;
        for (int i = 0; i < own.size(); i++) {
            sum += known.get(i) * own.get(i) * own.get(i);
        }
        return sum;
    }

    private static Tensor of(Map<Node, Tensor> parts, Node node) {
        Tensor tensor = parts.get(node);
        if (tensor == null) {
            throw new IllegalStateException("Node %s has not been clamped.".formatted(node.name()));
        }
        return tensor;
    }

    /**
     * Says where nodes that are not clamped begin: at the values given, or else at their prediction (free ones, and inputs, at 0); what is
     * known of them stays.
     *
     * @param values [batch, ...shape of the node] each; copied
     * @throws IllegalArgumentException if a node is clamped or a tensor does not fit
     */
    public void begin(Map<Node, Tensor> values) {
        for (Node node : graph.nodes()) {
            given[node.index()] = values.containsKey(node);
            if (node.kind() != Node.Kind.PREDICTED && !clamped.contains(node)) {
                value(node).fill(0);
            }
        }
        values.forEach((node, start) -> {
            graph.requireOurs(node);
            if (clamped.contains(node)) {
                throw new IllegalArgumentException(
                        "Node %s is clamped and cannot be started from a value as well.".formatted(node.name()));
            }
            set(node, start);
        });
        hold(new ExampleRange(0, 0, batch));
    }

    /** Whether any node begins at a value given, not at its prediction. */
    public boolean beginsElsewhere() {
        for (boolean one : given) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    private void set(Node node, Tensor given) {
        Tensor target = value(node);
        if (!given.hasShape(target.shape()) || given.precision() != target.precision()) {
            throw new IllegalArgumentException("Node %s needs %s in %s; given was %s in %s."
                    .formatted(node.name(), target, target.precision(), given, given.precision()));
        }
        target.set(given);
    }

    /** The feed-forward pass: predictions in the order of creation, the nodes predicted taking theirs as their value on the way. */
    public void feedForward(ExampleRange examples) {
        for (Term term : graph.order()) {
            if (term instanceof Expression expression) {
                kernels[expression.index()].compute(examples);
            } else if (term instanceof Node node && takesItsPrediction(node)) {
                Tensor v = value(node);
                v.set(prediction(node), examples.begin(v), examples.end(v));
                if (inPart.contains(node)) {
                    hold(node, examples);
                }
            }
        }
    }

    /**
     * A feed-forward pass after another with the same parameters and clamped values, in which every inferred node takes its prediction and an
     * error that it is to have: v = μ + ε.
     *
     * @param errors ε of every inferred node, [batch, ...]
     */
    public void feedForward(ExampleRange examples, Map<Node, Tensor> errors) {
        for (Term term : graph.order()) {
            if (term instanceof Expression expression) {
                if (moves[expression.index()]) {
                    kernels[expression.index()].compute(examples);
                }
            } else if (term instanceof Node node && errors.containsKey(node)) {
                Tensor v = value(node);
                v.set(prediction(node), examples.begin(v), examples.end(v));
                v.add(Objects.requireNonNull(errors.get(node)), examples.begin(v), examples.end(v));
            }
        }
    }

    private boolean takesItsPrediction(Node node) {
        return node.kind() == Node.Kind.PREDICTED && !clamped.contains(node) && !given[node.index()];
    }

    /** {@link #feedForward} and then {@link #measure}. */
    public void feedForwardAndMeasure(ExampleRange examples) {
        feedForward(examples);
        measure(examples);
    }

    /** All predictions at the present values. */
    public void predict(ExampleRange examples) {
        for (Kernel kernel : kernels) {
            kernel.compute(examples);
        }
    }

    /** The predictions that depend on inferred nodes, at the present values: the others stay while parameters do. */
    public void predictMoved(ExampleRange examples) {
        for (int i = 0; i < kernels.length; i++) {
            if (moves[i]) {
                kernels[i].compute(examples);
            }
        }
    }

    /** All errors ε at the present values and predictions: v - μ, or what the energy of the node has in its place. */
    public void measure(ExampleRange examples) {
        for (Node node : graph.nodes()) {
            if (hasError(node)) {
                node.energy().measure(energies[node.index()], examples);
            }
        }
    }

    /** Whether a node contributes to the energy: it is predicted, and not one that needs a target and has none. */
    boolean hasError(Node node) {
        return node.kind() != Node.Kind.INPUT && (node.energy().isInferable() || clamped.contains(node));
    }

    /** The energy of one node, all examples together, from its present error and prediction. */
    public double energy(Node node) {
        return energy(node, new ExampleRange(0, 0, batch));
    }

    /** The energy of one node, some examples together, from its present error and prediction. */
    public double energy(Node node, ExampleRange examples) {
        return hasError(node) ? node.energy().energy(energies[node.index()], examples) : 0;
    }

    /** Adds the forces -∂E/∂θ on the parameters of a node's energy, all examples together. */
    void addEnergyForces(Node node, Parameters forces) {
        List<Parameter> of = node.energy().parameters();
        for (int k = 0; k < of.size(); k++) {
            node.energy().addForce(k, energies[node.index()], forces.get(of.get(k)));
        }
    }

    /** The energy of all nodes, all examples together. */
    public double totalEnergy() {
        return graph.nodes().stream().mapToDouble(this::energy).sum();
    }

    /** Pulls errors back to the feedback of the given nodes; the errors are those present when it runs. */
    public Sweep sweepTo(Set<Node> targets) {
        return new Sweep(this, targets, false, false);
    }

    /** Pulls errors back to all inferred nodes and to all parameters. */
    public Sweep fullSweep() {
        return new Sweep(this, Set.copyOf(inferred), true, false);
    }

    /** Reverse mode: as {@link #fullSweep}, but on its way down it gives every inferred node the error that balances its feedback. */
    public Sweep reverseSweep() {
        return new Sweep(this, Set.copyOf(inferred), true, true);
    }

    public ComputationGraph graph() {
        return graph;
    }

    public Parameters parameters() {
        return parameters;
    }

    public int batch() {
        return batch;
    }

    /** The nodes that inference moves: neither clamped nor of an energy that needs a target. */
    public List<Node> inferred() {
        return inferred;
    }

    /** The clamped nodes that have a prediction; their energy is the loss. */
    public List<Node> observed() {
        List<Node> observed = new ArrayList<>(clamped);
        observed.removeIf(node -> node.kind() == Node.Kind.INPUT);
        return observed;
    }

    /** The nodes that are clamped in part: inferred ones whose known values stay. */
    public Set<Node> observedInPart() {
        return Collections.unmodifiableSet(inPart);
    }

    /** v. */
    public Tensor value(Node node) {
        graph.requireOurs(node);
        return value[node.index()];
    }

    /** μ; logits for a categorical or Bernoulli node. */
    public Tensor prediction(Node node) {
        return output[graph.prediction(node).index()];
    }

    /** ε. */
    public Tensor error(Node node) {
        graph.requireOurs(node);
        return error[node.index()];
    }

    /** Σ_j (∂μ_j/∂v)ᵀ π_j ε_j, what the errors of the nodes it predicts send back, as of the last sweep. */
    public Tensor feedback(Node node) {
        graph.requireOurs(node);
        return feedback[node.index()];
    }

    private Tensor of(Term term) {
        return term instanceof Node node ? value[node.index()] : output[((Expression) term).index()];
    }

    Kernel kernel(Expression expression) {
        return kernels[expression.index()];
    }

    /** Where what is sent back to an expression is collected. */
    Tensor delta(Expression expression) {
        if (deltas[expression.index()] == null) {
            deltas[expression.index()] = zeros(expression);
        }
        return deltas[expression.index()];
    }
}
