package dev.engram.experiments.comparison;

import dev.engram.experiments.frame.Watch;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Damage;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Shows cues to one memory: first a few, among them those to be looked at, then all others together, unless that would take too long. */
final class Questions {
    private static final int FIRST = 16;
    private static final double QUICK = 0.5;
    private static final double LONGEST = 2;

    private final Comparison comparison;
    private final AssociativeMemory memory;
    private final Watch watch;
    private final Matrix originals;
    private final int[] order;

    Questions(Comparison comparison, AssociativeMemory memory, Watch watch) {
        this.comparison = comparison;
        this.memory = memory.watchedBy(step -> watch.goesOn());
        this.watch = watch;
        this.originals = comparison.originals();
        this.order = order(comparison);
    }

    /** Those to be looked at, then the others, shuffled. */
    private static int[] order(Comparison comparison) {
        int count = comparison.asked().length;
        int[] shuffled = new int[count];
        SplittableRandom random = new SplittableRandom(comparison.seed());
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            shuffled[i] = shuffled[j];
            shuffled[j] = i;
        }
        Set<Integer> order = new LinkedHashSet<>();
        Arrays.stream(comparison.shown()).forEach(order::add);
        Arrays.stream(shuffled).forEach(order::add);
        return order.stream().mapToInt(i -> i).toArray();
    }

    Answered ask(Damage damage, DamagedCues cues) {
        int values = originals.columns();
        Matrix answers = Matrix.zeros(originals.rows(), values);
        int done = 0;
        int next = FIRST;
        double seconds = 0;
        while (done < order.length && next > 0) {
            int[] rows = Arrays.copyOfRange(order, done, (int) Math.min(order.length, (long) done + next));
            long start = System.nanoTime();
            Recall recall = cues.rows(rows).ask(memory);
            seconds += (System.nanoTime() - start) / 1e9;
            for (int k = 0; k < rows.length; k++) {
                System.arraycopy(recall.patterns().data(), k * values, answers.data(), rows[k] * values, values);
            }
            done += rows.length;
            next = watch.goesOn() ? next(seconds, done) : 0;
        }
        int[] asked = Arrays.copyOf(order, done);
        Score score = Score.of(originals.rows(asked), answers.rows(asked));
        return Answered.of(score, damage.threshold(), seconds, answers.rows(comparison.shown()));
    }

    /** How many to ask next. */
    private int next(double seconds, int done) {
        if (seconds < QUICK) {
            return order.length;
        }
        return 2 * seconds < LONGEST ? done : 0;
    }
}
