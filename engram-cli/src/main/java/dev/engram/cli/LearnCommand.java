package dev.engram.cli;

import dev.engram.experiments.report.Numbers;
import dev.engram.inference.EngineCost;
import dev.engram.io.MemoryFile;
import dev.engram.io.PatternSet;
import dev.engram.io.Provenance;
import dev.engram.io.Software;
import dev.engram.io.StoredMemory;
import dev.engram.learning.Learning;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.PredictiveCodingMemory;
import dev.engram.memory.PredictiveCodingOptions;
import dev.engram.memory.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram learn}. */
@Command(
        name = "learn",
        description = {
            "Store patterns in a new memory.",
            "Ends with an audit: how many of the patterns the memory regenerates."
        },
        footer = {
            "",
            "Examples:",
            "  engram learn photos/ -o photos.engram --resize 64x64",
            "  engram learn images.npz -o m.engram --limit 50 --hidden 1024 --seed 7",
            "  engram learn digits.npy -o m.engram --learning gradient --learning-rate 0.01 --updates 500"
        })
final class LearnCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "PATTERNS",
            description = "What to store: a folder of pictures, one picture, .npy, .npz, MNIST (idx) or CIFAR-10 files."
                    + " Bytes 0..255 become 0..1.")
    private Path patterns = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MEMORY",
            description = "The memory file to write, by custom named .engram.")
    private Path output = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "M",
            defaultValue = "pcn",
            description = "What stores the patterns: ${COMPLETION-CANDIDATES}, a predictive-coding network"
                    + " (default: ${DEFAULT-VALUE}).")
    private Choices.Model model = Choices.Model.PCN;

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Option(
            names = "--engine",
            paramLabel = "E",
            defaultValue = "auto",
            description = "How it is computed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Choices.Engine engine = Choices.Engine.AUTO;

    @Option(names = "--explain", description = "Show what each engine would cost, and which one is taken.")
    private boolean explain;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    LearnCommand(Context context) {
        this.context = context;
    }

    private void requireEngine(List<EngineCost> costs) {
        if (explain) {
            Explanation.print(context.terminal(), "learning", costs, engine.value);
        }
        costs.stream()
                .filter(cost -> cost.engine() == engine.value && !cost.isPossible())
                .findFirst()
                .ifPresent(cost -> {
                    throw CommandException.wrongUsage("--engine %s does not apply: %s. Maybe use --engine auto."
                            .formatted(engine, cost.obstacle()));
                });
    }

    @Override
    public Integer call() {
        common.apply();
        PredictiveCodingOptions options = learning.options().withEngine(engine.value);
        Targets.require(output, true, patterns);
        PatternSet set = reading.read(patterns);
        ReadingOptions.sayNotes(context.terminal(), patterns, set);
        int hidden = options.hiddenFor(set.count());
        context.terminal()
                .line("Learning %s of shape %s with %d hidden value nodes%s%s."
                        .formatted(
                                Numbers.count(set.count(), "pattern"),
                                set.shape(),
                                hidden,
                                options.layers() > 2 ? " in each of %d layers".formatted(options.layers() - 1) : "",
                                learning.choosesHidden() ? " (chosen; --hidden sets it)" : ""));
        requireEngine(options.plan(set.count(), set.shape().values()).costs());
        Progress progress = new Progress(context.terminal(), "learning", options.updates());
        PredictiveCodingMemory.Learned learned = LearningRun.learn(context, set, options, progress);
        requireUsable(learned);
        Provenance provenance = provenance(set, options, learned);
        context.interruption()
                .write(() -> MemoryFile.write(output, new StoredMemory(learned.memory(), set.shape(), provenance)));
        report(set, learned, provenance, progress.seconds());
        return ExitCode.DONE;
    }

    private void requireUsable(PredictiveCodingMemory.Learned learned) {
        context.interruption().requireGoingOn();
        if (learned.outcome() == Learning.Outcome.DIVERGED) {
            throw CommandException.failed(
                    ("The learning diverged after %s: the numbers left the range of floats. Nothing was written. Maybe"
                                    + " use a smaller --learning-rate, or --learning local-least-squares.")
                            .formatted(Numbers.count(learned.updates(), "update")));
        }
    }

    private Provenance provenance(
            PatternSet set, PredictiveCodingOptions options, PredictiveCodingMemory.Learned learned) {
        return new Provenance(
                set.count(),
                set.digest(),
                options.seed(),
                Provenance.describe(options),
                learned.outcome(),
                learned.updates(),
                Provenance.Audit.of(learned.audit(), Score.COMPLETION_THRESHOLD),
                Software.current(LinearAlgebra.shared().description()),
                Optional.empty());
    }

    private void report(PatternSet set, PredictiveCodingMemory.Learned learned, Provenance provenance, double seconds) {
        Terminal terminal = context.terminal();
        Provenance.Audit audit = provenance.audit();
        terminal.line("Audit: the memory regenerates %d of %d patterns (MSE < %s); mean MSE %s, worst %s."
                .formatted(
                        audit.recovered(),
                        set.count(),
                        audit.threshold(),
                        Numbers.brief(audit.meanError()),
                        Numbers.brief(audit.worstError())));
        List<String> warnings = new ArrayList<>();
        if (audit.recovered() < set.count()) {
            warnings.add(pastCapacity(set, learned, audit));
            terminal.warning(warnings.get(0));
        }
        long size = output.toFile().length();
        terminal.line("Wrote %s (%s) in %s.".formatted(output, Numbers.bytes(size), Numbers.duration(seconds)));
        if (common.json()) {
            Json.of("learn")
                    .with("memory", output)
                    .with("bytes", size)
                    .with("patterns", set.count())
                    .with("shape", set.shape().dimensions())
                    .with("digest", set.digest())
                    .with("model", model)
                    .with("layer_sizes", learned.memory().network().sizes())
                    .with("hidden_chosen", learning.choosesHidden())
                    .with("seed", provenance.seed())
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

    private static String pastCapacity(PatternSet set, PredictiveCodingMemory.Learned learned, Provenance.Audit audit) {
        int hidden = learned.memory().network().size(1);
        return ("%d of %d patterns do not come back even when shown whole: the memory is past its capacity or not done"
                        + " learning. Maybe use --hidden %d, more --updates, or fewer patterns (--limit).")
                .formatted(set.count() - audit.recovered(), set.count(), Math.max(2 * hidden, 2 * set.count()));
    }
}
