package dev.engram.cli.bench;

import dev.engram.io.file.InputException;
import dev.engram.io.numpy.NpyArray;
import dev.engram.io.numpy.NpyReader;
import dev.engram.linalg.Matrix;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The patterns, cues and weights that a race between programs starts from; only read.
 *
 * @param patterns x, [N, d]
 * @param cues xc, [N, d]
 * @param weights w as the race writes it, [n, d]: the transpose of the network's θ¹
 * @param memoryVector b, [n]
 */
record BenchArrays(Matrix patterns, Matrix cues, Matrix weights, float[] memoryVector) {

    /**
     * Reads {@code x.npy}, {@code xc.npy}, {@code w.npy} and {@code b.npy}.
     *
     * @throws InputException if one is missing, damaged, or of a shape that does not fit the others
     */
    static BenchArrays read(Path folder) {
        Matrix patterns = matrix(folder.resolve("x.npy"));
        Matrix cues = matrix(folder.resolve("xc.npy"));
        Matrix weights = matrix(folder.resolve("w.npy"));
        Path memory = folder.resolve("b.npy");
        NpyArray b = NpyReader.read(memory);
        requireShape(folder.resolve("xc.npy"), shape(cues), shape(patterns));
        requireShape(folder.resolve("w.npy"), shape(weights), weights.rows(), patterns.columns());
        requireShape(memory, b.shape(), weights.rows());
        return new BenchArrays(patterns, cues, weights, b.values());
    }

    /** Made-up arrays, large enough for every loop to take the path it takes in a race. */
    static BenchArrays small() {
        SplittableRandom random = new SplittableRandom(1);
        int patterns = 100;
        int values = 1100;
        int hidden = 256;
        return new BenchArrays(
                normal(random, patterns, values, 1),
                normal(random, patterns, values, 1),
                normal(random, hidden, values, 0.01),
                normal(random, 1, hidden, 0.1).data());
    }

    private static Matrix normal(SplittableRandom random, int rows, int columns, double std) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) (std * random.nextGaussian());
        }
        return matrix;
    }

    private static Matrix matrix(Path file) {
        NpyArray array = NpyReader.read(file);
        if (array.rank() != 2 || array.values().length == 0) {
            throw new InputException("%s has the shape %s; two axes, neither of them empty, were expected."
                    .formatted(file, Arrays.toString(array.shape())));
        }
        return Matrix.wrap(array.shape()[0], array.shape()[1], array.values());
    }

    private static int[] shape(Matrix matrix) {
        return new int[] {matrix.rows(), matrix.columns()};
    }

    private static void requireShape(Path file, int[] shape, int... expected) {
        if (!Arrays.equals(shape, expected)) {
            throw new InputException(
                    ("%s has the shape %s; beside the other arrays it must be %s. Maybe write all four again with one"
                                    + " python common.py FOLDER.")
                            .formatted(file, Arrays.toString(shape), Arrays.toString(expected)));
        }
    }
}
