package dev.engram.io;

import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import dev.engram.io.pickle.PickleReader;
import dev.engram.io.pickle.PickledArray;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads CIFAR-10's batches, the binary and the Python ones: colour planes become {@code [32, 32, 3]} in [0, 1].
 *
 * <pre>
 * binary batch := (label byte{3072})*        label is 0..9; 1024 bytes each of red, green, blue, row-major
 * Python batch := pickled dict with 'data': uint8 array [n, 3072], the same planes
 * </pre>
 */
final class CifarReader {
    private static final int SIDE = 32;
    private static final int PLANE = SIDE * SIDE;
    private static final int VALUES = 3 * PLANE;
    private static final int RECORD = 1 + VALUES;
    private static final int CLASSES = 10;
    private static final int RECORDS_LOOKED_AT = 4;
    private static final int BATCHES = 5;

    private CifarReader() {}

    /** Whether a file of that size, beginning with these bytes, has the form of a binary batch. */
    static boolean isBinaryBatch(byte[] start, long size) {
        if (size == 0 || size % RECORD != 0) {
            return false;
        }
        return IntStream.iterate(0, at -> at < start.length, at -> at + RECORD)
                .allMatch(at -> start[at] >= 0 && start[at] < CLASSES);
    }

    /** How many bytes of a file {@link #isBinaryBatch} wants to see. */
    static int startLength() {
        return RECORDS_LOOKED_AT * RECORD;
    }

    /** The training batches in the folder, in order; none if it is not a CIFAR-10 folder. */
    static List<Path> batches(Path folder) {
        for (String suffix : List.of(".bin", "")) {
            List<Path> files = IntStream.rangeClosed(1, BATCHES)
                    .mapToObj(i -> folder.resolve("data_batch_" + i + suffix))
                    .filter(Files::isRegularFile)
                    .toList();
            if (!files.isEmpty()) {
                return files;
            }
        }
        return List.of();
    }

    /** Reads batches one after the other until there are enough pictures. */
    static RawPatterns read(List<Path> files, ReadOptions options) {
        List<byte[]> batches = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        int wanted = options.rows();
        int count = 0;
        for (Path file : files) {
            if (count < wanted) {
                byte[] planes = planes(file, wanted - count);
                batches.add(planes);
                count += planes.length / VALUES;
            }
        }
        if (count == 0) {
            throw new InputException("%s holds no pictures.".formatted(files.get(0)));
        }
        float[] values = new float[HeapLimit.floats(files.get(0).toString(), (long) count * VALUES)];
        int at = 0;
        for (byte[] planes : batches) {
            for (int from = 0; from < planes.length; from += VALUES) {
                toChannelsLast(planes, from, values, at);
                at += VALUES;
            }
        }
        if (files.size() > 1) {
            notes.add("The training batches were read; the test batch is read when it is named itself.");
        }
        Shape shape = Shape.of(SIDE, SIDE, 3);
        return new RawPatterns(Matrix.wrap(count, VALUES, values), shape, PatternSet.indexNames(count), notes);
    }

    /** The first pictures of a batch, {@code [pictures, 3072]}. */
    private static byte[] planes(Path file, int most) {
        byte[] start = Inputs.beginning(file, startLength());
        return PickleReader.hasSignature(start) ? pythonPlanes(file, most) : binaryPlanes(file, start, most);
    }

    private static byte[] binaryPlanes(Path file, byte[] start, int most) {
        long size = Inputs.size(file);
        if (!isBinaryBatch(start, size)) {
            throw new InputException(
                    ("%s is not a CIFAR-10 batch: its %,d bytes are not records of %d bytes that begin with a label "
                                    + "from 0 to 9. Maybe it is truncated.")
                            .formatted(file, size, RECORD));
        }
        int count = (int) Math.min(most, size / RECORD);
        byte[] planes = new byte[HeapLimit.floats(file.toString(), (long) count * VALUES)];
        try (InputStream in = new BufferedInputStream(Inputs.open(file))) {
            for (int i = 0; i < count; i++) {
                in.skipNBytes(1);
                in.readNBytes(planes, i * VALUES, VALUES);
            }
        } catch (IOException e) {
            throw Inputs.unreadable(file, e);
        }
        return planes;
    }

    private static byte[] pythonPlanes(Path file, int most) {
        PickledArray data = new PickleReader(file.toString(), Inputs.all(file)).readArray("data");
        int[] shape = data.shape();
        if (shape.length != 2 || shape[1] != VALUES || !data.dtype().isUint8()) {
            throw new InputException(
                    "%s: 'data' is %s; CIFAR's uint8 array [pictures, %d] was expected.".formatted(file, data, VALUES));
        }
        int count = Math.min(most, shape[0]);
        byte[] planes = new byte[count * VALUES];
        byte[] bytes = data.bytes();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < VALUES; j++) {
                planes[i * VALUES + j] = data.fortranOrder() ? bytes[j * shape[0] + i] : bytes[i * VALUES + j];
            }
        }
        return planes;
    }

    private static void toChannelsLast(byte[] planes, int from, float[] out, int to) {
        for (int channel = 0; channel < 3; channel++) {
            for (int pixel = 0; pixel < PLANE; pixel++) {
                out[to + pixel * 3 + channel] = (planes[from + channel * PLANE + pixel] & 0xff) / 255f;
            }
        }
    }
}
