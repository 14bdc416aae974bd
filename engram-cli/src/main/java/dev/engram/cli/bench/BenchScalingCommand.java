package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.inference.Engine;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code engram bench scaling}: how the cost grows with the size of a picture, or with the number of patterns. */
@Command(
        name = "scaling",
        description = {
            "Measure how costs grow.",
            "--by size: a step of the reduced engine and a weight update (K steps included) of the span engine for pictures"
                    + " of growing size. Once is what precedes them: Gram matrix and first products, or coordinates. Ratios"
                    + " are to the first size.",
            "--by patterns: memories of more and more patterns, with the defaults of learn. Learning (audit included), its"
                    + " file, the completion of at most 256 cues together from the first quarter of their values, for each"
                    + " cue, and one cue alone (median); single runs, after a run of the smallest that does not count. Heap"
                    + " is the most that Java's heap held with this number, garbage included; resident the most that the"
                    + " process held so far (Linux). Regenerated and completed: MSE < 0.001. Exponents are fitted to the"
                    + " last three numbers."
        },
        footer = {
            "",
            "Examples:",
            "  engram bench scaling --sizes 3072,12288 --repeat 5",
            "  engram bench scaling --by patterns --most 4000"
        })
final class BenchScalingCommand extends BaseCommand {
    private static final int COPIES =
            5; // of the weights' size: theirs, the network's, the span's basis, and work space

    private static final List<Integer> PICTURES = List.of(3072, 12288, 49152, 150528);
    private static final int FEWEST = 250;
    private static final int DOUBLINGS = 22; // beyond which patterns are not counted in ints

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--by",
            paramLabel = "size|patterns",
            defaultValue = "size",
            description = "What grows (default: ${DEFAULT-VALUE}).")
    private Choices.Growing by = Choices.Growing.SIZE;

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            converter = Converters.Count.class,
            description =
                    "Sensory value nodes (default: 3072,12288,49152,150528); with --by patterns, how many patterns"
                            + " (default: 250, 500 and so on, up to --most).")
    private List<Integer> sizes = List.of();

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "2000",
            converter = Converters.Count.class,
            description = "With --by patterns: the most patterns (default: ${DEFAULT-VALUE}).")
    private int most;

    @Option(
            names = "--sensory",
            paramLabel = "D",
            defaultValue = "12288",
            converter = Converters.Count.class,
            description = "With --by patterns: sensory value nodes (default: ${DEFAULT-VALUE}).")
    private int sensory;

    @Mixin
    private BenchNetworkOptions network = new BenchNetworkOptions();

    BenchScalingCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        if (by == Choices.Growing.PATTERNS) {
            refuse("--hidden", "--patterns", "--steps");
            if (isGiven("--sizes")) {
                refuse("--most");
            }
            byPatterns();
        } else {
            refuse("--most", "--sensory");
            bySize();
        }
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void refuse(String... options) {
        for (String option : options) {
            if (isGiven(option)) {
                throw CommandException.wrongUsage("%s has no meaning with --by %s%s. Maybe leave it out."
                        .formatted(option, by, option.equals("--most") && isGiven("--sizes") ? " --sizes" : ""));
            }
        }
    }

    private void byPatterns() {
        PatternScaling scaling = new PatternScaling(context, sensory, network.seed(), network.repeats());
        context.interruption().whenCancelled("cancelled; what is shown was measured whole.");
        List<PatternRow> rows = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int count : counts()) {
            Optional<String> obstacle = scaling.obstacle(count);
            try {
                if (obstacle.isEmpty()) {
                    if (rows.isEmpty()) {
                        scaling.measure(count); // for the JIT compiler
                        show(PatternRow.head());
                    }
                    rows.add(scaling.measure(count));
                    show(rows.get(rows.size() - 1).text());
                }
            } catch (OutOfMemoryError e) { // what was measured before is kept
                obstacle = Optional.of("the heap of %s is full"
                        .formatted(NumberText.bytes(Runtime.getRuntime().maxMemory())));
            }
            obstacle.ifPresent(why -> {
                terminal.warning("%d patterns: %s. Maybe set ENGRAM_JAVA_OPTS=-Xmx.".formatted(count, why));
                left.add(count);
            });
        }
        Optional<Growth> growth = rows.size() < 2 ? Optional.empty() : Optional.of(Growth.ofLast(rows));
        growth.ifPresent(known -> {
            show(known.text());
            show("The exponents are of the number of patterns, fitted to %s."
                    .formatted(known.fittedTo().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        });
        if (json()) {
            JsonOutput result = JsonOutput.of("bench scaling")
                    .with("by", by)
                    .with("sensory", sensory)
                    .with("known", PatternScaling.KNOWN)
                    .with("repeat", network.repeats())
                    .with("seed", network.seed())
                    .with("blas", context.la().description())
                    .with("sizes", rows.stream().map(PatternRow::json).toList());
            growth.ifPresent(known -> result.with("exponents", known.json()));
            result.with("too_large", left).print(terminal);
        }
    }

    /** A line of the result, as soon as it is there; prose where the result is one object. */
    private void show(String line) {
        if (json()) {
            terminal.line(line);
        } else {
            terminal.result(line);
        }
    }

    /** How many patterns, ascending. */
    private List<Integer> counts() {
        if (!sizes.isEmpty()) {
            return sizes.stream().sorted().distinct().toList();
        }
        return IntStream.rangeClosed(0, DOUBLINGS)
                .map(doubling -> Math.min(FEWEST, most) << doubling)
                .filter(count -> count <= most)
                .boxed()
                .toList();
    }

    private void bySize() {
        List<Line> lines = new ArrayList<>();
        List<Integer> left = new ArrayList<>();
        for (int nodes : sizes.isEmpty() ? PICTURES : sizes) {
            double bytes = (double) COPIES * Float.BYTES * nodes * (network.hidden() + network.patterns());
            if (bytes > Runtime.getRuntime().maxMemory()) {
                terminal.warning("%d sensory nodes need about %s, and the heap has %s. Maybe set ENGRAM_JAVA_OPTS=-Xmx."
                        .formatted(
                                nodes,
                                NumberText.bytes((long) bytes),
                                NumberText.bytes(Runtime.getRuntime().maxMemory())));
                left.add(nodes);
            } else {
                lines.add(measure(nodes));
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

    private Line measure(int nodes) {
        BenchArrays arrays = network.arrays(nodes);
        try {
            Part step = part(Engine.REDUCED, arrays, "reduced steps, %d", engine -> engine.goOn(network.steps()));
            Part update = part(Engine.SPAN, arrays, "span updates, %d", engine -> engine.cycle(network.steps()));
            return new Line(nodes, new Part(step.times().dividedBy(network.steps()), step.once()), update);
        } catch (ArithmeticException e) { // fewer sensory nodes than patterns and hidden nodes together
            throw CommandException.failed("%d sensory nodes: %s".formatted(nodes, e.getMessage()));
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
