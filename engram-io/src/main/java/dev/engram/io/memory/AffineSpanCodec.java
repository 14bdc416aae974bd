package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.memory.baseline.AffineSpan;
import java.util.List;
import java.util.Map;

/** The patterns that span it, in a memory file: {@link PatternsInFile}. All else follows from them. */
final class AffineSpanCodec implements MemoryCodec<AffineSpan> {
    @Override
    public String model() {
        return "affine-span";
    }

    @Override
    public Class<AffineSpan> type() {
        return AffineSpan.class;
    }

    @Override
    public List<NamedTensor> tensors(AffineSpan memory) {
        return PatternsInFile.tensors(memory.originals());
    }

    @Override
    public Map<String, String> definition(AffineSpan memory) {
        return PatternsInFile.definition(memory.originals());
    }

    @Override
    public AffineSpan read(MemoryEntries entries) {
        return new AffineSpan(entries.la(), PatternsInFile.read(entries));
    }
}
