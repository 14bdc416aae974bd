package dev.engram.cli.options;

import picocli.CommandLine.Option;

/** The options of a learning that can be resumed. */
public final class CheckpointOptions {
    /** Seconds between checkpoints: a learning that takes no longer never writes one. */
    public static final double EVERY = 30;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "S",
            converter = Converters.NotNegative.class,
            description =
                    "Seconds of learning between checkpoints, hidden beside MEMORY and removed when it is written: the same command"
                            + " resumes a learning that was stopped or killed, and ends with the same memory. Learnings of one step"
                            + " have none. Writing them takes a twentieth of the time at most (default: 30; a quarter of --time-limit where that is less).")
    private double every = EVERY;

    @Option(
            names = "--start-over",
            description = "Begin again, whatever checkpoint there is; without it that of another learning is refused.")
    private boolean startOver;

    /** Seconds between checkpoints. */
    public double every() {
        return every;
    }

    /** Whether a checkpoint that is there is to be removed. */
    public boolean startsOver() {
        return startOver;
    }
}
