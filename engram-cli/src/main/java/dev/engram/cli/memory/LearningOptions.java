package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.inference.EngineCost;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The predictive-coding network and how it is taught. What is not given has the library's default for the number of layers. */
final class LearningOptions {
    private static final double ADAM_RATE = 0.01;
    private static final double PLAIN_RATE = 0.1;
    private static final int GRADIENT_UPDATES = 200;

    @Option(
            names = "--hidden",
            paramLabel = "auto|N",
            defaultValue = "auto",
            converter = Converters.CountOrAuto.class,
            description = "Value nodes in each hidden layer; auto takes about twice the number of patterns and says so"
                    + " (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "2",
            converter = Converters.Count.class,
            description =
                    "Layers, counted with the sensory one: 2 is sensory + one hidden (default: ${DEFAULT-VALUE}).")
    private int layers;

    @Option(
            names = "--activation",
            paramLabel = "F",
            defaultValue = "relu",
            description = "Non-linearity: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Choices.Nonlinearity activation = Choices.Nonlinearity.RELU;

    @Option(
            names = "--learning",
            paramLabel = "RULE",
            defaultValue = "local-least-squares",
            description = "How weights are updated: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Choices.Rule rule = Choices.Rule.LOCAL_LEAST_SQUARES;

    @Option(
            names = "--updates",
            paramLabel = "U",
            converter = Converters.Count.class,
            description =
                    "Weight updates (default: 10, 40 for more than 2 layers; " + GRADIENT_UPDATES
                            + " for gradient, whose steps are small; 1000 for autoencoder, 2000 for overparametrised-autoencoder).")
    private Optional<Integer> updates = Optional.empty();

    @Option(
            names = "--inference-steps",
            paramLabel = "T",
            converter = Converters.Count.class,
            description = "Inference steps before each weight update (default: 20, 30 for more than 2 layers).")
    private Optional<Integer> inferenceSteps = Optional.empty();

    @Option(
            names = "--prior-precision",
            paramLabel = "L",
            converter = Converters.Positive.class,
            description =
                    "How strongly the memory vector holds the top layer (default: 1, 0.1 for more than 2 layers).")
    private Optional<Double> priorPrecision = Optional.empty();

    @Option(
            names = "--ridge",
            paramLabel = "R",
            converter = Converters.Positive.class,
            description = "For local-least-squares: the ridge, relative; small values interpolate the patterns"
                    + " (default: 0.00001, 0.1 for more than 2 layers). For covariance: as a fraction of the values' mean"
                    + " variance (default: 0.00000001).")
    private Optional<Double> ridge = Optional.empty();

    @Option(
            names = "--learning-rate",
            paramLabel = "A",
            converter = Converters.Positive.class,
            description = "For gradient, and autoencoders: the step of a weight update (default: " + ADAM_RATE
                    + " with adam, " + PLAIN_RATE
                    + " with plain; 0.001 for autoencoder, 0.0001 for overparametrised-autoencoder).")
    private Optional<Double> learningRate = Optional.empty();

    @Option(
            names = "--optimiser",
            paramLabel = "O",
            description = "For gradient: ${COMPLETION-CANDIDATES} (default: adam).")
    private Optional<Choices.Optimiser> optimiser = Optional.empty();

    @Option(
            names = "--engine",
            paramLabel = "E",
            defaultValue = "auto",
            description = "How it is computed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Choices.Engine engine = Choices.Engine.AUTO;

    /** @throws CommandException (wrong usage) for options that do not go together */
    PredictiveCodingOptions options() {
        if (layers < 2) {
            throw CommandException.wrongUsage(
                    "--layers (%d) must be at least 2: the sensory layer counts. Maybe --layers 2.".formatted(layers));
        }
        PredictiveCodingOptions options = PredictiveCodingOptions.forLayers(layers)
                .withHidden(hidden)
                .withActivation(activation.value)
                .withEngine(engine.value);
        options = options.withRule(rule(options.rule()));
        options = options.withUpdates(
                updates.orElse(rule == Choices.Rule.GRADIENT ? GRADIENT_UPDATES : options.updates()));
        options = options.withInferenceSteps(inferenceSteps.orElse(options.inferenceSteps()));
        return options.withPriorPrecision(priorPrecision.orElse(options.priorPrecision()));
    }

    /** An autoencoder that departs from the given in what was asked for. */
    MemoryModel autoencoder(AutoencoderOptions usual) {
        return MemoryModel.autoencoder(usual.withHidden(usual.hiddenLayers(), hidden)
                .withActivation(activation.value)
                .withUpdates(updates.orElse(usual.updates()))
                .withOptimiser(
                        learningRate.map(dev.engram.optimiser.Optimiser::adam).orElse(usual.optimiser())));
    }

    boolean choosesHidden() {
        return hidden == 0;
    }

    Optional<Double> ridge() {
        return ridge;
    }

    /** The engines there are for so many patterns, shown if wanted; one that was asked for must apply. */
    void requireEngine(Terminal terminal, PatternSet set, boolean explain) {
        List<EngineCost> costs =
                options().plan(set.count(), set.shape().values()).costs();
        if (explain) {
            Explanation.print(terminal, "learning", costs, engine.value);
        }
        costs.stream()
                .filter(cost -> cost.engine() == engine.value && !cost.isPossible())
                .findFirst()
                .ifPresent(cost -> {
                    throw CommandException.wrongUsage("--engine %s does not apply: %s. Maybe use --engine auto."
                            .formatted(engine, cost.obstacle()));
                });
    }

    String announcement(PatternSet set) {
        return "Learning %s of shape %s with %d hidden value nodes%s%s."
                .formatted(
                        NumberText.count(set.count(), "pattern"),
                        set.shape(),
                        options().hiddenFor(set.count()),
                        layers > 2 ? " in each of %d layers".formatted(layers - 1) : "",
                        choosesHidden() ? " (chosen; --hidden sets it)" : "");
    }

    /** What may help a network that does not regenerate so many patterns. */
    String advice(int patterns) {
        return "--hidden %d, more --updates, or fewer patterns (--limit)"
                .formatted(Math.max(2 * options().hiddenFor(patterns), 2 * patterns));
    }

    private LearningRule rule(LearningRule standard) {
        if (rule == Choices.Rule.GRADIENT) {
            if (ridge.isPresent()) {
                throw misplaced("--ridge", Choices.Rule.LOCAL_LEAST_SQUARES);
            }
            Choices.Optimiser how = optimiser.orElse(Choices.Optimiser.ADAM);
            double usual = how == Choices.Optimiser.ADAM ? ADAM_RATE : PLAIN_RATE;
            return how.rule.apply(learningRate.orElse(usual));
        }
        if (learningRate.isPresent() || optimiser.isPresent()) {
            throw misplaced(learningRate.isPresent() ? "--learning-rate" : "--optimiser", Choices.Rule.GRADIENT);
        }
        return standard instanceof LocalLeastSquares squares && ridge.isPresent()
                ? new LocalLeastSquares(ridge.get(), squares.memoryRate())
                : standard;
    }

    private static CommandException misplaced(String option, Choices.Rule wanted) {
        return CommandException.wrongUsage(
                "%s has no meaning here. Maybe add --learning %s.".formatted(option, wanted));
    }
}
