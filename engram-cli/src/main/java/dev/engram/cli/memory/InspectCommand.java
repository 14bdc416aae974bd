package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Choices;
import dev.engram.io.NumberText;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Stored;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.memory.StoredSequences;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code engram inspect}: shows what is in a memory file. */
@Command(
        name = "inspect",
        description = "Show what is in a memory file: model, options, patterns, how it was learned, by what.",
        footer = {"", "Example:", "  engram inspect photos.engram"})
public final class InspectCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn or sequence learn.")
    private Path memory = Path.of("");

    public InspectCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        Stored stored = Stored.read(memory, context.la());
        if (json()) {
            json(stored).print(terminal);
        } else {
            print(stored);
        }
    }

    private void print(Stored stored) {
        Provenance provenance = stored.provenance();
        row("file", "%s, %s".formatted(memory, NumberText.bytes(size())));
        row("model", stored.model());
        Optional<GenerativeNetwork> network = MemoryText.network(stored);
        network.ifPresent(n -> row("network", "%s, prior precision %s".formatted(n, n.priorPrecision())));
        row("stored", NumberText.bytes(stored.bytes()));
        if (stored instanceof StoredMemory patterns) {
            CodesText.in(patterns.memory())
                    .ifPresent(codes -> CodesText.rows(codes).forEach(this::row));
        }
        if (network.isPresent() && network.get().map(1) instanceof LinearMap.Spanned spanned) {
            row(
                    "sensory weights",
                    "kept in the span of the patterns: basis [%1$d, %2$d], factor [%1$d, %3$d]"
                            .formatted(
                                    spanned.basis().rows(),
                                    spanned.basis().columns(),
                                    spanned.factor().columns()));
        }
        if (stored instanceof StoredSequences sequences) {
            row(
                    "frames",
                    "%d of shape %s, in sequences of %s"
                            .formatted(
                                    provenance.patterns(),
                                    stored.shape(),
                                    sequences.lengths().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", "))));
        } else {
            row("patterns", "%d of shape %s".formatted(provenance.patterns(), stored.shape()));
        }
        if (stored instanceof StoredMemory patterns) {
            NameText.summary(patterns).ifPresent(names -> row("names", names));
            patterns.columns().ifPresent(columns -> row("columns", columns.summary()));
            patterns.parts().ifPresent(parts -> row("parts", parts.toString()));
        }
        row("digest", provenance.dataDigest());
        row("audit", audit(stored));
        row(
                "learning",
                "%s %s, seed %d"
                        .formatted(
                                Choices.spelled(provenance.outcome()),
                                provenance.updates() == 0
                                        ? "at once"
                                        : "after " + NumberText.count(provenance.updates(), "update"),
                                provenance.seed()));
        for (Map.Entry<String, String> option : provenance.options().entrySet()) {
            row("  " + option.getKey(), option.getValue());
        }
        row("engram", provenance.software().engram());
        row("java", provenance.software().java());
        row("system", provenance.software().os());
        row("blas", provenance.software().blas());
        provenance.created().ifPresent(when -> row("created", when));
    }

    private static String audit(Stored stored) {
        Provenance.Audit audit = stored.provenance().audit();
        String what = stored instanceof StoredSequences sequences
                ? "%d of %d predicted".formatted(audit.recovered(), sequences.transitions())
                : "%d of %d regenerated%s"
                        .formatted(
                                audit.recovered(),
                                audit.audited(),
                                audit.audited() < stored.provenance().patterns() ? ", drawn at random" : "");
        return "%s at MSE < %s; mean MSE %s, worst %s"
                .formatted(
                        what,
                        MemoryText.threshold(audit.threshold()),
                        NumberText.brief(audit.meanError()),
                        NumberText.brief(audit.worstError()));
    }

    private void row(String name, String value) {
        terminal.result("%-18s %s".formatted(name, value));
    }

    private JsonOutput json(Stored stored) {
        Provenance provenance = stored.provenance();
        JsonOutput json = JsonOutput.of("inspect")
                .with("memory", memory)
                .with("bytes", size())
                .with("model", stored.model())
                .with("bytes_stored", stored.bytes())
                .with("shape", stored.shape().dimensions())
                .with("digest", provenance.dataDigest());
        if (stored instanceof StoredMemory patterns) {
            json.with("patterns", provenance.patterns())
                    .with("named", !patterns.names().isEmpty());
            patterns.columns().ifPresent(columns -> json.with("columns", MemoryText.columns(columns)));
            patterns.parts().ifPresent(parts -> json.with("parts", MemoryText.parts(parts)));
            MemoryText.details(json, patterns.memory());
            json.with("audit", MemoryText.audit(provenance));
        }
        if (stored instanceof StoredSequences sequences) {
            json.with("frames", provenance.patterns())
                    .with("lengths", sequences.lengths())
                    .with("audit", MemoryText.audit(provenance, sequences.transitions()));
        }
        json.with("seed", provenance.seed())
                .with("options", MemoryText.typed(provenance.options()))
                .with("outcome", Choices.spelled(provenance.outcome()))
                .with("updates", provenance.updates())
                .with(
                        "software",
                        new JsonOutput()
                                .with("engram", provenance.software().engram())
                                .with("java", provenance.software().java())
                                .with("os", provenance.software().os())
                                .with("blas", provenance.software().blas()));
        provenance.created().ifPresent(when -> json.with("created", when));
        return json;
    }

    private long size() {
        return memory.toFile().length();
    }
}
