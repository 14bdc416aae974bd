package dev.engram.cli;

import dev.engram.io.PatternSet;
import dev.engram.memory.Score;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code engram score}. */
@Command(
        name = "score",
        description = {
            "Compare what came back with the originals, one by one in their order.",
            "Prints the mean squared error (MSE) per value of each, and how many are recovered: below the threshold."
        },
        footer = {
            "",
            "Examples:",
            "  engram score photos/ recalled/",
            "  engram score images.npz recalled.npy --limit 50 --threshold 0.005 --json"
        })
final class ScoreCommand implements Callable<Integer> {
    private static final int MOST_ROWS = 20;
    private static final int WORST_ROWS = 10;
    private static final int LONGEST_NAME = 40;

    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "ORIGINALS",
            description = "The patterns as they were stored; read as by learn.")
    private Path originals = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "What recall or complete wrote.")
    private Path results = Path.of("");

    @Option(
            names = "--threshold",
            paramLabel = "T",
            defaultValue = "0.001",
            converter = Converters.Positive.class,
            description = "The MSE below which a pattern counts as recovered (default: ${DEFAULT-VALUE}; the paper's"
                    + " for denoising is 0.005).")
    private double threshold;

    @Option(names = "--all", description = "Print the MSE of every pattern, not only of the worst.")
    private boolean all;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    ScoreCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        common.apply();
        PatternSet expected = reading.read(originals);
        PatternSet given = reading.read(results);
        requireComparable(expected, given);
        Score score = Score.of(expected.patterns(), given.patterns());
        if (common.json()) {
            json(expected, score).print(context.terminal());
        } else {
            table(expected, score);
        }
        return ExitCode.DONE;
    }

    private void requireComparable(PatternSet expected, PatternSet given) {
        if (expected.count() != given.count()) {
            throw CommandException.unusableInput("%s holds %s, %s holds %d; they must agree. Maybe add --limit %d."
                    .formatted(
                            originals,
                            Numbers.count(expected.count(), "pattern"),
                            results,
                            given.count(),
                            Math.min(expected.count(), given.count())));
        }
        if (expected.shape().values() != given.shape().values()) {
            throw CommandException.unusableInput(
                    "The patterns in %s have shape %s, those in %s %s; they must agree. Maybe use --resize."
                            .formatted(originals, expected.shape(), results, given.shape()));
        }
    }

    private void table(PatternSet names, Score score) {
        Terminal terminal = context.terminal();
        double[] errors = score.errors();
        List<Integer> shown = IntStream.range(0, errors.length).boxed().toList();
        boolean shortened = errors.length > MOST_ROWS && !all;
        if (shortened) {
            shown = shown.stream()
                    .sorted(Comparator.comparingDouble((Integer i) -> -errors[i]))
                    .limit(WORST_ROWS)
                    .toList();
            terminal.result("The %d worst of %d (--all prints every one):".formatted(WORST_ROWS, errors.length));
        }
        int width = shown.stream().mapToInt(i -> name(names, i).length()).max().orElse(0);
        String row = "%6s  %-" + Math.max(4, width) + "s  %10s  %s";
        terminal.result(row.formatted("number", "name", "MSE", "").stripTrailing());
        for (int i : shown) {
            String verdict = errors[i] < threshold ? "recovered" : "not recovered";
            terminal.result(row.formatted(i, name(names, i), Numbers.brief(errors[i]), verdict));
        }
        terminal.result("Recovered %d of %d (%s) at MSE < %s; mean MSE %s, worst %s."
                .formatted(
                        score.recovered(threshold),
                        errors.length,
                        Numbers.percent(score.recovered(threshold), errors.length),
                        threshold,
                        Numbers.brief(score.mean()),
                        Numbers.brief(worst(errors))));
    }

    private static String name(PatternSet set, int i) {
        String name = set.names().get(i);
        return name.length() > LONGEST_NAME ? "..." + name.substring(name.length() - LONGEST_NAME + 3) : name;
    }

    private Json json(PatternSet names, Score score) {
        List<Json> items = new ArrayList<>();
        for (int i = 0; i < names.count(); i++) {
            items.add(new Json()
                    .with("name", names.names().get(i))
                    .with("mse", score.errors()[i])
                    .with("recovered", score.errors()[i] < threshold));
        }
        return Json.of("score")
                .with("originals", originals)
                .with("results", results)
                .with("patterns", names.count())
                .with("threshold", threshold)
                .with("recovered", score.recovered(threshold))
                .with("recovered_fraction", score.recoveredFraction(threshold))
                .with("mean_mse", score.mean())
                .with("worst_mse", worst(score.errors()))
                .with("items", items);
    }

    private static double worst(double[] errors) {
        double worst = 0;
        for (double error : errors) {
            worst = Math.max(worst, error);
        }
        return worst;
    }
}
