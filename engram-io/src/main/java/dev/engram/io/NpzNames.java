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
     * The patterns with the names that the file has for them.
     *
     * @throws InputException if it has another number of names than of patterns, or a name twice
     */
    static RawPatterns named(Path file, RawPatterns patterns) {
        Optional<List<String>> names = entry(file, NAMES, patterns.values().rows());
        if (names.isPresent()) {
            PatternNames.requireProper(names.get(), "%s (entry %s), number ".formatted(file, NAMES), 0);
            return patterns.withNames(names.get());
        }
        return entry(file, LABELS, patterns.values().rows())
                .map(labels -> patterns.withNames(PatternNames.ofLabels(labels)))
                .orElse(patterns);
    }

    /** @param count of patterns that were read, which are the first */
    private static Optional<List<String>> entry(Path file, String name, int count) {
        return NpzFile.find(file, name, NpyStrings::read).map(all -> {
            if (all.size() < count) {
                throw new InputException("%s (entry %s) holds %d for %s; each pattern needs one."
                        .formatted(file, name, all.size(), NumberText.count(count, "pattern")));
            }
            return all.subList(0, count);
        });
    }
}
