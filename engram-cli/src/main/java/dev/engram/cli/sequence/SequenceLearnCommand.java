package dev.engram.cli.sequence;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.memory.Checkpoints;
import dev.engram.cli.memory.MemoryText;
import dev.engram.cli.memory.Yardstick;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.CheckpointOptions;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.SequenceFile;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredSequences;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.Spread;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import dev.engram.network.Activation;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram sequence learn}: stores sequences of patterns in a new file. */
@Command(
        name = "learn",
        description = {
            "Store sequences: the patterns of every input in their order. Several inputs are several sequences.",
            "A hidden layer keeps sequences apart that share frames; --direct does without one: each frame predicts the"
                    + " next.",
            "Ends with an audit: how many frames are predicted from those before them."
        },
        footer = {
            "",
            "Examples:",
            "  engram sequence learn film/ -o film.engram --resize 64x64",
            "  engram sequence learn walk.npy run.npy -o steps.engram"
        })
final class SequenceLearnCommand extends BaseCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "FRAMES",
            description =
                    "What to store, a sequence each: read as by engram learn, pictures in the order of the numbers in"
                            + " their names (frame2 before frame10).")
    private List<Path> inputs = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "MEMORY",
            description = "The file to write, usually named .engram; one that is there is replaced.")
    private Path output = Path.of("");

    @Option(
            names = "--hidden",
            paramLabel = "auto|N",
            defaultValue = "auto",
            converter = Converters.CountOrAuto.class,
            description = "Hidden value nodes; auto takes twice the number of frames (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(names = "--direct", description = "No hidden layer: each frame predicts the next by itself.")
    private boolean direct;

    @Option(
            names = "--activation",
            paramLabel = "F",
            defaultValue = "linear",
            completionCandidates = Choices.ActivationWords.class,
            description = "Non-linearity: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Activation activation = Activation.LINEAR;

    @Option(
            names = "--prior-precision",
            paramLabel = "L",
            converter = Converters.Positive.class,
            description = "How much the past counts beside a noisy present (default: 1).")
    private Optional<Double> priorPrecision = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything random (default: 0).")
    private long seed;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private CheckpointOptions keeping = new CheckpointOptions();

    private Optional<Checkpoints> checkpoints = Optional.empty();

    SequenceLearnCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        if (direct && (hidden != 0 || priorPrecision.isPresent())) {
            throw CommandException.wrongUsage(
                    "--direct has no hidden layer, and no use for --hidden and --prior-precision. Maybe leave --direct out.");
        }
        Targets.require(output, true, inputs.toArray(Path[]::new));
        List<PatternSet> sets = new ArrayList<>();
        for (Path input : inputs) {
            sets.add(reading.readFrames(input));
            ReadingOptions.sayNotes(terminal, input, sets.get(sets.size() - 1));
            requireAlike(input, sets);
        }
        Sequences sequences =
                new Sequences(sets.stream().map(PatternSet::patterns).toList());
        long start = System.nanoTime();
        PatternSet all = together(sets, sequences.all());
        Made made = made(sequences, all);
        double seconds = (System.nanoTime() - start) / 1e9;
        StoredSequences stored =
                made.stored(all, sequences, seed, Software.current(context.la().description()));
        context.interruption().write(() -> {
            SequenceFile.write(output, stored);
            checkpoints.ifPresent(Checkpoints::done);
        });
        report(stored, Spread.of(sequences.all()), seconds);
    }

    private void requireAlike(Path input, List<PatternSet> sets) {
        Shape first = sets.get(0).shape();
        PatternSet last = sets.get(sets.size() - 1);
        if (!last.shape().equals(first)) {
            throw CommandException.unusableInput(
                    "The frames in %s have shape %s, those in %s %s; they must agree. Maybe use --resize."
                            .formatted(input, last.shape(), inputs.get(0), first));
        }
        if (last.count() < 2) {
            throw CommandException.unusableInput("%s has %s; a sequence needs at least two frames. Maybe %s."
                    .formatted(
                            input,
                            NumberText.count(last.count(), "frame"),
                            inputs.size() > 1
                                    ? "name the folder of the frames in place of each of them"
                                    : "another input was meant"));
        }
    }

    /** A learned memory and how it came to be. */
    private record Made(Learned<? extends SequenceMemory> learned, Map<String, String> options) {
        StoredSequences stored(PatternSet all, Sequences sequences, long seed, Software software) {
            Provenance provenance = Provenance.of(
                    learned,
                    sequences.count(),
                    all.digest(),
                    seed,
                    options,
                    all.spread().threshold(),
                    software);
            return new StoredSequences(learned.memory(), all.shape(), sequences.lengths(), provenance);
        }
    }

    private static PatternSet together(List<PatternSet> sets, Matrix all) {
        List<String> names = new ArrayList<>();
        sets.forEach(set -> names.addAll(set.names()));
        return PatternSet.of(all, sets.get(0).shape(), names, List.of());
    }

    private Made made(Sequences sequences, PatternSet all) {
        try {
            return direct ? direct(sequences, all) : hidden(sequences, all);
        } catch (IllegalArgumentException | ArithmeticException e) {
            // A network too large for Java's arrays, or values beyond what the arithmetic can solve.
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private Made direct(Sequences sequences, PatternSet all) {
        TemporalOptions options = TemporalOptions.defaults().withActivation(activation);
        return watched(
                sequences,
                all,
                options.updates(),
                options.describe(),
                watch -> TemporalMemory.learn(sequences, options, context.la(), watch));
    }

    private Made hidden(Sequences sequences, PatternSet all) {
        HiddenTemporalOptions defaults = HiddenTemporalOptions.defaults();
        HiddenTemporalOptions options = defaults.withHidden(hidden)
                .withActivation(activation)
                .withPriorPrecision(priorPrecision.orElse(defaults.priorPrecision()))
                .withSeed(seed);
        return watched(
                sequences,
                all,
                options.updates(),
                options.describe(),
                watch -> HiddenTemporalMemory.learn(sequences, options, context.la(), watch));
    }

    /** With progress over the weight updates and then the frames to predict; ends where the user cancels. */
    private Made watched(
            Sequences sequences,
            PatternSet all,
            int updates,
            Map<String, String> options,
            Function<MemoryModel.Watch, Learned<? extends SequenceMemory>> learning) {
        Map<String, String> of = new LinkedHashMap<>(Map.of("model", direct ? "direct sequences" : "sequences"));
        of.put("lengths", sequences.lengths().toString());
        of.putAll(reading.withFit(options));
        Checkpoints kept =
                Checkpoints.open(context, output, keeping, () -> Checkpoints.of(of, seed, all.digest(), context));
        checkpoints = Optional.of(kept);
        int transitions = sequences.count() - sequences.frames().size();
        Progress progress = new Progress(terminal, "learning", updates + transitions);
        try {
            Learned<? extends SequenceMemory> learned = learning.apply(new MemoryModel.Watch() {
                @Override
                public Optional<LearningState> resumed() {
                    return kept.resumed();
                }

                @Override
                public void onState(Supplier<LearningState> state) {
                    kept.offer(state);
                }

                @Override
                public boolean onUpdate(int update, int of, double trainingError) {
                    progress.at(update, "training error %s".formatted(NumberText.brief(trainingError)));
                    return !context.interruption().isCancelled();
                }

                @Override
                public boolean onAudit(int audited, int of) {
                    progress.at(updates + audited, "audited");
                    return !context.interruption().isCancelled();
                }
            });
            context.interruption().requireGoingOn();
            if (learned.outcome() == Outcome.DIVERGED) {
                throw CommandException.failed(
                        "The learning diverged: the numbers left the range of floats. Nothing was written. Maybe use --activation linear, or bring the values to 0..1 first.");
            }
            return new Made(learned, reading.withFit(options));
        } finally {
            progress.end();
        }
    }

    private void report(StoredSequences stored, Spread spread, double seconds) {
        Provenance provenance = stored.provenance();
        Provenance.Audit audit = provenance.audit();
        int transitions = stored.transitions();
        terminal.line("Audit: %d of %d frames are predicted from those before them (MSE < %s); mean MSE %s, worst %s."
                .formatted(
                        audit.recovered(),
                        transitions,
                        MemoryText.threshold(audit.threshold()),
                        NumberText.brief(audit.meanError()),
                        NumberText.brief(audit.worstError())));
        List<String> warnings = new ArrayList<>();
        Yardstick.warning(spread, audit.threshold(), "bring the values to 0..1 first")
                .ifPresent(warnings::add);
        if (audit.recovered() < transitions) {
            warnings.add(
                    direct
                            ? "Some frames are not predicted. Maybe frames occur twice; leave --direct out, so that a hidden layer tells where they are."
                            : "Some frames are not predicted: the memory is past its capacity. Maybe use a larger --hidden.");
        }
        warnings.forEach(terminal::warning);
        long bytes = output.toFile().length();
        terminal.line("Stored %s, %s in all. Wrote %s (%s) in %s."
                .formatted(
                        NumberText.count(stored.lengths().size(), "sequence"),
                        NumberText.count(provenance.patterns(), "frame"),
                        output,
                        NumberText.bytes(bytes),
                        NumberText.duration(seconds)));
        if (json()) {
            JsonOutput.of("sequence learn")
                    .with("memory", output)
                    .with("bytes", bytes)
                    .with("model", stored.model())
                    .with("lengths", stored.lengths())
                    .with("outcome", Choices.spelled(provenance.outcome()))
                    .with("updates", provenance.updates())
                    .with("options", MemoryText.typed(provenance.options()))
                    .with("audit", MemoryText.audit(provenance, transitions))
                    .with("seconds", seconds)
                    .with("warnings", warnings)
                    .print(terminal);
        }
    }
}
