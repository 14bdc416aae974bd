package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Parts;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Patterns that are several things at once: options of the commands that learn them, and of those that show some of their parts to a memory. */
public final class PartOptions {
    private static final String FIRST = "pattern";

    @Option(
            names = "--with",
            paramLabel = "NAME=FILE",
            description =
                    "A further part of each pattern, for example label=labels.npy, read as the first is; may be given"
                            + " several times. A memory of such patterns completes each part from the others.")
    private List<String> with = List.of();

    @Option(
            names = "--part",
            paramLabel = "NAME",
            description = "What the part is called that is given without a name (default: " + FIRST
                    + " when it is learned, the memory's first part after that).")
    private Optional<String> part = Optional.empty();

    /** The files to be read. */
    public Path[] files() {
        return further().values().toArray(Path[]::new);
    }

    private Map<String, Path> further() {
        Map<String, Path> further = new LinkedHashMap<>();
        for (String given : with) {
            int equals = given.indexOf('=');
            if (equals < 1 || equals == given.length() - 1) {
                throw CommandException.wrongUsage(
                        "--with %s is no part: NAME=FILE was expected. Maybe --with label=labels.npy."
                                .formatted(given));
            }
            String name = given.substring(0, equals);
            if (further.put(name, Path.of(given.substring(equals + 1))) != null) {
                throw CommandException.wrongUsage(
                        "The part %s is given twice, by --with. Maybe give one of them another name.".formatted(name));
            }
        }
        return further;
    }

    /**
     * Patterns of several parts, where they are to be learned.
     *
     * @throws CommandException (wrong usage) if a part was named and none is given
     */
    public boolean areToBeLearned() {
        if (with.isEmpty() && part.isPresent()) {
            throw CommandException.wrongUsage(
                    "--part %s has no meaning for patterns that are one thing each. Maybe add --with NAME=FILE."
                            .formatted(part.get()));
        }
        return areGiven();
    }

    private boolean areGiven() {
        return !with.isEmpty();
    }

    /** Patterns of several parts. */
    public record Joined(PatternSet set, Parts parts) {}

    /**
     * Patterns whose further parts are in files of their own.
     *
     * @param first the part that was given without a name
     * @throws CommandException if a file does not hold one for each pattern
     */
    public Joined join(ReadingOptions reading, PatternSet first) {
        requireNoTable(first, "PATTERNS");
        String called = part.orElse(FIRST);
        try {
            Parts parts = Parts.of(called, first.shape());
            List<Matrix> values = new ArrayList<>(List.of(first.patterns()));
            List<String> notes = new ArrayList<>(first.notes());
            for (Map.Entry<String, Path> further : further().entrySet()) {
                PatternSet set = reading.readFurther(further.getValue());
                set.notes().forEach(note -> notes.add("%s: %s".formatted(further.getKey(), note)));
                requireFits(further.getValue(), set, first.count());
                parts = parts.and(further.getKey(), set.shape());
                values.add(set.patterns());
            }
            Matrix joined = parts.join(values.toArray(Matrix[]::new));
            return new Joined(PatternSet.of(joined, parts.shape(), first.names(), notes), parts);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    /** What is shown to a memory, as {@link ReadingOptions#readCuesInBlocks}; of patterns of several parts in memory. */
    public PatternSource readCuesInBlocks(ReadingOptions reading, Path path, StoredMemory stored) {
        return stored.parts().isPresent() || areGiven() || part.isPresent()
                ? readCues(reading, path, stored)
                : reading.readCuesInBlocks(path, stored);
    }

    /** What is shown to a memory, as {@link ReadingOptions#readCues}; parts that are not given are missing, which is NaN. */
    public PatternSet readCues(ReadingOptions reading, Path path, StoredMemory stored) {
        if (stored.parts().isEmpty()) {
            if (areGiven() || part.isPresent()) {
                throw CommandException.wrongUsage(
                        "The memory's patterns are one thing each and have no parts. Maybe leave out %s, or learn it again with --with."
                                .formatted(areGiven() ? "--with" : "--part"));
            }
            return reading.readCues(path, stored);
        }
        Parts parts = stored.parts().get();
        PatternSet first = readPart(reading, path, stored, shown(parts));
        Matrix cues = parts.cues(shown(parts), first.patterns());
        List<String> notes = new ArrayList<>(first.notes());
        for (Map.Entry<String, Path> further : further().entrySet()) {
            String name = known(parts, further.getKey());
            if (name.equals(shown(parts))) {
                throw CommandException.wrongUsage(
                        "The part %s is given twice, by %s and by %s. Maybe say with --part which part %s is."
                                .formatted(name, path, further.getValue(), path));
            }
            PatternSet set = readPart(reading, further.getValue(), stored, name);
            requireFits(further.getValue(), set, first.count());
            set.notes().forEach(note -> notes.add("%s: %s".formatted(name, note)));
            parts.put(name, set.patterns(), cues);
        }
        return PatternSet.of(cues, parts.shape(), first.names(), notes);
    }

    private static PatternSet readPart(ReadingOptions reading, Path path, StoredMemory stored, String name) {
        Shape shape = stored.parts().orElseThrow().shape(name);
        PatternSet set = reading.readCues(path, stored, shape);
        requireNoTable(set, path.toString());
        if (set.patterns().columns() != shape.values()) {
            throw CommandException.unusableInput(
                    "%s has patterns of shape %s; the memory's part %s has shape %s. Maybe another part was meant (--part): %s."
                            .formatted(
                                    path,
                                    set.shape(),
                                    name,
                                    shape,
                                    stored.parts().orElseThrow()));
        }
        return set;
    }

    /**
     * What is known of cues: of the part that is given without a name what the mask says, and the further parts.
     *
     * @param ofPart of that part; of the whole pattern where it has no parts
     */
    public Mask known(StoredMemory stored, Mask ofPart) {
        return stored.parts()
                .map(parts -> parts.known(shown(parts), ofPart)
                        .or(parts.known(further().keySet().toArray(String[]::new))))
                .orElse(ofPart);
    }

    /** The shape of what is given without a name. */
    public Shape shape(StoredMemory stored) {
        return stored.parts().map(parts -> parts.shape(shown(parts))).orElseGet(stored::shape);
    }

    /** The part that is given without a name. */
    private String shown(Parts parts) {
        return part.map(name -> known(parts, name))
                .orElseGet(() -> parts.names().get(0));
    }

    /** The name of a part there is. */
    public static String known(Parts parts, String name) {
        try {
            parts.shape(name);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(String.valueOf(e.getMessage()));
        }
        return name;
    }

    private static void requireFits(Path path, PatternSet set, int count) {
        requireNoTable(set, path.toString());
        if (set.count() != count) {
            throw CommandException.unusableInput(
                    "%s holds %s, the first part %d; each pattern needs one of either. Maybe use --limit."
                            .formatted(path, NumberText.count(set.count(), "pattern"), count));
        }
    }

    private static void requireNoTable(PatternSet set, String what) {
        if (set.table().isPresent()) {
            throw CommandException.wrongUsage(
                    "%s is a table, whose columns are parts already; --with is for arrays and pictures. Maybe put all of it into one table."
                            .formatted(what));
        }
    }
}
