package dev.engram.cli.experiment;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.HelpText;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.memory.Yardstick;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.NamedRegion;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.experiments.comparison.Comparison;
import dev.engram.experiments.comparison.ComparisonReport;
import dev.engram.experiments.comparison.Entrant;
import dev.engram.experiments.comparison.Recommendation;
import dev.engram.experiments.comparison.TableComparison;
import dev.engram.experiments.comparison.TableRecommendation;
import dev.engram.experiments.comparison.TableReport;
import dev.engram.io.Flags;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Software;
import dev.engram.memory.Damage;
import dev.engram.memory.Region;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code engram compare}: tries every kind of memory on the same patterns. */
@Command(
        name = "compare",
        description = {
            "Try every memory on your own patterns: what each stores, how long it takes, and what comes back from damage.",
            "Ends with one recommendation, by a stated rule. Without a kind of damage it takes five: noise of standard"
                    + " deviation 0.2 and of variance 0.2, the lower half missing, a random 7/8"
                    + " missing, and the lower 3/10 black, unmarked.",
            "Patterns that are no pictures, 20 or more, are rows of a table: without a kind of damage half of them are"
                    + " learned and the others asked about, beside column means, nearest neighbours and a random cut"
                    + " forest: how far off missing values are filled in, and how well odd rows are told from ordinary"
                    + " ones."
        },
        footer = {
            "",
            "SPEC, the part that is known: top:0.5  bottom:0.5  left:0.25  right:0.25 (fraction of the picture)",
            "  random:0.125 (pixels, the same for all)  random-each:0.125 (drawn for each)  box:x,y,w,h (pixels)",
            "  square-each:0.2 (a square over this part, somewhere, drawn for each)",
            "",
            "Examples:",
            "  engram compare flags",
            "  engram compare photos/ --resize 64x64 -o comparison/",
            "  engram compare digits.npy --limit 200 --known left:0.5 --known box:4,4,20,20 --noise-std 0.3"
        })
