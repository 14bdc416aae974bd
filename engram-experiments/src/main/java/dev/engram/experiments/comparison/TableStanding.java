package dev.engram.experiments.comparison;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How one method did on a table.
 *
 * @param errors root mean square of what it filled in, in standard deviations of the columns, one for each question; none where it fills in nothing
 * @param separation the probability that a row with a value 5 standard deviations off is newer to it than one without (AUROC)
 * @param alarms of the rows without, the fraction called new at each stated rate; none where it states no rate
 * @param named of the rows with one value off, the fraction in which that column is named first
 * @param remark why it did not take part, or what to know of its numbers; may be empty
 */
public record TableStanding(
        String name,
        boolean isRival,
        double learningSeconds,
        double answeringSeconds,
        List<Double> errors,
        OptionalDouble separation,
        List<Double> alarms,
        OptionalDouble named,
        String remark) {
    public TableStanding {
        errors = List.copyOf(errors);
        alarms = List.copyOf(alarms);
    }

    static TableStanding absent(String name, boolean isRival, String reason) {
        return new TableStanding(
                name, isRival, 0, 0, List.of(), OptionalDouble.empty(), List.of(), OptionalDouble.empty(), reason);
    }

    public boolean tookPart() {
        return !errors.isEmpty() || separation.isPresent();
    }

    /** Mean of the errors; infinite where it fills in nothing. */
    double error() {
        return errors.stream().mapToDouble(e -> e).average().orElse(Double.POSITIVE_INFINITY);
    }
}
