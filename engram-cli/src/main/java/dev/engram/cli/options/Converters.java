package dev.engram.cli.options;

import dev.engram.io.image.ImageSize;
import dev.engram.memory.Region;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values from text. Picocli puts the option's name before each message. */
public final class Converters {
    private Converters() {}

    /** A whole number, at least 1. */
    public static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return atLeastOne(text, "");
        }
    }

    /** A whole number, at least 1, or {@code auto}, which is 0. */
    public static final class CountOrAuto implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return text.equalsIgnoreCase("auto") ? 0 : atLeastOne(text, " or \"auto\"");
        }
    }

    /** A number above 0. */
    public static final class Positive implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = number(text);
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new TypeConversionException("'%s' must be a number above 0.".formatted(text));
            }
            return value;
        }
    }

    /** A number, at least 0. */
    public static final class NotNegative implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = number(text);
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new TypeConversionException("'%s' must be a number of at least 0.".formatted(text));
            }
            return value;
        }
    }

    /** Any number that is one. */
    public static final class Finite implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = number(text);
            if (!Double.isFinite(value)) {
                throw new TypeConversionException("'%s' must be a finite number.".formatted(text));
            }
            return value;
        }
    }

    /** A part of a picture. */
    public static final class Spec implements ITypeConverter<NamedRegion> {
        @Override
        public NamedRegion convert(String text) {
            try {
                return new NamedRegion(text, Region.parse(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A picture's size in pixels. */
    static final class Size implements ITypeConverter<ImageSize> {
        @Override
        public ImageSize convert(String text) {
            try {
                return ImageSize.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static int atLeastOne(String text, String orElse) {
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The message below says what was expected.
        }
        throw new TypeConversionException("'%s' must be a whole number of at least 1%s.".formatted(text, orElse));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'%s' is not a number.".formatted(text));
        }
    }
}
