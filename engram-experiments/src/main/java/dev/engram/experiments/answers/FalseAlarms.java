package dev.engram.experiments.answers;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Damage;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Pictures that are not stored and pictures that are, in every way of asking, at two stated rates. */
final class FalseAlarms {
    static final String TASK_NAME = "false alarms";
    static final String DRAW = "draw";
    static final String WAY = "asked";
    static final String RATE = "stated rate";
    static final String CODES = "codes";
    static final List<Double> RATES = List.of(0.01, 0.05);

    /** Of the pictures that are not stored. */
    static final String ALARMS = "false-alarm fraction";

    static final String STRANGERS = "pictures not stored";
    /** Of the stored ones, by the nearest pattern over the values that are in fact intact: whether the task can be solved. */
    static final String SOLVABLE = "nearest under the true mask, right fraction";

    private FalseAlarms() {}

    static void run(Workbench bench, DataSet data, int count, int draw) {
        PatternSet set = bench.patterns(data);
        long seed = bench.seed() + draw;
        int[] drawn = new SplittableRandom(seed)
                .ints(0, set.count())
                .distinct()
                .limit(Math.min(2L * count, set.count()))
                .toArray();
        Matrix all = set.patterns().rows(drawn);
        Matrix stored = all.slice(0, count);
        Matrix strangers = all.slice(count, all.rows());
        bench.measure(bench.setting(), STRANGERS, strangers.rows());
        Map<String, AssociativeMemory> memories = new LinkedHashMap<>();
        NearestNeighbour nearest = new NearestNeighbour(bench.la(), stored);
        memories.put(NEAREST, nearest);
        memories.put(CODES, codes(bench, stored, set.shape(), seed));
        for (Damage damage : Asking.all()) {
            DamagedCues known = damage.apply(stored, set.shape(), seed);
            DamagedCues unknown = damage.apply(strangers, set.shape(), seed + 1);
            bench.measure(
                    bench.setting().with(WAY, damage.name()),
                    SOLVABLE,
                    right(nearest.identifier().orElseThrow(), known.cues(), intact(known, stored)));
            memories.forEach((name, memory) -> {
                for (double rate : RATES) {
                    bench.requireGoingOn();
                    Identifier identifier = memory.identifier().orElseThrow().calibrated(rate);
                    CellSetting asked = bench.setting()
                            .with(WAY, damage.name())
                            .with(MEMORY, name)
                            .with(RATE, rate);
                    record(
                            bench,
                            asked,
                            bench.timed(asked, ANSWERING_SECONDS, () -> answers(identifier, unknown)),
                            answers(identifier, known));
                }
            });
        }
    }

    private static AssociativeMemory codes(Workbench bench, Matrix stored, Shape shape, long seed) {
        AttractorOptions options = AttractorOptions.over(PredictiveCodingOptions.defaults());
        MemoryModel.Watch watch = (update, updates, error) -> bench.goesOn();
        AssociativeMemory memory =
                options.learn(stored, shape, seed, watch, bench.la()).memory();
        bench.requireGoingOn();
        return memory;
    }

    private static List<Answer> answers(Identifier identifier, DamagedCues asked) {
        return switch (asked.way()) {
            case RECALL ->
                identifier.identify(asked.cues(), Mask.all(asked.cues().columns()));
            case COMPLETE -> identifier.identify(asked.cues(), asked.known().orElseThrow());
            case RECOVER -> identifier.identifyDamaged(asked.cues());
        };
    }

    /** The values that damage has left as they were: those marked, else those that are equal; of noise, all. */
    private static Mask intact(DamagedCues damaged, Matrix originals) {
        return switch (damaged.way()) {
            case RECALL -> Mask.all(originals.columns());
            case COMPLETE -> damaged.known().orElseThrow();
            case RECOVER -> equal(damaged.cues(), originals);
        };
    }

    private static Mask equal(Matrix cues, Matrix originals) {
        BitSet[] rows = new BitSet[cues.rows()];
        for (int cue = 0; cue < rows.length; cue++) {
            rows[cue] = new BitSet(cues.columns());
            for (int j = 0; j < cues.columns(); j++) {
                rows[cue].set(j, cues.get(cue, j) == originals.get(cue, j));
            }
        }
        return Mask.known(cues.columns(), List.of(rows));
    }

    /** How often the likeliest candidate is the right one, whatever is said of it. */
    private static double right(Identifier identifier, Matrix cues, Mask known) {
        List<Answer> answers = identifier.identify(cues, known);
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += answers.get(i).candidates().get(0).index() == i ? 1 : 0;
        }
        return (double) right / answers.size();
    }

    private static void record(Workbench bench, CellSetting asked, List<Answer> strangers, List<Answer> stored) {
        int alarms = 0;
        for (Answer answer : strangers) {
            alarms += answer instanceof Answer.Recalled ? 1 : 0;
        }
        bench.measure(asked, ALARMS, (double) alarms / strangers.size());
        AnswerCounts.of(stored).measure(bench, asked);
    }
}
