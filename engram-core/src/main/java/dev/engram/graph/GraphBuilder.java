package dev.engram.graph;

import dev.engram.graph.op.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a {@link ComputationGraph}.
 *
 * <pre>{@code
 *   GraphBuilder g = new GraphBuilder();
 *   Node x = g.input("x", 784);
 *   Parameter w1 = g.parameter("w1", Initialiser.fanIn(), 128, 784);
 *   Parameter w2 = g.parameter("w2", Initialiser.fanIn(), 10, 128);
 *   Node h = g.value("h", g.relu(g.dense(x, w1)));
 *   Node y = g.value("y", g.dense(h, w2));
 *   ComputationGraph graph = g.build();
 * }</pre>
 *
 * <p>A cycle is closed with {@link #free} and {@link #predict}: {@code Node h = g.free("h", 64); g.predict(h, g.tanh(g.dense(h, w)))}.
 *
 * <p>A node has one prediction; each further one is a term more in the energy ({@link #alsoPredict}).
 *
 * <p>Every method refuses what does not fit with an {@link IllegalArgumentException} that names it.
 */
public final class GraphBuilder implements GraphFunctions {
    private final Object owner = new Object();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Expression> expressions = new ArrayList<>();
    private final List<Term> order = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<Node, Expression> predictions = new LinkedHashMap<>();
    private final Set<String> names = new HashSet<>();

    /** A node without a prediction of its own: clamped, unless something {@link #alsoPredict predicts it all the same}. */
    public Node input(String name, int... shape) {
        return node(name, shape, Node.Kind.INPUT, NodeEnergy.GAUSSIAN, 1);
    }

    /** A parameter without constraint. */
    public Parameter parameter(String name, Initialiser initialiser, int... shape) {
        return parameter(name, initialiser, Constraint.NONE, shape);
    }

    public Parameter parameter(String name, Initialiser initialiser, Constraint constraint, int... shape) {
        requireNew(name, shape);
        if (constraint == Constraint.SYMMETRIC_ZERO_DIAGONAL && (shape.length != 2 || shape[0] != shape[1])) {
            throw new IllegalArgumentException(
                    "Parameter %s is to be symmetric and must be a square matrix; its shape is %s."
                            .formatted(name, Arrays.toString(shape)));
        }
        Parameter parameter = new Parameter(owner, name, shape, initialiser, constraint);
        parameters.add(parameter);
        return parameter;
    }

    /** A value node of energy ½ |v - μ|², μ being the prediction. */
    public Node value(String name, Term prediction) {
        return value(name, prediction, 1);
    }

    /** A value node of energy ½ π |v - μ|². */
    public Node value(String name, Term prediction, double precision) {
        return predicted(name, prediction, NodeEnergy.GAUSSIAN, precision);
    }

    /** A value node of another energy. */
    public Node value(String name, Term prediction, NodeEnergy energy) {
        return value(name, prediction, energy, 1);
    }

    /** {@link #value(String, Term, NodeEnergy)} with a precision π. */
    public Node value(String name, Term prediction, NodeEnergy energy, double precision) {
        return predicted(name, prediction, energy, precision);
    }

    /** A value node of energy -Σ v log softmax(μ), to be clamped to a distribution; it predicts nothing itself. */
    public Node categorical(String name, Term logits) {
        return categorical(name, logits, 1);
    }

    /** {@link #categorical(String, Term)} with a precision π. */
    public Node categorical(String name, Term logits, double precision) {
        return predicted(name, logits, NodeEnergy.CATEGORICAL, precision);
    }

    /** A node that is predicted later, by anything, itself included. It starts from what inference is given, or from 0. */
    public Node free(String name, int... shape) {
        return free(name, 1, shape);
    }

    /** {@link #free(String, int...)} with a precision π. */
    public Node free(String name, double precision, int... shape) {
        return node(name, shape, Node.Kind.FREE, NodeEnergy.GAUSSIAN, precision);
    }

    /** {@link #free(String, int...)} of another energy. */
    public Node free(String name, NodeEnergy energy, int... shape) {
        if (!energy.isInferable()) {
            throw new IllegalArgumentException(
                    "Node %s is %s and can only be clamped, not free. Maybe declare it with value(..)."
                            .formatted(name, energy.name()));
        }
        requireFit(name, energy, shape.clone(), "what it is declared to be");
        return node(name, shape, Node.Kind.FREE, energy, 1);
    }

    /** Gives a free node its prediction. */
    public void predict(Node node, Term prediction) {
        requireOurs(node);
        requireOurs(prediction);
        if (predictions.containsKey(node)) {
            throw new IllegalArgumentException("Node %s is predicted twice, by %s and by %s. Maybe use alsoPredict(..)."
                    .formatted(node.name(), predictions.get(node), prediction));
        }
        if (node.kind() != Node.Kind.FREE) {
            throw new IllegalArgumentException(
                    "Node %s is an input and cannot be predicted. Maybe declare it with free(..)."
                            .formatted(node.name()));
        }
        requireFits(node, prediction);
        predictions.put(node, asExpression(prediction));
    }

    /**
     * Predicts a node a second time: E += ½ π |v - μ₂|². The graph gets a node of value 0 for it, whose prediction is v - μ₂; it is no loss,
     * and nobody clamps it.
     *
     * @param name of the node that stands for this prediction
     * @param node of any kind; an input that is predicted so may be left unclamped
     * @param precision π, of this prediction alone
     * @return the node that stands for this prediction: its energy is ½ π |v - μ₂|², its error μ₂ - v
     */
    public Node alsoPredict(String name, Node node, Term prediction, double precision) {
        requireOurs(node);
        requireOurs(prediction);
        requireFits(node, prediction);
        Expression apart = subtract(node, prediction);
        Node difference = node(name, node.shape(), Node.Kind.DIFFERENCE, NodeEnergy.GAUSSIAN, precision);
        predictions.put(difference, apart);
        return difference;
    }

    private static void requireFits(Node node, Term prediction) {
        if (!Arrays.equals(node.shape(), prediction.shape())) {
            throw new IllegalArgumentException("Node %s cannot be predicted by %s, of shape %s. Maybe reshape it."
                    .formatted(node, prediction.label(), Arrays.toString(prediction.shape())));
        }
    }

    @Override
    public Expression apply(Operation operation, List<? extends Term> inputs, List<Parameter> with) {
        List<Term> terms = List.copyOf(inputs);
        terms.forEach(this::requireOurs);
        with.forEach(this::requireOurs);
        int[] shape;
        try {
            shape = operation.outputShape(
                    terms.stream().map(Term::shape).toList(),
                    with.stream().map(Parameter::shape).toList());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s does not fit: %s.".formatted(Expression.describe(operation, terms, with), e.getMessage()), e);
        }
        Expression expression = new Expression(owner, expressions.size(), operation, terms, with, shape);
        expressions.add(expression);
        order.add(expression);
        return expression;
    }

    /**
     * The graph. The builder may be used further; what it adds is only in the next graph it builds.
     *
     * @throws IllegalArgumentException if a free node was never predicted
     */
    public ComputationGraph build() {
        for (Node node : nodes) {
            if (node.kind() == Node.Kind.FREE && !predictions.containsKey(node)) {
                throw new IllegalArgumentException(
                        "Node %s is free and was never predicted. Maybe call predict(%s, ..), or declare it with input(..)."
                                .formatted(node.name(), node.name()));
            }
        }
        return new ComputationGraph(owner, nodes, expressions, order, parameters, predictions);
    }

    private Node predicted(String name, Term prediction, NodeEnergy energy, double precision) {
        requireOurs(prediction);
        Expression expression = asExpression(prediction);
        requireFit(name, energy, prediction.shape(), prediction.label());
        Node node = node(name, prediction.shape(), Node.Kind.PREDICTED, energy, precision);
        predictions.put(node, expression);
        return node;
    }

    private void requireFit(String name, NodeEnergy energy, int[] shape, String what) {
        energy.parameters().forEach(this::requireOurs);
        try {
            energy.requireShape(shape);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Node %s is %s, and the shape %s of %s does not fit: %s."
                            .formatted(name, energy.name(), Arrays.toString(shape), what, e.getMessage()),
                    e);
        }
    }

    private Expression asExpression(Term term) {
        return term instanceof Expression expression ? expression : reshape(term, term.shape());
    }

    private Node node(String name, int[] shape, Node.Kind kind, NodeEnergy energy, double precision) {
        requireNew(name, shape);
        if (!(precision > 0) || Double.isInfinite(precision)) {
            throw new IllegalArgumentException(
                    "The precision of node %s (%s) must be positive and finite.".formatted(name, precision));
        }
        Node node = new Node(owner, nodes.size(), name, shape, kind, energy, precision);
        nodes.add(node);
        order.add(node);
        return node;
    }

    private void requireNew(String name, int[] shape) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("Nodes and parameters need a name; one was blank.");
        }
        if (Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
            throw new IllegalArgumentException(
                    "The shape of %s (%s) must have extents of at least 1.".formatted(name, Arrays.toString(shape)));
        }
        if (!names.add(name)) {
            throw new IllegalArgumentException(
                    "The name %s is taken. Maybe number the nodes, as in %s1, or share the parameter."
                            .formatted(name, name));
        }
    }

    private void requireOurs(Term term) {
        Object theirs = term instanceof Node node ? node.owner() : ((Expression) term).owner();
        requireOurs(theirs, "Node", term.label());
        if (term instanceof Node node && !node.energy().isInferable()) {
            throw new IllegalArgumentException(
                    "Node %s is %s and predicts nothing. Maybe use its logits, or the softmax or sigmoid of them."
                            .formatted(node.name(), node.energy().name()));
        }
        if (term instanceof Node node && node.kind() == Node.Kind.DIFFERENCE) {
            throw new IllegalArgumentException(
                    "Node %s stands for a second prediction and is always 0. Maybe use the node that it predicts."
                            .formatted(node.name()));
        }
    }

    private void requireOurs(Parameter parameter) {
        requireOurs(parameter.owner(), "Parameter", parameter.name());
    }

    private void requireOurs(Object theirs, String what, String name) {
        if (theirs != owner) {
            throw new IllegalArgumentException(
                    "%s %s belongs to another graph. Maybe two builders were mixed up.".formatted(what, name));
        }
    }
}
