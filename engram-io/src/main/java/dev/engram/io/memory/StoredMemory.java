package dev.engram.io.memory;

import dev.engram.io.table.Columns;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Shape;
import java.util.Optional;

/**
 * A memory as it stands in a file: what answers, the shape of what it stores, and where it came from.
 *
 * @param memory of a model that {@link MemoryFile} knows
 * @param shape of one pattern; has as many values as the memory
 * @param columns of the table that the patterns were the rows of, where they were
 */
public record StoredMemory(AssociativeMemory memory, Shape shape, Provenance provenance, Optional<Columns> columns)
        implements Stored {
    public StoredMemory {
        if (shape.values() != memory.values()) {
            throw new IllegalArgumentException("The shape %s has %d values; the memory's patterns have %d."
                    .formatted(shape, shape.values(), memory.values()));
        }
        columns.ifPresent(some -> {
            if (some.values() != memory.values()) {
                throw new IllegalArgumentException("The columns have %d values; the memory's patterns have %d."
                        .formatted(some.values(), memory.values()));
            }
        });
    }

    /** Of patterns that were no table. */
    public StoredMemory(AssociativeMemory memory, Shape shape, Provenance provenance) {
        this(memory, shape, provenance, Optional.empty());
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
