package dev.engram.playground;

import dev.engram.linalg.LinearAlgebra;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** All open sessions: bounded in number, their work stopped when no page is open, ended when none has been for long. */
final class Sessions {
    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
    private static final int LANES = 4;
    private static final long KEEP_THREADS = 2; // seconds
    private static final long SWEEP = 250; // milliseconds

    private final PlaygroundOptions options;
    private final FlagSets flags = new FlagSets();
    private final Passes passes;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor pool;
    private final ScheduledExecutorService sweeper;
    private final Future<?> sweeping;

    Sessions(PlaygroundOptions options, Passes passes) {
        this.options = options;
        this.passes = passes;
        this.pool = new ThreadPoolExecutor(
                0,
                2 * LANES * options.sessions(), // twice, for what has been cancelled but has not ended yet
                KEEP_THREADS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                daemons("engram-play"));
        this.sweeper = new ScheduledThreadPoolExecutor(1, daemons("engram-play-sweeper"));
        this.sweeping = sweeper.scheduleWithFixedDelay(this::sweep, SWEEP, SWEEP, TimeUnit.MILLISECONDS);
        pool.execute(() -> flags.of(FlagSets.USUAL)); // so that the first page finds them drawn
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    FlagSets flags() {
        return flags;
    }

    LinearAlgebra la() {
        return options.la();
    }

    int count() {
        return sessions.size();
    }

    /** A new session with the flags; where there are too many, the one longest unseen makes way. */
    synchronized Session create() {
        if (sessions.size() >= options.sessions()) {
            long now = System.nanoTime();
            Session unseen = sessions.values().stream()
                    .filter(session -> session.unseen(now) > 0)
                    .max(Comparator.comparingLong(session -> session.unseen(now)))
                    .orElseThrow(() -> new Refusal(
                            Refusal.BUSY,
                            "%d sessions are open, which is the most. Maybe close a tab.".formatted(sessions.size())));
            end(unseen);
        }
        Session session = new Session(passes.next(), pool, options.la());
        sessions.put(session.id(), session);
        session.load("The flags of the world", () -> flags.of(FlagSets.USUAL));
        return session;
    }

    Session find(String id) {
        Session session = Optional.ofNullable(sessions.get(id))
                .orElseThrow(() -> new Refusal(
                        Refusal.UNKNOWN, "This session has ended. Maybe start a new one with the link at the top."));
        session.touch();
        return session;
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Session session : sessions.values()) {
            try {
                sweep(session, session.unseen(now));
            } catch (RuntimeException e) { // one that fails must not end the sweeping of the others
                LOG.log(System.Logger.Level.WARNING, "A session could not be put to rest.", e);
            }
        }
    }

    private void sweep(Session session, long unseen) {
        if (unseen > options.idle().toNanos()) {
            end(session);
        } else if (unseen > options.grace().toNanos()) {
            session.rest();
        }
    }

    private void end(Session session) {
        sessions.remove(session.id());
        session.close();
    }

    void close() {
        sweeping.cancel(false);
        sweeper.shutdownNow();
        sessions.values().forEach(Session::close);
        sessions.clear();
        pool.shutdown();
    }
}
