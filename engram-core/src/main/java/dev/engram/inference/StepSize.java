package dev.engram.inference;

import java.io.Serializable;

/** The integration step γ of Eq. 3. */
public sealed interface StepSize extends Serializable {
    /**
     * The paper's constant γ, and its Eq. 3 to the letter. Nothing guards it: the curvature grows during training, and a γ that
     * was small enough diverges sooner or later, which the result's {@link Status} then says.
     */
    record Fixed(double gamma) implements StepSize {
        public Fixed {
            if (!(gamma > 0) || Double.isInfinite(gamma)) {
                throw new IllegalArgumentException("The step size (%s) must be positive and finite.".formatted(gamma));
            }
        }
    }

    /**
     * γ = 1 / (a bound of the energy's curvature, from a power iteration over the weights): the largest step that cannot raise the
     * energy. Gradient steps have a γ for each layer, since sensory weights curve the energy ten times as much as hidden ones; accelerated
     * ones have the smallest for all (docs/decisions/002-codes-and-weights.md). A ReLU unit that would cross its kink stops on it for one step, since the energy's slope changes there; a step that
     * raises the energy all the same (tanh bends) is taken back and halved for that cue.
     */
    record CurvatureBound() implements StepSize {}

    /** Eq. 3 with this γ. */
    static StepSize fixed(double gamma) {
        return new Fixed(gamma);
    }

    /** The default. */
    static StepSize curvatureBound() {
        return new CurvatureBound();
    }
}
