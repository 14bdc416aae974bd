package dev.engram.memory;

/** How a predictive-coding memory computes its learning: the same numbers, up to rounding, at different cost. */
public enum Engine {
    /** The cheapest that applies. */
    AUTO,
    /** As the paper writes it: every step multiplies by all weights. */
    REFERENCE,
    /**
     * In the coordinates of the patterns' span: a step costs as if a picture had as many pixels as there are patterns. For sensory weights
     * that start at 0, and rules that do not depend on the coordinates (not Adam).
     */
    SPAN
}
