package dev.engram.cli;

import dev.engram.experiments.frame.Profile;
import dev.engram.graph.Activation;
import dev.engram.learning.GradientRule;
import dev.engram.memory.CovarianceOptions;
import dev.engram.memory.HopfieldRule;
import dev.engram.memory.Separation;
import dev.engram.memory.Similarity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Closed choices as the command line spells them: lower case, with hyphens. */
final class Choices {
    private Choices() {}

    /** What stores the patterns. */
    enum Model {
        PCN(
                "",
                "--hidden",
                "--layers",
                "--activation",
                "--learning",
                "--updates",
                "--inference-steps",
                "--prior-precision",
                "--ridge",
                "--learning-rate",
                "--optimiser",
                "--engine",
                "--explain",
                "--prior",
                "--keep-originals"),
        HOPFIELD("another --rule, or fewer patterns (--limit)", "--rule", "--binarise-above"),
        MODERN_HOPFIELD(
                "a larger --beta, or --similarity euclidean", "--similarity", "--separation", "--beta", "--degree"),
        SPARSE_QUANTISED_HOPFIELD("more --units, or fewer patterns (--limit)", "--sides", "--units"),
        COVARIANCE("a smaller --ridge", "--form", "--ridge"),
        AFFINE_SPAN("--model nearest-neighbour"),
        NEAREST_NEIGHBOUR("fewer patterns (--limit)"),
        AUTOENCODER("more --updates, or a larger --hidden", "--hidden", "--activation", "--updates", "--learning-rate"),
        OVERPARAMETRISED_AUTOENCODER(
                "more --updates, or --model autoencoder", "--hidden", "--activation", "--updates", "--learning-rate");

        /** What may help where patterns do not come back; empty where it depends on the patterns. */
        final String advice;

        /** Those that not every model takes. */
        final List<String> options;

        Model(String advice, String... options) {
            this.advice = advice;
            this.options = List.of(options);
        }

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

    /** How a classical Hopfield network learns. */
    enum HebbianRule {
        HEBB(HopfieldRule.HEBB),
        STORKEY(HopfieldRule.STORKEY),
        PSEUDO_INVERSE(HopfieldRule.PSEUDO_INVERSE),
        PREDICTIVE_CODING(HopfieldRule.PREDICTIVE_CODING);

        final HopfieldRule value;

        HebbianRule(HopfieldRule value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How a modern Hopfield network compares. */
    enum Likeness {
        DOT(Similarity.DOT, false),
        COSINE(Similarity.COSINE, false),
        EUCLIDEAN(Similarity.EUCLIDEAN, true),
        L1(Similarity.MANHATTAN, true);

        final Similarity value;

        /** Never above 0. */
        final boolean isDistance;

        Likeness(Similarity value, boolean isDistance) {
            this.value = value;
            this.isDistance = isDistance;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How a modern Hopfield network pulls the best apart from the rest. */
    enum Selection {
        SOFTMAX((beta, degree) -> Separation.softmax(beta)),
        SPARSEMAX((beta, degree) -> Separation.sparsemax(beta)),
        MAX((beta, degree) -> Separation.max()),
        POLYNOMIAL((beta, degree) -> Separation.polynomial(degree));

        private final BiFunction<Double, Integer, Separation> maker;

        Selection(BiFunction<Double, Integer, Separation> maker) {
            this.maker = maker;
        }

        Separation with(double beta, int degree) {
            return maker.apply(beta, degree);
        }

        boolean takesBeta() {
            return this == SOFTMAX || this == SPARSEMAX;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What a covariance memory learns. */
    enum Form {
        EXPLICIT(CovarianceOptions.Form.EXPLICIT),
        IMPLICIT(CovarianceOptions.Form.IMPLICIT),
        DENDRITIC(CovarianceOptions.Form.DENDRITIC);

        final CovarianceOptions.Form value;

        Form(CovarianceOptions.Form value) {
            this.value = value;
        }

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

    /** What holds the top layer of a predictive-coding network. */
    enum Prior {
        VECTOR,
        CODES;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What befell whole cues. */
    enum Damage {
        NOISE,
        UNMARKED;

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
        register(line, HebbianRule.class);
        register(line, Likeness.class);
        register(line, Selection.class);
        register(line, Form.class);
        register(line, Optimiser.class);
        register(line, Nonlinearity.class);
        register(line, Prior.class);
        register(line, Damage.class);
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
