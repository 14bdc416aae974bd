package dev.engram.memory;

import dev.engram.inference.EngineCost;
import dev.engram.inference.InferenceObserver;
import dev.engram.linalg.Cancellation;
import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * A memory that stores patterns and gives them back from damaged cues.
 *
 * <p>Memories do not change once they are made: what stores or forgets returns another. One memory therefore answers any number of threads at
 * once, virtual ones too, and each gets the bits that it would get alone. What is worked out when it is first needed (a calibration, what is
 * known of a mask) is worked out once and shared.
 *
 * <p>A thread that is interrupted gets a {@link CancellationException} from the call it is in, and stays interrupted; so does every thread
 * once the process is ending, and one whose deadline has passed or that is no longer wanted ({@link Cancellation}). The memory can be asked
 * again. An observer that says no ends a recall too, with
 * {@link dev.engram.inference.Status#CANCELLED} and what was found so far.
 */
public interface AssociativeMemory {
    /** The model's name as in memory files, for example {@code pcn}. */
    String model();

    /** How many values a pattern has. */
    int values();

    /** The bytes that must be kept for this memory to answer. */
    long bytes();

    /**
     * Recall from whole, noisy cues: every value is shown, none is trusted.
     *
     * @param cues [cues, values]; only read
     * @param iterations F, how often the answer is shown again as a cue; at least 1
     * @return the patterns after the last iteration; what is said of a cue is said of it as it was shown first
     * @throws IllegalArgumentException if the cues have another number of values or {@code iterations} is below 1
     */
    Recall recall(Matrix cues, int iterations);

    /** {@link #recall(Matrix, int)} with one iteration. */
    default Recall recall(Matrix cues) {
        return recall(cues, 1);
    }

    /**
     * Completion: the known values are trusted and come back unchanged, the missing ones are filled in.
     *
     * @param cues [cues, values]; only read, and only where known
     * @param mask for all cues or one for each
     * @throws IllegalArgumentException if cues or mask do not fit the memory
     */
    Recall complete(Matrix cues, Mask mask);

    /**
     * Recall from cues with a damaged part that is not marked. A memory that cannot find the damage treats the whole cue as noisy.
     *
     * @param cues [cues, values]; only read
     */
    default Recall recover(Matrix cues) {
        return recall(cues);
    }

    /** The error with which each of these patterns comes back when it is shown whole. */
    default Score regenerated(Matrix patterns) {
        return Score.of(patterns, recall(patterns).patterns());
    }

    /** The same memory, with every inference step shown to the observer, which may stop it; itself where it takes no steps. */
    default AssociativeMemory watchedBy(InferenceObserver observer) {
        return this;
    }

    /** Says which of its patterns a cue is; empty for memories that keep nothing to compare with. */
    default Optional<Identifier> identifier() {
        return Optional.empty();
    }

    /**
     * The same memory, whose answers take a cue that is not stored for one that is at this rate; itself where it says nothing of cues.
     *
     * @param rate of false alarms, between 0 and 1
     */
    default AssociativeMemory calibrated(double rate) {
        return this;
    }

    /**
     * For each cue, how far each of its values is from what the others lead to expect, the most surprising first; empty for memories that
     * expect nothing. What is NaN is missing and not looked at.
     *
     * @param cues [cues, values]; only read
     */
    default List<List<Surprise>> surprises(Matrix cues) {
        return List.of();
    }

    /** Recalls everything the memory holds; empty for memories that cannot list what they hold. */
    default Optional<MemoryAudit> audit() {
        return Optional.empty();
    }

    /** What each engine would cost that could recall that many cues; none where there is no choice. */
    default List<EngineCost> recallCosts(int cues) {
        return List.of();
    }

    /** What each engine would cost that could complete that many cues; none where there is no choice. */
    default List<EngineCost> completionCosts(int cues, Mask mask) {
        return List.of();
    }
}
