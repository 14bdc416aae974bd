package dev.engram.cli.console;

import dev.engram.io.file.FileStore;
import java.time.Duration;

/**
 * How a result is written that takes long: where to, and how often it is made certain that a run that is stopped loses no more.
 *
 * @param between a commit and the next; what is written in this time may be lost
 * @param blocks how many batches of cues are read and written at once; 0 to go by the memory there is
 */
public record Streaming(FileStore store, Duration between, int blocks) {
    /** A commit costs some hundredths of a second, and the disk has to take its bytes some time. */
    private static final Duration USUAL = Duration.ofSeconds(5);

    private static final int SHARE = 16; // of the heap
    private static final long MOST_BYTES = 64L << 20;
    private static final int COPIES = 4; // cues as read, as shown; answers as they come, as written

    /** To the disk, every five seconds, in blocks of a sixteenth of Java's memory at most. */
    public static Streaming usual() {
        return new Streaming(FileStore.REAL, USUAL, 0);
    }

    /** The bytes that cues of that many values take while they are shown, beside the memory's own. */
    public static long bytes(int cues, int values) {
        return (long) cues * values * Float.BYTES * COPIES;
    }

    /** How many cues are read and written at once: whole batches, on which alone the answers depend. */
    public int together(int batch, int values) {
        long most = Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE);
        long fit = blocks > 0 ? blocks : Math.max(1, most / bytes(batch, values));
        return (int) Math.min(fit, Integer.MAX_VALUE / batch) * batch;
    }
}
