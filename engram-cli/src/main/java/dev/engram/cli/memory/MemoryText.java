package dev.engram.cli.memory;

import dev.engram.cli.console.JsonOutput;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSource;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Stored;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.memory.StoredSequences;
import dev.engram.io.table.Column;
import dev.engram.io.table.Columns;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Parts;
import dev.engram.memory.Score;
import dev.engram.network.Generative;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Parts of a memory's description that several commands show. */
public final class MemoryText {
    private static final int MOST_COLUMNS = 1_000;

    private MemoryText() {}

    static JsonOutput audit(Provenance provenance) {
        return audit(provenance, "recovered", "patterns", provenance.audit().audited());
    }

    /** The same for sequences, of whose frames {@code transitions} have one before them. */
    public static JsonOutput audit(Provenance provenance, int transitions) {
        return audit(provenance, "predicted", "frames", transitions);
    }

    private static JsonOutput audit(Provenance provenance, String recovered, String asked, int count) {
        Provenance.Audit audit = provenance.audit();
        return new JsonOutput()
                .with(recovered, audit.recovered())
                .with(asked, count)
                .with("threshold", audit.threshold())
                .with("mean_mse", audit.meanError())
                .with("worst_mse", audit.worstError());
    }

    /** The error below which a pattern counts as recovered, for people. */
    public static String threshold(double error) {
        return error == Score.COMPLETION_THRESHOLD ? String.valueOf(error) : NumberText.brief(error);
    }

    /** What is about to be learned. */
    static String announcement(PatternSource set, ModelOptions.Choice choice) {
        MemoryModel model = choice.model();
        String size = choice.kind().size(model, set.count(), set.shape());
        if (!size.isEmpty()) {
            return "Learning %s of shape %s with %s."
                    .formatted(NumberText.count(set.count(), "pattern"), set.shape(), size);
        }
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

    /** Another model where it suits the patterns better: for many rows of few columns, to a model that nobody chose. */
    static Optional<String> advice(PatternSource set, ModelOptions.Choice choice) {
        int values = set.shape().values();
        boolean isChosen = !choice.kind().name().equals(MemoryKinds.all().get(0).name());
        if (isChosen || set.shape().isPicture() || values > MOST_COLUMNS || set.count() <= 2 * values) {
            return Optional.empty();
        }
        return Optional.of(
                "%d patterns of %d values are many rows of few columns: --model covariance learns these at once, and completes them better. Maybe use it."
                        .formatted(set.count(), values));
    }

    /** The columns of a table, for programs. */
    static List<JsonOutput> columns(Columns columns) {
        List<JsonOutput> all = new ArrayList<>();
        for (Column column : columns.columns()) {
            JsonOutput one = new JsonOutput().with("name", column.name());
            if (column instanceof Column.Category category) {
                one.with("type", "category")
                        .with(
                                "levels",
                                category.levels().stream()
                                        .map(Column.Level::text)
                                        .toList());
            } else {
                one.with("type", "number").with("mean", column.mean(0)).with("std", column.deviation(0));
            }
            all.add(one);
        }
        return all;
    }

    /** What the parts of patterns are called, with their shapes, for programs. */
    static Map<String, List<Integer>> parts(Parts parts) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        parts.list().forEach(part -> shapes.put(part.name(), part.shape().dimensions()));
        return shapes;
    }

    /** What only some models have. */
    static void details(JsonOutput json, AssociativeMemory memory) {
        network(memory).ifPresent(network -> json.with("parameters", network.parameters())
                .with("layer_sizes", network.sizes())
                .with("activation", network.activation().word())
                .with("prior_precision", network.priorPrecision())
                .with(
                        "span_dimensions",
                        network.map(1) instanceof LinearMap.Spanned spanned
                                ? spanned.basis().rows()
                                : 0)
                .with("prior", CodesText.in(memory).isPresent() ? "codes" : "vector"));
        CodesText.in(memory).ifPresent(codes -> CodesText.describe(json, codes));
    }

    /** The network in a file that holds one. */
    static Optional<GenerativeNetwork> network(Stored stored) {
        return stored instanceof StoredSequences sequences
                ? Generative.networkOf(sequences.memory())
                : network(((StoredMemory) stored).memory());
    }

    /** The network of a memory that is one. */
    static Optional<GenerativeNetwork> network(AssociativeMemory memory) {
        return Generative.networkOf(memory);
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
