package dev.engram.memory;

import dev.engram.learning.Learning;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sparse.SparseQuantisedHopfield;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of memory and its options: all that decides what is learned but the patterns and the seed. Whoever offers memories to choose from
 * (a command line, a comparison, a page) needs no more than this.
 */
public sealed interface MemoryModel
        permits Models.PredictiveCoding,
                Models.Attractors,
                Models.Hopfield,
                Models.Modern,
                Models.SparseQuantised,
                Models.Covariance,
                Models.Span,
                Models.Nearest,
                Models.Autoencoding {

    /** Told how far learning is, and may stop it. */
    @FunctionalInterface
    interface Watch {
        /** Watches nothing. */
        Watch NONE = (update, updates, trainingError) -> true;

        /**
         * Called after every weight update of a model that has any.
         *
         * @param update counts from 1
         * @param trainingError mean squared error per value before the update
         * @return whether to go on
         */
        boolean onUpdate(int update, int updates, double trainingError);

        /**
         * Called before the audit, and after every part of it, where it takes more than one look.
         *
         * @return whether to go on
         */
        default boolean onAudit(int audited, int patterns) {
            return true;
        }
    }

    /**
     * What {@link #learn} made.
     *
     * @param outcome whether learning ran to its end
     * @param updates weight updates made; 0 for models that have none
     * @param audit the error with which each pattern, as it is stored, is regenerated when shown whole; of a learning or
     *     an audit that was cancelled perhaps not of all, of one that diverged of none
     */
    record Learned(AssociativeMemory memory, Learning.Outcome outcome, int updates, Score audit) {}

    /** {@link PredictiveCodingMemory}; the seed of the options does not count. */
    static MemoryModel predictiveCoding(PredictiveCodingOptions options) {
        return new Models.PredictiveCoding(options);
    }

    /** {@link AttractorMemory} over the same network; the seed of the options does not count. */
    static MemoryModel attractors(PredictiveCodingOptions options) {
        return new Models.Attractors(new Models.PredictiveCoding(options));
    }

    /** {@link HopfieldNetwork}; the seed of the options does not count. */
    static MemoryModel hopfield(HopfieldRule rule, HopfieldOptions options) {
        return new Models.Hopfield(rule, options);
    }

    /** {@link ModernHopfield}. */
    static MemoryModel modernHopfield(ModernHopfieldOptions options) {
        return new Models.Modern(options);
    }

    /**
     * {@link SparseQuantisedHopfield}.
     *
     * @param options whose shape does not count: it is that of the patterns
     */
    static MemoryModel sparseQuantised(SparseQuantisedOptions options) {
        return new Models.SparseQuantised(options);
    }

    /** {@link CovarianceMemory}. */
    static MemoryModel covariance(CovarianceOptions options) {
        return new Models.Covariance(options);
    }

    /** {@link AffineSpan}. */
    static MemoryModel affineSpan() {
        return new Models.Span();
    }

    /** {@link NearestNeighbour}. */
    static MemoryModel nearestNeighbour() {
        return new Models.Nearest();
    }

    /** {@link Autoencoder}; the seed of the options does not count. */
    static MemoryModel autoencoder(AutoencoderOptions options) {
        return new Models.Autoencoding(options);
    }

    /** {@link AssociativeMemory#model()} of what is learned. */
    String name();

    /** Every option but the seed by name, as words and numbers that read back unchanged, in a fixed order. */
    Map<String, String> describe();

    /** Whether what is stored holds the patterns themselves, so that nothing is saved or hidden by storing them. */
    boolean keepsPatterns();

    /** What is stored of patterns, and so what can come back: the patterns, or what a binary network makes of them. */
    default Matrix asStored(Matrix patterns) {
        return patterns;
    }

    /** About how much memory learning and a recall take, the patterns and what is learned included. */
    double bytesNeeded(int patterns, Shape shape);

    /**
     * Why this model cannot learn such patterns, to be asked before the work; empty where it can.
     *
     * @param memory bytes that may be used
     */
    default Optional<String> obstacle(int patterns, Shape shape, long memory) {
        double needed = bytesNeeded(patterns, shape);
        return needed <= memory
                ? Optional.empty()
                : Optional.of("%d patterns of shape %s need about %,d MB of memory; Java has %,d MB"
                        .formatted(patterns, shape, (long) needed >> 20, memory >> 20));
    }

    /**
     * Stores patterns, and audits the memory.
     *
     * @param patterns [patterns, values], at least one, finite
     * @param shape of a pattern
     * @throws IllegalArgumentException if the patterns cannot be stored, saying why
     */
    Learned learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la);

    /** {@link #learn(Matrix, Shape, long, Watch, LinearAlgebra)} with the shared linear algebra. */
    default Learned learn(Matrix patterns, Shape shape, long seed, Watch watch) {
        return learn(patterns, shape, seed, watch, LinearAlgebra.shared());
    }
}
