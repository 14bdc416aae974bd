package dev.engram.io.memory;

import dev.engram.memory.Shape;
import dev.engram.memory.sequence.SequenceMemory;
import java.util.List;

/**
 * A sequence memory as it stands in a file.
 *
 * @param memory of a model that {@link SequenceFile} knows
 * @param shape of one frame; has as many values as the memory
 * @param lengths how many frames each stored sequence has
 * @param provenance where it came from; its patterns are the frames, its audit is of every frame but the first ones
 */
public record StoredSequences(SequenceMemory memory, Shape shape, List<Integer> lengths, Provenance provenance)
        implements Stored {
    public StoredSequences {
        lengths = List.copyOf(lengths);
        if (shape.values() != memory.values()) {
            throw new IllegalArgumentException("The shape %s has %d values; the memory's frames have %d."
                    .formatted(shape, shape.values(), memory.values()));
        }
    }

    /** The frames of the longest sequence. */
    public int longest() {
        return lengths.stream().mapToInt(l -> l).max().orElse(0);
    }

    /** How many frames have one before them in their sequence. */
    public int transitions() {
        return lengths.stream().mapToInt(l -> l - 1).sum();
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
