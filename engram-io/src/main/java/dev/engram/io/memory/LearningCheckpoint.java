package dev.engram.io.memory;

import dev.engram.io.file.FileStore;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.io.file.RealPath;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.LearningState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The checkpoint of a memory's learning: what it is the learning of, and where it stands. It is kept beside the memory to come, under a
 * hidden name ({@link #beside}), and a learning by the same patterns, options and software is resumed from it with the same bits.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code state.NAME}</td><td>a tensor of the {@link LearningState}, F32 or F64, in its shape</td></tr>
 * <tr><td>{@code number.NAME}</td><td>in the metadata: one of its numbers</td></tr>
 * <tr><td>{@code update}</td><td>how many updates were made</td></tr>
 * <tr><td>{@code of.NAME}</td><td>what it is the learning of: options, seed, digest of the patterns, software</td></tr>
 * <tr><td>{@code format}, {@code kind}</td><td>{@code engram-checkpoint}, {@code learning}</td></tr>
 * <tr><td>{@code format_version}, {@code checksum.NAME}, {@code header_checksum}</td><td>see {@link Safetensors}</td></tr>
 * </table>
 *
 * @param of in the order in which differences are told
 */
public record LearningCheckpoint(Map<String, String> of, LearningState state) {
    static final String KIND = "kind";

    private static final String LEARNING = "learning";
    private static final String STATE = "state.";
    private static final String NUMBER = "number.";
    private static final String UPDATE = "update";
    private static final String OF = "of.";

    public LearningCheckpoint {
        of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
    }

    /** Where the checkpoint of the learning of a memory is kept. */
    public static Path beside(Path memory) {
        try {
            Path real = RealPath.of(memory);
            return real.resolveSibling(".%s.engram.checkpoint".formatted(real.getFileName()));
        } catch (IOException e) {
            throw Inputs.unreadable(memory, e);
        }
    }

    /** The first thing in which this is the learning of something else, for example "hidden is 512 there, and 256 here". */
    public Optional<String> difference(Map<String, String> here) {
        return difference(here, name -> true);
    }

    /** The first of those named so that the predicate holds. */
    public Optional<String> difference(Map<String, String> here, Predicate<String> among) {
        Map<String, String> all = new LinkedHashMap<>(here);
        of.forEach(all::putIfAbsent);
        return all.keySet().stream()
                .filter(among)
                .filter(name -> !here.getOrDefault(name, "").equals(of.getOrDefault(name, "")))
                .findFirst()
                .map(name -> "%s is %s there, and %s here"
                        .formatted(name, of.getOrDefault(name, "nothing"), here.getOrDefault(name, "nothing")));
    }

    /**
     * Writes it, all or nothing: until the new one is whole, the one before stays.
     *
     * @throws IllegalArgumentException if a number of the state is not finite
     * @throws OutputException if the file cannot be written
     */
    public void write(FileStore store, Path file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(CheckpointFile.FORMAT, CheckpointFile.FORMAT_NAME);
        metadata.put(KIND, LEARNING);
        metadata.put(UPDATE, String.valueOf(state.update()));
        of.forEach((name, value) -> metadata.put(OF + name, value));
        state.numbers().forEach((name, number) -> metadata.put(NUMBER + name, String.valueOf(number)));
        List<NamedTensor> tensors = new ArrayList<>();
        state.tensors().forEach((name, tensor) -> tensors.add(StateTensors.stored(STATE + name, tensor)));
        Safetensors.write(store, file, tensors, metadata);
    }

    /**
     * Reads a checkpoint and verifies it.
     *
     * @throws MemoryFileException if it is damaged, foreign or too new
     * @throws InputException if there is no such file, or it may not be read
     */
    public static LearningCheckpoint read(Path file) {
        SafetensorsFile content = Safetensors.read(file);
        Map<String, String> metadata = content.metadata();
        if (!CheckpointFile.FORMAT_NAME.equals(metadata.get(CheckpointFile.FORMAT))
                || !LEARNING.equals(metadata.get(KIND))) {
            throw new MemoryFileException.Foreign(
                    "%s is a safetensors file, but not the checkpoint of a learning. Maybe another file was meant."
                            .formatted(file));
        }
        MemoryEntries entries = new MemoryEntries(content, LinearAlgebra.shared());
        return entries.made(() -> read(content, entries));
    }

    private static LearningCheckpoint read(SafetensorsFile content, MemoryEntries entries) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (NamedTensor tensor : content.tensors()) {
            if (!tensor.name().startsWith(STATE)) {
                throw entries.corrupt(
                        "there is a tensor %s that a checkpoint has no place for".formatted(tensor.name()));
            }
            tensors.put(tensor.name().substring(STATE.length()), StateTensors.loaded(tensor, entries));
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        entries.under(NUMBER).keySet().forEach(name -> numbers.put(name, entries.extended(NUMBER + name)));
        return new LearningCheckpoint(entries.under(OF), new LearningState(entries.integer(UPDATE), tensors, numbers));
    }
}
