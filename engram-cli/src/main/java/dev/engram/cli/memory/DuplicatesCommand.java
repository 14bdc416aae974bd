package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.Matrix;
import dev.engram.memory.LookAlikes;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram duplicates}: finds pairs of patterns that are so alike that they count as copies of each other. */
@Command(
        name = "duplicates",
        description = {
            "Find pairs of patterns that are so alike that they count as copies of each other.",
            "The distance of two is their mean squared difference per value. Of a memory the patterns it keeps are compared."
        },
        footer = {
            "",
            "Examples:",
            "  engram duplicates photos/ --resize 64x64 --html alike.html",
            "  engram duplicates photos.engram --json"
        })
public final class DuplicatesCommand extends BaseCommand {
    private static final int MOST_LINES = 100;

    @Parameters(index = "0", paramLabel = "PATTERNS", description = "Patterns, read as by learn, or a memory file.")
    private Path source = Path.of("");

    @Option(
            names = "--tolerance",
            paramLabel = "F",
            defaultValue = "" + LookAlikes.TOLERANCE,
            converter = Converters.Positive.class,
            description =
                    "How far apart two may be, as a fraction of the patterns' variance (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Where to write a page with the pairs side by side; one file that needs nothing else.")
    private Optional<Path> html = Optional.empty();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    public DuplicatesCommand(Context context) {
        super(context);
    }

    /** What is compared, and what each is called. */
    private record Compared(Matrix patterns, Shape shape, Catalogue names) {}

    @Override
    protected void run() {
        html.ifPresent(file -> Targets.require(file, true, source));
        Compared compared = isMemory() ? ofMemory() : ofPatterns();
        long start = System.nanoTime();
        double distance = tolerance * LookAlikes.variance(compared.patterns());
        List<LookAlikes> pairs = LookAlikes.within(context.la(), compared.patterns(), distance);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (pairs.size() == LookAlikes.MOST) {
            terminal.warning("There are more than %,d pairs; the most alike were kept. Maybe use a smaller --tolerance."
                    .formatted(LookAlikes.MOST));
        }
        String found = "%s among %s, with a distance of at most %s (%s of the variance)"
                .formatted(
                        NumberText.count(pairs.size(), "pair"),
                        NumberText.count(compared.patterns().rows(), "pattern"),
                        NumberText.brief(distance),
                        NumberText.percent(tolerance));
        html.ifPresent(file -> context.interruption().write(() -> new DuplicatesPage(
                        compared.patterns(), compared.shape(), i -> NameText.withNumber(compared.names(), i))
                .write(file, pairs, "%s. Compared: %s.".formatted(found, source))));
        if (json()) {
            json(compared, pairs, distance, seconds).print(terminal);
        } else {
            print(compared.names(), pairs);
        }
        terminal.line("%s; compared in %s.".formatted(found, NumberText.duration(seconds)));
        html.ifPresent(file -> terminal.line("Wrote %s.".formatted(file)));
    }

    private boolean isMemory() {
        return MemoryFile.isAt(source)
                || String.valueOf(source.getFileName()).toLowerCase(Locale.ROOT).endsWith(".engram");
    }

    private Compared ofMemory() {
        StoredMemory stored = MemoryFile.read(source, context.la());
        Matrix patterns = KeptPatterns.of(stored.memory())
                .orElseThrow(() -> CommandException.wrongUsage(
                        "The memory in %s (model %s) keeps no patterns to compare. Maybe give the patterns it was learned from, or learn it with --prior codes --keep-originals."
                                .formatted(source, stored.model())));
        return new Compared(patterns, stored.shape(), stored.catalogue());
    }

    private Compared ofPatterns() {
        PatternSet set = reading.read(source);
        ReadingOptions.sayNotes(terminal, source, set);
        return new Compared(set.patterns(), set.shape(), new Catalogue(set.uniqueNames(), List.of()));
    }

    private void print(Catalogue names, List<LookAlikes> pairs) {
        pairs.stream()
                .limit(MOST_LINES)
                .forEach(pair -> terminal.result("%10s  %s  %s"
                        .formatted(
                                NumberText.brief(pair.distance()),
                                NameText.withNumber(names, pair.first()),
                                NameText.withNumber(names, pair.second()))));
        if (pairs.size() > MOST_LINES) {
            terminal.result("and %d more (--json lists all)".formatted(pairs.size() - MOST_LINES));
        }
    }

    private JsonOutput json(Compared compared, List<LookAlikes> pairs, double distance, double seconds) {
        List<JsonOutput> items = new ArrayList<>();
        for (LookAlikes pair : pairs) {
            items.add(new JsonOutput()
                    .with("first", NameText.describe(new JsonOutput(), compared.names(), pair.first()))
                    .with("second", NameText.describe(new JsonOutput(), compared.names(), pair.second()))
                    .with("distance", pair.distance()));
        }
        JsonOutput json = JsonOutput.of("duplicates")
                .with("source", source)
                .with("patterns", compared.patterns().rows())
                .with("tolerance", tolerance)
                .with("threshold", distance)
                .with("seconds", seconds)
                .with("pairs", items);
        html.ifPresent(file -> json.with("html", file));
        return json;
    }
}
