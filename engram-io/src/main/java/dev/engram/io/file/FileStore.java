package dev.engram.io.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Locale;
import java.util.Optional;

/**
 * The few operations on a disk that everything written is made of; tests put a failing or a recording store in its place.
 *
 * <p>What is created, moved or deleted is certain to survive a power failure once {@link #force} of the file and {@link #forceFolder} of the folder
 * it stands in have returned, and not before.
 */
public interface FileStore {
    /** The file system as it is. */
    FileStore REAL = new FileStore() {};

    /** Bytes written at a time to make room. */
    int BLOCK = 1 << 20;

    /** Opens a new file, which is the caller's until it is closed ({@link Ownership}); fails if there is one. */
    default NewFile create(Path file, FileAttribute<?>... attributes) throws IOException {
        return OwnedFile.create(file, attributes);
    }

    /** Says of a file that a dead owner left how many bytes of it are to be kept, from the beginning; below 0 to leave it alone. */
    @FunctionalInterface
    interface Kept {
        long bytes(InputStream content) throws IOException;
    }

    /**
     * Opens a file that nobody owns any more, to continue it behind what is kept of it, and owns it; the rest is off the disk when this returns.
     *
     * @return empty, and the file as it was, if it has an owner that lives, or is to be left alone
     */
    default Optional<NewFile> reopen(Path file, Kept kept) throws IOException {
        return OwnedFile.reopen(file, kept);
    }

    /** Returns when the file's bytes are on the disk. */
    default void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    default void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    /** Returns when what stands in the folder is on the disk: the names, not the bytes of the files. */
    default void forceFolder(Path folder) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (AccessDeniedException e) {
            return; // Folders cannot be opened here (Windows); names are the file system's own care.
        }
        try (FileChannel channel = opened) {
            channel.force(true);
        } catch (IOException e) {
            if (!Inputs.reason(e).toLowerCase(Locale.ROOT).contains("invalid argument")) { // folders cannot be forced
                throw e;
            }
        }
    }

    /** Moves a file or folder within one file system, replacing a file or empty folder; atomically where it can. */
    default void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes room in a file for that many bytes, so that to overwrite it needs no more; if there is none it is as it was. */
    default void extend(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long before = channel.size();
            try {
                for (long at = before; at < size; ) {
                    at += channel.write(ByteBuffer.allocate((int) Math.min(BLOCK, size - at)), at);
                }
                channel.force(true);
            } catch (IOException e) {
                channel.truncate(before);
                throw e;
            }
        }
    }

    /** Gives a file, under all its names, the bytes of another, and returns when they are on the disk; until then it is a mixture. */
    default void overwrite(Path file, Path content) throws IOException {
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.WRITE);
                FileChannel from = FileChannel.open(content, StandardOpenOption.READ)) {
            long size = from.size();
            for (long at = 0; at < size; ) {
                at += to.transferFrom(from, at, size - at);
            }
            to.truncate(size);
            to.force(true);
        }
    }

    /** Removes a file or an empty folder, if it is there. */
    default void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }
}