public final class CompareCommand extends BaseCommand {
    private static final double NOISE = 0.2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATTERNS",
            defaultValue = Flags.NAME,
            description = "What to store; read as by learn (default: ${DEFAULT-VALUE}).")
    private Path patterns = Path.of(Flags.NAME);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "The folder of a report: a page with pictures, all numbers as CSV and JSON.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--noise-variance",
            paramLabel = "V",
            converter = Converters.NotNegative.class,
            description = "Add Gaussian noise of this variance to every value; may be given again.")
    private List<Double> variances = List.of();

    @Option(
            names = "--noise-std",
            paramLabel = "S",
            converter = Converters.NotNegative.class,
            description = "Add Gaussian noise of this standard deviation to every value; may be given again.")
    private List<Double> deviations = List.of();

    @Option(
            names = "--known",
            paramLabel = "SPEC",
            converter = Converters.Spec.class,
            description = "Show this part only; may be given again.")
    private List<NamedRegion> parts = List.of();

    @Option(
            names = "--unmarked",
            paramLabel = "SPEC",
            converter = Converters.Spec.class,
            description = "Black out this part without marking it; may be given again.")
    private List<NamedRegion> blackened = List.of();

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            converter = Converters.NotNegative.class,
            description = "How long each memory may learn; one that needs longer is taken as it then is (default: 8).")
    private double patience = Comparison.PATIENCE;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything random (default: 0).")
    private long seed;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    public CompareCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        output.ifPresent(folder -> Targets.require(folder, false, patterns));
        PatternSet set = reading.read(patterns);
        ReadingOptions.sayNotes(terminal, patterns, set);
        if (TableComparison.isFor(set) && !namesDamage()) {
            compareRows(set);
            return;
        }
        List<Damage> damages = damages(set);
        double threshold = damages.stream().mapToDouble(Damage::threshold).max().orElse(0);
        Yardstick.warning(set.spread(), threshold, "bring the values to 0..1 first")
                .ifPresent(terminal::warning);
        List<Entrant> entrants = Entrant.all();
        terminal.line("Storing %s of shape %s in %d memories, on %s."
                .formatted(
                        NumberText.count(set.count(), "pattern"),
                        set.shape(),
                        entrants.size(),
                        context.la().description()));
        RunWatch watch = RunWatch.ofComparison(context);
        long start = System.nanoTime();
        Comparison comparison = Comparison.run(set, entrants, damages, seed, patience, watch, context.la());
        double seconds = (System.nanoTime() - start) / 1e9;
        context.interruption().requireGoingOn();
        ComparisonReport report =
                new ComparisonReport(comparison, Software.current(context.la().description()), HelpText.command(spec));
        output.ifPresent(folder -> watch.write(() -> report.write(folder)));
        ComparisonTable table = new ComparisonTable(comparison);
        Recommendation recommendation = report.recommendation();
        if (json()) {
            asked(table.describe(compared(set)), set)
                    .with("recommendation", recommendation.advice())
                    .with("choice", recommendation.choice().orElse(""))
                    .with("rule", Recommendation.RULE)
                    .with("seconds", seconds)
                    .print(terminal);
        } else {
            table.print(terminal);
            sayAdvice(recommendation.advice(), Recommendation.RULE);
        }
        finish(seconds);
    }

    private boolean namesDamage() {
        return !deviations.isEmpty() || !variances.isEmpty() || !parts.isEmpty() || !blackened.isEmpty();
    }

    private void compareRows(PatternSet set) {
        terminal.line("Comparing on %s of %s, half of them learned, on %s."
                .formatted(
                        NumberText.count(set.count(), "row"),
                        NumberText.count(set.shape().values(), "value"),
                        context.la().description()));
        RunWatch watch = RunWatch.ofComparison(context);
        long start = System.nanoTime();
        TableComparison comparison = TableComparison.run(set, seed, patience, watch, context.la());
        double seconds = (System.nanoTime() - start) / 1e9;
        context.interruption().requireGoingOn();
        TableReport report =
                new TableReport(comparison, Software.current(context.la().description()), HelpText.command(spec));
        output.ifPresent(folder -> watch.write(() -> report.write(folder)));
        TableRecommendation recommendation = TableRecommendation.of(comparison);
        TableComparisonText text = new TableComparisonText(comparison);
        if (json()) {
            asked(text.describe(compared(set)), set)
                    .with("recommendation", recommendation.advice())
                    .with("choice", recommendation.filling().orElse(""))
                    .with("choice_for_new_rows", recommendation.novelty().orElse(""))
                    .with("rule", TableRecommendation.RULE)
                    .with("seconds", seconds)
                    .print(terminal);
        } else {
            text.print(terminal);
            sayAdvice(recommendation.advice(), TableRecommendation.RULE);
        }
        finish(seconds);
    }

    private static JsonOutput compared(PatternSet set) {
        return JsonOutput.of("compare")
                .with("patterns", set.count())
                .with("shape", set.shape().dimensions());
    }

    private JsonOutput asked(JsonOutput json, PatternSet set) {
        return json.with("digest", set.digest()).with("seed", seed).with("patience", patience);
    }

    private void sayAdvice(String advice, String rule) {
        terminal.result("");
        terminal.result(advice);
        terminal.result(rule);
    }

    private void finish(double seconds) {
        terminal.line("Compared in %s.".formatted(NumberText.duration(seconds)));
        output.ifPresent(folder -> terminal.line(
                "Report: %s".formatted(folder.resolve(ComparisonReport.PAGE).toAbsolutePath())));
    }

    private List<Damage> damages(PatternSet set) {
        List<Damage> damages = new ArrayList<>();
        deviations.forEach(deviation -> damages.add(Damage.ofStandardDeviation(deviation)));
        variances.forEach(variance -> damages.add(Damage.ofVariance(variance)));
        parts.forEach(part -> damages.add(new Damage.Known("known " + part, part.of(set.shape()))));
        blackened.forEach(part -> damages.add(
                new Damage.Covered("black " + part + ", unmarked", part.of(set.shape()), Damage.Cover.BLACK)));
        if (damages.isEmpty()) {
            damages.add(Damage.ofStandardDeviation(NOISE));
            damages.add(Damage.ofVariance(NOISE));
            boolean isPicture = set.shape().isPicture();
            damages.add(
                    isPicture
                            ? new Damage.Known("lower half missing", Region.parse("top:0.5"))
                            : new Damage.Known("second half missing", Region.parse("left:0.5")));
            damages.add(new Damage.Known("random 7/8 missing", Region.parse("random:0.125")));
            damages.add(new Damage.Covered(
                    "lower 3/10 black, unmarked",
                    Region.parse(isPicture ? "bottom:0.3" : "right:0.3"),
                    Damage.Cover.BLACK));
        }
        return damages;
    }
}
