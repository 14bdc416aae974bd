package dev.engram.inference;

/**
 * The way in which inference or learning is computed: the results are the same up to rounding, the costs differ. {@link EngineCost} says at
 * which.
 */
public enum Engine {
    /** The cheapest that applies. */
    AUTO,
    /** As the paper writes it: every step multiplies by all weights. */
    REFERENCE,
    /**
     * The sensory layer summed away: the known nodes reach the hidden ones only through the weights, so they are reduced to the few
     * coordinates that weights reach (Newton's method and constant steps keep G = WᵀW and C = Wᵀx⁰ instead), and a step costs nothing in the
     * size of a picture. Free sensory nodes are read off at the end.
     */
    REDUCED,
    /**
     * For learning: in the coordinates of the span of the patterns (and of the weights learning starts from), so that neither a step nor a
     * weight update costs anything in the size of a picture. For rules that do not depend on the coordinates (not Adam).
     */
    SPAN
}
