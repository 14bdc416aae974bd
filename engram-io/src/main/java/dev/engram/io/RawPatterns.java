package dev.engram.io;

import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import dev.engram.io.image.Fit;
import dev.engram.io.image.Fitting;
import dev.engram.io.image.ImageSize;
import dev.engram.io.numpy.NpyArray;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Patterns on their way from a reader to a {@link PatternSet}: read, but not yet checked, resized and digested.
 *
 * @param values {@code [patterns, values]}
 */
record RawPatterns(Matrix values, Shape shape, List<String> names, List<String> notes) {
    /** The rows of an array along its first axis; bytes become [0, 1]. The array's values are changed in place. */
    static RawPatterns ofArray(String what, NpyArray array) {
        int[] shape = array.shape();
        Shape one = shapeOf(what, shape);
        ValueRange range = new ValueRange();
        range.add(array.type(), array.values());
        Matrix matrix = Matrix.wrap(shape[0], one.values(), array.values());
        return new RawPatterns(matrix, one, PatternSet.indexNames(shape[0]), range.notes());
    }

    RawPatterns with(NpzNames.Found found) {
        return new RawPatterns(
                values,
                shape,
                found.names().orElse(names),
                Stream.concat(notes.stream(), found.note().stream()).toList());
    }

    /** The shape of a pattern in an array of that shape. */
    static Shape shapeOf(String what, int... shape) {
        if (shape.length < 2) {
            throw new InputException(
                    ("%s has shape %s; patterns need an array [patterns, values] or [patterns, height, width(, "
                                    + "channels)]. Maybe save it with array.reshape(1, -1).")
                            .formatted(what, Arrays.toString(shape)));
        }
        if (Arrays.stream(shape).anyMatch(dimension -> dimension == 0)) {
            throw new InputException("%s has shape %s: there are no values in it; at least one pattern was expected."
                    .formatted(what, Arrays.toString(shape)));
        }
        int[] one = Arrays.copyOfRange(shape, 1, shape.length);
        HeapLimit.floats(what, Arrays.stream(one).asLongStream().reduce(1, Math::multiplyExact));
        return Shape.of(one);
    }

    /** Every picture in the given size. */
    RawPatterns resized(String what, ImageSize size, Fit fit) {
        if (shape.height() == size.height() && shape.width() == size.width()) {
            return this;
        }
        if (!shape.isPicture()) {
            throw new InputException(
                    ("%s holds patterns of shape %s, which are not pictures and cannot be resized to %s. Maybe "
                                    + "leave out --resize.")
                            .formatted(what, shape, size));
        }
        int channels = shape.channels();
        int length = size.height() * size.width() * channels;
        float[] all = new float[HeapLimit.floats(what, (long) length * values.rows())];
        Fitting fitting = Fitting.of(fit, shape.width(), shape.height(), size);
        for (int i = 0; i < values.rows(); i++) {
            float[] one = fitting.apply(values.row(i), channels);
            System.arraycopy(one, 0, all, i * length, length);
        }
        int[] dimensions = shape.dimensions().stream().mapToInt(d -> d).toArray();
        dimensions[0] = size.height();
        dimensions[1] = size.width();
        String note = "All %d pictures were %s."
                .formatted(values.rows(), resizing(shape.width() + "x" + shape.height(), size, fit));
        List<String> allNotes = Stream.concat(notes.stream(), Stream.of(note)).toList();
        return new RawPatterns(Matrix.wrap(values.rows(), length, all), Shape.of(dimensions), names, allNotes);
    }

    /** What happened to pictures that were brought to another size, for example "resized from 2x2 to 1x1". */
    static String resizing(String from, ImageSize size, Fit fit) {
        return "resized from %s to %s%s".formatted(from, size, fit == Fit.STRETCH ? "" : " (fit: " + fit.word() + ")");
    }

    /** The finished set, if every value is a finite number, or is missing and may be. */
    PatternSet checked(String what, ReadOptions.Missing missing) {
        requireFinite(what, values, 0, names::get, missing);
        return PatternSet.of(values, shape, names, notes);
    }

    /** @param first the index of the first of these patterns */
    static void requireFinite(
            String what, Matrix values, int first, IntFunction<String> names, ReadOptions.Missing missing) {
        if (values.isFinite()) {
            return;
        }
        float[] data = values.data();
        int bad = 0;
        while (bad < data.length
                && (Float.isFinite(data[bad]) || missing == ReadOptions.Missing.KEPT && Float.isNaN(data[bad]))) {
            bad++;
        }
        if (bad == data.length) {
            return;
        }
        int pattern = first + bad / values.columns();
        throw new InputException(("%s: value %d of pattern %d (%s) is %s; finite numbers were expected. %s")
                .formatted(
                        what,
                        bad % values.columns(),
                        pattern,
                        names.apply(pattern),
                        data[bad],
                        Float.isNaN(data[bad])
                                ? "Maybe fill in what is missing first (complete), or save it with np.nan_to_num(array)."
                                : "Maybe save it with np.nan_to_num(array)."));
    }
}
