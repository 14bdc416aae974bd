package dev.engram.io.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hidden names beside a target: {@code .name.random.engram.tmp}, where the new is built, and {@code .name.random.engram.old}, where an old folder waits for
 * its end, and {@code .name.random.engram.redo}, what is being written over a file with several names. What killed runs left is recognised by name and by an owner that is dead.
 *
 * <p>{@code .name.random.engram.part} and {@code .log} are the beginning of a file and its record ({@link ResumableFile}): they outlive their owner
 * while they can be resumed, at most a week.
 */
final class Temporaries {
    private static final Pattern NAME =
            Pattern.compile("\\.(.+)\\.([0-9a-f]{8})\\.engram\\.(tmp|old|redo|part|log)", Pattern.DOTALL);
    private static final int RANDOM = 8;
    private static final String TMP = "tmp";
    private static final String OLD = "old";
    private static final String REDO = "redo";
    private static final String PART = "part";
    private static final String LOG = "log";

    private Temporaries() {}

    /** A hidden sibling. */
    private record Sibling(Path path, Path target, String random, String suffix) {
        static Optional<Sibling> of(Path path) {
            Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
            return name.matches()
                    ? Optional.of(new Sibling(path, path.resolveSibling(name.group(1)), name.group(2), name.group(3)))
                    : Optional.empty();
        }

        boolean isFolder() {
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        }

        boolean old() {
            return suffix.equals(OLD);
        }

        boolean isOf(Path other) {
            return String.valueOf(target.getFileName()).equals(String.valueOf(other.getFileName()));
        }

        Path with(String otherSuffix) {
            return named(target, random, otherSuffix);
        }
    }

    /** A new name beside the target, to build the new at. */
    static Path beside(Path target) {
        return named(target, UUID.randomUUID().toString().substring(0, RANDOM), TMP);
    }

    /** Where the old folder goes while the one built at the temporary name takes its place. */
    static Path oldFor(Path temporary) {
        return Sibling.of(temporary).orElseThrow().with(OLD);
    }

    /** Where the new waits, all of it, while it is written over a file that keeps its place. */
    static Path redoFor(Path temporary) {
        return Sibling.of(temporary).orElseThrow().with(REDO);
    }

    /** A new name beside the target, for a beginning that can be resumed. */
    static Path partOf(Path target) {
        return Sibling.of(beside(target)).orElseThrow().with(PART);
    }

    /** The record of a beginning. */
    static Path logOf(Path part) {
        return Sibling.of(part).orElseThrow().with(LOG);
    }

    /** The beginnings of a file, resumable or being written. */
    static List<Path> partsOf(Path file) throws IOException {
        return siblings(file, PART);
    }

    /** Removes the beginnings of a file that nobody is writing, as far as possible: there is a whole one now. */
    static void removeParts(FileStore store, Path file) {
        try {
            for (Path part : partsOf(file)) {
                Ownership.ifAbandoned(part, () -> removePart(store, part));
            }
        } catch (IOException e) {
            // They go when they are a week old.
        }
    }

    private static void removePart(FileStore store, Path part) throws IOException {
        store.delete(part);
        store.delete(logOf(part));
    }

    /** What waits, or waited for a dead writer, to be written over the file. */
    static List<Path> redosOf(Path file) throws IOException {
        return siblings(file, REDO);
    }

    private static List<Path> siblings(Path file, String suffix) throws IOException {
        return siblings(file).stream()
                .filter(s -> s.suffix().equals(suffix))
                .map(Sibling::path)
                .toList();
    }

    private static List<Sibling> siblings(Path target) throws IOException {
        return hidden(parent(target)).stream()
                .flatMap(path -> Sibling.of(path).stream())
                .filter(sibling -> sibling.isOf(target))
                .toList();
    }

    private static Path named(Path target, String random, String suffix) {
        return target.resolveSibling(".%s.%s.engram.%s".formatted(target.getFileName(), random, suffix));
    }

    /** Removes what killed runs left in the folder, and finishes replacements of folders in which they were killed; as far as possible. */
    static void tidy(FileStore store, Path folder) {
        try {
            for (Path path : hidden(folder)) {
                tidyOne(store, path);
            }
        } catch (IOException e) {
            // What is left stays for the next time; the write at hand is not affected.
        }
    }

    private static void tidyOne(FileStore store, Path path) {
        try {
            Optional<Sibling> sibling = Sibling.of(path);
            if (sibling.isPresent()) {
                tidy(store, sibling.get());
            } else if (OwnerLock.isLockFile(path)) {
                OwnerLock.removeAbandoned(path);
            }
        } catch (IOException e) {
            // Another user's, perhaps; the rest is looked at all the same.
        }
    }

    /** Whether the target is absent because a replacement of it is under way, by a process that lives. */
    static boolean isBeingReplaced(Path target) throws IOException {
        for (Sibling sibling : siblings(target)) {
            if (sibling.old() && Ownership.isOwned(list(sibling.with(TMP)))) {
                return true;
            }
        }
        return false;
    }

    private static Path list(Path folder) {
        return folder.resolve(OutputFolder.LIST);
    }

    /** The folder that a real path stands in. */
    static Path parent(Path target) {
        return Objects.requireNonNull(target.toAbsolutePath().getParent());
    }

    private static List<Path> hidden(Path folder) throws IOException {
        List<Path> hidden = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".*")) {
            all.forEach(hidden::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return hidden;
    }

    private static void tidy(FileStore store, Sibling sibling) throws IOException {
        if (!Files.exists(sibling.path(), LinkOption.NOFOLLOW_LINKS)) {
            return; // gone with its other
        }
        if (sibling.suffix().equals(LOG)) {
            if (!Files.exists(sibling.with(PART))) {
                store.delete(sibling.path());
            }
            return;
        }
        if (sibling.suffix().equals(PART)) {
            Ownership.ifAbandoned(sibling.path(), () -> {
                if (!ResumeLog.isWorthKeeping(sibling.with(LOG))) {
                    removePart(store, sibling.path());
                }
            });
            return;
        }
        if (!sibling.isFolder()) {
            boolean redo = sibling.suffix().equals(REDO) && Files.exists(sibling.target());
            Ownership.ifAbandoned(sibling.path(), () -> {
                if (redo) {
                    LinkedFile.finish(store, sibling.target(), sibling.path());
                } else {
                    store.delete(sibling.path());
                }
            });
            return;
        }
        Path built = sibling.with(TMP);
        Path old = sibling.with(OLD);
        Ownership.Act act = () -> finish(store, sibling.target(), built, old);
        if (Files.exists(list(built))) {
            Ownership.ifAbandoned(list(built), act);
        } else if (!Files.exists(built) && Files.exists(list(sibling.target()))) {
            Ownership.ifAbandoned(list(sibling.target()), act); // the new is in its place already
        } else {
            act.run();
        }
    }

    /** Ends a replacement that stopped somewhere: with the new if it is whole and the old was moved away, else with the old. */
    private static void finish(FileStore store, Path target, Path built, Path old) throws IOException {
        if (!Files.exists(target) && Files.exists(old)) {
            store.move(Files.exists(built) && OutputFolder.isUntouched(built) ? built : old, target);
            store.forceFolder(parent(target));
        }
        OutputFolder.deleteTree(store, built);
        OutputFolder.deleteTree(store, old);
    }
}
