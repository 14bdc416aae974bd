package dev.engram.graph;

/** An input of an operation in a computation graph: the value of a node, or another expression. */
public sealed interface Term permits Node, Expression {
    /** The shape per example, without the batch axis. */
    int[] shape();

    /** How messages call it. */
    String label();
}
