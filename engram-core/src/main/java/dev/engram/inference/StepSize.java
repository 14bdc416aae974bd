package dev.engram.inference;

import java.io.Serializable;
import java.util.OptionalDouble;

/** The integration step γ of Eq. 3. {@link #fixed} and {@link #curvatureBound} are the library's; another is a class that implements this. */
public interface StepSize extends Serializable {
    /** What is known before a step of one layer of one cue. */
    interface Moment {
        /** t: the steps taken before it under the present λ, those taken back included; from 0. */
        int step();

        /** l, from 0 (where sensory nodes move, else 1) to L. */
        int layer();

        /** The energies of the cue where it stands, per layer; a copy. */
        double[] energy();

        /** c_l, a bound of the energy's curvature along this layer (see {@link dev.engram.network.Energy#curvatureBounds}); worked out when first asked for. */
        double layerCurvature();

        /** A bound of the energy's curvature along any direction of all layers; worked out when first asked for. */
        double curvature();
    }

    /**
     * γ of the step that comes. It is asked for every layer of every cue that still runs.
     *
     * @return at least 0; one that is not finite ends the cue as {@link Status#DIVERGED}
     */
    double gamma(Moment before);

    /**
     * Whether a step that would raise the energy is taken back, and the cue's next ones are half as long; a ReLU unit that would cross its kink
     * then stops on it for a step, since the energy's slope changes there. If not, steps are Eq. 3 to the letter, free sensory nodes included,
     * and a {@link Status} says what came of it.
     */
    default boolean isGuarded() {
        return true;
    }

    /** γ, where it is the same for every step, layer and cue. Unguarded it is then Algorithm 1's inference, for which there is a faster engine. */
    default OptionalDouble constant() {
        return OptionalDouble.empty();
    }

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

        @Override
        public double gamma(Moment before) {
            return gamma;
        }

        @Override
        public boolean isGuarded() {
            return false;
        }

        @Override
        public OptionalDouble constant() {
            return OptionalDouble.of(gamma);
        }
    }

    /**
     * γ = 1 / (a bound of the energy's curvature, from a power iteration over the weights): the largest step that cannot raise the
     * energy. Gradient steps have a γ for each layer, since sensory weights curve the energy ten times as much as hidden ones; accelerated
     * ones have the smallest for all (docs/decisions/002-codes-and-weights.md). A ReLU unit that would cross its kink stops on it for one step, since the energy's slope changes there; a step that
     * raises the energy all the same (tanh bends) is taken back and halved for that cue.
     */
    record CurvatureBound() implements StepSize {
        @Override
        public double gamma(Moment before) {
            return 1 / before.layerCurvature();
        }
    }

    /** Eq. 3 with this γ. */
    static StepSize fixed(double gamma) {
        return new Fixed(gamma);
    }

    /** The default. */
    static StepSize curvatureBound() {
        return new CurvatureBound();
    }
}
