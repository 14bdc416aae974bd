package dev.engram.cli.console;

import dev.engram.io.Printable;
import dev.engram.linalg.Cancellation;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/**
 * Ctrl-C, and the end of a time limit: work stops at its next step, a write under way is finished, and none begins any more.
 *
 * <p>The shutdown hook sets the flag and then waits for the lock that {@link #write} holds.
 */
public final class Interruption {
    static final String MESSAGE = "cancelled; nothing was written.";
    private static final String CANCELLED = "cancelled; ";
    private static final String WHOLE = "cancelled; what was written is whole.";
    private static final long PATIENCE_SECONDS = 60;
    private static final long TIDYING_MILLIS = 100;

    private final ReentrantLock writing = new ReentrantLock();
    private volatile boolean cancelled;
    private volatile boolean written;
    private volatile String whenWritten = WHOLE;
    private volatile boolean finished;
    private volatile Runnable ending = () -> {};
    private final AtomicBoolean announced = new AtomicBoolean();
    private final CountDownLatch returned = new CountDownLatch(1);
    private volatile Optional<Limit> limit = Optional.empty();

    private record Limit(double seconds, Cancellation over) {}

    public void cancel() {
        cancelled = true;
    }

    /** Ends the work after so many seconds, counted from now. */
    public void limitTo(double seconds) {
        limit = Optional.of(new Limit(seconds, Cancellation.within(seconds, System::nanoTime)));
    }

    /** Seconds that the work may take, if it is limited. */
    public Optional<Double> timeLimit() {
        return limit.map(Limit::seconds);
    }

    public boolean isCancelled() {
        return cancelled || isOver();
    }

    private boolean isOver() {
        return limit.map(Limit::over).filter(Cancellation::isOver).isPresent();
    }

    /** @throws CommandException with the exit code for it, if the work was cancelled or its time is over */
    public void requireGoingOn() {
        if (cancelled) {
            throw CommandException.cancelled();
        }
        requireTime();
    }

    /** @throws CommandException if the time limit has passed */
    public void requireTime() {
        if (isOver()) {
            throw timeIsOver();
        }
    }

    private CommandException timeIsOver() {
        String left = (written ? whenWritten : MESSAGE).replaceFirst("^" + CANCELLED, "");
        return CommandException.failed(
                "the time limit of %s s has passed; %s Maybe give it more (--time-limit).".formatted(seconds(), left));
    }

    private String seconds() {
        return BigDecimal.valueOf(timeLimit().orElse(0.0)).stripTrailingZeros().toPlainString();
    }

    /** Does the work of a command within its time limit, if it has one. */
    public void work(Runnable task) {
        if (limit.isEmpty()) {
            task.run();
            return;
        }
        try {
            limit.get().over().run(task);
        } catch (RuntimeException e) {
            if (!cancelled && isOver() && Failure.of(e).exitCode() == ExitCode.CANCELLED) {
                throw timeIsOver();
            }
            throw e;
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

    /** What was to be resumed is done: from now on what was written is whole. */
    public void whenWritten() {
        whenCancelled(WHOLE);
    }

    /** What the shutdown hook does, once no write is under way, about a result that is written over a long time. */
    public void whenStopped(Runnable task) {
        ending = task;
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
                try {
                    ending.run();
                } catch (RuntimeException e) {
                    terminal.line("engram: " + Printable.message(String.valueOf(e.getMessage())));
                } finally {
                    writing.unlock();
                }
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
