package dev.engram.cli.options;

import dev.engram.experiments.frame.Profile;
import dev.engram.learning.GradientRule;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import dev.engram.network.Activation;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Closed choices as the command line spells them: lower case, with hyphens. */
public final class Choices {
    private Choices() {}

    /** What stores the patterns. */
    public enum Model {
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
        public final String advice;

        /** Those that not every model takes. */
        public final List<String> options;

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
    public enum Engine {
        AUTO(dev.engram.inference.Engine.AUTO),
        REFERENCE(dev.engram.inference.Engine.REFERENCE),
        GRAM(dev.engram.inference.Engine.GRAM),
        SPAN(dev.engram.inference.Engine.SPAN);

        public final dev.engram.inference.Engine value;

        Engine(dev.engram.inference.Engine value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How weights are updated. */
    public enum Rule {
        LOCAL_LEAST_SQUARES,
        GRADIENT;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How a classical Hopfield network learns. */
    public enum HebbianRule {
        HEBB(HopfieldRule.HEBB),
        STORKEY(HopfieldRule.STORKEY),
        PSEUDO_INVERSE(HopfieldRule.PSEUDO_INVERSE),
        PREDICTIVE_CODING(HopfieldRule.PREDICTIVE_CODING);

        public final HopfieldRule value;

        HebbianRule(HopfieldRule value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** How a modern Hopfield network compares. */
    public enum Likeness {
        DOT(Similarity.DOT, false),
        COSINE(Similarity.COSINE, false),
        EUCLIDEAN(Similarity.EUCLIDEAN, true),
        L1(Similarity.MANHATTAN, true);

        public final Similarity value;

        /** Never above 0. */
        public final boolean isDistance;

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
    public enum Selection {
        SOFTMAX((beta, degree) -> Separation.softmax(beta)),
        SPARSEMAX((beta, degree) -> Separation.sparsemax(beta)),
        MAX((beta, degree) -> Separation.max()),
        POLYNOMIAL((beta, degree) -> Separation.polynomial(degree));

        private final BiFunction<Double, Integer, Separation> maker;

        Selection(BiFunction<Double, Integer, Separation> maker) {
            this.maker = maker;
        }

        public Separation with(double beta, int degree) {
            return maker.apply(beta, degree);
        }

        public boolean takesBeta() {
            return this == SOFTMAX || this == SPARSEMAX;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What a covariance memory learns. */
    public enum Form {
        EXPLICIT(CovarianceOptions.Form.EXPLICIT),
        IMPLICIT(CovarianceOptions.Form.IMPLICIT),
        DENDRITIC(CovarianceOptions.Form.DENDRITIC);

        public final CovarianceOptions.Form value;

        Form(CovarianceOptions.Form value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What becomes of a gradient. */
    public enum Optimiser {
        PLAIN(GradientRule::plain),
        ADAM(GradientRule::adam);

        public final DoubleFunction<GradientRule> rule;

        Optimiser(DoubleFunction<GradientRule> rule) {
            this.rule = rule;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** The non-linearity. */
    public enum Nonlinearity {
        RELU(Activation.RELU),
        TANH(Activation.TANH),
        LINEAR(Activation.LINEAR);

        public final Activation value;

        Nonlinearity(Activation value) {
            this.value = value;
        }

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What holds the top layer of a predictive-coding network. */
    public enum Prior {
        VECTOR,
        CODES;

        @Override
        public String toString() {
            return spelled(this);
        }
    }

    /** What befell whole cues. */
    public enum Damage {
        NOISE,
        UNMARKED;

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

    /** Teaches the command line to read them, and to name them as they are spelled where one is not understood. */
    public static void registerOn(CommandLine line) {
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

    public static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
