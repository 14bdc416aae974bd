package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Streaming;
import dev.engram.cli.console.Terminal;
import dev.engram.io.PatternFile;
import dev.engram.io.numpy.NpyRows;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Recall;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Answers that are written as they come, to an array that a run after one that was stopped continues; with what is said of each beside them
 * until the end. A run without a commit leaves nothing.
 */
final class StreamedAnswers implements AutoCloseable {
    private static final int MOST_NOTED = 4 << 20; // bytes in memory of what is said of answers

    private final Context context;
    private final Path output;
    private final Streaming streaming;
    private final NpyRows rows;
    private final PatternFile cues;
    private final int count;
    private final int values;
    private final int resumed;
    private final ByteArrayOutputStream noted = new ByteArrayOutputStream(); // since the last commit
    private long committed = System.nanoTime();
    private int certain; // rows that the next run finds
    private boolean finished;
    private boolean ended;

    /**
     * Opens what was left, or begins.
     *
     * @param shape of the whole array
     * @param cues answers to which are kept only as long as their file does not change
     * @param key of all that the answers depend on
     */
    StreamedAnswers(Context context, Path output, int[] shape, PatternFile cues, String key) {
        this.context = context;
        this.output = output;
        this.streaming = context.streaming();
        this.rows = NpyRows.open(streaming.store(), output, shape, key);
        this.count = shape[0];
        this.cues = cues;
        this.values = cues.values();
        this.resumed = rows.rows();
        this.certain = resumed;
        if (resumed > 0) {
            context.interruption().whenCancelled("cancelled; " + kept());
        }
        context.interruption().whenStopped(this::close);
    }

    /** How many answers an earlier run wrote. */
    int resumed() {
        return resumed;
    }

    /** Says where this run begins, if it is not at the beginning, or what it does not continue. */
    void say(Terminal terminal) {
        switch (rows.found()) {
            case SAME ->
                terminal.line(
                        "Resuming: %,d of %,d cues were answered by a run that was stopped.".formatted(resumed, count));
            case OTHER ->
                terminal.note(
                        "What a stopped run left of %s is of another memory, other cues, options, threads or software; it is not resumed, and removed when %s is written."
                                .formatted(output, output));
            case OWNED -> terminal.note("Another process is writing %s as well.".formatted(output));
            case NOTHING -> {}
        }
    }

    /**
     * The next answers.
     *
     * @param patterns as they are to be written
     */
    synchronized void add(Matrix patterns, Recall recall) {
        rows.add(patterns.data());
        try {
            DataOutputStream out = new DataOutputStream(noted);
            for (Outcome outcome : Outcomes.of(recall)) {
                OutcomeCodec.write(outcome, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is memory
        }
        boolean due = System.nanoTime() - committed >= streaming.between().toNanos();
        if (rows.rows() < count && (due || noted.size() >= MOST_NOTED)) {
            commit();
        }
    }

    /** What is certain from now on are answers to the cues that the key is of. */
    private void commit() {
        cues.requireUnchanged();
        rows.commit(noted.toByteArray());
        noted.reset();
        certain = rows.rows();
        committed = System.nanoTime();
        context.interruption().whenCancelled("cancelled; " + kept());
    }

    private String kept() {
        return "%,d of %,d answers are kept beside %s for a week, and the same command resumes there."
                .formatted(certain, count, output);
    }

    /** Puts the array, whole now, in its place. */
    synchronized void finish() {
        rows.finish();
        finished = true;
        context.interruption().whenWritten();
    }

    /** What is said of all answers; until this is closed. */
    synchronized Outcomes outcomes() {
        List<byte[]> last = List.of(noted.toByteArray());
        Iterable<byte[]> earlier = rows.notes();
        return new Outcomes(() -> outcomes(earlier, last), values);
    }

    private static Iterator<Outcome> outcomes(Iterable<byte[]> earlier, Iterable<byte[]> last) {
        Iterator<byte[]> before = earlier.iterator();
        Iterator<byte[]> after = last.iterator();
        return new Iterator<>() { // a stream would hold all of them
            private Iterator<Outcome> note = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                while (!note.hasNext() && (before.hasNext() || after.hasNext())) {
                    note = OutcomeCodec.read((before.hasNext() ? before : after).next())
                            .iterator();
                }
                return note.hasNext();
            }

            @Override
            public Outcome next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return note.next();
            }
        };
    }

    /** Ends the writing, wherever it is; where there was a commit, with another. Also for the shutdown hook, at any moment. */
    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        try (rows) {
            if (rows.isCommitted() && !finished && noted.size() > 0 && cues.isUnchanged()) {
                commit();
            }
        } finally {
            if (rows.isCommitted() && !finished && !context.interruption().isCancelled()) {
                context.terminal().note(kept()); // it failed
            }
        }
    }
}
