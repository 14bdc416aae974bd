package dev.engram.experiments.comparison;

import java.util.List;

/**
 * How one memory did in a comparison.
 *
 * @param bytes stored; 0 where it did not take part
 * @param learningSeconds until the memory could answer
 * @param outcomes one for each damage; none where it did not take part
 * @param remark why it did not take part, or what to know of its numbers; may be empty
 */
public record Standing(Entrant entrant, long bytes, double learningSeconds, List<Answered> outcomes, String remark) {
    public Standing {
        outcomes = List.copyOf(outcomes);
    }

    /** A memory that cannot store these patterns here. */
    static Standing absent(Entrant entrant, String reason) {
        return new Standing(entrant, 0, Double.NaN, List.of(), reason);
    }

    public boolean tookPart() {
        return !outcomes.isEmpty();
    }

    /** The recovered fraction, mean over the damages. */
    public double recovered() {
        return outcomes.stream().mapToDouble(Answered::recovered).average().orElse(0);
    }

    /** Mean over the damages. */
    public double secondsPerRecall() {
        return outcomes.stream()
                .mapToDouble(Answered::secondsPerRecall)
                .average()
                .orElse(Double.NaN);
    }
}
