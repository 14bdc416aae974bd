package dev.engram.experiments.frame;

import dev.engram.linalg.LinearAlgebra;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How experiments are run.
 *
 * @param data the folder of data sets, if there is one
 * @param seed of everything random
 * @param command what was typed, for the report
 * @param limit no cell begins later than this after the run has begun
 * @param la what computes
 */
public record RunOptions(
        Profile profile, Optional<Path> data, long seed, String command, Duration limit, LinearAlgebra la) {
    private static final Duration A_DAY = Duration.ofDays(1);

    public RunOptions {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("A run cannot take less than no time (%s).".formatted(limit));
        }
    }

    /** For at most a day, computed with a thread for each processor. */
    public static RunOptions of(Profile profile, Optional<Path> data, long seed, String command) {
        return new RunOptions(profile, data, seed, command, A_DAY, LinearAlgebra.shared());
    }

    public RunOptions within(Duration newLimit) {
        return new RunOptions(profile, data, seed, command, newLimit, la);
    }

    public RunOptions withLinearAlgebra(LinearAlgebra newLa) {
        return new RunOptions(profile, data, seed, command, limit, newLa);
    }
}
