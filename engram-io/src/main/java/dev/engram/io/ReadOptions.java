package dev.engram.io;

import dev.engram.io.image.Fit;
import dev.engram.io.image.ImageSize;
import dev.engram.io.image.NameOrder;
import dev.engram.io.table.TableOptions;
import dev.engram.memory.Shape;
import java.util.Optional;

/**
 * How patterns are read.
 *
 * @param limit how many patterns to read from the start; 0 reads all
 * @param resize the size every picture is brought to, those in arrays too; empty keeps the pictures as they are
 * @param fit how a picture is brought to another size
 * @param like the shape that files of pictures are brought to, size (without {@code resize}) and colours, if it is that of a
 *     picture; arrays stay as they are
 * @param table how a table is read
 * @param missing whether values may be missing
 * @param order in which the pictures of a folder are taken
 */
public record ReadOptions(
        int limit,
        Optional<ImageSize> resize,
        Fit fit,
        Optional<Shape> like,
        TableOptions table,
        Missing missing,
        NameOrder order) {
    /** What is done about values that are missing: NaN in arrays, cells without a value in tables. */
    public enum Missing {
        REFUSED,
        /** They are NaN in what is read. */
        KEPT
    }

    public ReadOptions {
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "The limit (%d) must be 0 (read all) or the number of patterns to read.".formatted(limit));
        }
    }

    /** Of patterns without missing values; tables as they are. */
    public ReadOptions(int limit, Optional<ImageSize> resize) {
        this(
                limit,
                resize,
                Fit.STRETCH,
                Optional.empty(),
                TableOptions.defaults(),
                Missing.REFUSED,
                NameOrder.CHARACTERS);
    }

    /** Everything, as it is. */
    public static ReadOptions defaults() {
        return new ReadOptions(0, Optional.empty());
    }

    public ReadOptions withLimit(int newLimit) {
        return new ReadOptions(newLimit, resize, fit, like, table, missing, order);
    }

    public ReadOptions withResize(int width, int height) {
        return withResize(new ImageSize(width, height));
    }

    public ReadOptions withResize(ImageSize size) {
        return new ReadOptions(limit, Optional.of(size), fit, like, table, missing, order);
    }

    public ReadOptions withFit(Fit newFit) {
        return new ReadOptions(limit, resize, newFit, like, table, missing, order);
    }

    /** Files of pictures are brought to the shape of the patterns they are for. */
    public ReadOptions withLike(Shape shape) {
        return new ReadOptions(limit, resize, fit, Optional.of(shape), table, missing, order);
    }

    public ReadOptions withTable(TableOptions options) {
        return new ReadOptions(limit, resize, fit, like, options, missing, order);
    }

    public ReadOptions withMissing(Missing newMissing) {
        return new ReadOptions(limit, resize, fit, like, table, newMissing, order);
    }

    public ReadOptions withOrder(NameOrder newOrder) {
        return new ReadOptions(limit, resize, fit, like, table, missing, newOrder);
    }

    /** The size that files of pictures are brought to. */
    Optional<ImageSize> size() {
        return resize.or(
                () -> like.filter(Shape::isPicture).flatMap(shape -> ImageSize.of(shape.width(), shape.height())));
    }

    /** How many channels they are brought to: 1 or 3; others say nothing about colours. */
    Optional<Integer> channels() {
        return like.filter(Shape::isPicture).map(Shape::channels).filter(c -> c == 1 || c == 3);
    }

    /** How many of {@code available} patterns these options ask for. */
    int count(int available) {
        return limit == 0 ? available : Math.min(limit, available);
    }

    /** The limit as a number of rows; "all" is the largest int. */
    int rows() {
        return limit == 0 ? Integer.MAX_VALUE : limit;
    }
}
