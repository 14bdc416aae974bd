package dev.engram.io;

import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import dev.engram.io.image.ImageSize;
import dev.engram.io.image.Resampler;
import dev.engram.io.numpy.NpyArray;
import dev.engram.io.numpy.NpyType;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Patterns on their way from a reader to a {@link PatternSet}: read, but not yet checked, resized and digested.
 *
 * @param values {@code [patterns, values]}
 */
record RawPatterns(Matrix values, Shape shape, List<String> names, List<String> notes) {
    private static final float BYTE = 255f;

    /** The rows of an array along its first axis; bytes become [0, 1]. The array's values are changed in place. */
    static RawPatterns ofArray(String what, NpyArray array) {
        int[] shape = array.shape();
        if (shape.length < 2) {
            throw new InputException(
                    ("%s has shape %s; patterns need an array [patterns, values] or [patterns, height, width(, "
                                    + "channels)]. Maybe save it with array.reshape(1, -1).")
                            .formatted(what, Arrays.toString(shape)));
        }
        if (array.values().length == 0) {
            throw new InputException("%s has shape %s: there are no values in it; at least one pattern was expected."
                    .formatted(what, Arrays.toString(shape)));
        }
        float[] values = array.values();
        List<String> notes = new ArrayList<>();
        if (array.type() == NpyType.UINT8) {
            for (int i = 0; i < values.length; i++) {
                values[i] /= BYTE;
            }
        } else {
            noteRange(values, notes);
        }
        Shape one = Shape.of(Arrays.copyOfRange(shape, 1, shape.length));
        Matrix matrix = Matrix.wrap(shape[0], one.values(), values);
        return new RawPatterns(matrix, one, PatternSet.indexNames(shape[0]), notes);
    }

    private static void noteRange(float[] values, List<String> notes) {
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
        }
        if (lowest < 0 || highest > 1) {
            notes.add("The values reach from %s to %s, not from 0 to 1; they were taken as they are."
                    .formatted(lowest, highest));
        }
    }

    /** Every picture in the given size. */
    RawPatterns resized(String what, ImageSize size) {
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
        for (int i = 0; i < values.rows(); i++) {
            float[] one = Resampler.resize(
                    values.row(i), shape.width(), shape.height(), channels, size.width(), size.height());
            System.arraycopy(one, 0, all, i * length, length);
        }
        int[] dimensions = shape.dimensions().stream().mapToInt(d -> d).toArray();
        dimensions[0] = size.height();
        dimensions[1] = size.width();
        String note = "All %d pictures were resized from %dx%d to %s."
                .formatted(values.rows(), shape.width(), shape.height(), size);
        List<String> allNotes = Stream.concat(notes.stream(), Stream.of(note)).toList();
        return new RawPatterns(Matrix.wrap(values.rows(), length, all), Shape.of(dimensions), names, allNotes);
    }

    /** The finished set, if every value is a finite number. */
    PatternSet checked(String what) {
        if (!values.isFinite()) {
            float[] data = values.data();
            int bad = 0;
            while (Float.isFinite(data[bad])) {
                bad++;
            }
            int pattern = bad / values.columns();
            throw new InputException(
                    ("%s: value %d of pattern %d (%s) is %s; finite numbers were expected. Maybe save it with "
                                    + "np.nan_to_num(array).")
                            .formatted(what, bad % values.columns(), pattern, names.get(pattern), data[bad]));
        }
        return PatternSet.of(values, shape, names, notes);
    }
}
