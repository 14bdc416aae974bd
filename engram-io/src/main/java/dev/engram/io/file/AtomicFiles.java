package dev.engram.io.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes files and folders so that one finds at the target either what was there before or all of the new, never a
 * part.
 *
 * <p>A file is written beside the target as {@code .name.random.tmp}, forced to the disk and moved over the target; on
 * any failure it is removed. A target that is a symbolic link stays one: what it points to is replaced.
 */
public final class AtomicFiles {
    private static final int BUFFER = 1 << 16;

    private AtomicFiles() {}

    /**
     * Writes one file.
     *
     * @throws OutputException if it cannot be written; the target is then as it was
     */
    public static void write(Path target, IOConsumer<OutputStream> content) {
        write(FileStore.REAL, target, content);
    }

    static void write(FileStore store, Path target, IOConsumer<OutputStream> content) {
        Path file = requireWritableFile(target);
        Path temporary = temporarySibling(file);
        try {
            try (OutputStream out = new BufferedOutputStream(store.create(temporary), BUFFER)) {
                content.accept(out);
            }
            store.force(temporary);
            store.move(temporary, file);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            deleteQuietly(store, temporary);
        }
    }

    /**
     * Fills a folder: it is built beside the target and then moved there.
     *
     * <p>An absent or empty target is fine; so is one that this method wrote and that was not touched since, which is
     * replaced. How it knows: {@link OutputFolder}.
     *
     * @param content is given the folder to fill
     * @throws OutputException if it cannot be written, or if files of others are in the way; they are never deleted
     */
    public static void writeFolder(Path target, IOConsumer<Path> content) {
        writeFolder(FileStore.REAL, target, content);
    }

    static void writeFolder(FileStore store, Path target, IOConsumer<Path> content) {
        requireParent(target);
        Path folder = real(target);
        OutputFolder.requireReplaceable(folder);
        Path temporary = temporarySibling(folder);
        try {
            Files.createDirectory(temporary);
            content.accept(temporary);
            OutputFolder.sign(temporary);
            OutputFolder.replace(store, folder, temporary);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            OutputFolder.deleteTree(store, temporary);
        }
    }

    static Path temporarySibling(Path target) {
        String random = UUID.randomUUID().toString().substring(0, 8);
        return target.resolveSibling(".%s.%s.tmp".formatted(target.getFileName(), random));
    }

    private static Path requireWritableFile(Path target) {
        requireParent(target);
        if (!Files.exists(target)) {
            return real(target);
        }
        if (Files.isDirectory(target)) {
            throw new OutputException(
                    "%s is a folder; a file was to be written. Maybe give the name of a file in it.".formatted(target));
        }
        if (!Files.isRegularFile(target)) {
            throw new OutputException("%s is not an ordinary file and cannot be replaced by one.".formatted(target));
        }
        if (!Files.isWritable(target)) {
            throw new OutputException(
                    "%s is read-only. Maybe give another name, or change its permissions.".formatted(target));
        }
        return real(target);
    }

    private static void requireParent(Path target) {
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null || target.getFileName() == null) {
            throw new OutputException("%s is not the name of a file or folder in a folder.".formatted(target));
        }
        if (!Files.isDirectory(parent)) {
            throw new OutputException("%s cannot be written: the folder %s does not exist. Maybe create it first."
                    .formatted(target, parent));
        }
        if (!Files.isWritable(parent)) {
            throw new OutputException("%s cannot be written: the folder %s is read-only. Maybe write to another folder."
                    .formatted(target, parent));
        }
    }

    /** The target without symbolic links, so that the move replaces what they point to and not the link. */
    private static Path real(Path target) {
        try {
            return Files.exists(target)
                    ? target.toRealPath()
                    : target.toAbsolutePath().normalize();
        } catch (IOException e) {
            throw unwritable(target, e);
        }
    }

    private static void deleteQuietly(FileStore store, Path path) {
        try {
            store.delete(path);
        } catch (IOException e) {
            // Nothing to add: either the write succeeded and it is gone, or the failure that matters is on its way.
        }
    }

    private static OutputException unwritable(Path target, IOException cause) {
        String reason = Inputs.reason(cause);
        String advice = "";
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")) {
            advice = " Maybe free some space, or write to another disk.";
        } else if (cause instanceof AccessDeniedException) {
            reason = "access denied";
            advice = " Maybe write to another folder.";
        }
        return new OutputException("%s cannot be written: %s.%s".formatted(target, reason, advice), cause);
    }
}
