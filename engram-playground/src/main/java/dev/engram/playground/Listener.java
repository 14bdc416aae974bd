package dev.engram.playground;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Events that wait for one open page to read them. Of every kind of event only the newest waits, so a page that reads slowly misses some, and never
 * makes anybody else wait or memory fill.
 */
final class Listener {
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private boolean closed;

    synchronized void tell(String kind, String json) {
        waiting.put(kind, json);
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** The newest of each kind, or nothing after {@code patience} milliseconds. */
    synchronized Map<String, String> take(long patience) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        long left = patience;
        while (waiting.isEmpty() && !closed && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        Map<String, String> taken = new LinkedHashMap<>(waiting);
        waiting.clear();
        return taken;
    }
}
