package dev.engram.experiments.attractors;

import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Calibration;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractionOptions;
import dev.engram.memory.attractor.AttractorMemory;
import java.util.Arrays;

/**
 * Compares memories as {@link Contest} does, and also records which pattern came back, the largest error, and how the
 * memory over codes judges its own answers.
 */
final class Trial {
    static final String CODES = "codes";
    static final String ORIGINALS = "codes and originals";
    static final String RIGHT = "right pattern fraction";
    static final String MOST = "largest mean squared error";
    static final String EXACT = "exact fraction";

    private final Workbench bench;
    private final Matrix stored;
    private final Contest contest;
    private final AttractorMemory memory;

    /** Of the first pictures that the cell has. */
    Trial(Workbench bench, Case of) {
        this.bench = bench;
        PatternSet set = bench.patterns(of.set());
        Matrix all = set.patterns();
        this.stored = all.rows() == of.patterns() ? all : all.slice(0, of.patterns());
        this.contest = new Contest(bench, stored, set.shape());
        this.memory = bench.timed(bench.setting().with(MEMORY, CODES), LEARNING_SECONDS, () -> AttractorMemory.learn(
                        contest.learn(of.hidden()).network(), stored, AttractionOptions.defaults(), bench.la())
                .calibrated(Calibration.FALSE_ALARM_RATE));
    }

    /** For others to enter. */
    Contest contest() {
        return contest;
    }

    /** The memory over codes, calibrated on itself. */
    AttractorMemory memory() {
        return memory;
    }

    Matrix stored() {
        return stored;
    }

    Answers ask(Question question) {
        Answers answers = contest.ask(question);
        answers.recalls().forEach((name, recall) -> {
            Matrix answer = recall.patterns();
            CellSetting asked = question.on(bench.setting()).with(MEMORY, name);
            bench.measure(asked, RIGHT, right(answer));
            bench.measure(asked, EXACT, exact(answer));
            bench.measure(
                    asked,
                    MOST,
                    Arrays.stream(Score.of(stored, answer).errors()).max().orElseThrow());
        });
        return answers;
    }

    /** Asks, and keeps what the memory over codes says of each of the cues. */
    Answers askAndJudge(Question question) {
        Answers answers = ask(question);
        judge(question, answers.of(CODES));
        return answers;
    }

    /** Keeps what the memory over codes says of cues that are the stored patterns in order. */
    void judge(Question question, Recall recall) {
        AnswerCounts.of(recall.answers())
                .measure(bench, question.on(bench.setting()).with(MEMORY, CODES));
    }

    /** The fraction of answers to which the pattern asked for is the nearest of all that are stored. */
    private double right(Matrix answers) {
        Matrix along = bench.la().product(answers, Transpose.NO, stored, Transpose.YES);
        double[] squares = new double[stored.rows()];
        for (int i = 0; i < squares.length; i++) {
            for (float value : stored.row(i)) {
                squares[i] += (double) value * value;
            }
        }
        int right = 0;
        for (int i = 0; i < answers.rows(); i++) {
            int nearest = i;
            for (int j = 0; j < stored.rows(); j++) {
                nearest = squares[j] - 2.0 * along.get(i, j) < squares[nearest] - 2.0 * along.get(i, nearest)
                        ? j
                        : nearest;
            }
            right += nearest == i ? 1 : 0;
        }
        return (double) right / answers.rows();
    }

    private double exact(Matrix answers) {
        int exact = 0;
        for (int i = 0; i < answers.rows(); i++) {
            exact += Arrays.equals(answers.row(i), stored.row(i)) ? 1 : 0;
        }
        return (double) exact / answers.rows();
    }
}
