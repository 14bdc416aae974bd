package dev.engram.cli;

import dev.engram.experiments.report.Numbers;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.graph.LinearMap;
import dev.engram.io.PatternSet;
import dev.engram.io.Provenance;
import dev.engram.io.Stored;
import dev.engram.io.StoredMemory;
import dev.engram.io.StoredSequences;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.AttractorMemory;
import dev.engram.memory.HiddenTemporalMemory;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.PredictiveCodingMemory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts of a memory's description that several commands show. */
final class MemoryText {
    private MemoryText() {}

    static Json audit(Provenance provenance) {
        Provenance.Audit audit = provenance.audit();
        return new Json()
                .with("recovered", audit.recovered())
                .with("patterns", provenance.patterns())
                .with("threshold", audit.threshold())
                .with("mean_mse", audit.meanError())
                .with("worst_mse", audit.worstError());
    }

    /** The same of sequences, of whose frames so many have one before them. */
    static Json audit(Provenance provenance, int transitions) {
        Provenance.Audit audit = provenance.audit();
        return new Json()
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
                        Numbers.count(set.count(), "pattern"),
                        set.shape(),
                        model.name(),
                        options.isEmpty() ? "" : " (%s)".formatted(options));
    }

    /** What only some models have. */
    static void details(Json json, AssociativeMemory memory) {
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
    static Map<String, Object> typed(Map<String, String> options) {
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
