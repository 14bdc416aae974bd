package dev.engram.io.memory;

import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Activations;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of sequence memories: one safetensors file, as {@link MemoryFile} is, of the format {@code engram-sequence}.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code transition.weight} [d, d], model {@code tpc}</td><td>W, frame to frame</td></tr>
 * <tr><td>{@code transition.weight} [n, n], model {@code tpc-hidden}</td><td>H, state to state</td></tr>
 * <tr><td>{@code emission.weight} [d, n], {@code memory} [n], model {@code tpc-hidden}</td><td>W, state to frame, and b</td></tr>
 * <tr><td>{@code NAME.basis} [r, out], {@code NAME.factor} [r, in]</td><td>instead of {@code NAME.weight} where it is kept in a span:
 * weight = basisᵀ factor</td></tr>
 * <tr><td>{@code network.activation}, {@code network.hidden}, {@code network.span}</td><td>f; n (0 for {@code tpc}); r, or 0</td></tr>
 * <tr><td>{@code network.prior_precision}</td><td>λ, of {@code tpc-hidden}</td></tr>
 * <tr><td>{@code sequence.lengths}</td><td>frames of each sequence</td></tr>
 * </table>
 *
 * <p>The rest is as in {@link MemoryFile}.
 */
public final class SequenceFile {
    private static final String FORMAT_NAME = "engram-sequence";
    private static final String DIRECT = "tpc";
    private static final String WITH_HIDDEN = "tpc-hidden";
    private static final String TRANSITION = "transition";
    private static final String EMISSION = "emission";
    private static final String MEMORY_VECTOR = "memory";
    private static final String ACTIVATION = "network.activation";
    private static final String HIDDEN = "network.hidden";
    private static final String PRIOR_PRECISION = "network.prior_precision";
    private static final String LENGTHS = "sequence.lengths";

    private SequenceFile() {}

    /**
     * Writes a memory, all or nothing. The same memory makes the same bytes.
     *
     * @throws IllegalArgumentException if weights are not finite, or the model is not one that is written
     * @throws OutputException if the file cannot be written
     */
    public static void write(Path file, StoredSequences stored) {
        SequenceMemory memory = stored.memory();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(MemoryFile.FORMAT, FORMAT_NAME);
        metadata.put(MemoryFile.MODEL, memory.model());
        List<NamedTensor> tensors = new ArrayList<>();
        if (memory instanceof TemporalMemory direct) {
            metadata.put(ACTIVATION, Activations.wordInFiles(direct.activation()));
            metadata.put(HIDDEN, "0");
            metadata.put(LinearMapInFile.SPAN, LinearMapInFile.span(direct.weights()));
            tensors.addAll(LinearMapInFile.tensors(TRANSITION, direct.weights()));
        } else if (memory instanceof HiddenTemporalMemory hidden) {
            GenerativeNetwork network = hidden.network();
            metadata.put(ACTIVATION, Activations.wordInFiles(network.activation()));
            metadata.put(HIDDEN, String.valueOf(network.size(1)));
            metadata.put(PRIOR_PRECISION, String.valueOf(network.priorPrecision()));
            metadata.put(LinearMapInFile.SPAN, LinearMapInFile.span(network.map(1)));
            tensors.addAll(LinearMapInFile.tensors(EMISSION, network.map(1)));
            tensors.add(
                    NamedTensor.of(TRANSITION + ".weight", hidden.transition().matrix(LinearAlgebra.shared())));
            tensors.add(NamedTensor.of(MEMORY_VECTOR, Matrix.wrap(1, network.size(1), network.memoryVector())));
        } else {
            throw new IllegalArgumentException(
                    "Sequence memories of the model %s are not written to files.".formatted(memory.model()));
        }
        metadata.put(LENGTHS, MemoryFile.numbers(stored.lengths()));
        MemoryFile.describe(stored.shape(), stored.provenance(), metadata);
        tensors.forEach(MemoryFile::requireFinite);
        Safetensors.write(file, tensors, metadata);
    }

    /**
     * Reads a memory and verifies it: every checksum, that all parts fit together, that every weight is finite.
     *
     * @param la what the memory computes with
     * @throws MemoryFileException if it is damaged, foreign or too new
     * @throws InputException if there is no such file, or it may not be read
     */
    public static StoredSequences read(Path file, LinearAlgebra la) {
        return read(file, Safetensors.read(file), la);
    }

    /** {@link #read(Path, LinearAlgebra)} with the shared linear algebra. */
    public static StoredSequences read(Path file) {
        return read(file, LinearAlgebra.shared());
    }

    static boolean isIn(SafetensorsFile content) {
        return FORMAT_NAME.equals(content.metadata().get(MemoryFile.FORMAT));
    }

    static StoredSequences read(Path file, SafetensorsFile content, LinearAlgebra la) {
        if (!isIn(content)) {
            throw new MemoryFileException.Foreign(
                    "%s does not hold sequences. Maybe it is a memory of patterns, or another file was meant."
                            .formatted(file));
        }
        MemoryEntries entries = new MemoryEntries(content, la);
        return entries.made(() -> read(file, entries));
    }

    private static StoredSequences read(Path file, MemoryEntries entries) {
        Provenance provenance = MemoryFile.provenance(entries);
        List<Integer> lengths = entries.sizes(LENGTHS);
        if (lengths.stream().mapToLong(l -> l).sum() != provenance.patterns()) {
            throw entries.corrupt("its sequences of %s frames are not the %d frames it has"
                    .formatted(lengths, provenance.patterns()));
        }
        int values = MemoryFile.product(entries.sizes(MemoryFile.SHAPE));
        SequenceMemory memory = memory(file, entries, values);
        return new StoredSequences(memory, MemoryFile.shape(entries, memory.values()), lengths, provenance);
    }

    private static SequenceMemory memory(Path file, MemoryEntries entries, int values) {
        Activation activation = entries.activation(ACTIVATION);
        LinearAlgebra la = entries.la();
        int n = entries.integer(HIDDEN, 0, Integer.MAX_VALUE);
        int span = entries.integer(LinearMapInFile.SPAN);
        List<String> names = new ArrayList<>();
        String model = entries.text(MemoryFile.MODEL);
        SequenceMemory memory =
                switch (model) {
                    case DIRECT ->
                        TemporalMemory.of(
                                activation, LinearMapInFile.read(TRANSITION, span, values, values, entries, names), la);
                    case WITH_HIDDEN -> {
                        LinearMap emission = LinearMapInFile.read(EMISSION, span, values, n, entries, names);
                        names.addAll(List.of(TRANSITION + ".weight", MEMORY_VECTOR));
                        Matrix transition = entries.matrix(TRANSITION + ".weight", n, n);
                        float[] b = entries.finite(MEMORY_VECTOR, 1, n);
                        double priorPrecision = entries.number(PRIOR_PRECISION);
                        yield HiddenTemporalMemory.of(
                                GenerativeNetwork.ofMaps(activation, List.of(emission), b, priorPrecision),
                                new LinearMap.Dense(transition),
                                la);
                    }
                    default ->
                        throw new MemoryFileException.TooNew(
                                "%s holds sequences in a memory of the model %s, which this Engram does not know. Maybe update Engram."
                                        .formatted(file, model));
                };
        entries.requireTensors(names);
        return memory;
    }
}
