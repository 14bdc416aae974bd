package dev.engram.cli.options;

import dev.engram.experiments.frame.Profile;
import dev.engram.io.image.Fit;
import dev.engram.memory.Activations;
import dev.engram.memory.Setting;
import dev.engram.network.Activation;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Closed choices as the command line spells them: lower case, with hyphens. */
public final class Choices {
    private Choices() {}

    /** What happened to whole cues. */
    public enum CueDamage {
        NOISE,
        UNMARKED;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** Whose size answers have. */
    public enum OutputSize {
        MEMORY,
        CUE;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What a marked pixel of a mask file is. */
    public enum MaskMeaning {
        MISSING,
        KNOWN;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What grows in a measurement of costs. */
    public enum Growing {
        SIZE,
        PATTERNS;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** The non-linearities there are, looked for where a help text names them. */
    public static final class ActivationWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Activations.setting().choices().iterator();
        }
    }

    /** Teaches the command line to read them, and to name them as they are spelled where one is not understood. */
    public static void registerOn(CommandLine line) {
        line.registerConverter(
                Activation.class,
                text -> new Converters.Reading<>(Activations.setting().reader()).convert(text));
        register(line, CueDamage.class);
        register(line, OutputSize.class);
        register(line, Fit.class);
        register(line, MaskMeaning.class);
        register(line, Growing.class);
        register(line, Profile.class);
        line.registerConverter(Path.class, Choices::path);
    }

    /** An empty argument, as of a variable that is not set, would be the folder that the command runs in. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException(
                    "is empty; a path was expected. Maybe a variable is not set, or write . for this folder");
        }
        return Path.of(text);
    }

    private static <E extends Enum<E>> void register(CommandLine line, Class<E> type) {
        line.registerConverter(
                type, new Converters.Reading<>(Setting.choice("", "", "", type).reader()));
    }

    public static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
