package dev.engram.io.memory;

import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.AssociativeMemory;
import java.util.List;
import java.util.Map;

/**
 * How memories of one model become tensors and metadata, and back.
 *
 * <p>The library's are listed in {@link MemoryFile}. One's own is found by {@link java.util.ServiceLoader} when its class, public and with a
 * public constructor without arguments, is named in {@code META-INF/services/dev.engram.io.memory.MemoryCodec}.
 *
 * @param <M> the memories it is for
 */
public interface MemoryCodec<M extends AssociativeMemory> {
    /** {@link AssociativeMemory#model()} of the memories it is for. */
    String model();

    /** That of the memories. */
    Class<M> type();

    /** The memory's parameters; the live arrays where there are any. */
    List<NamedTensor> tensors(M memory);

    /** What else defines the memory; by custom under {@code network.}. */
    Map<String, String> definition(M memory);

    /**
     * The memory in the file.
     *
     * @throws MemoryFileException.Corrupt if anything is missing, or does not agree with the rest
     */
    M read(MemoryEntries entries);
}
