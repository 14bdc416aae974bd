package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.memory.Calibration;
import java.util.Arrays;

/**
 * How unlike the learned rows each row is as a whole, and whether there are more new ones than ordinary rows would give.
 *
 * @param novelty per row
 * @param ordinary above its threshold an ordinary row is with its rate
 */
record JudgedRows(double[] novelty, Calibration ordinary) {
    private static final double USUAL = 0.99; // of all batches of ordinary rows

    boolean isNew(int row) {
        return novelty[row] > ordinary.threshold();
    }

    private int count() {
        return (int)
                Arrays.stream(novelty).filter(n -> n > ordinary.threshold()).count();
    }

    private int usual() {
        return ordinary.most(novelty.length, USUAL);
    }

    /** Whether rows such as these come from where the learned ones came from. */
    private boolean isDrift() {
        return count() > usual();
    }

    /** For people. */
    String summary() {
        return "%d of %s new: at a false-alarm rate of %s ordinary rows give at most %d in 99 of 100 cases%s."
                .formatted(
                        count(),
                        NumberText.count(novelty.length, "row") + (count() == 1 ? " is" : " are"),
                        NumberText.percent(ordinary.falseAlarmRate()),
                        usual(),
                        isDrift() ? "; these are not as the learned rows were (drift)" : "");
    }

    /** For programs. */
    void describe(JsonOutput json) {
        json.with("new", count())
                .with("threshold", ordinary.threshold())
                .with("false_alarm_rate", ordinary.falseAlarmRate())
                .with("usual_at_most", usual())
                .with("drift", isDrift());
    }
}
