package dev.engram.experiments.kit;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.memory.Answer;
import java.util.List;

/** What a memory that names its patterns says of cues that are the stored patterns in order: how many of each kind of answer. */
public record AnswerCounts(int right, int wrong, int ambiguous, int unfamiliar) {
    /** Recalled, and named rightly. */
    public static final String RIGHT = "rightly recalled fraction";
    /** Named a pattern, the wrong one. */
    public static final String WRONG = "wrongly recalled fraction";

    public static final String AMBIGUOUS = "ambiguous fraction";
    public static final String UNFAMILIAR = "unfamiliar fraction";

    public static AnswerCounts of(List<Answer> answers) {
        int[] counts = new int[4];
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Answer.Recalled recalled) {
                counts[recalled.index() == i ? 0 : 1]++;
            } else {
                counts[answers.get(i) instanceof Answer.Ambiguous ? 2 : 3]++;
            }
        }
        return new AnswerCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    /** Records them as fractions. */
    public void measure(Workbench bench, CellSetting asked) {
        double all = right + wrong + ambiguous + unfamiliar;
        bench.measure(asked, RIGHT, right / all);
        bench.measure(asked, WRONG, wrong / all);
        bench.measure(asked, AMBIGUOUS, ambiguous / all);
        bench.measure(asked, UNFAMILIAR, unfamiliar / all);
    }
}
