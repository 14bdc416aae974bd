package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.numpy.OpenArray;
import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import dev.engram.memory.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Patterns that stay in their file, which is read from its beginning at every visit and never held in memory as a whole. The first visit of all
 * checks what {@link PatternReader#read} checks, with the same messages, and makes the digest and the notes; later ones may begin anywhere. Not
 * for several threads.
 */
public final class PatternFile implements PatternSource, PatternBlocks {
    private final Path file;
    private final ArrayFormat format;
    private final int count;
    private final Shape shape;
    private final Version version;
    private final ReadOptions.Missing missing;
    private final NpzNames.Found named;
    private Optional<Checked> checked = Optional.empty();

    private PatternFile(
            Path file,
            ArrayFormat format,
            int count,
            Shape shape,
            Version version,
            ReadOptions.Missing missing,
            NpzNames.Found named) {
        this.file = file;
        this.format = format;
        this.count = count;
        this.shape = shape;
        this.version = version;
        this.missing = missing;
        this.named = named;
    }

    /** The first rows of an array, if they lie one after the other in the file. */
    static Optional<PatternFile> of(Path file, ArrayFormat format, ReadOptions options) {
        Version version = Version.of(file);
        return format.open(file, options.rows(), array -> {
            if (!array.isInRows()) {
                return Optional.empty();
            }
            int[] all = array.shape();
            Shape one = RawPatterns.shapeOf(file.toString(), all);
            return Optional.of(
                    new PatternFile(file, format, all[0], one, version, options.missing(), NpzNames.Found.NOTHING));
        });
    }

    PatternFile with(NpzNames.Found found) {
        return new PatternFile(file, format, count, shape, version, missing, found);
    }

    /** By what a file that was changed is known. */
    private record Version(long size, FileTime modified) {
        static Version of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(attributes.size(), attributes.lastModifiedTime());
            } catch (IOException e) {
                throw Inputs.unreadable(file, e);
            }
        }
    }

    /** What the first visit finds. */
    private record Checked(String digest, List<String> notes, Spread spread) {}

    @Override
    public int count() {
        return count;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public int values() {
        return shape.values();
    }

    /** Whether all was visited, so that digest, notes and spread are known. */
    public boolean isRead() {
        return checked.isPresent();
    }

    @Override
    public String digest() {
        return checked().digest;
    }

    @Override
    public List<String> notes() {
        return Stream.concat(checked().notes.stream(), named.note().stream()).toList();
    }

    @Override
    public List<String> names() {
        return named.names().orElseGet(() -> new Indices(count));
    }

    @Override
    public boolean isNamed() {
        return named.names().filter(names -> !names.equals(new Indices(count))).isPresent();
    }

    /** The names of patterns that have none, made when they are asked for. */
    private static final class Indices extends AbstractList<String> {
        private final int count;

        Indices(int count) {
            this.count = count;
        }

        @Override
        public String get(int index) {
            return String.valueOf(Objects.checkIndex(index, count));
        }

        @Override
        public int size() {
            return count;
        }
    }

    /** Of patterns that lack nothing; nobody asks for that of cues, and it would take a third of the time of reading them. */
    @Override
    public Spread spread() {
        if (missing == ReadOptions.Missing.KEPT) {
            throw new IllegalStateException("The spread of %s, which may lack values, was not taken.".formatted(file));
        }
        return checked().spread;
    }

    private Checked checked() {
        return checked.orElseThrow(
                () -> new IllegalStateException("The patterns of %s were not all visited yet.".formatted(file)));
    }

    /**
     * Visits all patterns in order.
     *
     * @throws InputException if they cannot be used, or the file is not the one it was
     */
    @Override
    public void forEach(Consumer<Matrix> visitor) {
        forEach(0, PatternBlocks.rowsFor(values()), visitor);
    }

    /**
     * Visits the patterns in order from the given one to the last, some together; from the first where they were not visited yet.
     *
     * @throws InputException if they cannot be used, or the file is not the one it was
     */
    public void forEach(int first, int together, Consumer<Matrix> visitor) {
        if (first > 0) {
            checked();
        }
        requireUnchanged();
        Checked now = format.open(file, count, array -> visit(array, first, together, visitor));
        requireUnchanged();
        checked = Optional.of(now);
    }

    private Checked visit(OpenArray array, int first, int together, Consumer<Matrix> visitor) throws IOException {
        PatternDigest digest = new PatternDigest(shape, count);
        ValueRange range = new ValueRange();
        Spread spread = new Spread(values());
        if (first > 0) {
            array.skip(first);
        }
        for (int from = first; from < count; from += together) {
            int rows = Math.min(together, count - from);
            Matrix block = Matrix.wrap(rows, values(), array.next(rows));
            range.add(array.type(), block.data());
            RawPatterns.requireFinite(file.toString(), block, from, names()::get, missing);
            if (checked.isEmpty()) {
                digest.add(block);
                if (missing == ReadOptions.Missing.REFUSED) {
                    spread.add(block);
                }
            }
            visitor.accept(block);
        }
        return checked.orElseGet(() -> new Checked(digest.hex(), range.notes(), spread));
    }

    /** Whether the file is still the one it was, by size and time. */
    public boolean isUnchanged() {
        try {
            return Version.of(file).equals(version);
        } catch (InputException e) {
            return false; // it is gone
        }
    }

    /** @throws InputException if the file is not the one it was */
    public void requireUnchanged() {
        if (!Version.of(file).equals(version)) {
            throw new InputException(
                    "%s changed while it was read. Maybe start again when nothing writes to it any more."
                            .formatted(file));
        }
    }
}
