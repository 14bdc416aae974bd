package dev.engram.experiments.answers;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Workbench;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Identifier;
import dev.engram.memory.LookAlikes;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.List;
import java.util.SplittableRandom;

/** Pictures of which some are stored twice with a small difference, as folders of photos have them. */
final class NearCopies {
    static final String TASK_NAME = "near-copies";
    /** How many of the pictures have a copy that is stored as well. */
    static final String COPIES = "copies";

    static final String OTHERS = "others rightly recalled, fraction";
    static final String TOLD = "copies recalled or ambiguous with each other, fraction";
    static final String NAMED = "pairs named, fraction";
    static final String UNRELATED = "pairs named that are none";
    private static final Noise NOISE = Noise.ofStandardDeviation(0.05);
    private static final int GREY = 2; // grey levels of 255 by which a copy differs, at most

    private NearCopies() {}

    /** The copies are of the first pictures, and stand after all of them. */
    static void run(Workbench bench, DataSet data, int count, int copies) {
        PatternSet set = bench.patterns(data);
        Matrix pictures = set.patterns().slice(0, count);
        Matrix stored = Matrix.zeros(count + copies, pictures.columns());
        SplittableRandom random = new SplittableRandom(bench.seed());
        for (int i = 0; i < stored.rows(); i++) {
            for (int j = 0; j < stored.columns(); j++) {
                float value = pictures.get(i % count, j);
                int moved = i < count ? 0 : random.nextInt(-GREY, GREY + 1);
                stored.set(i, j, Math.max(0, Math.min(1, value + moved / 255f)));
            }
        }
        Matrix cues = NOISE.addTo(stored, bench.seed());
        Identifier identifier =
                new NearestNeighbour(bench.la(), stored).identifier().orElseThrow();
        List<Answer> answers = identifier.identify(cues, Mask.all(cues.columns()));
        CellSetting asked = bench.setting().with(MEMORY, NEAREST);
        int others = 0;
        for (int i = copies; i < count; i++) {
            others += answers.get(i) instanceof Answer.Recalled recalled && recalled.index() == i ? 1 : 0;
        }
        bench.measure(asked, OTHERS, (double) others / (count - copies));
        int named = 0;
        int unrelated = 0;
        for (LookAlikes pair : identifier.lookAlikes()) {
            boolean related = Math.max(pair.first(), pair.second()) == Math.min(pair.first(), pair.second()) + count;
            named += related ? 1 : 0;
            unrelated += related ? 0 : 1;
        }
        bench.measure(asked, UNRELATED, unrelated);
        if (copies > 0) {
            int told = 0;
            for (int i = 0; i < copies; i++) {
                told += isTold(answers.get(i), i, i + count) ? 1 : 0;
                told += isTold(answers.get(i + count), i, i + count) ? 1 : 0;
            }
            bench.measure(asked, TOLD, told / (2.0 * copies));
            bench.measure(asked, NAMED, (double) named / copies);
        }
    }

    private static boolean isTold(Answer answer, int original, int copy) {
        List<Integer> both = List.of(original, copy);
        if (answer instanceof Answer.Recalled recalled) {
            return both.contains(recalled.index());
        }
        return answer instanceof Answer.Ambiguous ambiguous && both.containsAll(ambiguous.indices());
    }
}
