package dev.engram.cli.options;

import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.file.InputException;
import dev.engram.io.numpy.NpyArray;
import dev.engram.io.numpy.NpyReader;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * A mask from a file.
 *
 * <p>An array ({@code .npy}, bool or uint8) has the shape of a pattern, of a pattern's pixels {@code [height, width]} (all
 * channels of a pixel go together) or of a flattened pattern; or there is one such mask for each cue, {@code [cues, ...]}.
 * A picture marks the pixels that are white; a folder of pictures holds one for each cue.
 */
public final class MaskFile {
    private static final float WHITE = 0.5f;

    private final Path file;
    private final Shape shape;
    private final int cues;
    private final boolean limited;

    /** @param limited whether only the first cues of more were read, so that a longer mask is fine */
    public MaskFile(Path file, Shape shape, int cues, boolean limited) {
        this.file = file;
        this.shape = shape;
        this.cues = cues;
        this.limited = limited;
    }

    /** @throws InputException if it cannot be read or does not fit the cues */
    public Mask read(Choices.MaskMeaning meaning) {
        boolean npy =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy");
        List<BitSet> known = npy ? fromArray() : fromPictures();
        if (meaning == Choices.MaskMeaning.MISSING) {
            known.forEach(row -> row.flip(0, shape.values()));
        }
        return Mask.known(shape.values(), known);
    }

    private List<BitSet> fromArray() {
        NpyArray array = NpyReader.read(file);
        boolean[] marked;
        try {
            marked = array.booleans();
        } catch (InputException e) {
            throw new InputException("%s: %s".formatted(file, e.getMessage()), e);
        }
        int[] given = array.shape();
        for (int[] one : shapesOfOne()) {
            if (Arrays.equals(given, one)) {
                return rows(marked, 1);
            }
        }
        for (int[] one : shapesOfOne()) {
            if (given.length > 1 && Arrays.equals(Arrays.copyOfRange(given, 1, given.length), one)) {
                return rows(marked, given[0]);
            }
        }
        throw wrongShape(Arrays.toString(given));
    }

    private List<BitSet> fromPictures() {
        PatternSet pictures = PatternReader.read(file, ReadOptions.defaults());
        Shape given = pictures.shape();
        if (!shape.isPicture() || given.height() != shape.height() || given.width() != shape.width()) {
            throw wrongShape(Arrays.toString(given.withCount(pictures.count())));
        }
        Matrix values = pictures.patterns();
        int channels = given.channels();
        int pixels = values.columns() / channels;
        boolean[] marked = new boolean[pictures.count() * pixels];
        for (int i = 0; i < marked.length; i++) {
            float darkest = Float.POSITIVE_INFINITY;
            for (int c = 0; c < channels; c++) {
                darkest = Math.min(darkest, values.data()[i * channels + c]);
            }
            marked[i] = darkest >= WHITE;
        }
        return rows(marked, pictures.count());
    }

    private List<int[]> shapesOfOne() {
        List<int[]> shapes = new ArrayList<>();
        shapes.add(shape.dimensions().stream().mapToInt(d -> d).toArray());
        if (shape.isPicture()) {
            shapes.add(new int[] {shape.height(), shape.width()});
        }
        shapes.add(new int[] {shape.values()});
        return shapes;
    }

    private List<BitSet> rows(boolean[] marked, int count) {
        if (count != 1 && count != cues && !(limited && count > cues)) {
            throw new InputException(
                    "The mask %s is for %d cues; there are %d. It needs one row for all cues or one for each."
                            .formatted(file, count, cues));
        }
        int length = marked.length / count;
        int repeat = shape.values() / length;
        List<BitSet> rows = new ArrayList<>();
        for (int row = 0; row < (count == 1 ? 1 : cues); row++) {
            BitSet set = new BitSet(shape.values());
            for (int i = 0; i < length; i++) {
                set.set(i * repeat, (i + 1) * repeat, marked[row * length + i]);
            }
            rows.add(set);
        }
        return rows;
    }

    private InputException wrongShape(String given) {
        String pixels = shape.isPicture() ? ", [%d, %d]".formatted(shape.height(), shape.width()) : "";
        return new InputException(
                ("The mask %s has shape %s; for patterns of shape %s it must be %s%s or [%d], or one of these for each"
                                + " of the %d cues. Maybe it was made for other pictures.")
                        .formatted(file, given, shape, shape.dimensions(), pixels, shape.values(), cues));
    }
}
