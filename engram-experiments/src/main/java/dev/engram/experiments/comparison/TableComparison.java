package dev.engram.experiments.comparison;

import dev.engram.experiments.frame.Watch;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.Calibration;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Surprise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Compares memories with what people use on the rows of a table: half of the rows are learned, and the others asked about. How far off is what
 * is filled in, are rows with one value off told from the others, and are false alarms as frequent as stated?
 *
 * @param questions what was asked for, in the order of the errors
 * @param learned how many rows
 * @param asked how many rows
 * @param standings rivals first
 */
public record TableComparison(
        PatternSet set, long seed, List<String> questions, int learned, int asked, List<TableStanding> standings) {
    /** The rates of false alarms asked for. */
    public static final List<Double> RATES = List.of(0.01, 0.05);

    /** The fewest patterns that are compared as the rows of a table. */
    public static final int FEWEST = 20;

    public TableComparison {
        questions = List.copyOf(questions);
        standings = List.copyOf(standings);
    }

    /** Whether patterns are compared as rows of a table: they are no pictures, and enough to learn a half of them. */
    public static boolean isFor(PatternSet set) {
        return !set.shape().isPicture() && set.count() >= FEWEST && set.shape().values() > 1;
    }

    /**
     * Runs it; stopped by the watch it returns what it has.
     *
     * @param patience seconds that each may learn
     */
    public static TableComparison run(PatternSet set, long seed, double patience, Watch watch, LinearAlgebra la) {
        return run(set, RowMethod.all(), seed, patience, watch, la);
    }

    static TableComparison run(
            PatternSet set, List<RowMethod> methods, long seed, double patience, Watch watch, LinearAlgebra la) {
        TableRows rows = TableRows.of(set.patterns(), seed);
        List<TableRows.Question> questions = rows.questions(seed);
        List<TableStanding> standings = new ArrayList<>();
        for (int i = 0; i < methods.size() && watch.goesOn(); i++) {
            RowMethod method = methods.get(i);
            watch.at(i, methods.size(), (double) i / methods.size(), method.name());
            boolean isRival = !(method instanceof MemoryOfRows);
            try {
                long start = System.nanoTime();
                MemoryModel.Watch clock = new Patience(watch, patience);
                RowMethod.Learned learned = method.learn(rows.learned(), seed, clock, la);
                double seconds = (System.nanoTime() - start) / 1e9;
                standings.add(standing(method.name(), isRival, seconds, learned, rows, questions));
            } catch (IllegalArgumentException | ArithmeticException e) {
                standings.add(TableStanding.absent(method.name(), isRival, String.valueOf(e.getMessage())));
            }
        }
        watch.at(methods.size(), methods.size(), 1, "");
        return new TableComparison(
                set,
                seed,
                questions.stream().map(TableRows.Question::name).toList(),
                rows.learned().rows(),
                rows.heldOut().rows(),
                standings);
    }

    private static TableStanding standing(
            String name,
            boolean isRival,
            double learningSeconds,
            RowMethod.Learned learned,
            TableRows rows,
            List<TableRows.Question> questions) {
        long start = System.nanoTime();
        List<Double> errors = new ArrayList<>();
        for (TableRows.Question question : questions) {
            learned.filled(rows.heldOut(), question.known())
                    .ifPresent(filled -> errors.add(rows.error(question, filled)));
        }
        Optional<double[]> ordinary = learned.novelty(rows.heldOut());
        OptionalDouble separation = OptionalDouble.empty();
        List<Double> alarms = new ArrayList<>();
        if (ordinary.isPresent()) {
            double[] odd = learned.novelty(rows.odd()).orElseThrow();
            separation = OptionalDouble.of(separation(ordinary.get(), odd));
            for (double rate : RATES) {
                Optional<Calibration> threshold = learned.ordinary(rate);
                threshold.ifPresent(t -> alarms.add(above(ordinary.get(), t.threshold())));
            }
        }
        OptionalDouble named = named(learned.surprises(rows.odd()), rows.moved());
        double seconds = (System.nanoTime() - start) / 1e9;
        boolean finite = errors.stream().allMatch(Double::isFinite);
        return new TableStanding(
                name, isRival, learningSeconds, seconds, finite ? errors : List.of(), separation, alarms, named, "");
    }

    private static double above(double[] novelty, double threshold) {
        return (double) Arrays.stream(novelty).filter(n -> n > threshold).count() / novelty.length;
    }

    private static OptionalDouble named(List<List<Surprise>> surprises, int[] moved) {
        if (surprises.isEmpty()) {
            return OptionalDouble.empty();
        }
        int first = 0;
        for (int i = 0; i < moved.length; i++) {
            List<Surprise> row = surprises.get(i);
            first += !row.isEmpty() && row.get(0).column() == moved[i] ? 1 : 0;
        }
        return OptionalDouble.of((double) first / moved.length);
    }

    /** The probability that one of the second is larger than one of the first, ties counting half. */
    static double separation(double[] first, double[] second) {
        double[] sorted = first.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (double value : second) {
            sum += 0.5 * (below(sorted, value, false) + below(sorted, value, true));
        }
        return sum / second.length / sorted.length;
    }

    private static int below(double[] sorted, double value, boolean orEqual) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            boolean counts = orEqual ? sorted[middle] <= value : sorted[middle] < value;
            from = counts ? middle + 1 : from;
            to = counts ? to : middle;
        }
        return from;
    }

    /** Ends learning that takes too long, and leaves out the audit. */
    private static final class Patience implements MemoryModel.Watch {
        private final Watch watch;
        private final double patience;
        private final long start = System.nanoTime();

        Patience(Watch watch, double patience) {
            this.watch = watch;
            this.patience = patience;
        }

        @Override
        public boolean onUpdate(int update, int updates, double trainingError) {
            return (System.nanoTime() - start) / 1e9 < patience && watch.goesOn();
        }

        @Override
        public boolean onAudit(int audited, int patterns) {
            return false;
        }
    }
}
