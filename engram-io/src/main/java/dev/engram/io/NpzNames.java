package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.numpy.NpyStrings;
import dev.engram.io.numpy.NpzFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The names of patterns in an {@code .npz} file: its entry {@code names}, in which each is unique, or else its entry {@code labels}, classes that
 * several patterns may have. Text or whole numbers, one for each pattern.
 */
final class NpzNames {
    private static final String NAMES = "names";
    private static final String LABELS = "labels";

    private NpzNames() {}

    /**
     * The patterns with the names that the file has for them. An entry that is something else than a name for each is left, with a note.
     *
     * @throws InputException if a name is there twice, or missing
     */
    static RawPatterns named(Path file, RawPatterns patterns) {
        for (String entry : List.of(NAMES, LABELS)) {
            Optional<Optional<List<String>>> found = NpzFile.find(file, entry, NpzNames::names);
            if (found.isPresent()) {
                return found.get()
                        .map(names -> named(file, patterns, entry, names))
                        .orElseGet(() -> patterns.withNote("The entry %s was not used as names.".formatted(entry)));
            }
        }
        return patterns;
    }

    /** None where something else than names is there. */
    private static Optional<List<String>> names(InputStream in, String what, long length) throws IOException {
        try {
            return Optional.of(NpyStrings.read(in, what, length));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    private static RawPatterns named(Path file, RawPatterns patterns, String entry, List<String> all) {
        int count = patterns.values().rows(); // which are the first
        if (all.size() < count) {
            return patterns.withNote("The entry %s holds %d for %s, and was not used as names."
                    .formatted(entry, all.size(), NumberText.count(count, "pattern")));
        }
        List<String> names = all.subList(0, count);
        if (entry.equals(LABELS)) {
            return patterns.withNames(PatternNames.ofLabels(names));
        }
        PatternNames.requireProper(names, "%s (entry %s), number ".formatted(file, entry), 0);
        return patterns.withNames(names);
    }
}
