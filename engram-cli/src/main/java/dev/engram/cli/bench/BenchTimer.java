package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Wall seconds of a piece of work: the smallest and the median of repeated runs, after a warm-up.
 *
 * <p>The warm-up runs the work until the median of the last {@value #WINDOW} runs is no longer below 95 % of that of the {@value #WINDOW}
 * before, which is when the JIT compiler has settled, and for at most {@value #PATIENCE_SECONDS} seconds.
 */
final class BenchTimer {
    private static final int WINDOW = 3;
    private static final double SETTLED = 0.95;
    private static final int PATIENCE_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final Context context;
    private final int repeats;

    /** @param repeats how many runs are measured; at least 1 */
    BenchTimer(Context context, int repeats) {
        this.context = context;
        this.repeats = repeats;
    }

    /**
     * @throws CommandException if the work was cancelled between two runs
     */
    Times measure(String what, Runnable work) {
        warmUp(work);
        Progress progress = new Progress(context.terminal(), what, repeats);
        double[] seconds = new double[repeats];
        try {
            for (int i = 0; i < repeats; i++) {
                seconds[i] = once(work);
                progress.advance("");
            }
        } finally {
            progress.end();
        }
        Arrays.sort(seconds);
        return new Times(seconds[0], median(seconds));
    }

    /** One run, without a warm-up. */
    double once(Runnable work) {
        context.interruption().requireGoingOn();
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }

    private void warmUp(Runnable work) {
        Deque<Double> last = new ArrayDeque<>();
        double spent = 0;
        while (spent < PATIENCE_SECONDS) {
            double seconds = once(work);
            spent += seconds;
            last.addLast(seconds);
            if (last.size() > 2 * WINDOW) {
                last.removeFirst();
            }
            if (last.size() == 2 * WINDOW && hasSettled(last)) {
                return;
            }
        }
    }

    private static boolean hasSettled(Deque<Double> last) {
        double[] all = last.stream().mapToDouble(Double::doubleValue).toArray();
        double[] before = Arrays.copyOf(all, WINDOW);
        double[] after = Arrays.copyOfRange(all, WINDOW, all.length);
        Arrays.sort(before);
        Arrays.sort(after);
        return median(after) >= SETTLED * median(before);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Wall seconds of one run. */
    record Times(double min, double median) {
        Times dividedBy(int parts) {
            return new Times(min / parts, median / parts);
        }

        JsonOutput json() {
            return new JsonOutput().with("min_seconds", min).with("median_seconds", median);
        }

        /** Milliseconds, smallest and median. */
        String text() {
            return "%12.3f %12.3f".formatted(min * 1e3, median * 1e3);
        }
    }
}
