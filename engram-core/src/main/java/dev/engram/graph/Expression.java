package dev.engram.graph;

import dev.engram.graph.op.Operation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An operation applied to nodes, other expressions and parameters. It is computed exactly and has no error of its own.
 *
 * <p>Made by a {@link GraphBuilder} and known to its graph only.
 */
public final class Expression implements Term {
    private final Object owner;
    private final int index;
    private final Operation operation;
    private final List<Term> inputs;
    private final List<Parameter> parameters;
    private final int[] shape;

    Expression(
            Object owner, int index, Operation operation, List<Term> inputs, List<Parameter> parameters, int[] shape) {
        this.owner = owner;
        this.index = index;
        this.operation = operation;
        this.inputs = List.copyOf(inputs);
        this.parameters = List.copyOf(parameters);
        this.shape = shape.clone();
    }

    Object owner() {
        return owner;
    }

    /** Its place in the order of creation. */
    int index() {
        return index;
    }

    public Operation operation() {
        return operation;
    }

    public List<Term> inputs() {
        return inputs;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    @Override
    public String label() {
        return operation.name();
    }

    /** For example {@code dense(h1, w2)}. */
    @Override
    public String toString() {
        return describe(operation, inputs, parameters);
    }

    static String describe(Operation operation, List<Term> inputs, List<Parameter> parameters) {
        return Stream.concat(
                        inputs.stream().map(Term::label), parameters.stream().map(Parameter::name))
                .collect(Collectors.joining(", ", operation.name() + "(", ")"));
    }
}
