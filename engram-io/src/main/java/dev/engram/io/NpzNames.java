package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.numpy.NpyStrings;
import dev.engram.io.numpy.NpzFile;
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
            Optional<List<String>> found;
            try {
                found = NpzFile.find(file, entry, NpyStrings::read);
            } catch (InputException e) {
                return patterns.withNote("The entry %s was not used as names.".formatted(entry));
            }
            if (found.isPresent()) {
                return named(file, patterns, entry, found.get());
            }
        }
        return patterns;
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
