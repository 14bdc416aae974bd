package dev.engram.cli;

import dev.engram.experiments.frame.Profile;
import dev.engram.graph.Activation;
import dev.engram.learning.GradientRule;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Closed choices as the command line spells them: lower case, with hyphens. */
final class Choices {
    private Choices() {}

    /** What stores the patterns. */
    enum Model {
        PCN;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How the model is computed. */
    enum Engine {
        AUTO(dev.engram.inference.Engine.AUTO),
        REFERENCE(dev.engram.inference.Engine.REFERENCE),
        GRAM(dev.engram.inference.Engine.GRAM),
        SPAN(dev.engram.inference.Engine.SPAN);

        final dev.engram.inference.Engine value;

        Engine(dev.engram.inference.Engine value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How weights are updated. */
    enum Rule {
        LOCAL_LEAST_SQUARES,
        GRADIENT;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What becomes of a gradient. */
    enum Optimiser {
        PLAIN(GradientRule::plain),
        ADAM(GradientRule::adam);

        final DoubleFunction<GradientRule> rule;

        Optimiser(DoubleFunction<GradientRule> rule) {
            this.rule = rule;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** The non-linearity. */
    enum Nonlinearity {
        RELU(Activation.RELU),
        TANH(Activation.TANH),
        LINEAR(Activation.LINEAR);

        final Activation value;

        Nonlinearity(Activation value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What a marked pixel of a mask file is. */
    enum MaskMeaning {
        MISSING,
        KNOWN;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** Teaches the command line to read them, and to name them as they are spelled where one is not understood. */
    static void registerOn(CommandLine line) {
        register(line, Model.class);
        register(line, Engine.class);
        register(line, Rule.class);
        register(line, Optimiser.class);
        register(line, Nonlinearity.class);
        register(line, MaskMeaning.class);
        register(line, Profile.class);
    }

    private static <E extends Enum<E>> void register(CommandLine line, Class<E> type) {
        line.registerConverter(type, text -> {
            for (E choice : type.getEnumConstants()) {
                if (spelled(choice).equalsIgnoreCase(text.strip())) {
                    return choice;
                }
            }
            String choices =
                    Arrays.stream(type.getEnumConstants()).map(Choices::spelled).collect(Collectors.joining(", "));
            throw new TypeConversionException("'%s' is none of: %s.".formatted(text, choices));
        });
    }

    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
