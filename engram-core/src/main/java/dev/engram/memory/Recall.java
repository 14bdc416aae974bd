package dev.engram.memory;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The result of a recall or completion: what a memory gave back for a batch of cues.
 *
 * @param patterns [cues, values]; where a memory keeps originals, the original of every cue that is {@link Answer.Recalled}
 * @param energy per cue, in the model's own energy (a distance for models without one)
 * @param residual per cue, the force left over as a fraction of the forces in balance; 0 for models solved in closed form
 * @param steps per cue, inference steps taken
 * @param status per cue
 * @param answers per cue, what the memory says it is; empty for memories that name nothing
 * @param trust where damage was found out: 1 for the values that were relied on, 0 for the others, [cues, values]
 * @param deviation where the model says it: the standard deviation of each value that was filled in, 0 for those known, [cues, values]
 */
public record Recall(
        Matrix patterns,
        double[] energy,
        double[] residual,
        int[] steps,
        List<Status> status,
        List<Answer> answers,
        Optional<Matrix> trust,
        Optional<Matrix> deviation) {
    public Recall {
        status = List.copyOf(status);
        answers = List.copyOf(answers);
        if (energy.length != patterns.rows()
                || residual.length != patterns.rows()
                || steps.length != patterns.rows()
                || status.size() != patterns.rows()
                || !answers.isEmpty() && answers.size() != patterns.rows()) {
            throw new IllegalArgumentException(
                    "A recall of %d patterns needs as many energies, residuals, steps and statuses, and as many answers or none."
                            .formatted(patterns.rows()));
        }
    }

    /** Of a memory that does not say how sure it is of what it filled in. */
    public Recall(
            Matrix patterns,
            double[] energy,
            double[] residual,
            int[] steps,
            List<Status> status,
            List<Answer> answers,
            Optional<Matrix> trust) {
        this(patterns, energy, residual, steps, status, answers, trust, Optional.empty());
    }

    /** Of a memory that says nothing of the cues. */
    public Recall(Matrix patterns, double[] energy, double[] residual, int[] steps, List<Status> status) {
        this(patterns, energy, residual, steps, status, List.of(), Optional.empty());
    }

    /** The result of a model that needs no inference. */
    public static Recall closedForm(Matrix patterns, double[] energy) {
        int cues = patterns.rows();
        return new Recall(
                patterns, energy, new double[cues], new int[cues], Collections.nCopies(cues, Status.CONVERGED));
    }

    /** The same, with what the memory says of each cue. */
    public Recall withAnswers(List<Answer> said) {
        return new Recall(patterns, energy, residual, steps, status, said, trust, deviation);
    }

    /** The same, with the values that were relied on. */
    public Recall withTrust(Matrix relied) {
        return new Recall(patterns, energy, residual, steps, status, answers, Optional.of(relied), deviation);
    }

    /** The same, with how sure the model is of what it filled in. */
    public Recall withDeviation(Matrix posterior) {
        return new Recall(patterns, energy, residual, steps, status, answers, trust, Optional.of(posterior));
    }

    /** How many cues ended with the given status. */
    public long count(Status wanted) {
        return status.stream().filter(s -> s == wanted).count();
    }
}
