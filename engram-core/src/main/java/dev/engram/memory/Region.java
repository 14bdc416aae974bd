package dev.engram.memory;

import dev.engram.memory.internal.Stream;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A part of a picture, chosen by pixels: all channels of a pixel go together.
 *
 * <p>As text ({@link #parse}): {@code top:0.5}, {@code bottom:0.5}, {@code left:0.25}, {@code right:0.25}, {@code random:0.125} (one
 * draw for all pictures), {@code random-each:0.125} (a draw for each), {@code box:x,y,w,h} in pixels, {@code square-each:0.2} (a square over this part of the
 * picture, somewhere, a draw for each), {@code present} for all there is.
 */
public sealed interface Region {
    /** The pixels of the chosen part of picture {@code index}, as values of the flattened pattern. */
    BitSet values(Shape shape, int index, long seed);

    /** One row for all of {@code count} pictures, or one for each where they differ. */
    default List<BitSet> rows(Shape shape, int count, long seed) {
        return rows(shape, 0, count, seed);
    }

    /** The same of pictures that are not the first, but those from a given number on. */
    default List<BitSet> rows(Shape shape, int first, int count, long seed) {
        return List.of(values(shape, 0, seed));
    }

    /** The fraction of rows or columns at one edge, rounded to whole ones. */
    record Edge(Side side, double fraction) implements Region {
        /** Which edge. */
        public enum Side {
            TOP,
            BOTTOM,
            LEFT,
            RIGHT
        }

        public Edge {
            requireFraction(fraction);
        }

        @Override
        public BitSet values(Shape shape, int index, long seed) {
            int h = shape.height();
            int w = shape.width();
            int rows = (int) Math.round(h * fraction);
            int columns = (int) Math.round(w * fraction);
            return switch (side) {
                case TOP -> box(shape, 0, 0, w, rows);
                case BOTTOM -> box(shape, 0, h - rows, w, rows);
                case LEFT -> box(shape, 0, 0, columns, h);
                case RIGHT -> box(shape, w - columns, 0, columns, h);
            };
        }
    }

    /** A random fraction of the pixels, the same for every picture. */
    record Random(double fraction) implements Region {
        public Random {
            requireFraction(fraction);
        }

        @Override
        public BitSet values(Shape shape, int index, long seed) {
            return scatter(shape, fraction, Stream.REGION.of(seed));
        }
    }

    /** A random fraction of the pixels, drawn for every picture. */
    record RandomEach(double fraction) implements Region {
        public RandomEach {
            requireFraction(fraction);
        }

        @Override
        public BitSet values(Shape shape, int index, long seed) {
            return scatter(shape, fraction, ofPicture(index, seed));
        }

        @Override
        public List<BitSet> rows(Shape shape, int first, int count, long seed) {
            return each(this, shape, first, count, seed);
        }
    }

    /** A square over a fraction of the picture, or as much of it as fits, at a place that is drawn for every picture. */
    record SquareEach(double fraction) implements Region {
        public SquareEach {
            requireFraction(fraction);
        }

        @Override
        public BitSet values(Shape shape, int index, long seed) {
            double side = Math.sqrt(fraction * shape.width() * shape.height());
            int width = Math.min(shape.width(), (int) Math.round(side));
            int height = Math.min(shape.height(), (int) Math.round(side));
            SplittableRandom random = ofPicture(index, seed);
            return box(
                    shape,
                    random.nextInt(shape.width() - width + 1),
                    random.nextInt(shape.height() - height + 1),
                    width,
                    height);
        }

        @Override
        public List<BitSet> rows(Shape shape, int first, int count, long seed) {
            return each(this, shape, first, count, seed);
        }
    }

    /** Everything: of cues that lack values, what is there. */
    record Present() implements Region {
        @Override
        public BitSet values(Shape shape, int index, long seed) {
            BitSet all = new BitSet(shape.values());
            all.set(0, shape.values());
            return all;
        }
    }

    /** A rectangle, in pixels from the upper left. */
    record Box(int x, int y, int width, int height) implements Region {
        public Box {
            if (x < 0 || y < 0 || width < 1 || height < 1) {
                throw new IllegalArgumentException(
                        "A box needs x, y of at least 0 and a width and height of at least 1; given was %d,%d,%d,%d."
                                .formatted(x, y, width, height));
            }
        }

        @Override
        public BitSet values(Shape shape, int index, long seed) {
            if (x + width > shape.width() || y + height > shape.height()) {
                throw new IllegalArgumentException("The box %d,%d,%d,%d reaches outside the %d x %d picture."
                        .formatted(x, y, width, height, shape.width(), shape.height()));
            }
            return box(shape, x, y, width, height);
        }
    }

    /**
     * Reads a region from text.
     *
     * @throws IllegalArgumentException naming the forms it understands
     */
    static Region parse(String text) {
        String[] parts = text.split(":", 2);
        String value = parts.length == 2 ? parts[1] : "";
        try {
            return switch (parts[0].toLowerCase(Locale.ROOT)) {
                case "top" -> new Edge(Edge.Side.TOP, fraction(value));
                case "bottom" -> new Edge(Edge.Side.BOTTOM, fraction(value));
                case "left" -> new Edge(Edge.Side.LEFT, fraction(value));
                case "right" -> new Edge(Edge.Side.RIGHT, fraction(value));
                case "random" -> new Random(fraction(value));
                case "random-each" -> new RandomEach(fraction(value));
                case "box" -> box(value.split(","));
                case "square-each" -> new SquareEach(fraction(value));
                case "present" -> present(parts.length);
                default -> throw new NumberFormatException("no such region");
            };
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not a region. Maybe top:0.5, bottom:0.5, left:0.25, right:0.25, random:0.125, random-each:0.125, box:x,y,w,h (pixels), square-each:0.2 or present."
                            .formatted(text));
        }
    }

    private static Present present(int parts) {
        if (parts != 1) {
            throw new NumberFormatException("it takes no number");
        }
        return new Present();
    }

    private static Box box(String[] n) {
        if (n.length != 4) {
            throw new NumberFormatException("a box has four numbers");
        }
        return new Box(integer(n[0]), integer(n[1]), integer(n[2]), integer(n[3]));
    }

    private static double fraction(String text) {
        return Double.parseDouble(text.trim());
    }

    private static int integer(String text) {
        return Integer.parseInt(text.trim());
    }

    private static void requireFraction(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new IllegalArgumentException(
                    "The fraction of a region (%s) must be above 0 and at most 1. Maybe 0.5 for a half."
                            .formatted(fraction));
        }
    }

    private static SplittableRandom ofPicture(int index, long seed) {
        return new SplittableRandom(Stream.REGION.of(seed).nextLong() + 0x9E3779B97F4A7C15L * index);
    }

    private static List<BitSet> each(Region region, Shape shape, int first, int count, long seed) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> region.values(shape, i, seed))
                .toList();
    }

    private static BitSet box(Shape shape, int x, int y, int width, int height) {
        BitSet set = new BitSet(shape.values());
        int c = shape.channels();
        for (int row = y; row < y + height; row++) {
            set.set((row * shape.width() + x) * c, (row * shape.width() + x + width) * c);
        }
        return set;
    }

    /** Exactly round(fraction · pixels) pixels, by a partial Fisher-Yates shuffle. */
    private static BitSet scatter(Shape shape, double fraction, SplittableRandom random) {
        int pixels = shape.height() * shape.width();
        int c = shape.channels();
        int[] order = IntStream.range(0, pixels).toArray();
        BitSet set = new BitSet(shape.values());
        for (int i = 0; i < Math.round(pixels * fraction); i++) {
            int j = random.nextInt(i, pixels);
            int pixel = order[j];
            order[j] = order[i];
            set.set(pixel * c, (pixel + 1) * c);
        }
        return set;
    }
}
