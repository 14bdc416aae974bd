package dev.engram.graph;

import java.util.Arrays;

/**
 * A trainable parameter of a computation graph; it has a name, and several expressions may share it. Its values are in {@link Parameters}.
 *
 * <p>Made by a {@link GraphBuilder} and known to its graph only.
 */
public final class Parameter {
    private final Object owner;
    private final String name;
    private final int[] shape;
    private final Initialiser initialiser;
    private final Constraint constraint;

    Parameter(Object owner, String name, int[] shape, Initialiser initialiser, Constraint constraint) {
        this.owner = owner;
        this.name = name;
        this.shape = shape.clone();
        this.initialiser = initialiser;
        this.constraint = constraint;
    }

    Object owner() {
        return owner;
    }

    public String name() {
        return name;
    }

    public int[] shape() {
        return shape.clone();
    }

    public Initialiser initialiser() {
        return initialiser;
    }

    public Constraint constraint() {
        return constraint;
    }

    /** For example {@code w1[6, 3, 5, 5]}. */
    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
