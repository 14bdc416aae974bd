package dev.engram.cli.memory;

import dev.engram.io.NumberText;
import dev.engram.memory.Score;
import dev.engram.memory.Spread;
import java.util.Optional;

/** What is to be said where patterns are so alike that counting the recovered ones by the usual threshold says nothing of a memory. */
public final class Yardstick {
    private Yardstick() {}

    /**
     * The warning, where one is due.
     *
     * @param patterns what is counted
     * @param threshold the mean squared error below which they are counted
     * @param advice what may be done about a threshold that was asked for
     */
    public static Optional<String> warning(Spread patterns, double threshold, String advice) {
        if (patterns.tellsApart(threshold)) {
            return patterns.isLikePictures() && !patterns.tellsApart(Score.COMPLETION_THRESHOLD)
                    ? Optional.of(
                            "The patterns differ from their mean by an MSE of only %s, less than the usual threshold of %s tells apart: counted is what has an MSE below %s. Maybe bring the values to 0..1 first."
                                    .formatted(
                                            NumberText.brief(patterns.variance()),
                                            Score.COMPLETION_THRESHOLD,
                                            NumberText.brief(threshold)))
                    : Optional.empty();
        }
        return Optional.of(
                patterns.variance() == 0
                        ? "All patterns are the same: one answer for every cue is right, and the count says nothing. Maybe others were meant."
                        : "The patterns differ from their mean by an MSE of only %s: at a threshold of %s one answer for every cue counts as right, and the count says nothing. Maybe %s."
                                .formatted(
                                        NumberText.brief(patterns.variance()),
                                        MemoryText.threshold(threshold),
                                        advice.formatted(NumberText.brief(patterns.threshold()))));
    }
}
