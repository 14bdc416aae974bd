package dev.engram.experiments.comparison;

import dev.engram.experiments.frame.Watch;
import dev.engram.io.PatternSet;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Damage;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compares memories on the user's patterns: all store the same ones and are shown the same damaged ones.
 *
 * <p>Of very many patterns 500, evenly chosen, are asked for; of a memory that answers slowly, a random part of them. A network that learns
 * for longer than it may is taken as it then is. Where neither happens, all numbers but the times follow from the patterns and the seed.
 *
 * @param asked which of the patterns were asked for
 * @param shown which of those are kept to be looked at
 * @param standings in the order of the entrants
 */
public record Comparison(
        PatternSet set, List<Damage> damages, long seed, int[] asked, int[] shown, List<Standing> standings) {
    /** Seconds that a memory may learn where nothing else is asked for. */
    public static final double PATIENCE = 8;

    static final int MOST_ASKED = 500;
    private static final int MOST_SHOWN = 12;

    /** Which of the patterns are asked for: all, or evenly chosen ones. */
    public static int[] asked(int patterns) {
        return spread(patterns, MOST_ASKED);
    }

    private static int[] spread(int all, int most) {
        int count = Math.min(all, most);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * all / count))
                .toArray();
    }

    /** Tells the watch how far it is: of every memory, its learning and each of its questions is a step. */
    private record Steps(Watch watch, int before, int of) {
        void at(int step, String next) {
            watch.at(before + step, of, (double) (before + step) / of, next);
        }
    }

    /**
     * Runs it; stopped by the watch it returns what it has.
     *
     * @param patience seconds that each memory may learn; no less than 0
     * @param la what computes
     */
    public static Comparison run(
            PatternSet set,
            List<Entrant> entrants,
            List<Damage> damages,
            long seed,
            double patience,
            Watch watch,
            LinearAlgebra la) {
        int[] asked = asked(set.count());
        Comparison all = new Comparison(set, damages, seed, asked, spread(asked.length, MOST_SHOWN), new ArrayList<>());
        List<DamagedCues> cues = damages.stream().map(all::cues).toList();
        List<Standing> standings = new ArrayList<>();
        int each = 1 + damages.size();
        int of = entrants.size() * each;
        for (int i = 0; i < entrants.size() && watch.goesOn(); i++) {
            standings.add(all.stand(entrants.get(i), cues, patience, new Steps(watch, i * each, of), la));
        }
        new Steps(watch, 0, of).at(of, "");
        return new Comparison(set, damages, seed, asked, all.shown, standings);
    }

    public Comparison {
        damages = List.copyOf(damages);
        standings = List.copyOf(standings);
    }

    /** The patterns asked for. */
    Matrix originals() {
        return set.patterns().rows(asked);
    }

    /** The patterns asked for, damaged. */
    DamagedCues cues(Damage damage) {
        return damage.apply(originals(), set.shape(), seed);
    }

    private Standing stand(Entrant entrant, List<DamagedCues> cues, double patience, Steps steps, LinearAlgebra la) {
        steps.at(0, entrant.name());
        MemoryModel model = entrant.model();
        String obstacle = model.obstacle(
                        set.count(), set.shape(), Runtime.getRuntime().maxMemory())
                .orElse("");
        if (!obstacle.isEmpty()) {
            return Standing.absent(entrant, obstacle);
        }
        try {
            Clock clock = new Clock(steps.watch(), patience);
            Learned<? extends AssociativeMemory> learned = model.learn(set.patterns(), set.shape(), seed, clock, la);
            if (learned.outcome() == Outcome.DIVERGED) {
                return Standing.absent(entrant, "its learning diverged");
            }
            return stand(entrant, learned.memory(), clock, cues, steps);
        } catch (IllegalArgumentException | ArithmeticException e) {
            return Standing.absent(entrant, String.valueOf(e.getMessage()));
        }
    }

    private Standing stand(
            Entrant entrant, AssociativeMemory memory, Clock clock, List<DamagedCues> cues, Steps steps) {
        Questions questions = new Questions(this, memory, steps.watch());
        List<Answered> outcomes = new ArrayList<>();
        int fewest = asked.length;
        for (int i = 0; i < damages.size() && steps.watch().goesOn(); i++) {
            steps.at(1 + i, entrant.name());
            outcomes.add(questions.ask(damages.get(i), cues.get(i)));
            fewest = Math.min(fewest, outcomes.get(i).asked());
        }
        List<String> remarks = new ArrayList<>();
        if (clock.isOver()) {
            remarks.add("stopped learning after %d of %d updates".formatted(clock.update, clock.updates));
        }
        if (fewest < asked.length) {
            remarks.add("answers slowly: at least %d of %d cues were shown".formatted(fewest, asked.length));
        }
        if (!entrant.model().asStored(originals()).equals(originals())) {
            remarks.add("stores 0 and 1 only, and cannot give these values back");
        }
        return new Standing(entrant, memory.bytes(), clock.learned, outcomes, String.join("; ", remarks));
    }

    /** Takes the time of learning without the audit, and ends what takes too long. */
    private static final class Clock implements MemoryModel.Watch {
        private final Watch watch;
        private final double patience;
        private final long start = System.nanoTime();
        private double learned;
        private int update;
        private int updates;

        Clock(Watch watch, double patience) {
            this.watch = watch;
            this.patience = patience;
        }

        @Override
        public boolean onUpdate(int made, int of, double trainingError) {
            learned = (System.nanoTime() - start) / 1e9;
            update = made;
            updates = of;
            return learned < patience && watch.goesOn();
        }

        @Override
        public boolean onAudit(int audited, int patterns) {
            learned = (System.nanoTime() - start) / 1e9;
            return false;
        }

        boolean isOver() {
            return update < updates;
        }
    }
}
