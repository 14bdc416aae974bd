package dev.engram.memory.attractor;

import dev.engram.inference.Engine;
import dev.engram.learning.GradientRule;
import dev.engram.learning.LearningRule;
import dev.engram.learning.LocalLeastSquares;
import dev.engram.memory.Activations;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The memory kind {@code pcn}: predictive-coding networks with the paper's memory vector as their prior, or with codes. */
public final class PredictiveCodingKind implements MemoryKind {
    private static final double ADAM_RATE = 0.01;
    private static final double PLAIN_RATE = 0.1;
    private static final int GRADIENT_UPDATES = 200;

    private enum Rule {
        LOCAL_LEAST_SQUARES,
        GRADIENT
    }

    private enum Steps {
        ADAM,
        PLAIN
    }

    private enum Prior {
        VECTOR,
        CODES
    }

    private static final Setting<Integer> HIDDEN = Setting.countOrAuto(
            "hidden", "Value nodes in each hidden layer; auto takes what the patterns span and a margin, and says so");
    private static final Setting<Integer> LAYERS =
            Setting.count("layers", "N", "Layers, counted with the sensory one: 2 is sensory + one hidden");
    private static final Setting<Rule> LEARNING =
            Setting.choice("learning", "RULE", "How weights are updated", Rule.class);
    private static final Setting<Integer> UPDATES = Setting.count("updates", "U", "Weight updates, at most");
    private static final Setting<Integer> INFERENCE_STEPS =
            Setting.count("inference-steps", "T", "Inference steps before each weight update");
    private static final Setting<Double> PRIOR_PRECISION =
            Setting.positive("prior-precision", "L", "How strongly the memory vector holds the top layer");
    private static final Setting<Double> RIDGE = Setting.positive(
            "ridge",
            "R",
            "With --learning local-least-squares: the ridge, relative; small values interpolate the patterns");
    private static final Setting<Double> LEARNING_RATE =
            Setting.positive("learning-rate", "A", "With --learning gradient: the step of a weight update");
    private static final Setting<Steps> OPTIMISER =
            Setting.choice("optimiser", "O", "With --learning gradient", Steps.class);
    private static final Setting<Engine> ENGINE =
            Setting.choice("engine", "E", "How it is computed", Engine.class).formerly("gram", "reduced");
    private static final Setting<Prior> PRIOR = Setting.choice(
            "prior",
            "P",
            "What holds the top layer. With codes every pattern's own top-layer values are kept too, and the memory says which pattern"
                    + " a cue is, that several fit, or that it knows none",
            Prior.class);
    private static final Setting<Boolean> KEEP_ORIGINALS = Setting.flag(
            "keep-originals",
            "With --prior codes: keep the patterns themselves as well, and give them back bit for bit.");

    @Override
    public String name() {
        return PredictiveCodingOptions.defaults().name();
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(
                HIDDEN,
                LAYERS,
                Activations.setting(),
                LEARNING,
                UPDATES,
                INFERENCE_STEPS,
                PRIOR_PRECISION,
                RIDGE,
                LEARNING_RATE,
                OPTIMISER,
                ENGINE,
                PRIOR,
                KEEP_ORIGINALS);
    }

    @Override
    public List<Variation> variations() {
        return List.of(
                new Variation("for 3 layers", "", Map.of(LAYERS.name(), "3")),
                new Variation("for 10 layers", "for 3 layers and more", Map.of(LAYERS.name(), "10")),
                new Variation("with --learning gradient", "", Map.of(LEARNING.name(), "gradient")),
                new Variation(
                        "with --learning gradient --optimiser plain",
                        "with --learning gradient",
                        Map.of(LEARNING.name(), "gradient", OPTIMISER.name(), "plain")));
    }

    @Override
    public MemoryModel model(Settings settings) {
        PredictiveCodingOptions network = network(settings);
        boolean keepsOriginals = settings.get(KEEP_ORIGINALS).orElse(false);
        if (settings.get(PRIOR).orElse(Prior.VECTOR) == Prior.CODES) {
            return AttractorOptions.over(network).withOriginals(keepsOriginals);
        }
        settings.refuse(KEEP_ORIGINALS, "with --prior vector", "add --prior codes");
        return network;
    }

