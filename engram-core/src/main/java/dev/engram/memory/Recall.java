package dev.engram.memory;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import java.util.Collections;
import java.util.List;

/**
 * What a memory gave back for a batch of cues.
 *
 * @param patterns [cues, values]
 * @param energy per cue, in the model's own energy (a distance for models without one)
 * @param residual per cue, the force left over as a fraction of the forces in balance; 0 for models solved in closed form
 * @param steps per cue, inference steps taken
 * @param status per cue
 */
public record Recall(Matrix patterns, double[] energy, double[] residual, int[] steps, List<Status> status) {
    public Recall {
        status = List.copyOf(status);
        if (energy.length != patterns.rows()
                || residual.length != patterns.rows()
                || steps.length != patterns.rows()
                || status.size() != patterns.rows()) {
            throw new IllegalArgumentException(
                    "A recall of %d patterns needs as many energies, residuals, steps and statuses."
                            .formatted(patterns.rows()));
        }
    }

    /** The result of a model that needs no inference. */
    public static Recall closedForm(Matrix patterns, double[] energy) {
        int cues = patterns.rows();
        return new Recall(
                patterns, energy, new double[cues], new int[cues], Collections.nCopies(cues, Status.CONVERGED));
    }

    /** How many cues ended with the given status. */
    public long count(Status wanted) {
        return status.stream().filter(s -> s == wanted).count();
    }
}
