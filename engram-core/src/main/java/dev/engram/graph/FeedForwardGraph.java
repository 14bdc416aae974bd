package dev.engram.graph;

/**
 * A graph from one input to one output, both of which are clamped in training.
 *
 * @param input the node that is given
 * @param output the node that is to be predicted
 */
public record FeedForwardGraph(ComputationGraph graph, Node input, Node output) {}