    private static PredictiveCodingOptions network(Settings settings) {
        int layers = settings.get(LAYERS).orElse(2);
        if (layers < 2) {
            throw new IllegalArgumentException(
                    "--layers (%d) must be at least 2: the sensory layer counts. Maybe --layers 2.".formatted(layers));
        }
        PredictiveCodingOptions usual = PredictiveCodingOptions.forLayers(layers);
        LearningRule rule = rule(settings, usual.rule());
        int usualUpdates = rule instanceof GradientRule ? GRADIENT_UPDATES : usual.updates();
        return usual.withHidden(settings.get(HIDDEN).orElse(usual.hidden()))
                .withActivation(settings.get(Activations.setting()).orElse(usual.activation()))
                .withRule(rule)
                .withUpdates(settings.get(UPDATES).orElse(usualUpdates))
                .withInferenceSteps(settings.get(INFERENCE_STEPS).orElse(usual.inferenceSteps()))
                .withPriorPrecision(settings.get(PRIOR_PRECISION).orElse(usual.priorPrecision()))
                .withEngine(settings.get(ENGINE).orElse(usual.engine()));
    }

    private static LearningRule rule(Settings settings, LearningRule usual) {
        if (settings.get(LEARNING).orElse(Rule.LOCAL_LEAST_SQUARES) == Rule.GRADIENT) {
            settings.refuse(RIDGE, "here", "add --learning local-least-squares");
            return settings.get(OPTIMISER).orElse(Steps.ADAM) == Steps.ADAM
                    ? GradientRule.adam(settings.get(LEARNING_RATE).orElse(ADAM_RATE))
                    : GradientRule.plain(settings.get(LEARNING_RATE).orElse(PLAIN_RATE));
        }
        settings.refuse(LEARNING_RATE, "here", "add --learning gradient");
        settings.refuse(OPTIMISER, "here", "add --learning gradient");
        return usual instanceof LocalLeastSquares squares
                ? new LocalLeastSquares(settings.get(RIDGE).orElse(squares.ridge()), squares.memoryRate())
                : usual;
    }

    @Override
    public Map<String, MemoryModel> variants() {
        Map<String, MemoryModel> variants = new LinkedHashMap<>();
        variants.put("pcn", PredictiveCodingOptions.defaults());
        variants.put("pcn with codes", AttractorOptions.over(PredictiveCodingOptions.defaults()));
        return variants;
    }

    private static PredictiveCodingOptions network(MemoryModel model) {
        return model instanceof AttractorOptions codes ? codes.network() : (PredictiveCodingOptions) model;
    }

    @Override
    public String size(MemoryModel model, int patterns, Shape shape) {
        PredictiveCodingOptions network = network(model);
        return "%d hidden value nodes%s%s"
                .formatted(
                        network.hiddenFor(patterns, shape.values()),
                        network.layers() > 2 ? " in each of %d layers".formatted(network.layers() - 1) : "",
                        network.hidden() == 0 ? why(patterns, shape.values()) : "");
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        PredictiveCodingOptions network = network(model);
        PredictiveCodingOptions auto = network.withHidden(0);
        int enough = auto.hiddenFor(patterns, shape.values());
        boolean helps = patterns <= shape.values()
                && network.hiddenFor(patterns, shape.values()) < enough
                && auto.obstacle(patterns, shape, Runtime.getRuntime().maxMemory())
                        .isEmpty();
        return (helps ? "--hidden %d, or ".formatted(enough) : "") + "fewer patterns (--limit)";
    }

    @Override
    public String adviceOnDivergence(MemoryModel model) {
        return network(model).rule() instanceof GradientRule
                ? "a smaller --learning-rate, or --learning local-least-squares"
                : MemoryKind.super.adviceOnDivergence(model);
    }

    private static String why(int patterns, int values) {
        return " (chosen: the patterns span at most %d dimensions, and a margin; --hidden sets it)"
                .formatted(PredictiveCodingOptions.spanned(patterns, values));
    }
}
