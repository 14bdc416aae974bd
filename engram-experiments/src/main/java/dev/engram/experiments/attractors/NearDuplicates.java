package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Question;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pictures completed from their upper half, where some are near-duplicates: no memory can tell those apart, but it can say so. */
final class NearDuplicates {
    static final String LOOKALIKES = "twins";
    static final String UNLIKE = "pictures unlike all others where known";
    static final String ALIKE = "pictures with a twin where known";
    static final String UNLIKE_RECOVERED = "recovered fraction of those unlike all others";
    static final String UNLIKE_RECALLED = "rightly recalled fraction of those unlike all others";
    static final String RIGHT_CANDIDATES = "fraction with a twin answered with the right candidates";
    static final String SHEET = "from the upper half";
    private static final double APART = 1e-3;
    private static final int SHOWN = 10;

    private NearDuplicates() {}

    static void run(Workbench bench, Case of) {
        Trial trial = new Trial(bench, of);
        Matrix stored = trial.stored();
        trial.contest().enterReady(CODES, trial.memory()).enterBaselines();
        Question half = Question.known(HALF);
        Answers answers = trial.ask(half);
        Recall identified = answers.of(CODES);
        trial.judge(half, identified);
        bench.sheet(SHEET, answers.sheet(SHOWN));

        List<Set<Integer>> groups =
                groups(stored, answers.cues().known().orElseThrow().clamp().indices(0));
        long unlike = groups.stream().filter(g -> g.size() == 1).count();
        bench.measure(bench.setting(), UNLIKE, unlike);
        bench.measure(bench.setting(), ALIKE, groups.size() - unlike);
        answers.recalls().forEach((name, recall) -> {
            double[] errors = Score.of(stored, recall.patterns()).errors();
            int recovered = 0;
            for (int i = 0; i < errors.length; i++) {
                recovered +=
                        groups.get(i).size() == 1 && errors[i] < half.damage().threshold() ? 1 : 0;
            }
            bench.measure(half.on(bench.setting()).with(MEMORY, name), UNLIKE_RECOVERED, (double) recovered / unlike);
        });
        CellSetting asked = half.on(bench.setting()).with(MEMORY, CODES);
        int recalled = 0;
        int told = 0;
        for (int i = 0; i < groups.size(); i++) {
            Answer answer = identified.answers().get(i);
            recalled += groups.get(i).size() == 1 && answer instanceof Answer.Recalled r && r.index() == i ? 1 : 0;
            told += groups.get(i).size() > 1
                            && answer instanceof Answer.Ambiguous a
                            && Set.copyOf(a.indices()).equals(groups.get(i))
                    ? 1
                    : 0;
        }
        bench.measure(asked, UNLIKE_RECALLED, (double) recalled / unlike);
        if (unlike < groups.size()) {
            bench.measure(asked, RIGHT_CANDIDATES, (double) told / (groups.size() - unlike));
        }
    }

    /** For each picture those that differ from it by a mean squared error of at most 1e-3 where it is known, itself among them. */
    static List<Set<Integer>> groups(Matrix pictures, int[] known) {
        List<Set<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < pictures.rows(); i++) {
            List<Integer> alike = new ArrayList<>();
            for (int j = 0; j < pictures.rows(); j++) {
                double sum = 0;
                for (int at : known) {
                    double difference = pictures.get(i, at) - pictures.get(j, at);
                    sum += difference * difference;
                }
                if (sum <= APART * known.length) {
                    alike.add(j);
                }
            }
            groups.add(Set.copyOf(alike));
        }
        return groups;
    }
}
