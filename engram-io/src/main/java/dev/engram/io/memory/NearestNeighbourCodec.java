package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.List;
import java.util.Map;

/** The originals in a memory file: {@link PatternsInFile}. */
final class NearestNeighbourCodec implements MemoryCodec<NearestNeighbour> {
    @Override
    public String model() {
        return "nearest-neighbour";
    }

    @Override
    public Class<NearestNeighbour> type() {
        return NearestNeighbour.class;
    }

    @Override
    public List<NamedTensor> tensors(NearestNeighbour memory) {
        return PatternsInFile.tensors(memory.originals());
    }

    @Override
    public Map<String, String> definition(NearestNeighbour memory) {
        return PatternsInFile.definition(memory.originals());
    }

    @Override
    public NearestNeighbour read(MemoryEntries entries) {
        return new NearestNeighbour(entries.la(), PatternsInFile.read(entries));
    }
}
