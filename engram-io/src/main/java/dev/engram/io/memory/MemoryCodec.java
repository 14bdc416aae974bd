package dev.engram.io.memory;

import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.AssociativeMemory;
import java.util.List;
import java.util.Map;

/**
 * How memories of one model become tensors and metadata, and back.
 *
 * <p>A new model is one more codec in {@link MemoryFile}.
 *
 * @param <M> the memories it is for
 */
interface MemoryCodec<M extends AssociativeMemory> {
    /** {@link AssociativeMemory#model()} of the memories it is for. */
    String model();

    Class<M> type();

    /** The memory's parameters; the live arrays where there are any. */
    List<NamedTensor> tensors(M memory);

    /** What else defines the memory. */
    Map<String, String> definition(M memory);

    /**
     * The memory in the file.
     *
     * @throws MemoryFileException.Corrupt if anything is missing, or does not agree with the rest
     */
    M read(MemoryEntries entries);
}
