package dev.engram.inference.internal;

import dev.engram.linalg.Matrix;
import dev.engram.network.ValueNodes;
import java.util.Optional;

/**
 * The state of a solver on the cues it was started with: it can begin a stage of the annealing, take a step, and say where it ended. {@link
 * Descent} is the loop around it.
 *
 * <p>Cues are numbered from 0 in the order in which the solver was given them.
 */
interface SolverState {
    /** What is known of each cue; live. */
    Progress progress();

    /** Where the cues stand, as [cues, size(l)]; may be live. Layer 0 may be in the solver's own coordinates. */
    ValueNodes values();

    /** The energies of a cue per layer, as observers see them. */
    default double[] energy(int cue) {
        return progress().energy(cue);
    }

    /** Begins under a prior precision λ where the last stage ended: energies and forces there. */
    Stage begin(double priorPrecision);

    /** Whether the point where the present stage begins is shown to observers. */
    default boolean showsBeginning() {
        return true;
    }

    /** All steps are taken, and no observer stopped them. */
    default void finish() {}

    /**
     * Evaluates the end as the definition has it, for a solver whose steps leave that out.
     *
     * @return whether it did, so that observers are shown the end
     */
    default boolean evaluateEnd() {
        return false;
    }

    /** ε⁰ at the end, [cues, size(0)], where the last evaluation was of that very point. */
    default Optional<Matrix> endErrors() {
        return Optional.empty();
    }

    /** One stage of the annealing, under one λ. */
    interface Stage {
        /** Takes a step with every cue that still runs. */
        void step();
    }
}
