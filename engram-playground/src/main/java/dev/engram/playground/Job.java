package dev.engram.playground;

/** A piece of work that can be held, let go on, and cancelled; the work asks {@link #goesOn} between its steps. */
final class Job {
    private boolean held;
    private boolean cancelled;

    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    synchronized void hold() {
        held = true;
    }

    synchronized boolean isHeld() {
        return held && !cancelled;
    }

    synchronized void release() {
        held = false;
        notifyAll();
    }

    /** Waits while the work is held; then says whether to continue. */
    synchronized boolean goesOn() {
        while (held && !cancelled) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                cancelled = true;
            }
        }
        return !cancelled;
    }
}
