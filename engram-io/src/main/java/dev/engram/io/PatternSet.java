package dev.engram.io;

import dev.engram.io.file.Digests;
import dev.engram.io.table.Table;
import dev.engram.io.table.TableContent;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import dev.engram.memory.Spread;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Patterns as they were read: the values, their shape, their names, and a digest that says which data they are.
 *
 * @param patterns {@code [patterns, values]}; values in [0, 1] where the source held bytes, else as they were
 * @param shape the shape of one pattern
 * @param names one per pattern: the file's name, or the index
 * @param digest {@link PatternDigest}
 * @param notes what the user should be told, one sentence each, for example "12 of 40 pictures were resized to 64x64."
 * @param table of the patterns, where they were the rows of one
 */
public record PatternSet(
        Matrix patterns, Shape shape, List<String> names, String digest, List<String> notes, Optional<Table> table)
        implements PatternSource {
    public PatternSet {
        names = List.copyOf(names);
        notes = List.copyOf(notes);
        if (patterns.columns() != shape.values()) {
            throw new IllegalArgumentException("The patterns have %d values each; the shape %s has %d."
                    .formatted(patterns.columns(), shape, shape.values()));
        }
        if (names.size() != patterns.rows()) {
            throw new IllegalArgumentException("There are %d names for %d patterns; each pattern needs one."
                    .formatted(names.size(), patterns.rows()));
        }
        if (digest.length() != Digests.LENGTH) {
            throw new IllegalArgumentException(
                    "The digest \"%s\" must have %d hexadecimal digits.".formatted(digest, Digests.LENGTH));
        }
    }

    /** Patterns that were no table. */
    public PatternSet(Matrix patterns, Shape shape, List<String> names, String digest, List<String> notes) {
        this(patterns, shape, names, digest, notes, Optional.empty());
    }

    /** The set with its digest computed. */
    public static PatternSet of(Matrix patterns, Shape shape, List<String> names, List<String> notes) {
        PatternDigest digest = new PatternDigest(shape, patterns.rows());
        digest.add(patterns);
        return new PatternSet(patterns, shape, names, digest.hex(), notes);
    }

    /** The rows of a table. */
    static PatternSet of(TableContent content) {
        Shape shape = Shape.of(content.values().columns());
        PatternSet set = of(content.values(), shape, content.names(), content.notes());
        return new PatternSet(set.patterns, shape, set.names, set.digest, set.notes, Optional.of(content.table()));
    }

    /** The same with other values. */
    public PatternSet with(Matrix values) {
        return new PatternSet(values, shape, names, digest, notes, table);
    }

    @Override
    public Spread spread() {
        return Spread.of(patterns);
    }

    @Override
    public int count() {
        return patterns.rows();
    }

    /** The same patterns with other names, one for each. */
    public PatternSet withNames(List<String> others) {
        return new PatternSet(patterns, shape, others, digest, notes);
    }

    @Override
    public boolean isNamed() {
        return !names.equals(indexNames(count()));
    }

    /** The names, each once: of equal ones the later with a number behind. Empty where they are but the indices. */
    public List<String> uniqueNames() {
        return isNamed() ? PatternNames.unique(names) : List.of();
    }

    /** The names of patterns that have none: their indices. */
    public static List<String> indexNames(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }
}
