package dev.engram.graph.op;

import dev.engram.linalg.Tensor;
import java.util.SplittableRandom;

/**
 * Computes an operation and its vector-Jacobian products on the tensors of one {@link Binding}.
 *
 * <pre>
 *   y = f(x, θ),   pull-back of δ: Jᵀ δ with J = ∂y/∂x or ∂y/∂θ
 * </pre>
 *
 * <p>The examples of a batch are shared out to threads: {@link #compute} and {@link #pullBack} are called for disjoint ranges at the same
 * time and touch nothing of other examples. Pull-backs refer to the values at the last {@link #compute}; inputs and
 * parameters have not changed since.
 */
public interface Kernel {
    /**
     * Before a mini-batch of a training: draws what is random in this operation, such as a mask, for every example. It holds until the next
     * draw. An operation for which nothing was drawn computes what is to be expected of it; most have nothing random.
     *
     * @param random of this operation and mini-batch alone
     */
    default void draw(SplittableRandom random) {}

    /** Writes f of the inputs and parameters to the output, for the given examples. */
    void compute(ExampleRange examples);

    /**
     * Sends δ back to one input, for the given examples.
     *
     * @param delta in the shape of the output
     * @param into in the shape of the input
     * @param mode whether Jᵀδ replaces what is in {@code into} or is added to it
     */
    void pullBack(int input, Tensor delta, Tensor into, Accumulation mode, ExampleRange examples);

    /**
     * Adds Jᵀδ for one parameter, summed over the whole batch.
     *
     * @param delta in the shape of the output
     * @param into in the shape of the parameter
     */
    default void addGradient(int parameter, Tensor delta, Tensor into) {
        throw new UnsupportedOperationException("This operation has no parameter " + parameter + ".");
    }
}
