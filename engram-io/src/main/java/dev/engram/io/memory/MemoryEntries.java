package dev.engram.io.memory;

import dev.engram.io.file.Bounds;
import dev.engram.io.file.Inputs;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.DType;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.io.safetensors.TensorData;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Activations;
import dev.engram.network.Activation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The entries of a memory file by name and type.
 *
 * <p>One that is missing or makes no sense is {@link MemoryFileException.Corrupt}.
 */
public final class MemoryEntries {
    private static final int PROBES = 3;

    private final SafetensorsFile file;
    private final Map<String, NamedTensor> tensors = new LinkedHashMap<>();
    private final LinearAlgebra la;

    public MemoryEntries(SafetensorsFile file, LinearAlgebra la) {
        this.file = file;
        file.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
        this.la = la;
    }

    /** What the memory that is read shall compute with. */
    public LinearAlgebra la() {
        return la;
    }

    /** The text of an entry that must be there. */
    public String text(String key) {
        return optional(key).orElseThrow(() -> corrupt("the entry %s is missing".formatted(key)));
    }

    /** The text of an entry, where it is there. */
    public Optional<String> optional(String key) {
        return Optional.ofNullable(file.metadata().get(key));
    }

    /** A whole number. */
    public int integer(String key) {
        return parsed(key, Integer::valueOf);
    }

    /** A whole number within bounds, both included. */
    public int integer(String key, int least, int most) {
        int value = integer(key);
        if (value < least || value > most) {
            throw corrupt("the entry %s is %,d, not from %,d to %,d".formatted(key, value, least, most));
        }
        return value;
    }

    /** A whole number of 64 bits. */
    public long longInteger(String key) {
        return parsed(key, Long::valueOf);
    }

    /** A number, neither NaN nor infinite, and of a size to calculate with. */
    public double number(String key) {
        return parsed(key, text -> {
            double value = Double.parseDouble(text);
            double size = Math.abs(value);
            if (!(size <= Bounds.SCALE) || size > 0 && size < Bounds.SMALLEST) {
                throw new IllegalArgumentException("not finite, or too near to it or to 0");
            }
            return value;
        });
    }

    /** A number that may be infinite, or NaN where it was never measured. */
    public double extended(String key) {
        return parsed(key, Double::valueOf);
    }

    /** The sizes of a network's layers: {@link #sizes} of at most {@link Bounds#LAYERS} and the one they begin with. */
    public List<Integer> layers(String key) {
        return sizes(key, Bounds.LAYERS + 1);
    }

    /** Whole numbers, each at least 1, with commas between; at most {@link Bounds#NUMBERS}. */
    public List<Integer> sizes(String key) {
        return sizes(key, Bounds.NUMBERS);
    }

    private List<Integer> sizes(String key, int most) {
        if (text(key).chars().filter(c -> c == ',').count() >= most) {
            throw corrupt("the entry %s has more than %,d numbers".formatted(key, most));
        }
        return parsed(key, text -> {
            List<Integer> sizes =
                    Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
            if (sizes.stream().anyMatch(s -> s < 1)) {
                throw new IllegalArgumentException("a size below 1");
            }
            return sizes;
        });
    }

    /** One of the constants of an enumeration, in lower case with hyphens. */
    public <E extends Enum<E>> E word(String key, Class<E> type) {
        String text = text(key);
        return Arrays.stream(type.getEnumConstants())
                .filter(c -> Provenance.word(c).equals(text))
                .findFirst()
                .orElseThrow(() -> corrupt("the entry %s is \"%s\"".formatted(key, text)));
    }

    /** One of the {@link Activations}, by its word. */
    public Activation activation(String key) {
        String word = text(key);
        return Activations.named(word)
                .orElseThrow(() -> new MemoryFileException.TooNew(
                        "%s needs the activation %s, which is none of: %s. Maybe put its jar on ENGRAM_CLASSPATH, or update Engram."
                                .formatted(file.source(), word, Activations.words())));
    }

