package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.options.Choices;
import dev.engram.io.PatternSet;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Which memory, and the options that it takes. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "pcn",
            description = "What stores the patterns: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, a"
                    + " predictive-coding network). The options from --hidden to --engine are for it;"
                    + " --hidden, --activation, --updates and --learning-rate for autoencoders too.")
    private Choices.Model model = Choices.Model.PCN;

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Mixin
    private PriorOptions prior = new PriorOptions();

    @Mixin
    private StorageOptions storage = new StorageOptions();

    Choices.Model choice() {
        return model;
    }

    LearningOptions learning() {
        return learning;
    }

    PriorOptions prior() {
        return prior;
    }

    /**
     * The model as it was asked for.
     *
     * @param parsed what was typed
     * @throws CommandException (wrong usage) for options it does not take, or that do not go together
     */
    MemoryModel model(ParseResult parsed) {
        for (OptionSpec option : parsed.matchedOptions()) {
            requireTaken(option.longestName());
        }
        prior.require();
        return switch (model) {
            case PCN -> MemoryModel.predictiveCoding(learning.options());
            case HOPFIELD -> storage.hopfield();
            case MODERN_HOPFIELD -> storage.modernHopfield();
            case SPARSE_QUANTISED_HOPFIELD -> storage.sparseQuantised();
            case COVARIANCE -> storage.covariance(learning.ridge());
            case AFFINE_SPAN -> MemoryModel.affineSpan();
            case NEAREST_NEIGHBOUR -> MemoryModel.nearestNeighbour();
            case AUTOENCODER -> learning.autoencoder(AutoencoderOptions.defaults());
            case OVERPARAMETRISED_AUTOENCODER -> learning.autoencoder(AutoencoderOptions.overparametrised());
        };
    }

    private void requireTaken(String option) {
        List<Choices.Model> takers = Arrays.stream(Choices.Model.values())
                .filter(m -> m.options.contains(option))
                .toList();
        if (!takers.isEmpty() && !takers.contains(model)) {
            String taken = model.options.isEmpty() ? "no options" : String.join(", ", model.options);
            throw CommandException.wrongUsage("%s has no meaning for --model %s, which takes %s. Maybe use --model %s."
                    .formatted(option, model, taken, takers.get(0)));
        }
    }

    /** What is about to be done, in a sentence. */
    String announcement(PatternSet set, MemoryModel chosen) {
        return model == Choices.Model.PCN ? learning.announcement(set) : MemoryText.storing(set, chosen);
    }

    /** What may help a memory that does not regenerate all it should. */
    String advice(PatternSet set) {
        return model == Choices.Model.PCN ? learning.advice(set.count()) : model.advice;
    }
}
