package dev.engram.memory;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Frames that follow each other by a rule, up to the last finite one. */
final class Replay {
    private Replay() {}

    /**
     * @param last the frame to go on from, [1, values]
     * @param next the frame after a frame
     */
    static Recall of(Matrix last, int steps, UnaryOperator<Matrix> next) {
        Matrix frames = Matrix.zeros(steps, last.columns());
        Matrix frame = last;
        for (int t = 0; t < steps; t++) {
            frame = next.apply(frame);
            System.arraycopy(frame.data(), 0, frames.data(), t * last.columns(), last.columns());
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
