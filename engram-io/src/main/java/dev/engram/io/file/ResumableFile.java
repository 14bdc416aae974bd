package dev.engram.io.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.zip.CRC32C;

/**
 * A file that takes long to write, and that a run after one that was stopped continues where it was.
 *
 * <p>As {@link AtomicFiles} do, it stands under a hidden name beside its target until it is whole and takes the target's place. What was written
 * until a {@link #commit} is on the disk, with a note of the writer; a run that is stopped in any way leaves it there, and the next with the same
 * key begins behind it. A file without a commit is removed with its run. What was left is kept until the target is written, by this class or by
 * another, and for at most a week.
 *
 * <p>One thread writes; another may close the file at any moment, and then whatever the first does to it throws a {@link CancellationException}.
 */
public final class ResumableFile implements Closeable {
    private static final int TRIES = 10;
    private static final int PAUSE_MILLIS = 20;

    private final FileStore store;
    private final Path target;
    private final Path file;
    private final Path part;
    private final String key;
    private final Found found;
    private final NewFile data;
    private Optional<NewFile> log;
    private final CRC32C crc = new CRC32C(); // of the bytes since the last commit
    private long length;
    private long logLength;
    private boolean committed;
    private boolean closed;
    private boolean finished;

    /** What there was of the file when it was opened. */
    public enum Found {
        NOTHING,
        /** A beginning by the same key, which is continued. */
        SAME,
        /** A beginning by another key, which is left alone. */
        OTHER,
        /** A process that lives is writing one. */
        OWNED
    }

    private ResumableFile(FileStore store, Path target, Path file, String key, Found found, Opened opened) {
        this.store = store;
        this.target = target;
        this.file = file;
        this.key = key;
        this.found = found;
        this.part = opened.part;
        this.data = opened.data;
        this.log = opened.log;
        this.length = opened.whole.length();
        this.logLength = opened.whole.logLength();
        this.committed = found == Found.SAME;
    }

    private record Opened(Path part, NewFile data, Optional<NewFile> log, ResumeLog.Whole whole) {}

    /**
     * Opens the beginning that was left of the file, or begins it.
     *
     * @param key digest of all that the file's bytes depend on, 64 hexadecimal digits
     * @throws OutputException if it cannot be written
     */
    public static ResumableFile open(FileStore store, Path target, String key) {
        if (key.length() != Digests.LENGTH) {
            throw new IllegalArgumentException(
                    "The key \"%s\" must be a digest of %d hexadecimal digits.".formatted(key, Digests.LENGTH));
        }
        Path file = AtomicFiles.requireWritableFile(target);
        Temporaries.tidy(store, Temporaries.parent(file));
        try {
            Found found = Found.NOTHING;
            for (Path part : Temporaries.partsOf(file)) {
                if (ResumeLog.isOf(Temporaries.logOf(part), key)) {
                    Optional<Opened> opened = reopened(store, part);
                    if (opened.isPresent()) {
                        return new ResumableFile(store, target, file, key, Found.SAME, opened.get());
                    }
                }
                found = Ownership.isOwned(part) ? Found.OWNED : Found.OTHER;
            }
            Path part = Temporaries.partOf(file);
            NewFile data = store.create(part, Attributes.atFirst(file));
            Opened opened = new Opened(part, data, Optional.empty(), new ResumeLog.Whole(0, 0));
            return new ResumableFile(store, target, file, key, found, opened);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(target, e);
        }
    }

    private static Optional<Opened> reopened(FileStore store, Path part) throws IOException {
        Path log = Temporaries.logOf(part);
        ResumeLog.Whole[] whole = new ResumeLog.Whole[1];
        Optional<NewFile> data = Optional.empty();
        for (int tried = 0; data.isEmpty() && whole[0] == null && tried < TRIES; tried++) {
            pause(tried); // who tidies the folder holds it for a moment
            data = store.reopen(part, content -> {
                whole[0] = ResumeLog.compare(log, content);
                return whole[0].length() == 0 ? -1 : whole[0].length();
            });
        }
        if (data.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<NewFile> record = store.reopen(log, content -> whole[0].logLength());
            if (record.isPresent()) {
                return Optional.of(new Opened(part, data.get(), record, whole[0]));
            }
            data.get().close();
            return Optional.empty();
        } catch (IOException e) {
            data.get().close();
            throw e;
        }
    }

    private static void pause(int tried) {
        if (tried > 0) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What there was of the file. */
    public Found found() {
        return found;
    }

    /** How many bytes the file has. */
    public synchronized long length() {
        return length;
    }

    /** Whether a run that is stopped now leaves something to resume. */
    public synchronized boolean isCommitted() {
        return committed;
    }

    /** Writes the next bytes. */
    public synchronized void write(byte[] bytes, int offset, int count) {
        requireOpen();
        try {
            data.write(bytes, offset, count);
        } catch (IOException e) {
            throw AtomicFiles.unwritable(target, e);
        }
        crc.update(bytes, offset, count);
        length += count;
    }

    /** Returns when all bytes so far are on the disk, to be found by the next run, with a note. */
    public synchronized void commit(byte[] note) {
        requireOpen();
        try {
            data.force();
            boolean first = log.isEmpty();
            NewFile record = first ? begunLog() : log.get();
            log = Optional.of(record);
            byte[] frame = ResumeLog.frame(length, crc.getValue(), note);
            record.write(frame);
            record.force();
            if (first) {
                store.forceFolder(Temporaries.parent(file));
            }
            logLength += frame.length;
            crc.reset();
            committed = true;
        } catch (IOException e) {
            throw AtomicFiles.unwritable(target, e);
        }
    }

    private NewFile begunLog() throws IOException {
        NewFile record = store.create(Temporaries.logOf(part), Attributes.atFirst(file));
        byte[] header = ResumeLog.header(key);
        record.write(header);
        logLength = header.length;
        return record;
    }

    /** The notes of all commits, also of earlier runs, until the file is closed; each iteration reads them again. */
    public synchronized Iterable<byte[]> notes() {
        return committed ? ResumeLog.notes(Temporaries.logOf(part), logLength) : List.of();
    }

    /** Puts the file, whole now, in its place, and returns when it is on the disk there. */
    public synchronized void finish() {
        requireOpen();
        try {
            AtomicFiles.place(store, file, part, data);
            finished = true;
        } catch (IOException e) {
            throw AtomicFiles.unwritable(target, e);
        }
        AtomicFiles.forceFolder(store, target, Temporaries.parent(file));
        Temporaries.removeParts(store, file);
    }

    /** Ends the writing: a file that was not finished stays to be resumed if anything of it was committed. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!finished && !committed) {
            AtomicFiles.deleteQuietly(store, part);
        }
        if (finished || !committed) {
            AtomicFiles.deleteQuietly(store, Temporaries.logOf(part));
        }
        closeQuietly(data);
        log.ifPresent(ResumableFile::closeQuietly);
    }

    private static void closeQuietly(NewFile opened) {
        try {
            opened.close();
        } catch (IOException e) {
            // What counts was forced before.
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("The writing of %s was ended.".formatted(target));
        }
    }
}
