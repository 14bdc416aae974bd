package dev.engram.cli.memory;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Recall;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What is said of the answers to cues, in the order of the cues; perhaps read from a file, at every iteration again. */
public final class Outcomes implements Iterable<Outcome> {
    private final Iterable<Outcome> all;
    private final int values;

    /** @param values of one pattern */
    Outcomes(Iterable<Outcome> all, int values) {
        this.all = all;
        this.values = values;
    }

    /** Those of answers in memory. */
    public static Outcomes of(Recall recall) {
        List<Outcome> all = IntStream.range(0, recall.patterns().rows())
                .mapToObj(cue -> of(recall, cue))
                .toList();
        return new Outcomes(all, recall.patterns().columns());
    }

    private static Outcome of(Recall recall, int cue) {
        return new Outcome(
                recall.status().get(cue),
                recall.energy()[cue],
                recall.residual()[cue],
                recall.steps()[cue],
                recall.answers().isEmpty()
                        ? Optional.empty()
                        : Optional.of(recall.answers().get(cue)),
                recall.trust().map(trust -> OptionalInt.of(trusted(trust, cue))).orElseGet(OptionalInt::empty));
    }

    /** How many values of the cue count as trusted: those that are 1, others are 0. */
    private static int trusted(Matrix trust, int cue) {
        int count = 0;
        for (int value = 0; value < trust.columns(); value++) {
            count += trust.get(cue, value) == 0 ? 0 : 1;
        }
        return count;
    }

    @Override
    public Iterator<Outcome> iterator() {
        return all.iterator();
    }

    /**
     * The sums over all cues.
     *
     * @param status how many ended with each
     * @param trusted the part of the values that was relied on, where damage was found out
     */
    record Sums(
            int cues,
            Map<Status, Integer> status,
            double meanResidual,
            double meanEnergy,
            double meanSteps,
            int recalled,
            int ambiguous,
            int unfamiliar,
            Optional<Double> trusted) {
        boolean named() {
            return recalled + ambiguous + unfamiliar > 0;
        }

        int count(Status wanted) {
            return status.getOrDefault(wanted, 0);
        }
    }

    /** Adds them up, in the order of the cues. */
    Sums sums() {
        Map<Status, Integer> status = new EnumMap<>(Status.class);
        DoubleSummaryStatistics residual = new DoubleSummaryStatistics();
        DoubleSummaryStatistics energy = new DoubleSummaryStatistics();
        DoubleSummaryStatistics steps = new DoubleSummaryStatistics();
        int recalled = 0;
        int ambiguous = 0;
        int unfamiliar = 0;
        long trusted = 0;
        boolean trusts = false;
        for (Outcome outcome : all) {
            status.merge(outcome.status(), 1, Integer::sum);
            residual.accept(outcome.residual());
            energy.accept(outcome.energy());
            steps.accept(outcome.steps());
            recalled += count(outcome, Answer.Recalled.class);
            ambiguous += count(outcome, Answer.Ambiguous.class);
            unfamiliar += count(outcome, Answer.Unfamiliar.class);
            trusted += outcome.trusted().orElse(0);
            trusts |= outcome.trusted().isPresent();
        }
        int cues = (int) residual.getCount();
        return new Sums(
                cues,
                status,
                residual.getAverage(),
                energy.getAverage(),
                steps.getAverage(),
                recalled,
                ambiguous,
                unfamiliar,
                trusts ? Optional.of(trusted / ((double) cues * values)) : Optional.empty());
    }

    private static int count(Outcome outcome, Class<? extends Answer> kind) {
        return outcome.answer().filter(kind::isInstance).isPresent() ? 1 : 0;
    }
}
