package dev.engram.memory.baseline;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.internal.Cues;

/**
 * A baseline memory that keeps the originals and returns the one nearest to the cue in Euclidean distance over the values that are known.
 */
public final class NearestNeighbour implements AssociativeMemory {
    private final LinearAlgebra la;
    private final Matrix originals;

    /** @param originals [patterns, values], at least one; kept, not copied */
    public NearestNeighbour(LinearAlgebra la, Matrix originals) {
        if (originals.rows() == 0) {
            throw new IllegalArgumentException("There is no pattern to keep; at least one is needed.");
        }
        this.la = la;
        this.originals = originals;
    }

    /** {@link #NearestNeighbour(LinearAlgebra, Matrix)} with the shared linear algebra. */
    public NearestNeighbour(Matrix originals) {
        this(LinearAlgebra.shared(), originals);
    }

    /** [patterns, values]; the matrix itself, not a copy. */
    public Matrix originals() {
        return originals;
    }

    @Override
    public String model() {
        return "nearest-neighbour";
    }

    @Override
    public int values() {
        return originals.columns();
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * originals.rows() * originals.columns();
    }

    /** A single look-up, however many iterations are asked for: an original is its own nearest neighbour. */
    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        return complete(cues, Mask.all(values()));
    }

    @Override
    public Recall complete(Matrix cues, Mask mask) {
        Cues.require(this, cues, mask);
        Matrix answers = Matrix.zeros(cues.rows(), values());
        double[] energy = new double[cues.rows()];
        la.parallel(cues.rows(), cue -> {
            int[] known = mask.clamp().indices(cue);
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < originals.rows(); i++) {
                double distance = 0;
                for (int j : known) {
                    double difference = originals.get(i, j) - cues.get(cue, j);
                    distance += difference * difference;
                }
                if (distance < least) {
                    least = distance;
                    nearest = i;
                }
            }
            answers.setRow(cue, originals, nearest);
            energy[cue] = 0.5 * least;
        });
        return Recall.closedForm(answers, energy);
    }
}
