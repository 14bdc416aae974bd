package dev.engram.experiments.kit;

/** The names of what several experiments measure, so that the same number has the same name in every report. */
public final class MetricNames {
    /** Of the patterns asked for, those whose mean squared error is below the damage's threshold. */
    public static final String RECOVERED = "recovered fraction";

    public static final String ERROR = "mean squared error";
    public static final String BYTES = "bytes stored";
    /** How many patterns were asked for. */
    public static final String CUES = "cues";

    public static final String LEARNING_SECONDS = "learning, seconds";
    /** All cues together. */
    public static final String ANSWERING_SECONDS = "answering, seconds";

    private MetricNames() {}
}
