package dev.engram.graph;

import dev.engram.linalg.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Value nodes, each predicted by an expression of others, acyclic or not. Immutable; parameters and values are kept elsewhere.
 *
 * <pre>
 *   μ_i = f_i(values of other nodes, of the node itself, parameters)
 *   E   = Σ_i ½ π_i |v_i - μ_i|²                        (or another NodeEnergy, each with an ε of its own)
 *  -∂E/∂v_i = -π_i ε_i + Σ_j (∂μ_j/∂v_i)ᵀ π_j ε_j,   ε_i = v_i - μ_i
 *  -∂E/∂θ   = Σ_j (∂μ_j/∂θ)ᵀ π_j ε_j
 * </pre>
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><td>v</td><td>values</td><td>inputs and observed nodes are clamped, the others inferred</td></tr>
 *   <tr><td>μ</td><td>{@link #prediction}</td><td>an expression, computed exactly</td></tr>
 *   <tr><td>π</td><td>{@link Node#precision()}</td><td>1 in the paper</td></tr>
 *   <tr><td>L</td><td>the energy of the observed nodes</td><td>the loss: clamping a node to a target is what defines one</td></tr>
 * </table>
 *
 * <p>Signs: everything the engine sends along the graph is a force, the negative derivative of E. Learning moves parameters along theirs.
 *
 * <p>Millidge, Tschantz and Buckley 2022, section 2 and Algorithm 1.
 */
public final class ComputationGraph {
    private final Object owner;
    private final List<Node> nodes;
    private final List<Expression> expressions;
    private final List<Term> order;
    private final List<Parameter> parameters;
    private final Map<Node, Expression> predictions;
    private final Map<String, Node> nodesByName;
    private final Map<String, Parameter> parametersByName;

    ComputationGraph(
            Object owner,
            List<Node> nodes,
            List<Expression> expressions,
            List<Term> order,
            List<Parameter> parameters,
            Map<Node, Expression> predictions) {
        this.owner = owner;
        this.nodes = List.copyOf(nodes);
        this.expressions = List.copyOf(expressions);
        this.order = List.copyOf(order);
        this.parameters = List.copyOf(parameters);
        this.predictions = new LinkedHashMap<>(predictions);
        this.nodesByName = nodes.stream().collect(Collectors.toMap(Node::name, Function.identity()));
        this.parametersByName = parameters.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
    }

    /** In the order of their creation. */
    public List<Node> nodes() {
        return nodes;
    }

    /** In the order of their creation. */
    public List<Parameter> parameters() {
        return parameters;
    }

    List<Expression> expressions() {
        return expressions;
    }

    /** Nodes and expressions in the order of their creation: each expression comes after what it is made of. */
    List<Term> order() {
        return order;
    }

    /** @throws IllegalArgumentException if there is no such node */
    public Node node(String name) {
        return find(nodesByName, name, "node");
    }

    /** @throws IllegalArgumentException if there is no such parameter */
    public Parameter parameter(String name) {
        return find(parametersByName, name, "parameter");
    }

    private static <T> T find(Map<String, T> known, String name, String what) {
        T found = known.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The graph has no %s named %s. Maybe it is one of: %s."
                    .formatted(
                            what,
                            name,
                            String.join(", ", known.keySet().stream().sorted().toList())));
        }
        return found;
    }

    /**
     * What predicts a node.
     *
     * @throws IllegalArgumentException for an input
     */
    public Expression prediction(Node node) {
        requireOurs(node);
        Expression prediction = predictions.get(node);
        if (prediction == null) {
            throw new IllegalArgumentException("Node %s is an input; nothing predicts it.".formatted(node.name()));
        }
        return prediction;
    }

    /**
     * New parameters. Each draws from a stream of its own, so that adding one leaves the others as they were.
     *
     * @param seed of everything random
     */
    public Parameters initialise(long seed, Precision precision) {
        return Parameters.draw(this, seed, precision);
    }

    /** @throws IllegalArgumentException if the node is another graph's */
    void requireOurs(Node node) {
        if (node.owner() != owner) {
            throw new IllegalArgumentException(
                    "Node %s belongs to another graph. Maybe ask this one for it with node(\"%s\")."
                            .formatted(node.name(), node.name()));
        }
    }

    /** @throws IllegalArgumentException if the parameter is another graph's */
    void requireOurs(Parameter parameter) {
        if (parameter.owner() != owner) {
            throw new IllegalArgumentException(
                    "Parameter %s belongs to another graph. Maybe ask this one for it with parameter(\"%s\")."
                            .formatted(parameter.name(), parameter.name()));
        }
    }

    @Override
    public String toString() {
        return "ComputationGraph%s".formatted(nodes);
    }
}
