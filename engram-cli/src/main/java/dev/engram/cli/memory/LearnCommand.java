package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.HelpText;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.CheckpointOptions;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.NamingOptions;
import dev.engram.cli.options.PartOptions;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.inference.EngineCost;
import dev.engram.io.NumberText;
import dev.engram.io.PatternFile;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.MemoryCodec;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.io.table.Table;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Score;
import dev.engram.memory.Settings;
import dev.engram.memory.Spread;
import dev.engram.memory.UnusableValuesException;
import dev.engram.optimiser.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram learn}: stores patterns in a new memory file. */
@Command(
        name = "learn",
        description = {
            "Store patterns in a new memory.",
            "Ends with an audit: how many of the patterns the memory regenerates."
        },
        footer = {
            "",
            "Examples:",
            "  engram learn photos/ -o photos.engram --resize 64x64 --fit crop",
            "  engram learn images.npz -o m.engram --limit 50 --hidden 1024 --seed 7",
            "  engram learn digits.npy -o m.engram --learning gradient --learning-rate 0.01 --updates 500",
            "  engram learn photos/ -o photos.engram --resize 64x64 --identify --keep-originals",
            "  engram learn faces.npy -o faces.engram --identify --names people.txt",
            "  engram learn digits.npy -o m.engram --model hopfield --rule storkey",
            "  engram learn flags -o m.engram --model modern-hopfield --similarity cosine     the flags of the demo",
            "  engram learn photos/ -o both.engram --with sound=sounds.npy --prior codes",
            "  engram learn people.csv -o people.engram --model covariance --id name --ignore remarks"
        })
