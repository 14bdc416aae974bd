package dev.engram.io.memory;

import dev.engram.io.table.Columns;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Parts;
import dev.engram.memory.Shape;
import java.util.List;
import java.util.Optional;

/**
 * A memory as it stands in a file: what answers, the shape of what it stores, and where it came from.
 *
 * @param memory of a model that {@link MemoryFile} knows
 * @param shape of one pattern; has as many values as the memory
 * @param catalogue what the patterns are called; empty for memories that name none
 * @param columns of the table that the patterns were the rows of, where they were
 * @param parts of the patterns, where they are several things at once
 */
public record StoredMemory(
        AssociativeMemory memory,
        Shape shape,
        Provenance provenance,
        Catalogue catalogue,
        Optional<Columns> columns,
        Optional<Parts> parts)
        implements Stored {
    public StoredMemory {
        if (shape.values() != memory.values()) {
            throw new IllegalArgumentException("The shape %s has %d values; the memory's patterns have %d."
                    .formatted(shape, shape.values(), memory.values()));
        }
        if (!catalogue.fits(provenance.patterns())) {
            throw new IllegalArgumentException("There are %d names and %d payloads for %d patterns; each needs one."
                    .formatted(catalogue.names().size(), catalogue.payload().size(), provenance.patterns()));
        }
        columns.ifPresent(some -> {
            if (some.values() != memory.values()) {
                throw new IllegalArgumentException("The columns have %d values; the memory's patterns have %d."
                        .formatted(some.values(), memory.values()));
            }
        });
        parts.ifPresent(some -> {
            if (!some.shape().equals(shape)) {
                throw new IllegalArgumentException("The parts %s make patterns of shape %s; the memory's have %s."
                        .formatted(some, some.shape(), shape));
            }
        });
    }

    /** One whose patterns have but their numbers, and were no table. */
    public StoredMemory(AssociativeMemory memory, Shape shape, Provenance provenance) {
        this(memory, shape, provenance, Catalogue.EMPTY, Optional.empty(), Optional.empty());
    }

    /** What is left of it when its patterns have changed: another memory, from another provenance, with other names. */
    public StoredMemory changed(AssociativeMemory other, Provenance from, Catalogue names) {
        return new StoredMemory(other, shape, from, names, columns, parts);
    }

    /** What the patterns are called, in their order; empty where they have no names. */
    public List<String> names() {
        return catalogue.names();
    }

    /** Whether the memory says which of its patterns a cue is, so that names have a meaning. */
    public static boolean namesPatterns(AssociativeMemory memory) {
        return memory.identifier().isPresent();
    }

    @Override
    public String model() {
        return memory.model();
    }

    @Override
    public long bytes() {
        return memory.bytes();
    }
}
