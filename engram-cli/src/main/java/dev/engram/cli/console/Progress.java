package dev.engram.cli.console;

import dev.engram.io.NumberText;
import java.util.function.LongSupplier;

/**
 * Shows on standard error how far the work is: on a terminal one line that is written over, elsewhere a plain line about
 * every tenth of the way, and none from work that is done within a second.
 */
public final class Progress {
    private static final int BAR = 24;
    private static final int PARTS = 10;
    private static final long SECOND = 1_000_000_000L;
    private static final long REDRAW = SECOND / 10;

    private final Terminal terminal;
    private final String what;
    private final int total;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;
    private int lastPart;
    private boolean drawn;
    private int steps;
    private double begun;

    /**
     * @param what the work, as a line begins with it
     * @param total how many steps it has; at least 1
     */
    public Progress(Terminal terminal, String what, int total) {
        this(terminal, what, total, System::nanoTime);
    }

    public Progress(Terminal terminal, String what, int total, LongSupplier nanoTime) {
        this.terminal = terminal;
        this.what = what;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastShown = start;
    }

    /** Shows that a given number of steps is done; {@code detail} says more, or is empty. */
    public void at(int done, String detail) {
        at(done, (double) done / total, detail);
    }

    /** Likewise where steps differ in length: {@code share} of the work is done, 0 to 1. */
    public void at(int done, double share, String detail) {
        long now = nanoTime.getAsLong();
        if (terminal.interactive()) {
            if (!drawn || now - lastShown >= REDRAW || done == total) {
                drawn = true;
                lastShown = now;
                terminal.overwrite(
                        "%s [%s] %d/%d%s%s".formatted(what, bar(done), done, total, after(detail), left(share, now)));
            }
            return;
        }
        int part = (int) ((long) done * PARTS / total);
        if (part > lastPart && done < total && now - lastShown >= SECOND) {
            lastPart = part;
            lastShown = now;
            terminal.line("%s: %d of %d%s%s".formatted(what, done, total, after(detail), left(share, now)));
        }
    }

    /** The work was resumed when this share of it was done: the time that is left is estimated by what has been done since. */
    public void begunAt(double share) {
        begun = share;
    }

    /** One more step is done. */
    public void advance(String detail) {
        at(++steps, detail);
    }

    /** Takes the line away again. */
    public void end() {
        if (drawn) {
            terminal.overwrite("");
        }
    }

    public double seconds() {
        return (nanoTime.getAsLong() - start) / (double) SECOND;
    }

    private String bar(int done) {
        int full = (int) ((long) done * BAR / total);
        return "=".repeat(full) + ".".repeat(BAR - full);
    }

    private static String after(String detail) {
        return detail.isEmpty() ? "" : ", " + detail;
    }

    private String left(double share, long now) {
        if (share <= begun || share >= 1) {
            return "";
        }
        double perShare = (now - start) / (double) SECOND / (share - begun);
        return ", %s left".formatted(NumberText.duration(perShare * (1 - share)));
    }
}
