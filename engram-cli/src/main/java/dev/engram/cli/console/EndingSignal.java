package dev.engram.cli.console;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * The signal that this process is ending for.
 *
 * <p>Java ends from a thread of its own for it, which is called after the signal and waits for the shutdown hooks.
 */
final class EndingSignal {
    private static final Map<String, Integer> EXIT_CODES =
            Map.of("SIGHUP handler", 129, "SIGINT handler", 130, "SIGTERM handler", 143);

    private EndingSignal() {}

    /** The exit code that Java will give; empty if the process is not ending for a signal. */
    static OptionalInt exitCode() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] threads = new Thread[group.activeCount() + 100];
        int count = group.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .map(thread -> EXIT_CODES.get(thread.getName()))
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .findFirst();
    }
}
