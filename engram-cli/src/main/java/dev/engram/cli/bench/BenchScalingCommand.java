package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.inference.Engine;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench scaling}: how the cost grows with the size of a picture. */
@Command(
        name = "scaling",
        description = {
            "Measure a step of the reduced engine and a weight update (K steps included) of the span engine for pictures of"
                    + " growing size.",
            "Once is what precedes them: Gram matrix and first products, or coordinates. Ratios are to the first size."
        },
        footer = {"", "Example:", "  engram bench scaling --sizes 3072,12288 --repeat 5"})
final class BenchScalingCommand extends BaseCommand {
    private static final int COPIES =
            5; // of the weights' size: theirs, the network's, the span's basis, and work space

    @Option(
            names = "--sizes",
            paramLabel = "D",
            split = ",",
            defaultValue = "3072,12288,49152,150528",
            converter = Converters.Count.class,
            description = "Sensory value nodes (default: ${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Mixin
    private BenchNetworkOptions network = new BenchNetworkOptions();

    BenchScalingCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        List<Line> lines = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int sensory : sizes) {
            double bytes = (double) COPIES * Float.BYTES * sensory * (network.hidden() + network.patterns());
            if (bytes > Runtime.getRuntime().maxMemory()) {
                terminal.warning("%d sensory nodes need about %s, and the heap has %s. Maybe set ENGRAM_JAVA_OPTS=-Xmx."
                        .formatted(
                                sensory,
                                NumberText.bytes((long) bytes),
                                NumberText.bytes(Runtime.getRuntime().maxMemory())));
                left.add(sensory);
            } else {
                lines.add(measure(sensory));
            }
        }
        if (json()) {
            network.json("bench scaling")
                    .with("blas", context.la().description())
                    .with("sizes", lines.stream().map(l -> l.json(lines.get(0))).toList())
                    .with("too_large", left)
                    .print(terminal);
        } else {
            print(lines);
        }
    }

    private Line measure(int sensory) {
        BenchArrays arrays = network.arrays(sensory);
        try {
            Part step = part(Engine.REDUCED, arrays, "reduced steps, %d", engine -> engine.goOn(network.steps()));
            Part update = part(Engine.SPAN, arrays, "span updates, %d", engine -> engine.cycle(network.steps()));
            return new Line(sensory, new Part(step.times().dividedBy(network.steps()), step.once()), update);
        } catch (ArithmeticException e) { // fewer sensory nodes than patterns and hidden nodes together
            throw CommandException.failed("%d sensory nodes: %s".formatted(sensory, e.getMessage()));
        }
    }

    private Part part(Engine choice, BenchArrays arrays, String what, Consumer<BenchEngine> work) {
        BenchTimer timer = network.timer(context);
        List<BenchEngine> made = new ArrayList<>();
        double once = timer.once(() -> {
            BenchEngine engine = new BenchEngine(arrays, BenchEngine.HARDLY_LEARNING, choice, context.la());
            engine.infer(0);
            made.add(engine);
        });
        String size = what.formatted(arrays.patterns().columns());
        return new Part(timer.measure(size, () -> work.accept(made.get(0))), once);
    }

    private void print(List<Line> lines) {
        terminal.result("%8s   %12s %12s %6s %8s   %12s %12s %6s %8s"
                .formatted("", "reduced step", "", "", "", "span update", "", "", ""));
        terminal.result("%8s   %12s %12s %6s %8s   %12s %12s %6s %8s"
                .formatted(
                        "sensory", "min ms", "median ms", "ratio", "once s", "min ms", "median ms", "ratio", "once s"));
        for (Line line : lines) {
            terminal.result("%8d   %s   %s"
                    .formatted(
                            line.sensory(),
                            line.step().text(lines.get(0).step()),
                            line.update().text(lines.get(0).update())));
        }
    }

    /**
     * @param times of what is repeated
     * @param once seconds of what precedes it
     */
    private record Part(BenchTimer.Times times, double once) {
        double ratio(Part first) {
            return times.median() / first.times.median();
        }

        String text(Part first) {
            return "%s %6.2f %8.2f".formatted(times.text(), ratio(first), once);
        }

        JsonOutput json(Part first) {
            return times.json().with("ratio", ratio(first)).with("once_seconds", once);
        }
    }

    private record Line(int sensory, Part step, Part update) {
        JsonOutput json(Line first) {
            return new JsonOutput()
                    .with("sensory", sensory)
                    .with("gram_step", step.json(first.step))
                    .with("span_update", update.json(first.update));
        }
    }
}
