package dev.engram.graph;

import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;

/** One tensor for every parameter of a graph: the values of the parameters, or the forces on them. Live. */
public final class Parameters {
    private final ComputationGraph graph;
    private final Precision precision;
    private final Map<String, Tensor> tensors;

    private Parameters(ComputationGraph graph, Precision precision, Map<String, Tensor> tensors) {
        this.graph = graph;
        this.precision = precision;
        this.tensors = tensors;
    }

    static Parameters draw(ComputationGraph graph, long seed, Precision precision) {
        Parameters drawn = zeros(graph, precision);
        for (Parameter parameter : graph.parameters()) {
            long salt = new SplittableRandom(parameter.name().hashCode()).nextLong();
            SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() ^ salt);
            parameter.initialiser().draw(drawn.get(parameter), random);
        }
        drawn.project();
        return drawn;
    }

    /** Zeros in the shape of a graph's parameters. */
    public static Parameters zeros(ComputationGraph graph, Precision precision) {
        return collect(graph, precision, parameter -> Tensor.zeros(precision, parameter.shape()));
    }

    /**
     * Given values, copied.
     *
     * @param values by the parameters' names
     * @throws IllegalArgumentException if one is missing, unknown, or of another shape or precision
     */
    public static Parameters of(ComputationGraph graph, Precision precision, Map<String, Tensor> values) {
        values.keySet().forEach(graph::parameter);
        return collect(graph, precision, parameter -> {
            Tensor value = values.get(parameter.name());
            if (value == null || !value.hasShape(parameter.shape()) || value.precision() != precision) {
                throw new IllegalArgumentException("Parameter %s needs values of its shape, in %s; given was %s."
                        .formatted(
                                parameter, precision, value == null ? "nothing" : value + " in " + value.precision()));
            }
            return value.copy();
        });
    }

    private static Parameters collect(ComputationGraph graph, Precision precision, Function<Parameter, Tensor> tensor) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        graph.parameters().forEach(parameter -> tensors.put(parameter.name(), tensor.apply(parameter)));
        return new Parameters(graph, precision, tensors);
    }

    public ComputationGraph graph() {
        return graph;
    }

    public Precision precision() {
        return precision;
    }

    /** Live. */
    public Tensor get(Parameter parameter) {
        graph.requireOurs(parameter);
        return get(parameter.name());
    }

    /** Live. */
    public Tensor get(String name) {
        return Objects.requireNonNull(tensors.get(graph.parameter(name).name()));
    }

    /** All of them by name, in the order of their creation; the tensors are copies. */
    public Map<String, Tensor> snapshot() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, tensor.copy()));
        return copies;
    }

    /** Holds every parameter to its constraint, in place. */
    public void project() {
        graph.parameters().forEach(parameter -> parameter.constraint().project(get(parameter)));
    }

    /** Overwrites these with others of the same graph. */
    public void set(Parameters others) {
        tensors.forEach((name, tensor) -> tensor.set(others.get(name)));
    }

    /** Adds a multiple of others of the same graph, in place. */
    public void addScaled(double factor, Parameters others) {
        tensors.forEach((name, tensor) -> tensor.addScaled(factor, others.get(name), 0, tensor.size()));
    }

    /** Makes all of them 0. */
    public void clear() {
        tensors.values().forEach(tensor -> tensor.fill(0));
    }

    /** Whether every value is finite. */
    public boolean isFinite() {
        return tensors.values().stream().allMatch(Tensor::isFinite);
    }
}
