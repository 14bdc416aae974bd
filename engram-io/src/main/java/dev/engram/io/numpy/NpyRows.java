package dev.engram.io.numpy;

import dev.engram.io.file.FileStore;
import dev.engram.io.file.OutputException;
import dev.engram.io.file.ResumableFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * A {@code .npy} file whose rows are written as they come, and that a run after one that was stopped continues ({@link ResumableFile}): the bytes are
 * those of {@link NpyWriter}.
 */
public final class NpyRows implements Closeable {
    private final ResumableFile file;
    private final int count;
    private final int values;
    private int rows;

    private NpyRows(ResumableFile file, int count, int values, int rows) {
        this.file = file;
        this.count = count;
        this.values = values;
        this.rows = rows;
    }

    /**
     * Opens the beginning that was left of the file, or begins it.
     *
     * @param shape of the whole array, which has rows
     * @param key of all that its values depend on, see {@link ResumableFile#open}
     * @throws OutputException if it cannot be written
     */
    public static NpyRows open(FileStore store, Path target, int[] shape, String key) {
        byte[] header = NpyWriter.header(shape);
        int values = 1;
        for (int axis = 1; axis < shape.length; axis++) {
            values = Math.multiplyExact(values, shape[axis]);
        }
        ResumableFile file = ResumableFile.open(store, target, key);
        if (file.length() == 0) {
            file.write(header, 0, header.length);
        }
        long rows = (file.length() - header.length) / ((long) values * Float.BYTES);
        return new NpyRows(file, shape[0], values, Math.toIntExact(rows));
    }

    /** What there was of the file. */
    public ResumableFile.Found found() {
        return file.found();
    }

    /** How many rows were written, also by earlier runs. */
    public int rows() {
        return rows;
    }

    /** Writes the next rows. */
    public void add(float... data) {
        if (data.length % values != 0 || data.length / values > count - rows) {
            throw new IllegalArgumentException("%d values are not the next rows of %d values each; %d rows are left."
                    .formatted(data.length, values, count - rows));
        }
        try {
            NpyWriter.write(new Bytes(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no stream that could fail
        }
        rows += data.length / values;
    }

    private final class Bytes extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            file.write(bytes, offset, length);
        }
    }

    /** Makes the rows so far certain to be found by the next run, with a note for it. */
    public void commit(byte[] note) {
        file.commit(note);
    }

    /** Whether a run that is stopped now leaves something to resume. */
    public boolean isCommitted() {
        return file.isCommitted();
    }

    /** The notes of all commits, also of earlier runs. */
    public Iterable<byte[]> notes() {
        return file.notes();
    }

    /** Puts the whole file in its place. */
    public void finish() {
        if (rows != count) {
            throw new IllegalStateException("The array has %d rows; %d were written.".formatted(count, rows));
        }
        file.finish();
    }

    @Override
    public void close() {
        file.close();
    }
}
