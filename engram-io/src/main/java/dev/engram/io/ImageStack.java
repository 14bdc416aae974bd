package dev.engram.io;

import dev.engram.io.file.HeapLimit;
import dev.engram.io.file.InputException;
import dev.engram.io.image.DecodedImage;
import dev.engram.io.image.ImageDecoder;
import dev.engram.io.image.ImageFolder;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Decodes many pictures into one matrix, a row for each.
 *
 * <p>Grey pictures alone give {@code [height, width]}, as soon as one has colours all are {@code [height, width, 3]};
 * unless a shape is given that they are to have.
 * The decoding runs in parallel, a block at a time; the outcome, errors included, is that of reading one by one.
 */
final class ImageStack {
    private static final int BLOCK = 128;

    private final List<Path> files;
    private final Map<DecodedImage.Note, Integer> counts = new EnumMap<>(DecodedImage.Note.class);
    private final Set<String> sizesBefore = new LinkedHashSet<>();
    private Optional<DecodedImage> first = Optional.empty();
    private int channels;
    private float[] values = {};
    private int placed;

    private ImageStack(List<Path> files) {
        this.files = files;
    }

    /**
     * Decodes the pictures of the folder.
     *
     * @throws InputException naming the first file that cannot be decoded, or two of different size
     */
    static RawPatterns read(ImageFolder folder, ReadOptions options) {
        ImageStack stack = new ImageStack(folder.files());
        for (int from = 0; from < stack.files.size(); from += BLOCK) {
            for (Outcome outcome : stack.decode(from, Math.min(stack.files.size(), from + BLOCK), options)) {
                stack.place(outcome.orThrow());
                outcome.sizeBefore.ifPresent(stack.sizesBefore::add);
            }
        }
        List<String> notes = new ArrayList<>(folder.notes());
        notes.addAll(stack.notes(options));
        DecodedImage one = stack.first.orElseThrow();
        Shape shape = options.like()
                .filter(like -> like.isPicture()
                        && like.height() == one.height()
                        && like.width() == one.width()
                        && like.channels() == stack.channels)
                .orElseGet(() -> stack.channels == 1
                        ? Shape.of(one.height(), one.width())
                        : Shape.of(one.height(), one.width(), stack.channels));
        return new RawPatterns(Matrix.wrap(stack.placed, shape.values(), stack.values), shape, folder.names(), notes);
    }

    /** A picture, or why there is none: kept until its turn, so that the first bad file is the one named. */
    private record Outcome(
            Optional<DecodedImage> image, Optional<String> sizeBefore, Optional<InputException> failure) {
        static Outcome of(Path file, ReadOptions options) {
            try {
                DecodedImage image = ImageDecoder.decode(file, options.size().isPresent());
                DecodedImage fitted = options.size()
                        .map(size -> image.resized(size, options.fit()))
                        .orElse(image);
                return new Outcome(
                        Optional.of(options.channels().map(fitted::withChannels).orElse(fitted)),
                        Optional.of(image.size()).filter(size -> !size.equals(fitted.size())),
                        Optional.empty());
            } catch (InputException e) {
                return new Outcome(Optional.empty(), Optional.empty(), Optional.of(e));
            }
        }

        DecodedImage orThrow() {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return image.orElseThrow();
        }
    }

    private List<Outcome> decode(int from, int to, ReadOptions options) {
        return IntStream.range(from, to)
                .parallel()
                .mapToObj(i -> Outcome.of(files.get(i), options))
                .toList();
    }

    private void place(DecodedImage image) {
        DecodedImage one = first.orElse(image);
        if (first.isEmpty()) {
            first = Optional.of(image);
            channels = image.channels();
            values = allocate(image);
        }
        if (image.width() != one.width() || image.height() != one.height()) {
            throw new InputException(
                    "The pictures differ in size: %s is %s, %s is %s; one size was expected. Maybe use --resize %s."
                            .formatted(files.get(0), one.size(), files.get(placed), image.size(), one.size()));
        }
        if (image.channels() > channels) {
            widen(image);
        }
        DecodedImage fitting = channels == 1 ? image : image.toRgb();
        fitting.notes().forEach(note -> counts.merge(note, 1, Integer::sum));
        System.arraycopy(fitting.values(), 0, values, placed * fitting.values().length, fitting.values().length);
        placed++;
    }

    /** The first coloured picture after grey ones: these become RGB. */
    private void widen(DecodedImage coloured) {
        float[] grey = values;
        int greyValues = placed * coloured.width() * coloured.height();
        channels = coloured.channels();
        values = allocate(coloured);
        for (int i = 0; i < greyValues * channels; i++) {
            values[i] = grey[i / channels];
        }
        counts.merge(DecodedImage.Note.GREY_TO_RGB, placed, Integer::sum);
    }

    private float[] allocate(DecodedImage like) {
        long all = (long) like.values().length * files.size();
        return new float[HeapLimit.floats("The stack of %d pictures".formatted(files.size()), all)];
    }

    private List<String> notes(ReadOptions options) {
        return counts.entrySet().stream()
                .map(e -> "%d of %d pictures %s.".formatted(e.getValue(), placed, said(e.getKey(), options)))
                .toList();
    }

    private String said(DecodedImage.Note note, ReadOptions options) {
        String others = options.like().isPresent() ? ", as the patterns they are compared with" : "";
        return switch (note) {
            case RESIZED -> {
                String several = sizesBefore.size() > 1 ? " and other sizes" : "";
                String from = sizesBefore.iterator().next() + several;
                yield "were "
                        + RawPatterns.resizing(from, options.size().orElseThrow(), options.fit())
                        + (options.resize().isPresent() ? "" : others);
            }
            case GREY_TO_RGB -> note.text() + (options.channels().isPresent() ? others : ", as the others are");
            case RGB_TO_GREY -> note.text() + others;
            default -> note.text();
        };
    }
}
