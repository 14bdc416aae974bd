package dev.engram.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with several names (hard links): to keep them it is overwritten where it is, which takes more than one step.
 *
 * <p>Before the first, all of the new is on the disk as {@code .name.random.engram.redo}. From then on this is what the file holds: who opens the
 * file, or writes into its folder, first finishes what a dead writer left, and while a living one is at it reads that.
 */
final class LinkedFile {
    private LinkedFile() {}

    static boolean is(Path file) {
        try {
            return Files.getAttribute(file, "unix:nlink") instanceof Integer names && names > 1;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false; // not there, or no such thing here
        }
    }

    static void overwrite(FileStore store, Path file, Path temporary) throws IOException {
        Path redo = Temporaries.redoFor(temporary);
        Ownership owned = Ownership.announce(redo); // by the lock that moves with it
        try {
            store.move(temporary, redo);
            try {
                store.forceFolder(Temporaries.parent(file));
                store.extend(file, Files.size(redo));
            } catch (IOException e) {
                store.delete(redo); // as it was
                throw e;
            }
            finish(store, file, redo);
        } finally {
            owned.end();
        }
    }

    static void finish(FileStore store, Path file, Path redo) throws IOException {
        store.overwrite(file, redo);
        store.delete(redo);
    }

    /** Where to read the file: itself, unless a living writer is overwriting it. */
    static Path readable(Path file) throws IOException {
        if (!is(file)) {
            return file;
        }
        Path real = file.toRealPath();
        for (Path redo : Temporaries.redosOf(real)) {
            try {
                if (!Ownership.ifAbandoned(redo, () -> finish(FileStore.REAL, real, redo)) && Files.exists(redo)) {
                    return redo;
                }
            } catch (NoSuchFileException e) {
                continue; // finished by another
            } catch (IOException e) {
                return redo; // we may not write, but all of it is here
            }
        }
        return file;
    }
}
