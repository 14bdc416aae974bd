package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.memory.Mask;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;

/**
 * A part of a picture as the user wrote it.
 *
 * @param text for example {@code top:0.5}
 */
public record NamedRegion(String text, Region region) {
    /**
     * The mask in which this part is known.
     *
     * @throws CommandException (wrong usage) if patterns of this shape have no such part
     */
    public Mask known(Shape shape, int cues, long seed) {
        return known(shape, 0, cues, seed);
    }

    /** The same of cues that are not the first, but those from a given number on. */
    public Mask known(Shape shape, int first, int cues, long seed) {
        if (!shape.isPicture() && region instanceof Region.Edge edge && isHorizontal(edge)) {
            throw CommandException.wrongUsage(
                    "%s: patterns of shape %s are not pictures; they have no top or bottom. Maybe use left: or random:."
                            .formatted(text, shape));
        }
        Mask mask;
        try {
            mask = Mask.known(shape.values(), region.rows(shape, first, cues, seed));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage("%s: %s".formatted(text, e.getMessage()));
        }
        if (mask.knownValues(0) == 0) {
            throw CommandException.wrongUsage(
                    "%s: that is less than one pixel of a pattern of shape %s. Maybe use a larger fraction."
                            .formatted(text, shape));
        }
        return mask;
    }

    /**
     * This part, of patterns that have it.
     *
     * @throws CommandException (wrong usage) if patterns of this shape have no such part
     */
    public Region of(Shape shape) {
        known(shape, 1, 0);
        return region;
    }

    private static boolean isHorizontal(Region.Edge edge) {
        return edge.side() == Region.Edge.Side.TOP || edge.side() == Region.Edge.Side.BOTTOM;
    }

    @Override
    public String toString() {
        return text;
    }
}
