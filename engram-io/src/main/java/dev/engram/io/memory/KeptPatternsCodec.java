package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Writes and reads memories that are their patterns and nothing else: {@link PatternsInFile}. */
record KeptPatternsCodec<M extends AssociativeMemory>(
        String model, Class<M> type, Function<M, Matrix> patterns, BiFunction<LinearAlgebra, Matrix, M> maker)
        implements MemoryCodec<M> {
    @Override
    public List<NamedTensor> tensors(M memory) {
        return PatternsInFile.tensors(patterns.apply(memory));
    }

    @Override
    public Map<String, String> definition(M memory) {
        return PatternsInFile.definition(patterns.apply(memory));
    }

    @Override
    public M read(MemoryEntries entries) {
        return maker.apply(entries.la(), PatternsInFile.read(entries));
    }
}
