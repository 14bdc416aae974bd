package dev.engram.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of daemon threads, the caller being one of them. A task started from inside another runs on its own thread, so
 * that an outer loop over cues and an inner product never wait for each other.
 */
final class Workers {
    private final int threads;
    private final ExecutorService pool;
    private final ThreadLocal<Boolean> busy = ThreadLocal.withInitial(() -> false);

    Workers(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(Math.max(1, threads - 1), task -> {
            Thread thread = new Thread(task, "engram-worker");
            thread.setDaemon(true);
            return thread;
        });
    }

    int threads() {
        return threads;
    }

    /** How many parts a task started here may be split into: 1 inside another task. */
    int available() {
        return busy.get() ? 1 : threads;
    }

    /** Runs {@code task} for 0 .. tasks-1, each exactly once, handed out in order to whichever thread is free. */
    void forEach(int tasks, IntConsumer task) {
        int team = Math.min(available(), tasks);
        if (team <= 1) {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
            return;
        }
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> {
            busy.set(true);
            try {
                for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                    task.accept(i);
                }
            } finally {
                busy.set(false);
            }
        };
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < team; i++) {
            others.add(pool.submit(share));
        }
        @Nullable RuntimeException failure = null;
        try {
            share.run();
        } catch (RuntimeException e) {
            failure = e;
            next.set(tasks);
        }
        for (Future<?> other : others) {
            failure = join(other, failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException join(Future<?> future, @Nullable RuntimeException failure) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return failure;
                } catch (InterruptedException e) {
                    interrupted = true; // the arrays are in use until the task ends: wait, then pass the interrupt on
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    return failure != null ? failure : (RuntimeException) e.getCause();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
