package dev.engram.playground;

import dev.engram.linalg.LinearAlgebra;
import java.time.Duration;

/**
 * The port of the page, how much of the machine it may use, and what it computes with.
 *
 * @param port to listen on at 127.0.0.1; 0 takes a free one
 * @param sessions the most at a time
 * @param uploadBytes the largest request
 * @param idle how long a session that no page looks at is kept
 * @param grace how long work continues after the last page that looked at it was closed; a reload is shorter
 * @param la what everything is computed with
 */
public record PlaygroundOptions(
        int port, int sessions, long uploadBytes, Duration idle, Duration grace, LinearAlgebra la) {
    private static final int LARGEST_PORT = 65_535;

    public PlaygroundOptions {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "The port (%d) must be from 0 (any free one) to %d.".formatted(port, LARGEST_PORT));
        }
        if (sessions < 1 || uploadBytes < 1 || idle.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "Sessions (%d) and upload bytes (%d) must be at least 1, idle time (%s) and grace (%s) at least 0."
                            .formatted(sessions, uploadBytes, idle, grace));
        }
    }

    /** Any free port, 16 sessions, requests of 64 MiB, half an hour, 15 seconds. */
    public static PlaygroundOptions defaults() {
        return new PlaygroundOptions(
                0, 16, 64L << 20, Duration.ofMinutes(30), Duration.ofSeconds(15), LinearAlgebra.shared());
    }

    public PlaygroundOptions withPort(int newPort) {
        return new PlaygroundOptions(newPort, sessions, uploadBytes, idle, grace, la);
    }

    public PlaygroundOptions withUploadBytes(long most) {
        return new PlaygroundOptions(port, sessions, most, idle, grace, la);
    }

    public PlaygroundOptions withTimes(Duration newIdle, Duration newGrace) {
        return new PlaygroundOptions(port, sessions, uploadBytes, newIdle, newGrace, la);
    }

    public PlaygroundOptions withLinearAlgebra(LinearAlgebra newLa) {
        return new PlaygroundOptions(port, sessions, uploadBytes, idle, grace, newLa);
    }
}
