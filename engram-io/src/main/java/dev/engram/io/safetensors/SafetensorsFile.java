package dev.engram.io.safetensors;

import dev.engram.io.file.MemoryFileException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read from a safetensors file.
 *
 * @param tensors in the order of their data
 * @param metadata as the writer was given it, without checksums and format version
 * @param verified whether there were checksums, and they agreed
 */
public record SafetensorsFile(
        String source, List<NamedTensor> tensors, Map<String, String> metadata, boolean verified) {
    public SafetensorsFile {
        tensors = List.copyOf(tensors);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Whether there is a tensor of that name. */
    public boolean has(String name) {
        return tensors.stream().anyMatch(t -> t.name().equals(name));
    }

    /**
     * The tensor of that name.
     *
     * @throws MemoryFileException.Foreign if there is none
     */
    public NamedTensor tensor(String name) {
        return tensors.stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MemoryFileException.Foreign(
                        "%s has no tensor called %s. Maybe it is not an Engram memory.".formatted(source, name)));
    }

    /**
     * The elements of a float32 tensor; the live array.
     *
     * @throws MemoryFileException.Foreign if there is no such tensor, or it has another type or shape
     */
    public float[] floats(String name, long... shape) {
        return typed(name, shape, TensorData.Floats.class).values();
    }

    /** The elements of a float64 tensor; otherwise as {@link #floats}. */
    public double[] doubles(String name, long... shape) {
        return typed(name, shape, TensorData.Doubles.class).values();
    }

    /** The elements of an int32 tensor; otherwise as {@link #floats}. */
    public int[] ints(String name, long... shape) {
        return typed(name, shape, TensorData.Ints.class).values();
    }

    /** The elements of an int64 tensor; otherwise as {@link #floats}. */
    public long[] longs(String name, long... shape) {
        return typed(name, shape, TensorData.Longs.class).values();
    }

    /** The elements of a uint8 tensor; otherwise as {@link #floats}. */
    public byte[] bytes(String name, long... shape) {
        return typed(name, shape, TensorData.Bytes.class).values();
    }

    /**
     * The metadata entry of that name.
     *
     * @throws MemoryFileException.Foreign if there is none
     */
    public String metadata(String key) {
        String value = metadata.get(key);
        if (value == null) {
            throw new MemoryFileException.Foreign(
                    "%s has no metadata entry %s. Maybe it is not an Engram memory.".formatted(source, key));
        }
        return value;
    }

    private <T extends TensorData> T typed(String name, long[] shape, Class<T> type) {
        NamedTensor tensor = tensor(name);
        if (!type.isInstance(tensor.data()) || !Arrays.equals(tensor.shape(), shape)) {
            throw new MemoryFileException.Foreign("%s: the tensor %s is %s %s; %s of shape %s was expected."
                    .formatted(
                            source,
                            name,
                            tensor.dtype(),
                            Arrays.toString(tensor.shape()),
                            type.getSimpleName(),
                            Arrays.toString(shape)));
        }
        return type.cast(tensor.data());
    }
}
