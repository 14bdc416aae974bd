package dev.engram.io;

import dev.engram.memory.AssociativeMemory;
import java.util.List;
import java.util.Map;

/**
 * How memories of one model become tensors and metadata, and back.
 *
 * <p>A new model is one more codec in {@link MemoryFile}.
 */
interface MemoryCodec {
    /** {@link AssociativeMemory#model()} of the memories it is for. */
    String model();

    /**
     * The memory's parameters; the live arrays.
     *
     * @throws IllegalArgumentException if one is not a finite number
     */
    List<Tensor> tensors(AssociativeMemory memory);

    /** What else defines the memory. */
    Map<String, String> definition(AssociativeMemory memory);

    /**
     * The memory in the file.
     *
     * @throws MemoryFileException.Corrupt if anything is missing, or does not agree with the rest
     */
    AssociativeMemory read(MemoryEntries entries);
}
