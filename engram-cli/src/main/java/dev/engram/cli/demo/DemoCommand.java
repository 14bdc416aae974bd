package dev.engram.cli.demo;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.memory.LearningRun;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.Targets;
import dev.engram.experiments.report.ResultRow;
import dev.engram.io.Flags;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Software;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Score;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.optimiser.Outcome;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code engram demo}: stores the flags, damages them, and brings them back. */
@Command(
        name = "demo",
        description = {
            "Store the flags of the world, damage them, bring them back.",
            "Writes a report to look at: originals, cues and recalls, the energy falling, and what simpler memories do."
        },
        footer = {"", "Example:", "  engram demo -o my-report/"})
public final class DemoCommand extends BaseCommand {
    private static final int SIZE = 64;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "engram-report",
            paramLabel = "DIR",
            description = "The folder of the report (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("");

    @Option(
            names = "--hidden",
            defaultValue = "1024",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "Hidden value nodes (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--updates",
            defaultValue = "10",
            paramLabel = "U",
            converter = Converters.Count.class,
            description = "Weight updates (default: ${DEFAULT-VALUE}).")
    private int updates;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything random (default: 0).")
    private long seed;

    public DemoCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        Targets.require(output, false);
        PatternSet flags = Flags.read(SIZE);
        terminal.line("Storing %d flags of %s values in a network with %d hidden value nodes, on %s."
                .formatted(flags.count(), flags.shape(), hidden, context.la().description()));
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults()
                .withHidden(hidden)
                .withUpdates(updates)
                .withSeed(seed);
        Progress progress = new Progress(terminal, "learning", updates);
        Learned<? extends AssociativeMemory> learned = LearningRun.learn(context, flags, options, seed, progress);
        PredictiveCodingMemory memory = (PredictiveCodingMemory) learned.memory();
        context.interruption().requireGoingOn();
        if (learned.outcome() != Outcome.COMPLETED) {
            throw CommandException.failed(
                    "The learning diverged. Maybe report this with the output of engram --version.");
        }
        double seconds = progress.seconds();
        terminal.line("Learned in %s; regenerates %d of %d (MSE < %s)."
                .formatted(
                        NumberText.duration(seconds),
                        learned.audit().recovered(Score.COMPLETION_THRESHOLD),
                        flags.count(),
                        Score.COMPLETION_THRESHOLD));
        List<DemoTrial> trials = new DemoTrials(context, flags, memory, seed).run();
        DemoReport report = new DemoReport(
                flags,
                options,
                memory.network(),
                learned,
                seconds,
                trials,
                Software.current(context.la().description()));
        context.interruption().write(() -> report.write(output));
        say(report, trials, flags.count());
    }

    private void say(DemoReport report, List<DemoTrial> trials, int count) {
        Preview.show(terminal, trials);
        if (json()) {
            JsonOutput.of("demo")
                    .with("report", output.resolve(DemoReport.PAGE))
                    .with(
                            "results",
                            report.results().stream().map(ResultRow::toMap).toList())
                    .print(terminal);
        } else {
            terminal.result("%-28s %8s %12s %18s"
                    .formatted("recovered of " + count, "engram", "affine span", "nearest neighbour"));
            for (DemoTrial trial : trials) {
                terminal.result("%-28s %8s %12s %18s"
                        .formatted(
                                trial.name(),
                                NumberText.percent(trial.engram().recovered(), count),
                                NumberText.percent(trial.affineSpan().recovered(), count),
                                NumberText.percent(trial.nearestNeighbour().recovered(), count)));
            }
        }
        terminal.line("Report: %s".formatted(output.resolve(DemoReport.PAGE).toAbsolutePath()));
    }
}
