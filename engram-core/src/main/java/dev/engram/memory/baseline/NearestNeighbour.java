package dev.engram.memory.baseline;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.EditableMemory;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Cues;
import dev.engram.memory.internal.ExactSearch;
import java.util.Optional;

/**
 * A baseline memory that keeps the originals and returns the one nearest to the cue in Euclidean distance over the values that are known.
 */
public final class NearestNeighbour implements EditableMemory {
    private final LinearAlgebra la;
    private final Matrix originals;
    private final ExactSearch search;

    /** @param originals [patterns, values], at least one; kept, not copied */
    public NearestNeighbour(LinearAlgebra la, Matrix originals) {
        this(la, originals, ExactSearch.over(la, originals));
        if (originals.rows() == 0) {
            throw new IllegalArgumentException("There is no pattern to keep; at least one is needed.");
        }
    }

    private NearestNeighbour(LinearAlgebra la, Matrix originals, ExactSearch search) {
        this.la = la;
        this.originals = originals;
        this.search = search;
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
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        ExactSearch.Found found = search.find(cues, mask);
        return recall(cues, mask, found.nearest()).withAnswers(found.answers());
    }

    /** The named originals; half the squared distance of the known values as their energy. */
    private Recall recall(Matrix cues, Mask mask, int... nearest) {
        double[] energy = new double[nearest.length];
        la.parallel(nearest.length, cue -> {
            double distance = 0;
            for (int j : mask.clamp().indices(cue)) {
                double difference = originals.get(nearest[cue], j) - cues.get(cue, j);
                distance += difference * difference;
            }
            energy[cue] = 0.5 * distance;
        });
        return Recall.closedForm(originals.rows(nearest), energy);
    }

    /** The original of what is likeliest if part of the cue is damaged. */
    @Override
    public Recall recover(Matrix cues) {
        Cues.require(this, cues);
        ExactSearch.Damaged found = search.findDamaged(cues);
        return recall(cues, Mask.all(values()), found.nearest())
                .withAnswers(found.answers())
                .withTrust(found.trust());
    }

    @Override
    public Score regenerated(Matrix patterns) {
        Cues.require(this, patterns);
        int[] nearest = search.nearest(patterns, Mask.all(values())).nearest();
        return Score.of(patterns, originals.rows(nearest));
    }

    @Override
    public NearestNeighbour store(Matrix patterns, long seed) {
        Cues.requireMore(this, patterns);
        return over(originals.below(patterns));
    }

    @Override
    public NearestNeighbour forget(int... patterns) {
        return over(originals.rows(Cues.kept(originals.rows(), patterns)));
    }

    private NearestNeighbour over(Matrix patterns) {
        return new NearestNeighbour(la, patterns, search.moved(patterns));
    }

    @Override
    public NearestNeighbour calibrated(double rate) {
        return new NearestNeighbour(la, originals, search.calibrated(rate));
    }

    @Override
    public Optional<Identifier> identifier() {
        return Optional.of(search);
    }
}
