package dev.engram.graph;

import java.util.Arrays;

/**
 * A value node: it has a value v, and, unless it is an input, a prediction μ, an error ε and an energy.
 *
 * <p>Made by a {@link GraphBuilder} and known to its graph only.
 */
public final class Node implements Term {
    /** Where a node's value comes from before anything is inferred. */
    public enum Kind {
        /** From outside; it has no prediction of its own, and is clamped unless it is {@link GraphBuilder#alsoPredict predicted all the same}. */
        INPUT,
        /** From its prediction, in the feed-forward pass. */
        PREDICTED,
        /** From outside or zero: its prediction may depend on itself. */
        FREE,
        /** Zero, always: what predicts it is the difference between a node and a second prediction of that node. */
        DIFFERENCE
    }

    private final Object owner;
    private final int index;
    private final String name;
    private final int[] shape;
    private final Kind kind;
    private final NodeEnergy energy;
    private final double precision;

    Node(Object owner, int index, String name, int[] shape, Kind kind, NodeEnergy energy, double precision) {
        this.owner = owner;
        this.index = index;
        this.name = name;
        this.shape = shape.clone();
        this.kind = kind;
        this.energy = energy;
        this.precision = precision;
    }

    Object owner() {
        return owner;
    }

    /** Its place in {@link ComputationGraph#nodes()}. */
    int index() {
        return index;
    }

    public String name() {
        return name;
    }

    @Override
    public int[] shape() {
        return shape.clone();
    }

    public Kind kind() {
        return kind;
    }

    public NodeEnergy energy() {
        return energy;
    }

    /** π, the weight of its energy. */
    public double precision() {
        return precision;
    }

    @Override
    public String label() {
        return name;
    }

    /** For example {@code h1[6, 28, 28]}. */
    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
