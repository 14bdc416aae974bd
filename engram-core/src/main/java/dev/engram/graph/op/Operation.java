package dev.engram.graph.op;

import java.util.List;

/**
 * A differentiable function of some inputs (which differ from example to example) and some parameters (which do not).
 *
 * <p>An operation is a definition without state; what computes it for a batch is its {@link Kernel}. {@link Operations} has the usual ones;
 * you can write another by implementing this interface.
 */
public interface Operation {
    /** How messages call it, for example {@code dense}. */
    String name();

    /**
     * The shape of the output, per example.
     *
     * @param inputs the shape of each input, per example, without the batch axis
     * @param parameters the shape of each parameter
     * @throws IllegalArgumentException saying what does not fit
     */
    int[] outputShape(List<int[]> inputs, List<int[]> parameters);

    /** Gets ready to compute, with whatever working memory that takes. The shapes are those that {@link #outputShape} accepted. */
    Kernel prepare(Binding binding);
}
