package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the memories that learn at once. What is not given has the library's default. */
final class StorageOptions {
    private static final double BETA = 2;
    private static final double BETA_OF_COSINES = 1000;
    private static final int DEGREE = 100;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            defaultValue = "pseudo-inverse",
            description =
                    "For hopfield: how its weights are learned: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Choices.HebbianRule rule = Choices.HebbianRule.PSEUDO_INVERSE;

    @Option(
            names = "--binarise-above",
            paramLabel = "V",
            defaultValue = "0.5",
            converter = Converters.Finite.class,
            description = "For hopfield, which knows 0 and 1 only: values above this are 1, in patterns and cues"
                    + " (default: ${DEFAULT-VALUE}).")
    private double threshold;

    @Option(
            names = "--similarity",
            paramLabel = "S",
            defaultValue = "euclidean",
            description =
                    "For modern-hopfield: ${COMPLETION-CANDIDATES}; euclidean and l1 are distances, the first squared"
                            + " (default: ${DEFAULT-VALUE}).")
    private Choices.Likeness similarity = Choices.Likeness.EUCLIDEAN;

    @Option(
            names = "--separation",
            paramLabel = "S",
            defaultValue = "softmax",
            description = "For modern-hopfield: ${COMPLETION-CANDIDATES}; polynomial with dot and cosine only"
                    + " (default: ${DEFAULT-VALUE}).")
    private Choices.Selection separation = Choices.Selection.SOFTMAX;

    @Option(
            names = "--beta",
            paramLabel = "B",
            converter = Converters.Positive.class,
            description =
                    "For softmax and sparsemax: the inverse temperature (default: 2; 1000 with cosine, which is at most"
                            + " 1).")
    private Optional<Double> beta = Optional.empty();

    @Option(
            names = "--degree",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "For polynomial: the power (default: " + DEGREE + ").")
    private Optional<Integer> degree = Optional.empty();

    @Option(
            names = "--sides",
            paramLabel = "N,N,..",
            split = ",",
            defaultValue = "1",
            converter = Converters.Count.class,
            description =
                    "For sparse-quantised-hopfield: nodes on a side of each level of its tree, from the patches up to"
                            + " the one on top, for example 8,4,1 (default: ${DEFAULT-VALUE}, one node that sees all).")
    private List<Integer> sides = List.of(1);

    @Option(
            names = "--units",
            paramLabel = "auto|N",
            defaultValue = "auto",
            converter = Converters.CountOrAuto.class,
            description =
                    "For sparse-quantised-hopfield: the most units in a node, which patterns then share; auto takes one"
                            + " for each pattern (default: ${DEFAULT-VALUE}).")
    private int units;

    @Option(
            names = "--form",
            paramLabel = "F",
            defaultValue = "dendritic",
            description = "For covariance: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Choices.Form form = Choices.Form.DENDRITIC;

    MemoryModel hopfield() {
        return MemoryModel.hopfield(rule.value, HopfieldOptions.defaults().withThreshold(threshold));
    }

    /** @throws CommandException (wrong usage) for options that do not go together */
    MemoryModel modernHopfield() {
        if (separation == Choices.Selection.POLYNOMIAL && similarity.isDistance) {
            throw CommandException.wrongUsage(
                    "--separation polynomial keeps what is above 0, and --similarity %s never is. Maybe use --similarity dot or cosine."
                            .formatted(similarity));
        }
        if (beta.isPresent() && !separation.takesBeta()) {
            throw CommandException.wrongUsage(
                    "--beta has no meaning with --separation %s. Maybe use --separation softmax."
                            .formatted(separation));
        }
        if (degree.isPresent() && separation != Choices.Selection.POLYNOMIAL) {
            throw CommandException.wrongUsage(
                    "--degree has no meaning with --separation %s. Maybe use --separation polynomial."
                            .formatted(separation));
        }
        double usual = similarity == Choices.Likeness.COSINE ? BETA_OF_COSINES : BETA;
        Separation chosen = separation.with(beta.orElse(usual), degree.orElse(DEGREE));
        return MemoryModel.modernHopfield(new ModernHopfieldOptions(similarity.value, chosen));
    }

    /** @throws CommandException (wrong usage) if the sides are not those of a tree */
    MemoryModel sparseQuantised() {
        int bottom = sides.get(0);
        try {
            return MemoryModel.sparseQuantised(
                    SparseQuantisedOptions.tree(Shape.of(bottom, bottom), sides.toArray(Integer[]::new))
                            .withUnits(units));
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUsage(
                    "--sides %s is no tree: each number must divide the one before, and the last be 1. Maybe --sides 8,4,1."
                            .formatted(String.join(
                                    ",", sides.stream().map(String::valueOf).toList())));
        }
    }

    MemoryModel covariance(Optional<Double> ridge) {
        CovarianceOptions options = CovarianceOptions.defaults().withForm(form.value);
        return MemoryModel.covariance(options.withRidge(ridge.orElse(options.ridge())));
    }
}
