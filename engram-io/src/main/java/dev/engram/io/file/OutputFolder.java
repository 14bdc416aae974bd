package dev.engram.io.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of results that may be replaced by new results, and how it is known from a folder that may not.
 *
 * <p>The hidden file {@code .engram-output} in it lists what was written, a line per file:
 *
 * <pre>
 * line := bytes TAB path-within-the-folder
 * </pre>
 *
 * A folder may be replaced when exactly the files listed are in it, each of its size. Anything added or changed since
 * makes it the user's own.
 */
public final class OutputFolder {
    public static final String LIST = ".engram-output";

    private OutputFolder() {}

    /**
     * Checks that nothing of the user's is in the way.
     *
     * @throws OutputException otherwise
     */
    static void requireReplaceable(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new OutputException(
                    "%s is a file; a folder was to be written. Maybe give another name.".formatted(folder));
        }
        try {
            List<Path> all = tree(folder);
            if (all.size() > 1 && !isUntouched(folder)) {
                throw new OutputException(
                        ("The folder %s holds files that Engram did not write, or that were changed since; nothing "
                                        + "is deleted. Maybe give a new name, or empty it.")
                                .formatted(folder));
            }
        } catch (IOException e) {
            throw new OutputException("The folder %s cannot be read: %s.".formatted(folder, Inputs.reason(e)), e);
        }
    }

    /** The list of what is in the folder, as the bytes of its file. */
    static byte[] list(Path folder) throws IOException {
        return lines(folder).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Puts the new folder in the old one's place; if that fails the old one is back where it was. The old one is then at {@link
     * Temporaries#oldFor}, to be deleted when the move is on the disk.
     */
    static void replace(FileStore store, Path folder, Path replacement) throws IOException {
        if (!Files.exists(folder)) {
            store.move(replacement, folder);
            return;
        }
        Path old = Temporaries.oldFor(replacement);
        store.move(folder, old);
        try {
            store.forceFolder(Temporaries.parent(folder));
            store.move(replacement, folder);
        } catch (IOException e) {
            try {
                store.move(old, folder);
            } catch (IOException second) {
                e.addSuppressed(second); // the next start brings it back
            }
            throw e;
        }
    }

    /** Removes the folder and all in it, as far as possible; an absent one is fine. */
    static void deleteTree(FileStore store, Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            List<Path> deepestFirst =
                    tree(folder).stream().sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                store.delete(path);
            }
        } catch (IOException e) {
            // A hidden temporary folder stays behind; the outcome of the write is not affected.
        }
    }

    /** Whether exactly what the list says is there. */
    static boolean isUntouched(Path folder) throws IOException {
        Path list = folder.resolve(LIST);
        return Files.isRegularFile(list) && Files.readAllLines(list).equals(lines(folder));
    }

    private static List<String> lines(Path folder) throws IOException {
        try {
            return tree(folder).stream()
                    .filter(p -> !Files.isDirectory(p) && !p.equals(folder.resolve(LIST)))
                    .map(p -> size(p) + "\t" + folder.relativize(p).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }
}
