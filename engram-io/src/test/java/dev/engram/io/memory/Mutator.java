package dev.engram.io.memory;

import dev.engram.io.safetensors.DType;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.io.safetensors.TensorData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Changes what a memory file says and gives the changed file right checksums, as a hostile writer would: other words and numbers in its entries,
 * other shapes, types, names and values of its tensors.
 */
final class Mutator {
    private static final String[] TEXTS = {
        "",
        "0",
        "1",
        "-1",
        "2",
        "3",
        "7",
        "16",
        "2147483647",
        "2147483648",
        "-2147483648",
        "9223372036854775807",
        "99999999999999999999",
        "100000",
        "46000",
        "NaN",
        "Infinity",
        "-Infinity",
        "1e308",
        "-1e308",
        "1e-308",
        "4.9e-324",
        "-0.0",
        "0.5",
        "1e19",
        "1e39",
        "0x1p3",
        "1,1",
        "46000,46000",
        "16,46000",
        "1,2147483647",
        "65536,65536",
        "2147483647,2147483647,2147483647",
        "4,4",
        "16,16",
        "2,8",
        "1,16",
        "16,1",
        "8,2,1",
        "4,2,1",
        "2,1",
        "null",
        "true",
        "[]",
        "[null]",
        "{}",
        "linear",
        "relu",
        "tanh",
        "softmax",
        "max",
        "identity",
        "polynomial",
        "sparsemax",
        "entmax",
        "normmax",
        "epanechnikov",
        "dot",
        "cosine",
        "euclidean",
        "l1",
        "explicit",
        "implicit",
        "dendritic",
        "codes",
        "vector",
        "byte",
        "float",
        "kept",
        "none",
        "synchronous",
        "asynchronous",
        "pcn",
        "hopfield",
        "covariance",
        "autoencoder",
        "engram-memory",
        "engram-sequence",
        "engram-checkpoint",
        "\u202e\u0007\u001b[31m"
    };
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.MIN_VALUE,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        1e15,
        -1e15,
        1e19,
        -1e19,
        1e30,
        1e-30,
        1e-38,
        1e8,
        -1e8,
        255,
        256,
        1e5
    };
    private static final int[] WHOLE = {
        0, 1, -1, 2, 3, Integer.MAX_VALUE, Integer.MIN_VALUE, 65_536, 46_341, 1 << 30, 100_000
    };

    private final SplittableRandom random;
    private final List<String> done = new ArrayList<>();
    private final List<NamedTensor> tensors;
    private final Map<String, String> metadata;

    private Mutator(SafetensorsFile file, SplittableRandom random) {
        this.random = random;
        this.tensors = new ArrayList<>(file.tensors());
        this.metadata = new LinkedHashMap<>(file.metadata());
    }

    /**
     * Writes a changed file.
     *
     * @return what was changed, in words
     */
    static String mutate(SafetensorsFile file, SplittableRandom random, Path to) {
        Mutator mutator = new Mutator(file, random);
        int changes = 1 + (int) Math.abs(random.nextGaussian() * 1.3);
        for (int i = 0; i < changes; i++) {
            mutator.change();
        }
        Safetensors.write(to, mutator.tensors, mutator.metadata);
        return String.join("; ", mutator.done);
    }

    private void change() {
        int kind = random.nextInt(10);
        if (kind < 4 && !metadata.isEmpty()) {
            entry();
        } else if (!tensors.isEmpty()) {
            int at = random.nextInt(tensors.size());
            NamedTensor before = tensors.get(at);
            switch (kind) {
                case 4 -> remove(at);
                case 5 -> shape(at, before);
                case 6 -> another(at, before);
                default -> tensors.set(at, values(before));
            }
            if (at < tensors.size()) {
                done.add("%s -> %s".formatted(before, tensors.get(at)));
            }
        }
    }

    private void entry() {
        List<String> keys = new ArrayList<>(metadata.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        String before = String.valueOf(metadata.get(key));
        String after =
                switch (random.nextInt(8)) {
                    case 0 -> metadata.get(keys.get(random.nextInt(keys.size())));
                    case 1 -> touched(before);
                    case 2 -> before + "," + before;
                    case 3 -> before + random.nextInt(10);
                    default -> TEXTS[random.nextInt(TEXTS.length)];
                };
        if (random.nextInt(12) == 0) {
            metadata.remove(key);
            done.add("without " + key);
        } else {
            metadata.put(key, String.valueOf(after));
            done.add("%s: %s -> %s".formatted(key, before, after));
        }
    }

    private String touched(String text) {
        StringBuilder touched = new StringBuilder(text.isEmpty() ? "0" : text);
        touched.setCharAt(random.nextInt(touched.length()), (char) (' ' + random.nextInt(95)));
        return touched.toString();
    }

    private void remove(int at) {
        NamedTensor tensor = tensors.remove(at);
        done.add("without " + tensor);
        if (random.nextBoolean()) {
            tensors.add(new NamedTensor(tensor.name() + "x", tensor.dtype(), tensor.shape(), tensor.data()));
        }
    }

    /** Another shape, of as many values or not, and often the entries that go with it. */
    private void shape(int at, NamedTensor tensor) {
        long[] shape = tensor.shape().clone();
        int length = tensor.data().length();
        switch (random.nextInt(6)) {
            case 0 -> shape = new long[] {length};
            case 1 -> shape = new long[] {1, length};
            case 2 -> {
                for (int i = 0; i < shape.length / 2; i++) {
                    long other = shape[i];
                    shape[i] = shape[shape.length - 1 - i];
                    shape[shape.length - 1 - i] = other;
                }
            }
            case 3 -> shape = new long[] {0};
            default -> {
                if (shape.length > 0) {
                    shape[random.nextInt(shape.length)] = random.nextInt(40);
                }
            }
        }
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        tensors.set(at, new NamedTensor(tensor.name(), tensor.dtype(), shape, resized(tensor.data(), count)));
    }

    private static TensorData resized(TensorData data, int count) {
        if (data instanceof TensorData.Floats floats) {
            return new TensorData.Floats(Arrays.copyOf(floats.values(), count));
        } else if (data instanceof TensorData.Doubles doubles) {
            return new TensorData.Doubles(Arrays.copyOf(doubles.values(), count));
        } else if (data instanceof TensorData.Ints ints) {
            return new TensorData.Ints(Arrays.copyOf(ints.values(), count));
        } else if (data instanceof TensorData.Longs longs) {
            return new TensorData.Longs(Arrays.copyOf(longs.values(), count));
        } else {
            return new TensorData.Bytes(Arrays.copyOf(((TensorData.Bytes) data).values(), count));
        }
    }

    /** The values of another tensor, or its own as another type. */
    private void another(int at, NamedTensor tensor) {
        NamedTensor other = tensors.get(random.nextInt(tensors.size()));
        if (other != tensor) {
            tensors.set(at, new NamedTensor(tensor.name(), other.dtype(), other.shape(), other.data()));
        } else if (tensor.data() instanceof TensorData.Floats floats) {
            double[] wide = new double[floats.length()];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = floats.values()[i];
            }
            tensors.set(at, NamedTensor.ofDoubles(tensor.name(), tensor.shape(), wide));
        } else if (tensor.data() instanceof TensorData.Ints ints) {
            tensors.set(
                    at,
                    NamedTensor.ofLongs(
                            tensor.name(),
                            tensor.shape(),
                            Arrays.stream(ints.values()).asLongStream().toArray()));
        }
    }

    private NamedTensor values(NamedTensor tensor) {
        TensorData data = resized(tensor.data(), tensor.data().length());
        int length = data.length();
        if (length == 0) {
            return tensor;
        }
        double number = NUMBERS[random.nextInt(NUMBERS.length)];
        int whole = random.nextBoolean() ? WHOLE[random.nextInt(WHOLE.length)] : random.nextInt(-2, 9);
        boolean scale = random.nextInt(3) == 0;
        int from = random.nextInt(length);
        int to = random.nextInt(3) == 0 ? length : from + 1;
        for (int i = to == length && random.nextBoolean() ? 0 : from; i < to; i++) {
            if (data instanceof TensorData.Floats floats) {
                floats.values()[i] = (float) (scale ? floats.values()[i] * number : number);
            } else if (data instanceof TensorData.Doubles doubles) {
                doubles.values()[i] = scale ? doubles.values()[i] * number : number;
            } else if (data instanceof TensorData.Ints ints) {
                ints.values()[i] = whole;
            } else if (data instanceof TensorData.Longs longs) {
                longs.values()[i] = whole;
            } else if (data instanceof TensorData.Bytes bytes) {
                bytes.values()[i] = (byte) random.nextInt(256);
            }
        }
        done.add("values of %s from %d to %d: %s%s"
                .formatted(
                        tensor.name(), from, to, scale ? "times " : "", tensor.dtype() == DType.I32 ? whole : number));
        return new NamedTensor(tensor.name(), tensor.dtype(), tensor.shape(), data);
    }
}
