package dev.engram.playground;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A history of bounded length over a number of steps that is not known: the first steps one by one, where most happens, later ones ever
 * further apart.
 *
 * <p>After step i the next kept is step i·g or i + 1, whichever is later, with the smallest g for which the longest history fits.
 */
final class Thinned<T> {
    private static final double SMALLEST_GROWTH = 1.0005;
    private static final double FINER = 1.2;

    private final int most;
    private final double growth;
    private final List<T> items = new ArrayList<>();
    private long seen;
    private long next;

    /**
     * @param most how many items to keep, at least 2
     * @param longest the number of steps up to which they are spread; what comes later is not kept
     */
    Thinned(int most, long longest) {
        if (most < 2) {
            throw new IllegalArgumentException("A history (%d) must hold at least 2 items.".formatted(most));
        }
        this.most = most;
        double g = SMALLEST_GROWTH;
        while (kept(g, longest) > most) {
            g = 1 + FINER * (g - 1);
        }
        this.growth = g;
    }

    private static long kept(double growth, long steps) {
        long count = 0;
        for (long i = 0; i < steps; i = after(i, growth)) {
            count++;
        }
        return count;
    }

    private static long after(long step, double growth) {
        return Math.max(step + 1, (long) Math.ceil(step * growth));
    }

    /**
     * One more step.
     *
     * @param item made only if it is kept
     * @return whether it was kept
     */
    synchronized boolean offer(Supplier<T> item) {
        long step = seen++;
        if (step < next || items.size() >= most) {
            return false;
        }
        next = after(step, growth);
        items.add(item.get());
        return true;
    }

    /** Keeps this as the last item, whatever came before. */
    synchronized void end(T item) {
        items.add(item);
    }

    synchronized List<T> items() {
        return List.copyOf(items);
    }
}
