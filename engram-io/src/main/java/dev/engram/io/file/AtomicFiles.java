package dev.engram.io.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes files and folders so that one finds at the target either what was there before or all of the new, never a
 * part, whenever the process or the machine dies; and once a method returns, the new.
 *
 * <p>The new is built beside the target under a hidden name ({@link Temporaries}), forced to the disk and moved over the target; on any failure it
 * is removed. A file is replaced in one step. A folder takes two, between which it is absent: a run that is killed there is finished by the next
 * one that writes into the same parent, or asks for the folder ({@link #settle}). Permissions, owner and group stay those of what is replaced. A
 * target that is a symbolic link stays one: what it points to is replaced, or made. A file with several names (hard links) keeps them
 * ({@link LinkedFile}).
 */
public final class AtomicFiles {
    private static final int BUFFER = 1 << 16;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int PAUSE_MILLIS = 20;

    private AtomicFiles() {}

    /**
     * Writes one file.
     *
     * @throws OutputException if it cannot be written; the target is then as it was
     */
    public static void write(Path target, IOConsumer<OutputStream> content) {
        write(FileStore.REAL, target, content);
    }

    /** {@link #write(Path, IOConsumer)} to a storage of another kind. */
    public static void write(FileStore store, Path target, IOConsumer<OutputStream> content) {
        Path file = requireWritableFile(target);
        Path folder = Temporaries.parent(file);
        Temporaries.tidy(store, folder);
        Path temporary = Temporaries.beside(file);
        try (NewFile fresh = store.create(temporary, Attributes.atFirst(file))) {
            try {
                OutputStream out = new KeptOpen(fresh);
                content.accept(out);
                out.flush();
                place(store, file, temporary, fresh);
            } finally {
                deleteQuietly(store, temporary);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        }
        forceFolder(store, target, folder);
        Temporaries.removeParts(store, file);
    }

    /** Puts what was written under a hidden name in its place. */
    static void place(FileStore store, Path file, Path temporary, NewFile fresh) throws IOException {
        Attributes.keep(file, temporary);
        fresh.force();
        if (LinkedFile.is(file)) {
            LinkedFile.overwrite(store, file, temporary);
        } else {
            store.move(temporary, file);
        }
    }

    /** A buffer whose end is not that of the file below it. */
    private static final class KeptOpen extends BufferedOutputStream {
        KeptOpen(OutputStream file) {
            super(file, BUFFER);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /**
     * Fills a folder: it is built beside the target and then moved there.
     *
     * <p>An absent or empty target is fine; so is one that this method wrote and that was not touched since, which is
     * replaced. How it knows: {@link OutputFolder}.
     *
     * @param content fills the folder
     * @throws OutputException if it cannot be written, or if files of others are in the way; they are never deleted
     */
    public static void writeFolder(Path target, IOConsumer<NewFolder> content) {
        writeFolder(FileStore.REAL, target, content);
    }

    /** {@link #writeFolder(Path, IOConsumer)} to a storage of another kind. */
    public static void writeFolder(FileStore store, Path target, IOConsumer<NewFolder> content) {
        Path folder = requireParent(target);
        Path parent = Temporaries.parent(folder);
        Temporaries.tidy(store, parent);
        OutputFolder.requireReplaceable(folder);
        Path temporary = Temporaries.beside(folder);
        try {
            store.createFolder(temporary);
            try (NewFile list = store.create(temporary.resolve(OutputFolder.LIST))) {
                NewFolder fresh = new NewFolder(store, temporary);
                content.accept(fresh);
                list.write(OutputFolder.list(temporary));
                list.force();
                fresh.force();
                Attributes.keep(folder, temporary);
                OutputFolder.replace(store, folder, temporary);
            }
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            OutputFolder.deleteTree(store, temporary);
        }
        forceFolder(store, target, parent);
        OutputFolder.deleteTree(store, Temporaries.oldFor(temporary));
    }

    /**
     * Makes a folder that stays where it is, and those it is in; fine where it is there.
     *
     * @throws OutputException if it cannot be made
     */
    public static void createFolders(Path folder) {
        createFolders(FileStore.REAL, folder);
    }

    static void createFolders(FileStore store, Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            createFolders(store, parent);
        }
        try {
            Path place = RealPath.of(folder);
            store.createFolder(place);
            store.forceFolder(Temporaries.parent(place));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw new OutputException(
                        "%s is a file; a folder was to be made. Maybe give another name.".formatted(folder), e);
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Brings a folder back that is absent because a run was killed while it replaced it: the new one where it was whole, else the old. Waits where
     * the replacement is under way. Cheap, and without effect, where something is at the path.
     */
    public static void settle(Path target) {
        try {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Path real = RealPath.of(target);
            for (int waited = 0; waited < PATIENCE_MILLIS && Temporaries.isBeingReplaced(real); ) {
                Thread.sleep(PAUSE_MILLIS);
                waited += PAUSE_MILLIS;
            }
            if (!Files.exists(real)) {
                Temporaries.tidy(FileStore.REAL, Temporaries.parent(real));
            }
        } catch (IOException e) {
            // Nothing can be brought back; who asks for the folder will say what is wrong with it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Path requireWritableFile(Path target) {
        Path file = requireParent(target);
        if (!Files.exists(file)) {
            return file;
        }
        if (Files.isDirectory(file)) {
            throw new OutputException(
                    "%s is a folder; a file was to be written. Maybe give the name of a file in it.".formatted(target));
        }
        if (!Files.isRegularFile(file)) {
            throw new OutputException("%s is not an ordinary file and cannot be replaced by one.".formatted(target));
        }
        if (!Files.isWritable(file)) {
            throw new OutputException(
                    "%s is read-only. Maybe give another name, or change its permissions.".formatted(target));
        }
        return file;
    }

    /** The real path of the target, in a folder that can be written to. */
    private static Path requireParent(Path target) {
        Path real;
        try {
            real = RealPath.of(target);
        } catch (NoSuchFileException e) {
            throw new OutputException(
                    "%s cannot be written: the folder %s does not exist. Maybe create it first."
                            .formatted(target, e.getFile()),
                    e);
        } catch (IOException e) {
            throw unwritable(target, e);
        }
        Path parent = real.getParent();
        if (parent == null || target.getFileName() == null) {
            throw new OutputException("%s is not the name of a file or folder in a folder.".formatted(target));
        }
        if (!Files.isWritable(parent)) {
            throw new OutputException("%s cannot be written: the folder %s is read-only. Maybe write to another folder."
                    .formatted(target, parent));
        }
        return real;
    }

    static void forceFolder(FileStore store, Path target, Path folder) {
        try {
            store.forceFolder(folder);
        } catch (IOException e) {
            throw new OutputException(
                    ("%s is written, but its folder %s could not be forced to the disk: %s. After a power failure what was there"
                                    + " before may be back. Maybe the disk is failing.")
                            .formatted(target, folder, Inputs.reason(e)),
                    e);
        }
    }

    static void deleteQuietly(FileStore store, Path path) {
        try {
            store.delete(path);
        } catch (IOException e) {
            // Nothing to add: either the write succeeded and it is gone, or the failure that matters is on its way.
        }
    }

    static OutputException unwritable(Path target, IOException cause) {
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
