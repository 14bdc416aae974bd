package dev.engram.cli.options;

import dev.engram.io.image.ImageSize;
import dev.engram.memory.Region;
import dev.engram.memory.Setting;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Option values from text. Picocli puts the option's name before each message. */
public final class Converters {
    private Converters() {}

    /** Reads as the library does; what it refuses is a wrong value of the option. */
    public static class Reading<T> implements ITypeConverter<T> {
        private final Function<String, T> reader;

        public Reading(Function<String, T> reader) {
            this.reader = reader;
        }

        @Override
        public T convert(String text) {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** A whole number, at least 1. */
    public static final class Count extends Reading<Integer> {
        public Count() {
            super(Setting.count("", "", "").reader());
        }
    }

    /** A whole number, at least 1, or {@code auto}, which is 0. */
    public static final class CountOrAuto extends Reading<Integer> {
        public CountOrAuto() {
            super(Setting.countOrAuto("", "").reader());
        }
    }

    /** A number above 0. */
    public static final class Positive extends Reading<Double> {
        public Positive() {
            super(Setting.positive("", "", "").reader());
        }
    }

    /** A number between 0 and 1. */
    public static final class Rate extends Reading<Double> {
        public Rate() {
            super(text -> {
                double value = Setting.finite("", "", "").reader().apply(text);
                if (!(value > 0 && value < 1)) {
                    throw new IllegalArgumentException(
                            "'%s' must be a number between 0 and 1. Maybe 0.01 for one in a hundred.".formatted(text));
                }
                return value;
            });
        }
    }

    /** A number, at least 0. */
    public static final class NotNegative extends Reading<Double> {
        public NotNegative() {
            super(text -> {
                double value = Setting.finite("", "", "").reader().apply(text);
                if (value < 0) {
                    throw new IllegalArgumentException("'%s' must be a number of at least 0.".formatted(text));
                }
                return value;
            });
        }
    }

    /** A part of a picture. */
    public static final class Spec extends Reading<NamedRegion> {
        public Spec() {
            super(text -> new NamedRegion(text, Region.parse(text)));
        }
    }

    /** A picture's size in pixels. */
    static final class Size extends Reading<ImageSize> {
        public Size() {
            super(ImageSize::parse);
        }
    }
}