    /** The entries whose names begin with the prefix, without it. */
    public Map<String, String> under(String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        file.metadata().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    /** The finite elements of the float32 tensor of that name and shape; the live array. */
    public float[] finite(String name, long... shape) {
        float[] values = typed(name, DType.F32, TensorData.Floats.class, shape).values();
        for (int i = 0; i < values.length; i++) {
            requireFinite(name, i, values[i], Bounds.MAGNITUDE);
        }
        return values;
    }

    /** The finite elements of the float32 tensor of that name, as a matrix over the live array. */
    public Matrix matrix(String name, int rows, int columns) {
        return Matrix.wrap(rows, columns, finite(name, rows, columns));
    }

    /** The elements of the uint8 tensor of that name and shape; the live array. */
    public byte[] bytes(String name, long... shape) {
        return typed(name, DType.U8, TensorData.Bytes.class, shape).values();
    }

    /** The finite elements of the float64 tensor of that name and shape; the live array. */
    public double[] finiteDoubles(String name, long... shape) {
        double[] values =
                typed(name, DType.F64, TensorData.Doubles.class, shape).values();
        for (int i = 0; i < values.length; i++) {
            requireFinite(name, i, values[i], Bounds.MAGNITUDE * Bounds.MAGNITUDE);
        }
        return values;
    }

    /** Rows that must be orthonormal, [rows, columns], to the precision of floats. */
    void requireOrthonormal(String name, Matrix rows) {
        requireOrthonormal(name, rows.rows(), 1e-3, z -> la.product(z.toFloat(), Transpose.NO, rows, Transpose.NO)
                .squaredLength());
    }

    /** Rows that must be orthonormal, [rows, columns], to more than the precision of floats. */
    void requireOrthonormal(String name, DoubleMatrix rows) {
        requireOrthonormal(name, rows.rows(), 1e-6, z -> la.product(z, Transpose.NO, rows, Transpose.NO)
                .squaredLength());
    }

    /** Not every product is looked at: for vectors z drawn at random |zM|² must be |z|². */
    private void requireOrthonormal(
            String name, int rows, double tolerance, ToDoubleFunction<DoubleMatrix> squaredLength) {
        SplittableRandom random = new SplittableRandom(rows);
        for (int probe = 0; probe < PROBES && rows > 0; probe++) {
            DoubleMatrix z = DoubleMatrix.zeros(1, rows);
            Arrays.setAll(z.data(), i -> random.nextDouble(-1, 1));
            if (!(Math.abs(squaredLength.applyAsDouble(z) / z.squaredLength() - 1) <= tolerance)) {
                throw corrupt("the rows of the tensor %s are not orthonormal".formatted(name));
            }
        }
    }

    private void requireFinite(String name, int index, double value, double most) {
        if (!(Math.abs(value) <= most)) {
            throw corrupt("value %d of the tensor %s is %s".formatted(index, name, value));
        }
    }

    private <T extends TensorData> T typed(String name, DType dtype, Class<T> type, long... shape) {
        NamedTensor tensor = tensor(name);
        if (tensor.dtype() != dtype || !Arrays.equals(tensor.shape(), shape)) {
            throw unexpected(tensor, dtype, Arrays.toString(shape));
        }
        return type.cast(tensor.data());
    }

    /** The elements of the int32 vector of that name, however many; the live array. */
    public int[] ints(String name) {
        NamedTensor tensor = tensor(name);
        if (tensor.shape().length != 1 || !(tensor.data() instanceof TensorData.Ints ints)) {
            throw unexpected(tensor, DType.I32, "[...]");
        }
        return ints.values();
    }

    private NamedTensor tensor(String name) {
        NamedTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw corrupt("the tensor %s is missing".formatted(name));
        }
        return tensor;
    }

    private MemoryFileException.Corrupt unexpected(NamedTensor tensor, DType type, String shape) {
        return corrupt("%s is where %s %s was expected".formatted(tensor, type, shape));
    }

    /** What the maker makes of entries; what it refuses is corrupt. */
    public <T> T made(Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw corrupt("its parts do not fit together (%s)".formatted(Inputs.reason(e)));
        }
    }

    /** Refuses a file with any other tensors. */
    public void requireTensors(List<String> names) {
        Set<String> others = new LinkedHashSet<>(tensors.keySet());
        names.forEach(others::remove);
        if (!others.isEmpty()) {
            throw corrupt("there is a tensor %s that this memory has no place for"
                    .formatted(others.iterator().next()));
        }
    }

    /** What to throw where the file cannot be what it says, for example "its sizes are ...". */
    public MemoryFileException.Corrupt corrupt(String finding) {
        return new MemoryFileException.Corrupt(
                "%s is damaged: %s. Maybe another program changed it.".formatted(file.source(), finding));
    }

    private <T> T parsed(String key, Function<String, T> parser) {
        String text = text(key);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw corrupt("the entry %s is \"%s\"".formatted(key, text));
        }
    }
}
