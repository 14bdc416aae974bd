package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.inference.Engine;
import dev.engram.io.Flags;
import dev.engram.io.PatternSet;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench learn}: what a weight update costs, and a whole memory. */
@Command(
        name = "learn",
        description = {
            "Measure one cycle of Algorithm 1 (K inference steps and a weight update) with the reference, the reduced and the"
                    + " span engine, and the learning of a whole memory of the flags with the default options.",
            "Milliseconds, smallest and median of the measured runs."
        },
        footer = {"", "Example:", "  engram bench learn --sensory 3072 --hidden 512"})
final class BenchLearnCommand extends BaseCommand {
    private static final int FLAG_SIZE = 64;

    @Option(
            names = "--sensory",
            paramLabel = "D",
            defaultValue = "12288",
            converter = Converters.Count.class,
            description = "Sensory value nodes (default: ${DEFAULT-VALUE}).")
    private int sensory;

    @Mixin
    private BenchNetworkOptions network = new BenchNetworkOptions();

    BenchLearnCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        BenchArrays arrays = network.arrays(sensory);
        List<Line> lines = new ArrayList<>();
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED, Engine.SPAN)) {
            lines.add(cycle(engine, arrays));
        }
        PatternSet flags = Flags.read(FLAG_SIZE);
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults().withSeed(network.seed());
        lines.add(new Line(
                "%d flags, whole".formatted(flags.count()),
                network.timer(context)
                        .measure(
                                "a memory of the flags",
                                () -> PredictiveCodingMemory.learn(
                                        flags.patterns(),
                                        options,
                                        progress -> !context.interruption().isCancelled(),
                                        context.la()))));
        if (json()) {
            network.json("bench learn")
                    .with("sensory", sensory)
                    .with("blas", context.la().description())
                    .with("runs", lines.stream().map(Line::json).toList())
                    .print(terminal);
        } else {
            terminal.result("%-18s %12s %12s".formatted("what", "min ms", "median ms"));
            lines.forEach(line -> terminal.result(
                    "%-18s %s".formatted(line.what(), line.times().text())));
        }
    }

    private Line cycle(Engine choice, BenchArrays arrays) {
        try {
            BenchEngine engine = new BenchEngine(arrays, BenchEngine.HARDLY_LEARNING, choice, context.la());
            String what = "cycle, " + Choices.spelled(choice);
            return new Line(what, network.timer(context).measure(what, () -> engine.cycle(network.steps())));
        } catch (ArithmeticException e) { // fewer sensory nodes than patterns and hidden nodes together
            throw CommandException.failed("%d sensory nodes: %s".formatted(sensory, e.getMessage()));
        }
    }

    private record Line(String what, BenchTimer.Times times) {
        JsonOutput json() {
            return times.json().with("what", what);
        }
    }
}
