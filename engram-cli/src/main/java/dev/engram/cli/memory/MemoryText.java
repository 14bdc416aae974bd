package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.Choices;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Stored;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.memory.StoredSequences;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts of a memory's description that several commands show. */
public final class MemoryText {
    private MemoryText() {}

    public static JsonOutput audit(Provenance provenance) {
        Provenance.Audit audit = provenance.audit();
        return new JsonOutput()
                .with("recovered", audit.recovered())
                .with("patterns", provenance.patterns())
                .with("threshold", audit.threshold())
                .with("mean_mse", audit.meanError())
                .with("worst_mse", audit.worstError());
    }

    /** The same of sequences, of whose frames so many have one before them. */
    public static JsonOutput audit(Provenance provenance, int transitions) {
        Provenance.Audit audit = provenance.audit();
        return new JsonOutput()
                .with("foretold", audit.recovered())
                .with("frames", transitions)
                .with("threshold", audit.threshold())
                .with("mean_mse", audit.meanError())
                .with("worst_mse", audit.worstError());
    }

    /** What a memory that learns at once is about to do. */
    static String storing(PatternSet set, MemoryModel model) {
        String options = model.describe().entrySet().stream()
                .map(option -> option.getKey().replace('_', ' ') + " " + option.getValue())
                .collect(Collectors.joining(", "));
        return "Storing %s of shape %s in a memory of the model %s%s."
                .formatted(
                        NumberText.count(set.count(), "pattern"),
                        set.shape(),
                        model.name(),
                        options.isEmpty() ? "" : " (%s)".formatted(options));
    }

    /** What only some models have. */
    static void details(JsonOutput json, AssociativeMemory memory) {
        network(memory).ifPresent(network -> json.with(
                        "parameters", PredictiveCodingMemory.of(network).bytes() / Float.BYTES)
                .with("layer_sizes", network.sizes())
                .with("activation", Choices.spelled(network.activation()))
                .with("prior_precision", network.priorPrecision())
                .with(
                        "span_dimensions",
                        network.map(1) instanceof LinearMap.Spanned spanned
                                ? spanned.basis().rows()
                                : 0)
                .with("prior", memory instanceof AttractorMemory ? Choices.Prior.CODES : Choices.Prior.VECTOR));
        if (memory instanceof AttractorMemory attractors) {
            CodesText.describe(json, attractors);
        }
    }

    /** The network in a file that holds one. */
    static Optional<GenerativeNetwork> network(Stored stored) {
        if (stored instanceof StoredSequences sequences) {
            return sequences.memory() instanceof HiddenTemporalMemory hidden
                    ? Optional.of(hidden.network())
                    : Optional.empty();
        }
        return network(((StoredMemory) stored).memory());
    }

    /** The network of a memory that is one. */
    static Optional<GenerativeNetwork> network(AssociativeMemory memory) {
        if (memory instanceof AttractorMemory attractors) {
            return Optional.of(attractors.network());
        }
        return memory instanceof PredictiveCodingMemory pcn ? Optional.of(pcn.network()) : Optional.empty();
    }

    /** The options with numbers as numbers. */
    public static Map<String, Object> typed(Map<String, String> options) {
        Map<String, Object> typed = new LinkedHashMap<>();
        options.forEach((name, text) -> typed.put(name, typed(text)));
        return typed;
    }

    private static Object typed(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return text.matches("-?[\\d.]+([eE]-?\\d+)?") ? Double.valueOf(text) : text;
    }
}
