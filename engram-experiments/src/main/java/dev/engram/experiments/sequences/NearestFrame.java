package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Contest.NEAREST;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import java.util.Arrays;

/**
 * The baseline of sequences: keeps all frames and answers with the one that followed the stored frame nearest to the
 * one shown, the first of
 * several alike. A nearest neighbour of frames and their successors side by side, of which the successor is missing.
 */
final class NearestFrame implements SequenceMemory {
    private final NearestNeighbour pairs;
    private final Mask present;
    private final int values;
    private final long bytes;

    NearestFrame(Sequences sequences, LinearAlgebra la) {
        this.values = sequences.values();
        this.bytes = (long) Float.BYTES * sequences.count() * values;
        this.pairs = new NearestNeighbour(la, paired(sequences.presents(), sequences.nexts()));
        boolean[] known = new boolean[2 * values];
        Arrays.fill(known, 0, values, true);
        this.present = Mask.known(known);
    }

    private static Matrix paired(Matrix left, Matrix right) {
        int values = left.columns();
        Matrix paired = Matrix.zeros(left.rows(), 2 * values);
        for (int t = 0; t < left.rows(); t++) {
            System.arraycopy(left.data(), t * values, paired.data(), 2 * t * values, values);
            System.arraycopy(right.data(), t * values, paired.data(), (2 * t + 1) * values, values);
        }
        return paired;
    }

    @Override
    public String model() {
        return NEAREST;
    }

    @Override
    public int values() {
        return values;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Recall follow(Matrix frames) {
        Recall found = pairs.complete(paired(frames, Matrix.zeros(frames.rows(), values)), present);
        Matrix next = Matrix.zeros(frames.rows(), values);
        for (int t = 0; t < frames.rows(); t++) {
            System.arraycopy(found.patterns().data(), (2 * t + 1) * values, next.data(), t * values, values);
        }
        return new Recall(next, found.energy(), found.residual(), found.steps(), found.status());
    }

    @Override
    public Recall replay(Matrix cue, int steps) {
        Matrix shown = Matrix.zeros(steps, values);
        Matrix frame = cue.slice(cue.rows() - 1, cue.rows());
        for (int t = 0; t < steps; t++) {
            System.arraycopy(frame.data(), 0, shown.data(), t * values, values);
            frame = follow(frame).patterns();
        }
        return follow(shown);
    }
}
