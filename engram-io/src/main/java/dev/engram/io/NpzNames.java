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
     * What the file says of names.
     *
     * @param names one for each pattern, where it has some
     * @param note what the user should be told of an entry that was left
     */
    record Found(Optional<List<String>> names, Optional<String> note) {
        static final Found NOTHING = new Found(Optional.empty(), Optional.empty());

        private static Found left(String note) {
            return new Found(Optional.empty(), Optional.of(note));
        }
    }

    /**
     * The names that the file has for its first patterns. An entry that is something else than a name for each is left, with a note.
     *
     * @throws InputException if a name is there twice, or missing
     */
    static Found of(Path file, int count) {
        for (String entry : List.of(NAMES, LABELS)) {
            Optional<Optional<List<String>>> found = NpzFile.find(file, entry, NpzNames::names);
            if (found.isPresent()) {
                return found.get()
                        .map(names -> of(file, count, entry, names))
                        .orElseGet(() -> Found.left("The entry %s was not used as names.".formatted(entry)));
            }
        }
        return Found.NOTHING;
    }

    /** None where something else than names is there. */
    private static Optional<List<String>> names(InputStream in, String what, long length) throws IOException {
        try {
            return Optional.of(NpyStrings.read(in, what, length));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    private static Found of(Path file, int count, String entry, List<String> all) {
        if (all.size() < count) {
            return Found.left("The entry %s holds %d for %s, and was not used as names."
                    .formatted(entry, all.size(), NumberText.count(count, "pattern")));
        }
        List<String> names = all.subList(0, count);
        if (entry.equals(LABELS)) {
            return new Found(Optional.of(PatternNames.ofLabels(names)), Optional.empty());
        }
        PatternNames.requireProper(names, "%s (entry %s), number ".formatted(file, entry), 0);
        return new Found(Optional.of(names), Optional.empty());
    }
}
