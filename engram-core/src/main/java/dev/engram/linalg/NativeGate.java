package dev.engram.linalg;

import dev.engram.linalg.internal.AbruptEnd;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The gate that every call of a native library goes through; the end of the process closes it and waits for the calls inside.
 *
 * <p>A process that ends lets its libraries give back their memory while threads of Java may still compute: Java waits 0.3 s for them, then
 * the call under way would end the process with SIGSEGV, whoever called {@link System#exit} or sent the signal. Products are therefore cut
 * into calls that are short ({@link LinearAlgebra}), and whoever comes to a closed gate is sent away with an exception.
 *
 * <p>Calls of LAPACK cannot be cut. Where one is still inside after {@value #SHORT_MILLIS} ms, the process will end without its libraries'
 * own endings ({@link AbruptEnd}); where the platform has no such end it is waited for, {@value #LONG_SECONDS} s at most.
 */
final class NativeGate {
    static final long SHORT_MILLIS = 400;
    static final long LONG_SECONDS = 60;
    private static final int ALL = Integer.MAX_VALUE;

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    private final Semaphore places = new Semaphore(ALL);
    private volatile boolean closed;

    /** A gate that the end of this process closes. */
    static NativeGate closedAtTheEnd() {
        NativeGate gate = new NativeGate();
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(gate::close, "engram-native-gate"));
        } catch (IllegalStateException e) { // the process is ending already
            gate.closed = true;
        }
        return gate;
    }

    /**
     * Makes a native call.
     *
     * @throws CancellationException if the process is ending
     */
    void pass(Runnable call) {
        if (closed || !places.tryAcquire()) {
            throw new CancellationException("The process is ending; nothing is computed any more.");
        }
        try {
            call.run();
        } finally {
            places.release();
        }
    }

    /** To be said when the native libraries are loaded: before that, who calls one may wait for who loads it, for ever. */
    static void librariesAreLoaded() {
        LOADED.set(true);
    }

    /** Ends the process at once; returns where there is no native library in use, or the platform cannot. */
    static void endProcess(int exitCode) {
        if (LOADED.get()) {
            AbruptEnd.now(exitCode);
        }
    }

    private void close() {
        if (!close(SHORT_MILLIS) && !AbruptEnd.arrange()) {
            close(TimeUnit.SECONDS.toMillis(LONG_SECONDS));
        }
    }

    /** Lets nobody in any more, and waits for those who are inside; false if they are still there after so long. */
    boolean close(long millis) {
        closed = true;
        try {
            return places.tryAcquire(ALL, millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
