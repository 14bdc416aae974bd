package dev.engram.cli.options;

import dev.engram.io.PatternReader;
import dev.engram.io.ReadOptions;
import dev.engram.io.file.InputException;
import dev.engram.io.image.DecodedImage;
import dev.engram.io.image.Fit;
import dev.engram.io.image.Fitting;
import dev.engram.io.image.ImageDecoder;
import dev.engram.io.image.ImageSize;
import dev.engram.io.numpy.NpyArray;
import dev.engram.io.numpy.NpyReader;
import dev.engram.io.numpy.OpenArray;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mask from a file.
 *
 * <p>An array ({@code .npy}, bool or uint8) marks what is not 0. It has the shape of a pattern, of a pattern's pixels {@code [height,
 * width]} or {@code [height, width, 1]} (all channels of a pixel go together) or of a flattened pattern; or there is one such mask for
 * each cue, {@code [cues, ...]}. A picture marks the pixels that are white, or, where it holds nothing brighter than grey and two values
 * only, one of them 0, as label pictures of 0 and 1 do, those that are not 0; a folder of pictures holds one for each cue. Pictures of
 * another size are fitted as the cues are: a pixel is known where nothing missing has a part in it. A mask that marks nothing or everything
 * is refused.
 */
public final class MaskFile {
    private static final float WHITE = 0.5f;

    /** Weights of a resampled pixel add up to 1 but for rounding. */
    private static final float NEARLY = 1e-5f;

    private final Path file;
    private final Shape shape;
    private final int cues;
    private final boolean limited;
    private final Fit fit;
    private Optional<String> otherSize = Optional.empty(); // of the first picture that has one
    private boolean transparent; // whether a picture has pixels that are

    /**
     * @param limited whether only the first cues of more were read, so that a longer mask is fine
     * @param fit how pictures of masks are brought to the shape
     */
    public MaskFile(Path file, Shape shape, int cues, boolean limited, Fit fit) {
        this.file = file;
        this.shape = shape;
        this.cues = cues;
        this.limited = limited;
        this.fit = fit;
    }

    /** @throws InputException if it cannot be read or does not fit the cues */
    public Mask read(Choices.MaskMeaning meaning) {
        boolean npy =
                String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy");
        List<BitSet> known = npy ? fromArray() : fromPictures(meaning);
        requireParts(known, meaning);
        if (meaning == Choices.MaskMeaning.MISSING) {
            known.forEach(row -> row.flip(0, shape.values()));
        }
        return Mask.known(shape.values(), known);
    }

    /** @param marked what is marked, row by row */
    private void requireParts(List<BitSet> marked, Choices.MaskMeaning meaning) {
        boolean nothing = marked.stream().allMatch(BitSet::isEmpty);
        boolean everything = marked.stream().allMatch(row -> row.cardinality() == shape.values());
        if (!nothing && !everything) {
            return;
        }
        String what = nothing ? "nothing" : "everything";
        String advice = transparent
                ? "Maybe its marks are in its transparency, which is not looked at: save the alpha channel as a grey picture."
                : nothing
                        ? "Maybe make what it is to mark white (255), or 1 in an array."
                        : "Maybe make what it is not to mark black (0).";
        throw new InputException("The mask %s marks %s, so that %s is %s; a part was expected. %s"
                .formatted(file, what, what, Choices.spelled(meaning), advice));
    }

    /** What the user should be told after the reading. */
    public Optional<String> note() {
        return otherSize.map(size -> "%s: the mask was brought from %s to %dx%d; what is missing in part is missing."
                .formatted(file, size, shape.width(), shape.height()));
    }

