package dev.engram.io.file;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Storage that fails at a chosen point: a full disk after so many bytes, a failing act, or the end of the process. */
final class FaultyFileStore implements FileStore {
    /** What the store is asked to do. */
    enum Act {
        CREATE,
        FORCE,
        MOVE,
        DELETE
    }

    /** The process is gone: nothing after this happens, clean-up included. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private long bytesLeft = Long.MAX_VALUE;
    private int actsLeft = Integer.MAX_VALUE;
    private boolean crash;
    private boolean crashed;

    /** The disk is full after that many bytes. */
    static FaultyFileStore fullAfter(long bytes) {
        FaultyFileStore store = new FaultyFileStore();
        store.bytesLeft = bytes;
        return store;
    }

    /** That many acts succeed, the next fails; later ones succeed again, unless the process died. */
    static FaultyFileStore failingAfter(int acts, boolean crash) {
        FaultyFileStore store = new FaultyFileStore();
        store.actsLeft = acts;
        store.crash = crash;
        return store;
    }

    private void act(Act act) throws IOException {
        if (crashed) {
            throw new Crash();
        }
        if (actsLeft-- == 0) {
            crashed = crash;
            if (crash) {
                throw new Crash();
            }
            throw new IOException("injected failure of " + act);
        }
    }

    @Override
    public OutputStream create(Path file) throws IOException {
        act(Act.CREATE);
        return new FilterOutputStream(FileStore.super.create(file)) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                int fits = (int) Math.min(length, bytesLeft);
                out.write(bytes, offset, fits);
                bytesLeft -= fits;
                if (fits < length) {
                    throw new IOException("No space left on device");
                }
            }
        };
    }

    @Override
    public void force(Path file) throws IOException {
        act(Act.FORCE);
        FileStore.super.force(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        act(Act.MOVE);
        FileStore.super.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        act(Act.DELETE);
        FileStore.super.delete(path);
    }
}
