package dev.engram.cli.memory;

import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.hopfield.ModernHopfield;
import java.util.Optional;
import java.util.stream.IntStream;

/** The patterns of a memory: themselves where they are kept, else as the memory knows them. */
final class KeptPatterns {
    private KeptPatterns() {}

    /** [patterns, values]; empty for a memory that cannot list what it holds. */
    static Optional<Matrix> of(AssociativeMemory memory) {
        if (memory instanceof NearestNeighbour nearest) {
            return Optional.of(nearest.originals());
        }
        if (memory instanceof ModernHopfield hopfield) {
            return Optional.of(hopfield.patterns());
        }
        if (memory instanceof AffineSpan span) {
            return Optional.of(span.originals());
        }
        Optional<Matrix> originals =
                memory instanceof AttractorMemory attractors ? attractors.originals() : Optional.empty();
        return originals.or(() -> memory.identifier()
                .map(i -> i.pattern(IntStream.range(0, i.patterns()).toArray())));
    }
}
