package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.NamedRegion;
import dev.engram.cli.options.PatternOutput;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Mask;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram corrupt}: makes damaged copies of patterns, to try a memory with. */
@Command(
        name = "corrupt",
        description = {
            "Make damaged copies of patterns, to try a memory with.",
            "Either noise is added to every value, or all that is not in a given part is set to 0; of a table it is left empty.",
            "Of a table noise is measured in standard deviations of each column."
        },
        footer = {
            "",
            "SPEC, the part that stays known: top:0.5  bottom:0.5  left:0.25  right:0.25 (fraction of the picture)",
            "  random:0.125 (pixels, the same for all)  random-each:0.125 (drawn for each)  box:x,y,w,h (pixels)",
            "  square-each:0.2 (a square over this part, somewhere, drawn for each)",
            "  present (what is not NaN or empty)",
            "",
            "Examples:",
            "  engram corrupt photos/ -o noisy.npy --noise-variance 0.2 --seed 1",
            "  engram corrupt photos/ -o upper-half/ --mask top:0.5"
        })
public final class CorruptCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "PATTERNS", description = "What to damage; read as by learn.")
    private Path patterns = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "CUES",
            description =
                    "Where to: a name ending in .npy (float32, noise is kept as it is), a table (.csv, .tsv), or a"
                            + " folder of PNG pictures (clipped to 0..1).")
    private Path output = Path.of("");

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Chosen chosen = new Chosen();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of noise and random masks (default: 0).")
    private long seed;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    /** Exactly one of these. */
    static final class Chosen {
        @Option(
                names = "--noise-variance",
                required = true,
                paramLabel = "V",
                converter = Converters.NotNegative.class,
                description = "Add Gaussian noise of this variance to every value (values are 0..1).")
        private Optional<Double> variance = Optional.empty();

        @Option(
                names = "--noise-std",
                required = true,
                paramLabel = "S",
                converter = Converters.NotNegative.class,
                description = "Add Gaussian noise of this standard deviation to every value.")
        private Optional<Double> standardDeviation = Optional.empty();

        @Option(
                names = "--mask",
                required = true,
                paramLabel = "SPEC",
                converter = Converters.Spec.class,
                description = "Keep this part and set the rest to 0.")
        private Optional<NamedRegion> kept = Optional.empty();

        private void requireGiven() {
            // Picocli refuses two of them, but not none: the fields have initial values.
            if (variance.isEmpty() && standardDeviation.isEmpty() && kept.isEmpty()) {
                throw CommandException.wrongUsage(
                        "One of --noise-variance, --noise-std and --mask is needed. Maybe --mask top:0.5.");
            }
        }

        private Damage damage(Shape shape) {
            return variance.map(Damage::ofVariance)
                    .or(() -> standardDeviation.map(Damage::ofStandardDeviation))
                    .map(Damage.class::cast)
                    .orElseGet(() -> kept.map(part -> new Damage.Known("known " + part, part.of(shape)))
                            .orElseThrow());
        }
    }

    public CorruptCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        chosen.requireGiven();
        PatternOutput target = PatternOutput.of(output, patterns);
        PatternSet set = reading.readWithMissing(patterns);
        target.requireHolds(set.shape());
        if (set.table().isPresent()) {
            target.requireHoldsRows();
        }
        Damage damage = chosen.damage(set.shape());
        DamagedCues damaged = damage.apply(set.patterns(), set.shape(), seed);
        Matrix cues = blanked(damaged, set);
        context.interruption().write(() -> target.write(cues, set.shape(), set, Optional.empty(), Optional.empty()));
        ReadingOptions.sayNotes(terminal, patterns, set);
        long clipped = target.clipped(cues);
        if (clipped > 0) {
            terminal.note(
                    ("PNG holds values from 0 to 1 in steps of 1/255; %,d of %,d values were clipped. Maybe write to a"
                                    + " .npy file to keep the noise as it is.")
                            .formatted(clipped, cues.data().length));
        }
        terminal.line(
                "Wrote %s of shape %s to %s.".formatted(NumberText.count(set.count(), "cue"), set.shape(), output));
        if (json()) {
            JsonOutput.of("corrupt")
                    .with("output", output)
                    .with("cues", set.count())
                    .with("shape", set.shape().dimensions())
                    .with("corruption", described(damage, damaged))
                    .with("seed", seed)
                    .with("clipped_values", clipped)
                    .with("notes", set.notes())
                    .print(terminal);
        }
    }

    /** The cues with what is missing set to 0; in a table it stays missing, and with a part of a category all of it is. */
    private static Matrix blanked(DamagedCues damaged, PatternSet set) {
        if (damaged.known().isEmpty()) {
            return damaged.cues();
        }
        Matrix missing = damaged.known().get().blank(set.patterns(), Float.NaN);
        return set.table()
                .map(table -> table.columns().withWholeCategories(missing))
                .orElseGet(() -> Mask.present(missing).blank(missing, 0));
    }

    /** Says of the damage what scripts may want to know. */
    private JsonOutput described(Damage damage, DamagedCues damaged) {
        JsonOutput how = new JsonOutput();
        if (damage instanceof Damage.Noisy noisy) {
            how.with("noise_variance", noisy.noise().variance())
                    .with("noise_std", noisy.noise().standardDeviation());
        }
        damaged.known()
                .ifPresent(mask ->
                        how.with("known", chosen.kept.orElseThrow().text()).with("known_values", mask.knownValues(0)));
        return how;
    }
}
