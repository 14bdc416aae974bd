package dev.engram.cli.console;

import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Ctrl-C: work stops at its next step, a write under way is finished, and none begins any more.
 *
 * <p>The shutdown hook sets the flag and then waits for the lock that {@link #write} holds.
 */
public final class Interruption {
    static final String MESSAGE = "cancelled; nothing was written.";
    private static final long PATIENCE_SECONDS = 60;
    private static final long TIDYING_MILLIS = 100;

    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean cancelled;
    private volatile boolean written;
    private volatile String whenWritten = "cancelled; what was written is whole.";
    private volatile boolean finished;
    private final AtomicBoolean announced = new AtomicBoolean();
    private final CountDownLatch returned = new CountDownLatch(1);

    public void cancel() {
        cancelled = true;
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** @throws CommandException with the exit code for it, if the work was cancelled */
    public void requireGoingOn() {
        if (cancelled) {
            throw CommandException.cancelled();
        }
    }

    /** Runs the task that writes the result, unless the work was cancelled. */
    public void write(Runnable task) {
        writing.lock();
        try {
            requireGoingOn();
            task.run();
            written = true;
        } finally {
            writing.unlock();
        }
    }

    /** What to tell the user who cancels from now on. */
    public void whenCancelled(String message) {
        whenWritten = message;
        written = true;
    }

    /** To be said when the command has returned; {@code finished} if it came to its end by itself. */
    public void returned(boolean finished) {
        this.finished = finished;
        returned.countDown();
    }

    /**
     * What the shutdown hook does: the process ends when the files are safe.
     *
     * @param end ends the process with an exit code, without waiting for anybody; returns where it cannot
     */
    public void onShutdown(Terminal terminal, IntConsumer end) {
        if (finished) {
            return;
        }
        cancel();
        try {
            if (writing.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                writing.unlock();
            }
            announce(terminal);
            OptionalInt exitCode = EndingSignal.exitCode();
            if (exitCode.isPresent()) {
                returned.await(TIDYING_MILLIS, TimeUnit.MILLISECONDS); // the command takes away what it no longer needs
                end.accept(exitCode.getAsInt());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the user, once. */
    public void announce(Terminal terminal) {
        if (announced.compareAndSet(false, true)) {
            terminal.line("engram: " + (written ? whenWritten : MESSAGE));
        }
    }
}
