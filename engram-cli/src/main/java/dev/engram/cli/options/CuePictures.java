package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.io.image.DecodedImage;
import dev.engram.io.image.Fit;
import dev.engram.io.image.Fitting;
import dev.engram.io.image.ImageDecoder;
import dev.engram.io.image.ImageSize;
import dev.engram.io.image.ImageWriter;
import dev.engram.io.memory.Stored;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Cues as the pictures they were, to bring answers to their size; each is decoded again when it is needed.
 *
 * <p>Where a mask is given, what is known of a picture stays as it is, pixel by pixel.
 */
public final class CuePictures {
    private final List<Path> files;
    private final Shape shape;
    private final Fit fit;
    private final Optional<Mask> mask;

    private CuePictures(List<Path> files, Shape shape, Fit fit, Optional<Mask> mask) {
        this.files = files;
        this.shape = shape;
        this.fit = fit;
        this.mask = mask;
    }

    /** @throws CommandException (wrong usage) if the cues are no pictures, or the answers are not */
    public static CuePictures of(ReadingOptions reading, Path cues, Stored memory) {
        Shape shape = memory.shape();
        List<Path> files = reading.pictures(cues)
                .orElseThrow(() -> CommandException.wrongUsage(
                        "--output-size cue is for pictures; the cues in %s are an array or made by the program. Maybe leave it out."
                                .formatted(cues)))
                .files();
        if (!shape.isPicture() || shape.channels() != 1 && shape.channels() != 3) {
            throw CommandException.wrongUsage(
                    "--output-size cue is for pictures; the memory's patterns have shape %s. Maybe leave it out."
                            .formatted(shape));
        }
        return new CuePictures(files, shape, reading.fitFor(memory), Optional.empty());
    }

    /** The same, with what is known of them. */
    public CuePictures known(Mask known) {
        return new CuePictures(files, shape, fit, Optional.of(known));
    }

    /** The answer to a cue in that cue's size, as the bytes of a PNG file. */
    byte[] png(Matrix answers, int cue) {
        DecodedImage picture = ImageDecoder.decode(files.get(cue)).withChannels(shape.channels());
        ImageSize size = new ImageSize(shape.width(), shape.height());
        float[] full = Fitting.of(fit, picture.width(), picture.height(), size)
                .restore(answers.row(cue), picture.values(), shape.channels(), known(cue));
        return ImageWriter.png(
                full,
                shape.channels() == 1
                        ? Shape.of(picture.height(), picture.width())
                        : Shape.of(picture.height(), picture.width(), shape.channels()));
    }

    private BitSet known(int cue) {
        BitSet known = new BitSet(shape.values());
        mask.ifPresent(m -> IntStream.range(0, shape.values())
                .filter(value -> m.isKnown(cue, value))
                .forEach(known::set));
        return known;
    }
}
