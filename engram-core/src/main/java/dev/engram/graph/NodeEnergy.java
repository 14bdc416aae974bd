package dev.engram.graph;

/** The energy of a node, which measures how far its value is from its prediction. */
public enum NodeEnergy {
    /** ½ π |v - μ|²; clamped to a target, half the squared error. */
    GAUSSIAN,
    /**
     * -π Σ v log softmax(μ) over the last axis, where μ are logits and v is a distribution; clamped to a target, the cross-entropy. Its error
     * is v - softmax(μ).
     */
    CATEGORICAL
}
