package dev.engram.io.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where a path leads by the file system's own rules, whether or not something is there yet. */
public final class RealPath {
    private static final int MOST_LINKS = 40;

    private RealPath() {}

    /**
     * The path without symbolic links and {@code ..}: what is written to it appears there. A link to nothing leads to where that would be.
     *
     * @throws NoSuchFileException if the folder that it would be in is not there; it names the folder
     */
    public static Path of(Path path) throws IOException {
        Path current = path.toAbsolutePath();
        for (int links = 0; links < MOST_LINKS; links++) {
            if (Files.exists(current)) {
                return current.toRealPath();
            }
            Path parent = current.getParent();
            Path name = current.getFileName();
            if (parent == null || name == null || name.toString().equals("..")) {
                throw new NoSuchFileException(current.toString());
            }
            Path place = folder(parent).resolve(name);
            if (!Files.isSymbolicLink(place)) {
                return place;
            }
            current = place.resolveSibling(Files.readSymbolicLink(place));
        }
        throw new FileSystemException(path.toString(), null, "too many symbolic links");
    }

    private static Path folder(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            throw new NoSuchFileException(parent.toString());
        }
        return parent.toRealPath();
    }
}
