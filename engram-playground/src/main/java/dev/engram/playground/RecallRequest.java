package dev.engram.playground;

import dev.engram.inference.Annealing;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.Optional;

/**
 * How a cue is to be recalled.
 *
 * @param how complete the erased part, or clean up the whole cue
 * @param solver how inference goes downhill
 */
record RecallRequest(How how, SolverChoice solver) {
    private static final int STEPS = 500; // for each λ
    private static final int DECADES = 6;
    private static final double TOLERANCE = 1e-3;

    /** What is trusted of the cue. */
    enum How {
        /** Complete where something is erased, clean up otherwise. */
        AUTOMATIC,
        COMPLETE,
        CLEAN
    }

    /** How inference goes downhill. */
    enum SolverChoice {
        /** The library's own for the network: quick, a few leaps and no walk to watch. */
        AUTOMATIC,
        /** Accelerated gradient steps, λ lowered by decades as the library does. */
        ACCELERATED,
        /** Plain gradient steps, otherwise the same. */
        GRADIENT
    }

    private boolean completes(DamagedPicture damage) {
        boolean completes = how == How.COMPLETE || how == How.AUTOMATIC && damage.hasMissing();
        if (completes && !damage.hasKnown()) {
            throw Refusal.unusable("Everything is erased; there is nothing to remember by. Maybe restore a part.");
        }
        return completes;
    }

    /** The picture as memories are shown it: what is erased to be completed, or all of it to be cleaned up. */
    DamagedCues cues(DamagedPicture picture) {
        return completes(picture)
                ? new DamagedCues(picture.cue(), DamagedCues.Way.COMPLETE, Optional.of(picture.mask()))
                : DamagedCues.noisy(picture.cue());
    }

    /** The memory, watched, with the inference asked for. */
    PredictiveCodingMemory prepare(PredictiveCodingMemory memory, LinearAlgebra la, InferenceObserver observer) {
        if (solver == SolverChoice.AUTOMATIC) {
            return memory.watchedBy(observer);
        }
        Inference inference = Inference.of(
                solver == SolverChoice.ACCELERATED ? Solver.accelerated() : Solver.gradient(),
                StopRule.balanced(TOLERANCE, STEPS));
        Inference watched = inference.withLinearAlgebra(la).withObserver(observer);
        Annealing annealing = memory.network().hiddenLayers() == 1 ? Annealing.decades(DECADES) : Annealing.none();
        return memory.withInference(watched, watched.withAnnealing(annealing));
    }
}