    private List<BitSet> fromArray() {
        try {
            return NpyReader.open(file, Integer.MAX_VALUE, this::fromArray);
        } catch (InputException e) {
            throw String.valueOf(e.getMessage()).startsWith(file.toString())
                    ? e
                    : new InputException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private List<BitSet> fromArray(OpenArray array) throws IOException {
        int[] given = array.shape();
        for (int[] one : shapesOfOne()) {
            if (Arrays.equals(given, one)) {
                return rows(array.all().booleans(), 1);
            }
        }
        for (int[] one : shapesOfOne()) {
            if (given.length > 1 && Arrays.equals(Arrays.copyOfRange(given, 1, given.length), one)) {
                return array.isInRows()
                        ? rowByRow(array, given[0])
                        : rows(array.all().booleans(), given[0]);
            }
        }
        throw wrongShape(Arrays.toString(given));
    }

    /** A mask for each cue of many takes a bit for each value, not a number. */
    private List<BitSet> rowByRow(OpenArray array, int count) throws IOException {
        requireCount(count);
        int[] one = array.shape();
        one[0] = 1;
        List<BitSet> rows = new ArrayList<>();
        for (int row = 0; row < (count == 1 ? 1 : cues); row++) {
            boolean[] marked = new NpyArray(array.type(), one, array.next(1)).booleans();
            rows.add(row(marked, 0, marked.length));
        }
        return rows;
    }

    private List<BitSet> fromPictures(Choices.MaskMeaning meaning) {
        List<Path> files = PatternReader.pictures(file, ReadOptions.defaults())
                .orElseThrow(() -> new InputException(
                        "The mask %s is neither a .npy file nor a picture. Maybe save it as one of these."
                                .formatted(file)))
                .files();
        if (!shape.isPicture()) {
            throw wrongShape("of pictures");
        }
        int pixels = shape.height() * shape.width();
        boolean[] marked = new boolean[Math.multiplyExact(files.size(), pixels)];
        for (int i = 0; i < files.size(); i++) {
            float[] marks = fitted(ImageDecoder.decode(files.get(i)), meaning);
            for (int pixel = 0; pixel < pixels; pixel++) {
                marked[i * pixels + pixel] =
                        meaning == Choices.MaskMeaning.MISSING ? marks[pixel] > NEARLY : marks[pixel] > 1 - NEARLY;
            }
        }
        return rows(marked, files.size());
    }

    /** How much of every pixel of a pattern is marked; what is around a picture is missing. */
    private float[] fitted(DecodedImage picture, Choices.MaskMeaning meaning) {
        transparent |= picture.notes().contains(DecodedImage.Note.ALPHA);
        int channels = picture.channels();
        float least = leastMarked(picture.values());
        float[] marks = new float[picture.width() * picture.height()];
        for (int i = 0; i < marks.length; i++) {
            float darkest = Float.POSITIVE_INFINITY;
            for (int c = 0; c < channels; c++) {
                darkest = Math.min(darkest, picture.values()[i * channels + c]);
            }
            marks[i] = darkest >= least ? 1 : 0;
        }
        if (picture.width() == shape.width() && picture.height() == shape.height()) {
            return marks;
        }
        otherSize = otherSize.or(() -> Optional.of(picture.size()));
        return Fitting.of(fit, picture.width(), picture.height(), new ImageSize(shape.width(), shape.height()))
                .applyToMarks(marks, meaning == Choices.MaskMeaning.MISSING ? 1 : 0);
    }

    /** The least value that is a mark: that of white, or the one that is not 0 where all are 0 or this and none is white. */
    private static float leastMarked(float... values) {
        float other = 0;
        for (float value : values) {
            if (value >= WHITE || value != 0 && other != 0 && value != other) {
                return WHITE;
            }
            other = value != 0 ? value : other;
        }
        return other == 0 ? WHITE : other;
    }

    private List<int[]> shapesOfOne() {
        List<int[]> shapes = new ArrayList<>();
        shapes.add(shape.dimensions().stream().mapToInt(d -> d).toArray());
        if (shape.isPicture()) {
            shapes.add(new int[] {shape.height(), shape.width()});
            shapes.add(new int[] {shape.height(), shape.width(), 1});
        }
        shapes.add(new int[] {shape.values()});
        return shapes;
    }

    private List<BitSet> rows(boolean[] marked, int count) {
        requireCount(count);
        int length = marked.length / count;
        List<BitSet> rows = new ArrayList<>();
        for (int row = 0; row < (count == 1 ? 1 : cues); row++) {
            rows.add(row(marked, row * length, length));
        }
        return rows;
    }

    private void requireCount(int count) {
        if (count != 1 && count != cues && !(limited && count > cues)) {
            throw new InputException(
                    "The mask %s is for %d cues; there are %d. It needs one row for all cues or one for each."
                            .formatted(file, count, cues));
        }
    }

    private BitSet row(boolean[] marked, int from, int length) {
        int repeat = shape.values() / length;
        BitSet set = new BitSet(shape.values());
        for (int i = 0; i < length; i++) {
            set.set(i * repeat, (i + 1) * repeat, marked[from + i]);
        }
        return set;
    }

    private InputException wrongShape(String given) {
        String pixels = shape.isPicture() ? ", [%d, %d]".formatted(shape.height(), shape.width()) : "";
        return new InputException(
                ("The mask %s has shape %s; for patterns of shape %s it must be %s%s or [%d], or one of these for each"
                                + " of the %d cues. Maybe it was made for other pictures.")
                        .formatted(file, given, shape, shape.dimensions(), pixels, shape.values(), cues));
    }
}
