package dev.engram.linalg;

import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call that takes too long, or that nobody wants any more: learning, recall, completion, recovery, identification, audits, training
 * of graphs, sequences, whatever computes.
 *
 * <pre>
 *   Recall recall = Cancellation.within(2, System::nanoTime).call(() -&gt; memory.recall(cues));      a deadline
 *
 *   Cancellation stop = Cancellation.byHand();                                                     a token, for any number of calls and threads
 *   stop.run(() -&gt; ...);                                                                           stop.cancel() from elsewhere
 * </pre>
 *
 * <p>What is called need not know of it: the thread carries the cancellation along, and so do the threads that help it. It is asked
 * wherever an interrupted thread is noticed, before every task and every call of BLAS; a call of LAPACK or an operation of one's own that is
 * under way is waited for. Then the call ends with a {@link CancellationException} that says why. No memory is changed by a call, so the
 * same one can be asked again, by this caller and by others, whom this does not concern. Cancellations nest: whichever is over first ends
 * what is inside.
 *
 * <p>A thread or parallel stream that the caller starts by itself carries nothing along; let it run its part in the same cancellation.
 *
 * <p>The library has no clock of its own, which keeps what it computes a matter of its inputs alone: the clock of a deadline is handed in.
 */
public final class Cancellation {
    private static final ThreadLocal<@Nullable Scope> HERE = new ThreadLocal<>();
    private static final double NANOS = 1e9;

    private final BooleanSupplier condition;
    private final Supplier<String> reason;
    private volatile boolean cancelled;

    /** The cancellations that a thread is in, the innermost first. */
    record Scope(Cancellation innermost, @Nullable Scope outer) {}

    private Cancellation(BooleanSupplier condition, Supplier<String> reason) {
        this.condition = condition;
        this.reason = reason;
    }

    /**
     * A deadline, counted from now.
     *
     * @param seconds above 0
     * @param nanoTime a clock that never goes back, in nanoseconds: {@code System::nanoTime}
     */
    public static Cancellation within(double seconds, LongSupplier nanoTime) {
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("The time until a deadline (%s s) must be above 0.".formatted(seconds));
        }
        long start = nanoTime.getAsLong();
        return new Cancellation(
                () -> (nanoTime.getAsLong() - start) / NANOS >= seconds,
                () -> String.format(
                        Locale.ROOT,
                        "The deadline of %s s has passed, after %.3f s",
                        seconds,
                        (nanoTime.getAsLong() - start) / NANOS));
    }

    /** A token that {@link #cancel} ends, and nothing else. */
    public static Cancellation byHand() {
        return when(() -> false, "The call was cancelled");
    }

    /**
     * A condition that ends calls when it holds.
     *
     * @param condition asked often, from several threads
     * @param reason how the message of the exception begins
     */
    public static Cancellation when(BooleanSupplier condition, String reason) {
        return new Cancellation(condition, () -> reason);
    }

    /** Ends the calls under way, and all to come. */
    public void cancel() {
        cancelled = true;
    }

    /** Whether what runs in it is to end. */
    public boolean isOver() {
        return cancelled || condition.getAsBoolean();
    }

    /**
     * Calls, until this is over; a result that is there by then is returned.
     *
     * @throws CancellationException if it is over first
     */
    public <T> T call(Supplier<T> task) {
        Scope outer = HERE.get();
        enter(new Scope(this, outer));
        try {
            requireNotOver();
            return task.get();
        } finally {
            enter(outer);
        }
    }

    /** {@link #call} for what has no result. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /**
     * To be asked between the steps of long work of one's own.
     *
     * @throws CancellationException if the thread was interrupted, or one of the cancellations that it is in is over
     */
    public static void requireGoingOn() {
        Workers.requireGoingOn();
    }

    /** What this thread is in. */
    static @Nullable Scope here() {
        return HERE.get();
    }

    /** From now on this thread is in these. */
    static void enter(@Nullable Scope scope) {
        if (scope == null) {
            HERE.remove();
        } else {
            HERE.set(scope);
        }
    }

    static void requireNotOver() {
        for (Scope scope = HERE.get(); scope != null; scope = scope.outer()) {
            Cancellation cancellation = scope.innermost();
            if (cancellation.isOver()) {
                throw new CancellationException("%s; what was computed is not complete.".formatted(cancellation.why()));
            }
        }
    }

    private String why() {
        return cancelled ? "The call was cancelled" : reason.get();
    }
}
