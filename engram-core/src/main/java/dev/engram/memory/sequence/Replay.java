package dev.engram.memory.sequence;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Cues;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Recall of sequences by a rule that maps each frame to the next, up to the last finite frame. */
final class Replay {
    private Replay() {}

    /**
     * {@link SequenceMemory#follow} by a rule.
     *
     * @param next the frame after each of some frames
     */
    static Recall follow(SequenceMemory memory, Matrix frames, UnaryOperator<Matrix> next) {
        Cues.requireFrames(memory.values(), frames);
        Matrix predicted = next.apply(frames);
        double[] energy = new double[frames.rows()];
        for (int t = 1; t < frames.rows(); t++) {
            energy[t] = 0.5 * Score.squaredDistance(frames, t, predicted, t - 1);
        }
        return closedForm(predicted, energy);
    }

    /** {@link SequenceMemory#replay} by a rule, which knows the last frame only. */
    static Recall replay(SequenceMemory memory, Matrix cue, int steps, UnaryOperator<Matrix> next) {
        Cues.requireFrames(memory.values(), cue);
        Cues.requireSteps(steps);
        Matrix frames = Matrix.zeros(steps, cue.columns());
        Matrix frame = cue.slice(cue.rows() - 1, cue.rows());
        for (int t = 0; t < steps; t++) {
            frame = next.apply(frame);
            frames.setRow(t, frame, 0);
        }
        return closedForm(frames, new double[steps]);
    }

    /** Frames that nothing was inferred for; one that is not finite gives way to the last that was. */
    static Recall closedForm(Matrix frames, double[] energy) {
        Status[] status = new Status[frames.rows()];
        for (int t = 0; t < status.length; t++) {
            boolean finite = frames.slice(t, t + 1).isFinite();
            status[t] = finite ? Status.CONVERGED : Status.DIVERGED;
            if (!finite) {
                int from = t * frames.columns();
                float[] before = t == 0 ? new float[frames.columns()] : frames.row(t - 1);
                System.arraycopy(before, 0, frames.data(), from, before.length);
            }
        }
        return new Recall(frames, energy, new double[status.length], new int[status.length], Arrays.asList(status));
    }
}
