package dev.engram.linalg;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A team of daemon threads that help whoever calls; the caller computes too.
 *
 * <p>A caller waits for nobody but the helpers that are in one of its tasks: what no helper has begun, it does itself. So it never depends
 * on other callers, and tasks may wait for threads that compute here. Helpers go from caller to caller, a task for each in turn. A task
 * started from inside another runs on its own thread. Threads that have had nothing to do for {@value #IDLE_SECONDS} s end, and with them the
 * team that nobody has any more.
 */
final class Workers {
    private static final long IDLE_SECONDS = 2;

    /** What the thread is at, for whichever team; none outside of tasks. */
    private static final ThreadLocal<@Nullable Job> CURRENT = new ThreadLocal<>();

    private final int threads;
    private final ThreadPoolExecutor pool;

    private final ReentrantLock lock = new ReentrantLock(); // guards what follows, and the places in the jobs
    private final Queue<Job> waiting = new ArrayDeque<>(); // for helpers: each has a place left
    private int helpers;
    private final AtomicInteger callers = new AtomicInteger(); // looked at without the lock

    Workers(int threads) {
        this.threads = threads;
        int most = Math.max(1, threads - 1);
        this.pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Workers::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "engram-worker");
        thread.setDaemon(true);
        return thread;
    }

    int threads() {
        return threads;
    }

    /** The tasks of one caller, handed out in order to whichever thread is free. */
    private static final class Job {
        final int tasks;
        final IntConsumer task;
        final Thread caller = Thread.currentThread();
        final Cancellation.@Nullable Scope scope = Cancellation.here(); // of the caller; helpers enter it
        final Condition left;
        final AtomicInteger next = new AtomicInteger();
        volatile @Nullable Throwable failure;
        int places; // for helpers that may still come
        int inside; // helpers that came
        boolean over; // none may come any more

        Job(int tasks, IntConsumer task, int places, Condition left) {
            this.tasks = tasks;
            this.task = task;
            this.places = places;
            this.left = left;
        }

        /** Does the next task, if there is one and none has failed. */
        boolean next() {
            int number = failure == null ? next.getAndIncrement() : tasks;
            if (number >= tasks) {
                return false;
            }
            try {
                requireGoingOn();
                task.accept(number);
                return true;
            } catch (Throwable e) { // whatever it is, the caller gets it when nobody computes any more
                fail(e);
                return false;
            }
        }

        private synchronized void fail(Throwable e) {
            if (failure == null) {
                failure = e;
            }
        }
    }

    /**
     * To be asked between the steps of long tasks.
     *
     * @throws CancellationException if the thread that waits for the result was interrupted, a {@link Cancellation} it is in is over, or
     *     another task has failed
     */
    static void requireGoingOn() {
        Job job = CURRENT.get();
        boolean failed = job != null && job.failure != null;
        boolean waitedForHere = job == null || job.caller == Thread.currentThread();
        if (failed || waitedForHere && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The thread was interrupted; what it computed is not complete.");
        }
        Cancellation.requireNotOver();
    }

    /**
     * Runs {@code task} for 0 .. tasks-1, each exactly once.
     *
     * <p>What a task throws is thrown here, when no thread is in a task any more; those not begun are then left out.
     *
     * @throws CancellationException if this thread was interrupted, and it remains so; or if a {@link Cancellation} it is in is over
     */
    void forEach(int tasks, IntConsumer task) {
        if (Math.min(threads, tasks) <= 1 || CURRENT.get() != null) {
            for (int i = 0; i < tasks; i++) {
                requireGoingOn();
                task.accept(i);
            }
            return;
        }
        Job job = new Job(tasks, task, Math.min(threads, tasks) - 1, lock.newCondition());
        try {
            callForHelp(job);
            doTasks(job, false);
        } finally {
            awaitHelpers(job);
        }
        Throwable failure = job.failure;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** Tasks of a job, until there are none, or until {@code inTurn} and there are other callers; whether there may be more. */
    private boolean doTasks(Job job, boolean inTurn) {
        Cancellation.Scope before = Cancellation.here();
        CURRENT.set(job);
        Cancellation.enter(job.scope);
        try {
            while (job.next()) {
                if (inTurn && callers.get() > 1) {
                    return true;
                }
            }
            return false;
        } finally {
            Cancellation.enter(before);
            CURRENT.remove();
        }
    }

    private void callForHelp(Job job) {
        int more;
        lock.lock();
        try {
            waiting.add(job);
            callers.getAndIncrement();
            more = Math.min(job.places, threads - 1 - helpers);
            helpers += more;
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < more; i++) {
            try {
                pool.execute(this::help);
            } catch (OutOfMemoryError e) { // no thread to be had: the caller does it all
                loseHelper();
            }
        }
    }

    private void loseHelper() {
        lock.lock();
        try {
            helpers--;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the job from the helpers and waits for those that are in one of its tasks. */
    private void awaitHelpers(Job job) {
        lock.lock();
        try {
            job.over = true;
            waiting.remove(job);
            callers.getAndDecrement();
            while (job.inside > 0) {
                job.left.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void help() {
        for (Job job = take(); job != null; job = take()) {
            boolean more = doTasks(job, true);
            Thread.interrupted(); // left behind by a task: no concern of the next
            leave(job, more);
        }
    }

    /** The job whose turn it is; null where none waits, and the thread has then ended helping. */
    private @Nullable Job take() {
        lock.lock();
        try {
            Job job = waiting.poll();
            if (job == null) {
                helpers--;
                return null;
            }
            job.inside++;
            job.places--;
            if (job.places > 0) {
                waiting.add(job);
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Job job, boolean more) {
        lock.lock();
        try {
            job.inside--;
            if (more && !job.over) {
                job.places++;
                if (job.places == 1) {
                    waiting.add(job);
                }
            }
            if (job.inside == 0) {
                job.left.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
