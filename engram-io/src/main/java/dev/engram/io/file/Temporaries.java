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
 * its end. What killed runs left is recognised by name and by an owner that is dead.
 */
final class Temporaries {
    private static final Pattern NAME = Pattern.compile("\\.(.+)\\.([0-9a-f]{8})\\.engram\\.(tmp|old)", Pattern.DOTALL);
    private static final int RANDOM = 8;
    private static final String OLD = "old";

    private Temporaries() {}

    /** A hidden sibling. */
    private record Sibling(Path path, Path target, String random, boolean old) {
        static Optional<Sibling> of(Path path) {
            Matcher name = NAME.matcher(String.valueOf(path.getFileName()));
            return name.matches()
                    ? Optional.of(new Sibling(
                            path, path.resolveSibling(name.group(1)), name.group(2), OLD.equals(name.group(3))))
                    : Optional.empty();
        }

        boolean isFolder() {
            return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        }

        Path other() {
            return named(target, random, old ? "tmp" : OLD);
        }
    }

    /** A new name beside the target, to build the new at. */
    static Path beside(Path target) {
        return named(target, UUID.randomUUID().toString().substring(0, RANDOM), "tmp");
    }

    /** Where the old folder goes while the one built at the temporary name takes its place. */
    static Path oldFor(Path temporary) {
        return Sibling.of(temporary).orElseThrow().other();
    }

    private static Path named(Path target, String random, String suffix) {
        return target.resolveSibling(".%s.%s.engram.%s".formatted(target.getFileName(), random, suffix));
    }

    /** Removes what killed runs left in the folder, and finishes replacements of folders in which they were killed; as far as possible. */
    static void tidy(FileStore store, Path folder) {
        try {
            for (Path path : hidden(folder)) {
                Optional<Sibling> sibling = Sibling.of(path);
                if (sibling.isPresent()) {
                    tidy(store, sibling.get());
                } else if (OwnerLock.isLockFile(path)) {
                    OwnerLock.removeAbandoned(path);
                }
            }
        } catch (IOException e) {
            // What is left stays for the next time; the write at hand is not affected.
        }
    }

    /** Whether the target is absent because a replacement of it is under way, by a process that lives. */
    static boolean isBeingReplaced(Path target) throws IOException {
        for (Path path : hidden(parent(target))) {
            Optional<Sibling> sibling = Sibling.of(path)
                    .filter(s -> s.old()
                            && String.valueOf(s.target().getFileName()).equals(String.valueOf(target.getFileName())));
            if (sibling.isPresent() && Ownership.isOwned(list(sibling.get().other()))) {
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
        if (!sibling.isFolder()) {
            Ownership.ifAbandoned(sibling.path(), () -> store.delete(sibling.path()));
            return;
        }
        Path built = sibling.old() ? sibling.other() : sibling.path();
        Path old = sibling.old() ? sibling.path() : sibling.other();
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
