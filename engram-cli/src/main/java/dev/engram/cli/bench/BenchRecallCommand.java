package dev.engram.cli.bench;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.Flags;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram bench recall}: how soon a loaded memory answers. */
@Command(
        name = "recall",
        description = {
            "Measure how soon a memory in this process completes one picture: with a mask it has seen before, and with a"
                    + " mask that is new to it.",
            "Milliseconds: median and 95th percentile of the queries, after a warm-up of the same number."
        },
        footer = {"", "Example:", "  engram bench recall photos/ --resize 64x64 --stored 100"})
final class BenchRecallCommand extends BaseCommand {
    private static final int FLAG_SIZE = 64;
    private static final double KNOWN = 0.5;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERNS",
            description = "What the memory stores; read as by learn (default: the flags).")
    private Optional<Path> patterns = Optional.empty();

    @Option(
            names = "--stored",
            paramLabel = "N",
            defaultValue = "100",
            converter = Converters.Count.class,
            description = "How many of them (default: ${DEFAULT-VALUE}).")
    private int stored;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "1024",
            converter = Converters.Count.class,
            description = "Hidden value nodes (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--queries",
            paramLabel = "Q",
            defaultValue = "200",
            converter = Converters.Count.class,
            description = "Measured queries of each kind (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of learning and masks.")
    private long seed;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    BenchRecallCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        PatternSet all = patterns.map(reading::read).orElseGet(() -> Flags.read(FLAG_SIZE));
        int count = Math.min(stored, all.count());
        Matrix chosen = all.patterns().slice(0, count);
        PredictiveCodingMemory memory = PredictiveCodingMemory.learn(
                        chosen,
                        PredictiveCodingOptions.defaults().withHidden(hidden).withSeed(seed),
                        progress -> !context.interruption().isCancelled(),
                        context.la())
                .memory();
        context.interruption().requireGoingOn();
        Quantiles seen = ask("queries, mask seen before", memory, chosen, all.shape(), query -> 0);
        Quantiles fresh = ask("queries, a new mask each", memory, chosen, all.shape(), query -> query + 1);
        if (json()) {
            JsonOutput.of("bench recall")
                    .with("stored", count)
                    .with("hidden", hidden)
                    .with("queries", queries)
                    .with("seed", seed)
                    .with("blas", context.la().description())
                    .with("mask_seen", seen.json())
                    .with("mask_new", fresh.json())
                    .print(terminal);
        } else {
            terminal.result("%-18s %12s %12s".formatted("one query", "median ms", "95 % ms"));
            terminal.result("%-18s %s".formatted("mask seen before", seen.text()));
            terminal.result("%-18s %s".formatted("a new mask", fresh.text()));
        }
    }

    private interface MaskOf {
        long seedOf(int query);
    }

    private Quantiles ask(String what, PredictiveCodingMemory memory, Matrix set, Shape shape, MaskOf masks) {
        BenchTimer timer = new BenchTimer(context, queries);
        Progress progress = new Progress(terminal, what, queries);
        double[] seconds = new double[queries];
        for (int i = -queries; i < queries; i++) { // those below 0 are the warm-up
            int cue = Math.floorMod(i, set.rows());
            Mask mask = Mask.known(new Region.Random(KNOWN), shape, 1, masks.seedOf(i) + seed);
            double time = timer.once(() -> memory.complete(set.rows(cue), mask));
            if (i >= 0) {
                seconds[i] = time;
                progress.advance("");
            }
        }
        progress.end();
        Arrays.sort(seconds);
        return new Quantiles(seconds[seconds.length / 2], seconds[(int) (0.95 * (seconds.length - 1))]);
    }

    /** Wall seconds of one query. */
    private record Quantiles(double median, double high) {
        JsonOutput json() {
            return new JsonOutput().with("median_seconds", median).with("percentile_95_seconds", high);
        }

        String text() {
            return "%12.2f %12.2f".formatted(median * 1e3, high * 1e3);
        }
    }
}
