package dev.engram.memory.internal;

import dev.engram.linalg.Cancellation;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A value that is computed once, when it is first needed; reading, writing or editing a memory never needs it. Safe for several threads: one
 * computes, the others wait. What fails or is cancelled is computed again when it is next needed.
 */
public final class Lazy<T> {
    private static final long PAUSE_MILLIS = 10; // between two looks whether to go on waiting

    private final Supplier<T> made;
    private final ReentrantLock computing = new ReentrantLock();
    private volatile Optional<T> value = Optional.empty();

    public Lazy(Supplier<T> made) {
        this.made = made;
    }

    /** @throws CancellationException if this thread is interrupted or cancelled while another computes the value */
    public T get() {
        return value.orElseGet(this::compute);
    }

    private T compute() {
        try {
            while (!computing.tryLock(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                Cancellation.requireGoingOn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The thread was interrupted while another computed what it needs.");
        }
        try {
            T there = value.orElseGet(made);
            value = Optional.of(there);
            return there;
        } finally {
            computing.unlock();
        }
    }
}
