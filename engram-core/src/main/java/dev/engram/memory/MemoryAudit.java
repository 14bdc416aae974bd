package dev.engram.memory;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The audit of a memory with codes: everything it holds, recalled again.
 *
 * @param errors per pattern, mean squared error of its recall, shown whole: against the original where it is kept, else against what its code
 *     generates
 * @param answers per pattern, to that recall
 * @param own per pattern, how much of its code's rates f(x¹) is no mixture of the others': its squared length over the mean squared distance of
 *     the rates from their mean, at most 1. It is what store and forget work with
 * @param capacity how many patterns the first hidden layer can keep apart, its size
 */
public record MemoryAudit(Score errors, List<Answer> answers, double[] own, int capacity) {
    /** Below this share of its own a code is hardly distinguishable from a mixture of others. */
    private static final double LEAST_OWN = 1e-3;

    public int patterns() {
        return own.length;
    }

    /** How many more patterns can be stored without touching the others. */
    public int capacityLeft() {
        return Math.max(0, capacity - patterns());
    }

    /** How many patterns were answered with themselves. */
    public int recalled() {
        return count(i -> answers.get(i) instanceof Answer.Recalled found && found.index() == i);
    }

    /** How many patterns were answered by {@link Answer.Ambiguous} with themselves among the candidates. */
    public int ambiguous() {
        return count(i -> answers.get(i) instanceof Answer.Ambiguous found
                && found.indices().contains(i));
    }

    private int count(IntPredicate ofPattern) {
        return (int) IntStream.range(0, answers.size()).filter(ofPattern).count();
    }

    /** How many patterns have hardly anything of their own. */
    public int crowded() {
        return (int) Arrays.stream(own).filter(share -> share < LEAST_OWN).count();
    }

    /** Whether the memory holds no more than it can keep apart, and knows all it holds. */
    public boolean isSound() {
        return capacity >= patterns() && recalled() + ambiguous() == patterns();
    }
}
