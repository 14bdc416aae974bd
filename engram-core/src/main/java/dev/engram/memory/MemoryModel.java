package dev.engram.memory;

import dev.engram.inference.EngineCost;
import dev.engram.learning.LearningObserver;
import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.optimiser.LearningState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The description of a memory: all that decides what is learned but the patterns and the seed. The options of every family are one, and
 * those of a memory of your own can be. Code that offers memories to choose from (a command line, a comparison, a page) needs only this.
 */
public interface MemoryModel {
    /** Told how far learning is, and may stop it, or have it resumed where another was. */
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
         * Called after every weight update, before {@link #onUpdate}, of a model whose updates are many: networks, autoencoders, a
         * covariance of patterns with missing values. What is learned in one step has no state in between.
         *
         * @param state makes a copy from which the learning can be resumed ({@link #resumed}); to be asked before this returns
         */
        default void onState(Supplier<LearningState> state) {}

        /** The state of the same learning, by the same patterns, options and seed, to resume; asked once, before the first update. */
        default Optional<LearningState> resumed() {
            return Optional.empty();
        }

        /** This watch as the observer of a learning of networks. */
        default LearningObserver observer() {
            return progress -> {
                onState(progress.state());
                return onUpdate(progress.update(), progress.updates(), progress.trainingError());
            };
        }

        /**
         * Called before the audit, and after every part of it, where it takes more than one look.
         *
         * @return whether to go on
         */
        default boolean onAudit(int audited, int patterns) {
            return true;
        }
    }

    /** {@link AssociativeMemory#model()} of what is learned. */
    String name();

    /** Every option but the seed by name, as words and numbers that read back unchanged, in a fixed order. */
    Map<String, String> describe();

    /** Whether what is stored holds the patterns themselves, so that nothing is saved or hidden by storing them. */
    default boolean keepsPatterns() {
        return false;
    }

    /** Whether patterns may have missing values, which are NaN; if not, such patterns are refused. */
    default boolean learnsMissing() {
        return false;
    }

    /** What is stored of patterns, and so what can come back: the patterns, or what a binary network makes of them. */
    default Matrix asStored(Matrix patterns) {
        return patterns;
    }

    /** About how much memory learning and a recall take, with what is learned, and with the patterns unless it {@link #learnsInBlocks}. */
    double bytesNeeded(int patterns, Shape shape);

    /** What each engine would cost that could learn such patterns; none where there is no choice. */
    default List<EngineCost> costs(int patterns, Shape shape) {
        return List.of();
    }

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
     * @param seed of everything random; that of the options, where they have one, does not count
     * @throws IllegalArgumentException if the patterns cannot be stored, saying why
     */
    Learned<? extends AssociativeMemory> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la);

    /** Whether it learns such patterns block by block, so that they need not be in memory at once; if so, they are stored {@link #asStored as they are}. */
    default boolean learnsInBlocks(int patterns, Shape shape) {
        return false;
    }

    /**
     * Whether it learns such patterns in parts that stay where they are, with something kept beside each: sums over them, or their span, are all
     * that has to be in one place. So does everything that {@link #learnsInBlocks}.
     */
    default boolean learnsInParts(int patterns, Shape shape) {
        return learnsInBlocks(patterns, shape);
    }

    /**
     * The same of patterns that are visited again for every update, where it {@link #learnsInBlocks} or {@link #learnsInParts in parts}.
     *
     * @throws UnsupportedOperationException if it does not
     */
    default Learned<? extends AssociativeMemory> learn(
            PatternBlocks patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        throw new UnsupportedOperationException("The model %s learns all patterns at once.".formatted(name()));
    }

    /** {@link #learn(Matrix, Shape, long, Watch, LinearAlgebra)} with the shared linear algebra. */
    default Learned<? extends AssociativeMemory> learn(Matrix patterns, Shape shape, long seed, Watch watch) {
        return learn(patterns, shape, seed, watch, LinearAlgebra.shared());
    }
}
