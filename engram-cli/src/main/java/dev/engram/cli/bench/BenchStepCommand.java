package dev.engram.cli.bench;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.inference.Engine;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench step}: what one inference step costs. */
@Command(
        name = "step",
        description = {
            "Measure one inference step (Eq. 3, all patterns at once) of the reference and of the reduced engine.",
            "Milliseconds per step, smallest and median of the measured runs. The warm-up ends when the median of three"
                    + " runs is no more than a twentieth below that of the three before, or after 10 seconds."
        },
        footer = {"", "Example:", "  engram bench step --sensory 3072 --hidden 512 --threads 1"})
final class BenchStepCommand extends BaseCommand {
    @Option(
            names = "--sensory",
            paramLabel = "D",
            defaultValue = "12288",
            converter = Converters.Count.class,
            description = "Sensory value nodes (default: ${DEFAULT-VALUE}).")
    private int sensory;

    @Mixin
    private BenchNetworkOptions network = new BenchNetworkOptions();

    BenchStepCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        BenchArrays arrays = network.arrays(sensory);
        List<Line> lines = new ArrayList<>();
        lines.add(measure(Engine.REFERENCE, arrays, 2.0 * sensory));
        lines.add(measure(Engine.REDUCED, arrays, network.hidden()));
        double ratio = lines.get(0).times().median() / lines.get(1).times().median();
        if (json()) {
            network.json("bench step")
                    .with("sensory", sensory)
                    .with("blas", context.la().description())
                    .with("engines", lines.stream().map(Line::json).toList())
                    .with("ratio", ratio)
                    .print(terminal);
        } else {
            print(lines, ratio);
        }
    }

    /** @param width multiplications of one step for each pattern and hidden node */
    private Line measure(Engine choice, BenchArrays arrays, double width) {
        BenchEngine engine = new BenchEngine(arrays, BenchEngine.HARDLY_LEARNING, choice, context.la());
        engine.infer(0);
        BenchTimer.Times times = network.timer(context)
                .measure(Choices.spelled(choice) + " engine", () -> engine.goOn(network.steps()))
                .dividedBy(network.steps());
        return new Line(choice, times, 2.0 * network.patterns() * network.hidden() * width);
    }

    private void print(List<Line> lines, double ratio) {
        terminal.result("%-10s %12s %12s %12s".formatted("engine", "min ms", "median ms", "Gop/s"));
        for (Line line : lines) {
            terminal.result("%-10s %s %12.1f"
                    .formatted(Choices.spelled(line.engine()), line.times().text(), line.operationsPerSecond() / 1e9));
        }
        terminal.result("The reduced engine's step takes 1/%.1f of the reference engine's (medians).".formatted(ratio));
    }

    /** @param operations of one step's matrix products: additions and multiplications */
    private record Line(Engine engine, BenchTimer.Times times, double operations) {
        double operationsPerSecond() {
            return operations / times.median();
        }

        JsonOutput json() {
            return times.json()
                    .with("engine", Choices.spelled(engine))
                    .with("operations", operations)
                    .with("operations_per_second", operationsPerSecond());
        }
    }
}
