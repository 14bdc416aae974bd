package dev.engram.graph.training;

/**
 * How well a graph does on some examples, per example.
 *
 * @param loss the energy of the observed nodes after the feed-forward pass, before anything is inferred; a node known in part is none of them
 * @param energy the energy of all nodes at the end of inference; for backpropagation, of Gaussian nodes with the errors that would balance its
 *     forces, of others at their predictions
 * @param accuracy how often the largest entry of an observed node's prediction is where its target's is, along the last axis; not a number
 *     where no observed node has more than one entry
 * @param examples how many
 */
public record Metrics(double loss, double energy, double accuracy, int examples) {}