public final class LearnCommand extends BaseCommand {
    private static final Map<String, List<String>> GROUPS = groups();

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("First of all:", List.of("--output", "--resize", "--identify", "--model"));
        groups.put(
                "How patterns are read:",
                List.of("--limit", "--fit", "--with", "--part", "--id", "--ignore", "--no-header"));
        groups.put("What they are called:", List.of("--names", "--payload"));
        groups.put(
                "How it runs:",
                List.of(
                        "--threads",
                        "--time-limit",
                        "--checkpoint-every",
                        "--start-over",
                        "--explain",
                        "--json",
                        "--debug",
                        "--help"));
        groups.put(
                "The predictive-coding network (--model pcn):",
                List.of(
                        "--hidden",
                        "--layers",
                        "--updates",
                        "--seed",
                        "--prior",
                        "--keep-originals",
                        "--prior-precision",
                        "--activation",
                        "--learning",
                        "--ridge",
                        "--inference-steps",
                        "--engine",
                        "--optimiser",
                        "--learning-rate"));
        return Collections.unmodifiableMap(groups);
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "PATTERNS",
            description =
                    "What to store: a folder of pictures, one picture, .npy, .npz, MNIST (idx) or CIFAR-10 files,"
                            + " a table (.csv, .tsv), or the word flags. Bytes 0..255 become 0..1, columns of a table are standardised.")
    private Path patterns = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MEMORY",
            description = "The memory file to write, usually named .engram; one that is there is replaced.")
    private Path output = Path.of("");

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything random (default: 0).")
    private long seed;

    @Option(names = "--explain", description = "Show what each engine would cost, and which one is taken.")
    private boolean explain;

    @Mixin
    private NamingOptions naming = new NamingOptions();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private PartOptions further = new PartOptions();

    @Mixin
    private CheckpointOptions keeping = new CheckpointOptions();

    private LearnCommand(Context context) {
        super(context);
    }

    /** @param withModels whether it has the options of every kind of memory, without which it can be listed but not run */
    public static CommandLine commandLine(Context context, boolean withModels) {
        CommandLine line = new CommandLine(new LearnCommand(context));
        HelpText.group(line, GROUPS);
        if (withModels) {
            ModelOptions.addTo(line.getCommandSpec());
        }
        return line;
    }

    @Override
    protected void run() {
        ModelOptions.Choice choice = ModelOptions.chosen(spec.commandLine().getParseResult());
        MemoryModel model = choice.model();
        Targets.require(output, true, patterns);
        Targets.require(output, true, naming.files());
        Targets.require(output, true, further.files());
        if (!MemoryFile.isWritten(model.name())) {
            throw CommandException.failed(
                    "Memories of the model %s cannot be written to files: it has no codec. Maybe name one in META-INF/services/%s."
                            .formatted(model.name(), MemoryCodec.class.getName()));
        }
        Optional<PartOptions.Joined> joined = further.areToBeLearned()
                ? Optional.of(further.join(reading, reading.readWithMissing(patterns)))
                : Optional.empty();
        PatternSource set = joined.<PatternSource>map(PartOptions.Joined::set)
                .orElseGet(() -> reading.read(patterns, model::learnsInBlocks));
        if (set instanceof PatternSet) {
            ReadingOptions.sayNotes(terminal, patterns, set);
        }
        Catalogue catalogue = naming.of(set, reading.hasLimit());
        requireLearnable(set, model);
        Optional<String> advice = MemoryText.advice(set, choice);
        advice.ifPresent(terminal::note);
        joined.ifPresent(both -> terminal.line("The parts of a pattern: %s.".formatted(both.parts())));
        terminal.line(MemoryText.announcement(set, choice));
        Optional<Double> binarised = binarised(set, model);
        requireEngine(set, model);
        model.obstacle(set.count(), set.shape(), Runtime.getRuntime().maxMemory())
                .ifPresent(why -> {
                    throw CommandException.failed(
                            "The model %s cannot store this: %s. Maybe use --limit, --resize, another --model, or more memory (ENGRAM_JAVA_OPTS=-Xmx...)."
                                    .formatted(model.name(), why));
                });
        Progress progress = new Progress(terminal, "learning", steps(set, model));
        Checkpoints checkpoints = Checkpoints.open(context, output, keeping, () -> of(set, model));
        Learned<? extends AssociativeMemory> learned = learn(set, model, progress, checkpoints);
        requireUsable(learned, choice);
        if (set instanceof PatternFile) { // whose notes are known only when it was read
            ReadingOptions.sayNotes(terminal, patterns, set);
        }
        Spread spread = spread(set, model);
        Provenance provenance = provenance(set, model, learned, spread);
        StoredMemory stored = new StoredMemory(
                learned.memory(),
                set.shape(),
                provenance,
                kept(catalogue, learned.memory()),
                columns(set),
                joined.map(PartOptions.Joined::parts));
        context.interruption().write(() -> {
            MemoryFile.write(output, stored);
            checkpoints.done();
        });
        report(set, choice, learned, stored, spread, binarised, advice, progress.seconds());
    }

    /** What this is the learning of. */
    private Map<String, String> of(PatternSource set, MemoryModel model) {
        if (set instanceof PatternFile file && !file.isRead()) { // so that its digest is known
            file.forEach(block -> context.interruption().requireGoingOn());
        }
        Map<String, String> options = new LinkedHashMap<>(Map.of("model", model.name()));
        options.putAll(reading.withFit(model.describe()));
        return Checkpoints.of(options, seed, set.digest(), context);
    }

    private Learned<? extends AssociativeMemory> learn(
            PatternSource set, MemoryModel model, Progress progress, Checkpoints checkpoints) {
        try {
            return LearningRun.learn(context, set, model, seed, progress, Optional.of(checkpoints));
        } catch (UnusableValuesException e) {
            throw CommandException.unusableInput("%s: %s".formatted(patterns, e.getMessage()));
        }
    }

    /** What is known of the patterns, for a memory that says which one a cue is; the others have no use for it. */
    private Catalogue kept(Catalogue catalogue, AssociativeMemory memory) {
        if (StoredMemory.namesPatterns(memory)) {
            return catalogue;
        }
        if (!naming.given().isEmpty()) {
            terminal.warning(
                    "This memory (model %s) does not say which pattern a cue is, and does not keep %s. Maybe add --prior codes."
                            .formatted(memory.model(), naming.given()));
        }
        return Catalogue.EMPTY;
    }

    private static Optional<Columns> columns(PatternSource source) {
        return source instanceof PatternSet set ? set.table().map(Table::columns) : Optional.empty();
    }

    /** Refuses patterns that lack values to a model that needs all. */
    private void requireLearnable(PatternSource source, MemoryModel model) {
        if (!(source instanceof PatternSet set) || set.patterns().isFinite() || model.learnsMissing()) {
            return;
        }
        String able = MemoryKinds.all().stream()
                .map(kind -> kind.model(Settings.none()))
                .filter(MemoryModel::learnsMissing)
                .map(MemoryModel::name)
                .distinct()
                .map("--model %s"::formatted)
                .collect(Collectors.joining(" or "));
        Mask present = Mask.present(set.patterns());
        int first = 0;
        while (present.knownValues(first) == present.values()) {
            first++;
        }
        int pattern = first;
        int value = IntStream.range(0, present.values())
                .filter(j -> !present.isKnown(pattern, j))
                .findFirst()
                .orElseThrow();
        String what = set.table()
                .map(Table::columns)
                .map(columns -> "row %s has no value in the column %s"
                        .formatted(
                                set.names().get(pattern),
                                columns.get(columns.columnOfValues()[value]).name()))
                .orElseGet(() -> "value %d of pattern %d (%s) is NaN"
                        .formatted(value, pattern, set.names().get(pattern)));
        throw CommandException.unusableInput("%s: %s; the model %s learns only from finite numbers. Maybe %s."
                .formatted(
                        patterns,
                        what,
                        model.name(),
                        able.isEmpty() ? "leave out what lacks values, or fill it in" : "use " + able));
    }

    /** How many steps progress has: weight updates, or patterns to audit. */
    private static int steps(PatternSource set, MemoryModel model) {
        return Optional.ofNullable(model.describe().get("updates"))
                .filter(updates -> updates.matches("\\d+"))
                .map(Integer::valueOf)
                .orElse(set.count());
    }

    /** The mean squared error that binarising alone makes, where it is done, and said so. */
    private Optional<Double> binarised(PatternSource source, MemoryModel model) {
        if (!(source instanceof PatternSet set)) { // learned in blocks, and so stored as they are
            return Optional.empty();
        }
        Matrix stored = model.asStored(set.patterns());
        if (stored.equals(set.patterns())) {
            return Optional.empty();
        }
        double error = Score.of(set.patterns(), stored).mean();
        terminal.note(
                "A %s memory knows 0 and 1 only: values above %s are stored as 1, the others as 0. That alone is a mean MSE of %s."
                        .formatted(model.name(), model.describe().get("threshold"), NumberText.brief(error)));
        return Optional.of(error);
    }

    private void requireUsable(Learned<? extends AssociativeMemory> learned, ModelOptions.Choice choice) {
        context.interruption().requireGoingOn();
        if (learned.outcome() == Outcome.DIVERGED) {
            throw CommandException.failed(
                    "The learning diverged after %s: the error grew, or numbers left the range of floats. Nothing was written. Maybe use %s."
                            .formatted(
                                    NumberText.count(learned.updates(), "update"),
                                    choice.kind().adviceOnDivergence(choice.model())));
        }
    }

    private Provenance provenance(
            PatternSource set, MemoryModel model, Learned<? extends AssociativeMemory> learned, Spread spread) {
        return Provenance.of(
                learned,
                set.count(),
                set.digest(),
                seed,
                reading.withFit(model.describe()),
                spread.threshold(),
                Software.current(context.la().description()));
    }

    /** How far the patterns vary as they are stored, which is what an audit compares with. */
    private static Spread spread(PatternSource source, MemoryModel model) {
        return source instanceof PatternSet set ? Spread.of(model.asStored(set.patterns())) : source.spread();
    }

    /** The engines there are for these patterns, shown if wanted; one that was asked for must apply. */
    private void requireEngine(PatternSource set, MemoryModel model) {
        List<EngineCost> costs = model.costs(set.count(), set.shape());
        String wanted = model.describe().getOrDefault("engine", "auto");
        if (explain && costs.isEmpty()) {
            throw CommandException.wrongUsage(
                    "--explain has no meaning for --model %s, which is computed in one way. Maybe use --model pcn."
                            .formatted(model.name()));
        }
        if (explain) {
            Explanation.print(terminal, "learning", costs, wanted);
        }
        for (EngineCost cost : costs) {
            if (Choices.spelled(cost.engine()).equals(wanted) && !cost.isPossible()) {
                throw CommandException.wrongUsage(
                        "--engine %s does not apply: %s. Maybe use --engine auto.".formatted(wanted, cost.obstacle()));
            }
        }
    }

    private void report(
            PatternSource set,
            ModelOptions.Choice choice,
            Learned<? extends AssociativeMemory> learned,
            StoredMemory stored,
            Spread spread,
            Optional<Double> binarised,
            Optional<String> advice,
            double seconds) {
        Provenance provenance = stored.provenance();
        Provenance.Audit audit = provenance.audit();
        terminal.line("Audit: the memory regenerates %d of %d %spatterns%s (MSE < %s); mean MSE %s, worst %s."
                .formatted(
                        audit.recovered(),
                        audit.audited(),
                        binarised.isPresent() ? "binarised " : "",
                        audit.audited() < set.count() ? " drawn at random from the %d".formatted(set.count()) : "",
                        MemoryText.threshold(audit.threshold()),
                        NumberText.brief(audit.meanError()),
                        NumberText.brief(audit.worstError())));
        List<String> warnings = new ArrayList<>(advice.stream().toList());
        Yardstick.warning(spread, audit.threshold(), "bring the values to 0..1 first")
                .ifPresent(warning -> {
                    warnings.add(warning);
                    terminal.warning(warning);
                });
        if (audit.recovered() < audit.audited()) {
            String remark = choice.kind().remark(choice.model(), set.count(), set.shape());
            if (remark.isEmpty()) {
                String warning = pastCapacity(set, choice, audit);
                warnings.add(warning);
                terminal.warning(warning);
            } else {
                terminal.note("Patterns that do not come back as they are: %s.".formatted(remark));
            }
        }
        sayCodes(stored);
        long size = output.toFile().length();
        terminal.line("Wrote %s (%s) in %s.".formatted(output, NumberText.bytes(size), NumberText.duration(seconds)));
        if (json()) {
            JsonOutput json = JsonOutput.of("learn")
                    .with("memory", output)
                    .with("bytes", size)
                    .with("patterns", set.count())
                    .with("shape", set.shape().dimensions())
                    .with("digest", set.digest())
                    .with("model", learned.memory().model())
                    .with("bytes_stored", learned.memory().bytes())
                    .with("named", !stored.names().isEmpty());
            MemoryText.details(json, learned.memory());
            Optional.ofNullable(provenance.options().get("hidden"))
                    .ifPresent(hidden -> json.with("hidden_chosen", hidden.equals("auto")));
            binarised.ifPresent(error -> json.with("binarising_mse", error));
            json.with("seed", provenance.seed())
                    .with("options", MemoryText.typed(provenance.options()))
                    .with("outcome", Choices.spelled(learned.outcome()))
                    .with("updates", learned.updates())
                    .with("audit", MemoryText.audit(provenance))
                    .with("seconds", seconds)
                    .with("notes", set.notes())
                    .with("warnings", warnings)
                    .print(terminal);
        }
    }

    private void sayCodes(StoredMemory stored) {
        AssociativeMemory memory = stored.memory();
        NameText.summary(stored).ifPresent(names -> terminal.line("  %-11s  %s".formatted("names", names)));
        CodesText.in(memory).ifPresent(codes -> {
            CodesText.rows(codes).forEach((name, text) -> terminal.line("  %-11s  %s".formatted(name, text)));
            terminal.line("  %-11s  %s".formatted("in all", NumberText.bytes(memory.bytes())));
            CodesText.shortfall(codes.calibration()).ifPresent(terminal::note);
        });
    }

    private static String pastCapacity(PatternSource set, ModelOptions.Choice choice, Provenance.Audit audit) {
        String advice = choice.kind().advice(choice.model(), set.count(), set.shape());
        return "%d of %d patterns do not come back even when shown whole: the memory is past its capacity or not done learning.%s"
                .formatted(
                        audit.audited() - audit.recovered(),
                        audit.audited(),
                        advice.isEmpty() ? "" : " Maybe use %s.".formatted(advice));
    }
}
