package dev.engram.cli;

import dev.engram.io.image.ImageWriter;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tiny patterns: independent uniform values, as unlike each other as can be. */
public final class Samples {
    public static final Shape GREY = Shape.of(8, 8);
    public static final Shape RGB = Shape.of(6, 5, 3);

    private Samples() {}

    public static Matrix patterns(int count, Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix patterns = Matrix.zeros(count, shape.values());
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }

    public static Path npy(Path file, int count, Shape shape) {
        return npy(file, shape, patterns(count, shape, 1));
    }

    public static Path npy(Path file, Shape shape, Matrix patterns) {
        NpyWriter.write(file, shape.withCount(patterns.rows()), patterns.data());
        return file;
    }

    public static Path pictures(Path folder, int count, Shape shape) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> "p" + i).toList();
        ImageWriter.writeFolder(folder, patterns(count, shape, 1), shape, names);
        return folder;
    }
}
