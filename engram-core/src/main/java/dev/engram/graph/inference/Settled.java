package dev.engram.graph.inference;

import dev.engram.inference.Status;

/**
 * How the inference of a batch ended.
 *
 * @param residual see {@link GraphEquilibrium}
 * @param steps how many changed the values
 */
public record Settled(double residual, int steps, Status status) {}
