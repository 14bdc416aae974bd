package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.memory.Score;
import dev.engram.memory.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram score}: compares what came back with the originals. */
@Command(
        name = "score",
        description = {
            "Compare what came back with the originals: by name where all that came back are named as originals are, else one by"
                    + " one in their order.",
            "Prints the mean squared error (MSE) per value of each, and how many are recovered: below the threshold."
        },
        footer = {
            "",
            "Examples:",
            "  engram score photos/ recalled/",
            "  engram score images.npz recalled.npy --limit 50 --threshold 0.005 --json"
        })
public final class ScoreCommand extends BaseCommand {
    @Parameters(
            index = "0",
            paramLabel = "ORIGINALS",
            description =
                    "The patterns as they were stored; read as by learn. Pictures are brought to the size of OUT.")
    private Path originals = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "What recall or complete wrote.")
    private Path results = Path.of("");

    @Option(
            names = "--threshold",
            paramLabel = "T",
            converter = Converters.Positive.class,
            description = "The MSE below which a pattern counts as recovered (default: " + Score.COMPLETION_THRESHOLD
                    + " where the originals lie in 0..1, as pictures do, and vary by more, else 0.016 of their mean variance"
                    + " per value; the paper's for denoising is " + Score.DENOISING_THRESHOLD + ").")
    private Optional<Double> asked = Optional.empty();

    @Option(names = "--all", description = "Print the MSE of every pattern, not only of the worst.")
    private boolean all;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    public ScoreCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        PatternSet given = reading.readFirst(results);
        PatternSet read = reading.readLike(given, originals);
        ReadingOptions.sayNotes(terminal, originals, read);
        PairedNames names = new PairedNames(read, given);
        Optional<int[]> paired = names.all();
        PatternSet expected = paired.map(rows -> chosen(read, rows)).orElse(read);
        requireComparable(expected, given);
        sayHow(read, given, names, paired.isPresent());
        Score score = Score.of(expected.patterns(), given.patterns());
        Spread spread = expected.spread();
        double threshold = asked.orElseGet(spread::threshold);
        Optional<String> warning = Yardstick.warning(spread, threshold, "use --threshold %s");
        warning.ifPresent(terminal::warning);
        ScoreTable table = new ScoreTable(expected.names(), score, threshold);
        if (json()) {
            json(expected, score, threshold, table.worst())
                    .with("matched_by", paired.isPresent() ? "name" : "order")
                    .with("warnings", warning.stream().toList())
                    .print(terminal);
        } else {
            table.print(terminal, all);
        }
    }

    private static PatternSet chosen(PatternSet set, int... rows) {
        return PatternSet.of(
                set.patterns().rows(rows),
                set.shape(),
                IntStream.of(rows).mapToObj(set.names()::get).toList(),
                set.notes());
    }

    private void sayHow(PatternSet expected, PatternSet given, PairedNames names, boolean byName) {
        if (byName) {
            terminal.line("Compared by name%s."
                    .formatted(
                            given.count() < expected.count()
                                    ? ": %d of %d originals".formatted(given.count(), expected.count())
                                    : ""));
        } else {
            terminal.line("Compared in their order%s."
                    .formatted(
                            names.found() == 0
                                    ? ""
                                    : ", for only %d of %d are named as an original is"
                                            .formatted(names.found(), given.count())));
        }
    }

    private void requireComparable(PatternSet expected, PatternSet given) {
        if (expected.count() != given.count()) {
            throw CommandException.unusableInput("%s holds %s, %s holds %d; they must agree. Maybe add --limit %d."
                    .formatted(
                            originals,
                            NumberText.count(expected.count(), "pattern"),
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

    private JsonOutput json(PatternSet names, Score score, double threshold, double worst) {
        List<JsonOutput> items = new ArrayList<>();
        for (int i = 0; i < names.count(); i++) {
            items.add(new JsonOutput()
                    .with("name", names.names().get(i))
                    .with("mse", score.errors()[i])
                    .with("recovered", score.errors()[i] < threshold));
        }
        return JsonOutput.of("score")
                .with("originals", originals)
                .with("results", results)
                .with("patterns", names.count())
                .with("threshold", threshold)
                .with("recovered", score.recovered(threshold))
                .with("recovered_fraction", score.recoveredFraction(threshold))
                .with("mean_mse", score.mean())
                .with("worst_mse", worst)
                .with("items", items);
    }
}
