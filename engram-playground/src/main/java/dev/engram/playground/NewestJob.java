package dev.engram.playground;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Work of which only the newest counts: a new job cancels the one before and begins when that has ended. One that was cancelled before it
 * began is run too, so that it can say that it is not under way.
 */
final class NewestJob {
    private final Executor pool;
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private Job current = new Job();

    NewestJob(Executor pool) {
        this.pool = pool;
    }

    synchronized Job start(Consumer<Job> work) {
        current.cancel();
        Job job = new Job();
        current = job;
        last = last.handle((done, failure) -> job).thenAcceptAsync(work, pool);
        return job;
    }

    synchronized Job current() {
        return current;
    }

    synchronized boolean isBusy() {
        return !last.isDone();
    }

    synchronized void cancel() {
        current.cancel();
    }
}
