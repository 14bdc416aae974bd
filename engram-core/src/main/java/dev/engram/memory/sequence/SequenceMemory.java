package dev.engram.memory.sequence;

import dev.engram.linalg.Matrix;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import java.util.Arrays;

/**
 * A memory that stores patterns in order and predicts what follows the frames it is shown.
 *
 * <p>The energy of a result is that of the frame shown: how far it was from what the frames before it made one expect. A first frame is
 * expected by nothing, and what the memory showed itself is as expected: their energy is 0 where the model has no prior of its own.
 */
public interface SequenceMemory {
    /** The model's name as in files. */
    String model();

    /** How many values a frame has. */
    int values();

    /** The bytes that must be kept for this memory to answer. */
    long bytes();

    /**
     * Online recall: after every frame shown, what comes next.
     *
     * @param frames [frames, values], in order, true or noisy; only read
     * @return row t is what follows frame t, [frames, values]
     * @throws IllegalArgumentException if the frames have another number of values, are none, or one is not finite
     */
    Recall follow(Matrix frames);

    /**
     * Offline recall: the first frames are shown, and from then on the memory continues from its own predictions.
     *
     * @param cue [first frames, values], at least one, in order; only read
     * @param steps how many frames to recall after them; at least 1
     * @return the frames that follow the cue, [steps, values]
     * @throws IllegalArgumentException as {@link #follow}, or if {@code steps} is below 1
     */
    Recall replay(Matrix cue, int steps);

    /** The error with which {@code follow} predicts every frame but the first ones. */
    default Score audit(Sequences sequences) {
        return audit(sequences, MemoryModel.Watch.NONE);
    }

    /**
     * The same; the watch may stop it after any sequence.
     *
     * @param watch called after every sequence with the number of frames predicted
     */
    default Score audit(Sequences sequences, MemoryModel.Watch watch) {
        double[] errors = new double[sequences.count() - sequences.frames().size()];
        int done = 0;
        boolean goesOn = watch.onAudit(0, errors.length);
        for (int i = 0; i < sequences.frames().size() && goesOn; i++) {
            Matrix frames = sequences.frames().get(i);
            int last = frames.rows() - 1;
            Matrix predicted = follow(frames.slice(0, last)).patterns();
            System.arraycopy(Score.of(frames.slice(1, last + 1), predicted).errors(), 0, errors, done, last);
            done += last;
            goesOn = watch.onAudit(done, errors.length);
        }
        return new Score(Arrays.copyOf(errors, done));
    }
}
