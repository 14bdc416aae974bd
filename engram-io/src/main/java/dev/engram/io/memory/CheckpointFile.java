package dev.engram.io.memory;

import dev.engram.graph.training.TrainingState;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.file.OutputException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.OptimiserState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Checkpoints: one safetensors file that holds the training of a computation graph whole, so that it can be resumed and
 * gives the same bits. The learning of a memory has its own, {@link LearningCheckpoint}.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code parameters.NAME}</td><td>a parameter, F32 or F64, in its shape</td></tr>
 * <tr><td>{@code optimiser.NAME.i}</td><td>the i-th running average of that parameter's optimiser, in the same shape</td></tr>
 * <tr><td>{@code updates.NAME}, {@code averages.NAME}</td><td>in the metadata: how many updates it had, how many averages it has</td></tr>
 * <tr><td>{@code epoch}, {@code batch}, {@code seed}</td><td>{@link TrainingState}</td></tr>
 * <tr><td>{@code format}</td><td>{@code engram-checkpoint}</td></tr>
 * <tr><td>{@code format_version}, {@code checksum.NAME}, {@code header_checksum}</td><td>see {@link Safetensors}</td></tr>
 * </table>
 */
public final class CheckpointFile {
    static final String FORMAT = "format";
    static final String FORMAT_NAME = "engram-checkpoint";
    private static final String PARAMETER = "parameters.";
    private static final String OPTIMISER = "optimiser.";
    private static final String UPDATES = "updates.";
    private static final String AVERAGES = "averages.";

    private CheckpointFile() {}

    /**
     * Writes a checkpoint, all or nothing: until the new one is whole, the one before stays. The same state makes the same bytes.
     *
     * @throws IllegalArgumentException if a number is not finite, or the optimiser's state is not of these parameters
     * @throws OutputException if the file cannot be written
     */
    public static void write(Path file, TrainingState state) {
        write(FileStore.REAL, file, state);
    }

    /** {@link #write(Path, TrainingState)} to a storage of another kind. */
    public static void write(FileStore store, Path file, TrainingState state) {
        if (!state.optimiser().keySet().equals(state.parameters().keySet())) {
            throw new IllegalArgumentException(
                    "The training state has parameters %s, and its optimiser remembers %s; they must agree."
                            .formatted(
                                    state.parameters().keySet(),
                                    state.optimiser().keySet()));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, FORMAT_NAME);
        metadata.put("epoch", String.valueOf(state.epoch()));
        metadata.put("batch", String.valueOf(state.batch()));
        metadata.put("seed", String.valueOf(state.seed()));
        List<NamedTensor> tensors = new ArrayList<>();
        new TreeMap<>(state.parameters())
                .forEach((name, parameter) -> tensors.add(StateTensors.stored(PARAMETER + name, parameter)));
        new TreeMap<>(state.optimiser()).forEach((name, remembered) -> {
            metadata.put(UPDATES + name, String.valueOf(remembered.updates()));
            metadata.put(AVERAGES + name, String.valueOf(remembered.averages().size()));
            for (int i = 0; i < remembered.averages().size(); i++) {
                tensors.add(StateTensors.stored(
                        average(name, i), remembered.averages().get(i)));
            }
        });
        Safetensors.write(store, file, tensors, metadata);
    }

    private static String average(String name, int index) {
        return "%s%s.%d".formatted(OPTIMISER, name, index);
    }

    /**
     * Reads a checkpoint and verifies it: every checksum, that all parts fit together, that every number is finite.
     *
     * @throws MemoryFileException if it is damaged, foreign or too new
     * @throws InputException if there is no such file, or it may not be read
     */
    public static TrainingState read(Path file) {
        SafetensorsFile content = Safetensors.read(file);
        if (!FORMAT_NAME.equals(content.metadata().get(FORMAT))
                || content.metadata().containsKey(LearningCheckpoint.KIND)) {
            throw new MemoryFileException.Foreign(
                    "%s is a safetensors file, but not the checkpoint of a graph's training. Maybe another file was meant."
                            .formatted(file));
        }
        MemoryEntries entries = new MemoryEntries(content, LinearAlgebra.shared());
        return entries.made(() -> read(content, entries));
    }

    private static TrainingState read(SafetensorsFile content, MemoryEntries entries) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        content.tensors().forEach(t -> tensors.put(t.name(), StateTensors.loaded(t, entries)));
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(PARAMETER)) {
                parameters.put(name.substring(PARAMETER.length()), tensor);
            }
        });
        List<String> places = new ArrayList<>();
        Map<String, OptimiserState> optimiser = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            places.add(PARAMETER + name);
            List<Tensor> averages = new ArrayList<>();
            int count = atLeastZero(AVERAGES + name, entries);
            for (int i = 0; i < count; i++) {
                places.add(average(name, i));
                averages.add(like(parameter, average(name, i), tensors, entries));
            }
            long updates = entries.longInteger(UPDATES + name);
            if (updates < 0) {
                throw entries.corrupt("the entry %s is %d".formatted(UPDATES + name, updates));
            }
            optimiser.put(name, OptimiserState.of(updates, averages));
        });
        entries.requireTensors(places);
        requireParameters(UPDATES, parameters, entries);
        requireParameters(AVERAGES, parameters, entries);
        return new TrainingState(
                parameters,
                optimiser,
                atLeastZero("epoch", entries),
                atLeastZero("batch", entries),
                entries.longInteger("seed"));
    }

    private static void requireParameters(String prefix, Map<String, Tensor> parameters, MemoryEntries entries) {
        for (String name : entries.under(prefix).keySet()) {
            if (!parameters.containsKey(name)) {
                throw entries.corrupt("the tensor %s is missing".formatted(PARAMETER + name));
            }
        }
    }

    private static int atLeastZero(String key, MemoryEntries entries) {
        int value = entries.integer(key);
        if (value < 0) {
            throw entries.corrupt("the entry %s is %d".formatted(key, value));
        }
        return value;
    }

    private static Tensor like(Tensor parameter, String name, Map<String, Tensor> tensors, MemoryEntries entries) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw entries.corrupt("the tensor %s is missing".formatted(name));
        }
        if (tensor.precision() != parameter.precision() || !tensor.hasShape(parameter.shape())) {
            throw entries.corrupt("the tensor %s is %s in %s, its parameter %s in %s"
                    .formatted(name, tensor, tensor.precision(), parameter, parameter.precision()));
        }
        return tensor;
    }
}
