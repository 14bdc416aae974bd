package dev.engram.io.memory;

import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Shape;

/**
 * A memory as it stands in a file: what answers, the shape of what it stores, and where it came from.
 *
 * @param memory of a model that {@link MemoryFile} knows
 * @param shape of one pattern; has as many values as the memory
 */
public record StoredMemory(AssociativeMemory memory, Shape shape, Provenance provenance) implements Stored {
    public StoredMemory {
        if (shape.values() != memory.values()) {
            throw new IllegalArgumentException("The shape %s has %d values; the memory's patterns have %d."
                    .formatted(shape, shape.values(), memory.values()));
        }
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
