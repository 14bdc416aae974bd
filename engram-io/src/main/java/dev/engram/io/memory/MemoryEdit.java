package dev.engram.io.memory;

import dev.engram.io.file.BusyException;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.FileVersion;
import dev.engram.io.file.OutputException;
import dev.engram.io.file.OwnerLock;
import dev.engram.linalg.LinearAlgebra;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A memory file that is read, changed and written back by one owner at a time, so that no update is lost.
 *
 * <pre>{@code
 * try (MemoryEdit edit = MemoryEdit.open(file, la, OwnerLock.PATIENCE, waiting -> {})) {
 *     edit.write(changed(edit.stored()));
 * }
 * }</pre>
 *
 * <p>Others that edit wait meanwhile ({@link OwnerLock}); who only reads is not kept waiting, and reads the old or the new. Against writers without
 * the lock, and where there are no locks, the file is compared with what was read before it is replaced.
 */
public final class MemoryEdit implements AutoCloseable {
    private final FileStore store;
    private final Path file;
    private final OwnerLock lock;
    private final FileVersion version;
    private final StoredMemory stored;

    private MemoryEdit(FileStore store, Path file, OwnerLock lock, LinearAlgebra la) {
        this.store = store;
        this.file = file;
        this.lock = lock;
        this.version = FileVersion.of(file);
        this.stored = MemoryFile.read(file, la);
    }

    /**
     * Waits until nobody else edits the memory, and reads it; fails as {@link MemoryFile#read} does.
     *
     * @param waiting is told once, in a line, if another owner must be waited for
     * @throws BusyException if it is not to be had within that time
     */
    public static MemoryEdit open(Path file, LinearAlgebra la, Duration patience, Consumer<String> waiting) {
        return open(FileStore.REAL, file, la, patience, waiting);
    }

    /** {@link #open(Path, LinearAlgebra, Duration, Consumer)} with a storage of another kind to write to. */
    static MemoryEdit open(FileStore store, Path file, LinearAlgebra la, Duration patience, Consumer<String> waiting) {
        FileVersion.of(file); // what is not there needs no lock
        OwnerLock lock = OwnerLock.take(file, patience, waiting);
        try {
            return new MemoryEdit(store, file, lock, la);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** The memory as it was read. */
    public StoredMemory stored() {
        return stored;
    }

    /**
     * Replaces the memory by what was made of it; once.
     *
     * @throws BusyException if somebody without the lock has replaced it since it was read
     * @throws OutputException if it cannot be written
     */
    public void write(StoredMemory changed) {
        if (!FileVersion.of(file).equals(version)) {
            throw new BusyException(
                    "%s was changed by another program since it was read; nothing was written. Maybe run it again."
                            .formatted(file));
        }
        MemoryFile.write(store, file, changed);
    }

    @Override
    public void close() {
        lock.close();
    }
}
