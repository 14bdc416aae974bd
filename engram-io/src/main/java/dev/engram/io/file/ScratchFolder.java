package dev.engram.io.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder in the system's temporary folder for as long as it is open, for its owner alone to read. What killed runs left is removed by the next
 * one for the same purpose.
 */
public final class ScratchFolder implements AutoCloseable {
    private static final String OWNER = "owner";
    private static final String CONTENT = "files";

    private final Path folder;
    private final Ownership ownership;
    private final FileChannel owner;

    private ScratchFolder(Path folder) throws IOException {
        this.folder = folder;
        Path file = folder.resolve(OWNER);
        this.ownership = Ownership.announce(file);
        this.owner = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ownership.lock(owner);
        Files.createDirectory(path());
    }

    /**
     * A new one.
     *
     * @param purpose a word, for its name: {@code engram-PURPOSE-...}
     * @throws IOException if the temporary folder cannot be written
     */
    public static ScratchFolder create(String purpose) throws IOException {
        String prefix = "engram-%s-".formatted(purpose);
        Path folder = Files.createTempDirectory(prefix);
        ScratchFolder created = new ScratchFolder(folder);
        removeAbandoned(Temporaries.parent(folder), prefix);
        return created;
    }

    private static void removeAbandoned(Path all, String prefix) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all, prefix + "*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    Ownership.ifAbandoned(folder.resolve(OWNER), () -> OutputFolder.deleteTree(FileStore.REAL, folder));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Another user's, perhaps. What is left stays for the next time.
        }
    }

    /** Where the files go; empty at first. */
    public Path path() {
        return folder.resolve(CONTENT);
    }

    /** Removes the folder and all that is in it. */
    @Override
    public void close() {
        try {
            OutputFolder.deleteTree(FileStore.REAL, folder);
            owner.close();
        } catch (IOException e) {
            // The next one removes it.
        } finally {
            ownership.end();
        }
    }
}
