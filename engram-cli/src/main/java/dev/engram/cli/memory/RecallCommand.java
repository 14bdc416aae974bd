package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.io.PatternSet;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code engram recall}: brings patterns back from noisy cues. */
@Command(
        name = "recall",
        description = {
            "Bring patterns back from whole, noisy cues.",
            "Where you know which values are damaged, use complete: it trusts the others. Where a part is damaged and"
                    + " nobody knows which, use --damage unmarked.",
            AskingCommand.RESUMES + " With --confidence all is in memory."
        },
        footer = {
            "",
            "Examples:",
            "  engram recall photos.engram noisy.npy -o recalled.npy",
            "  engram recall photos.engram noisy/ -o recalled/ --iterations 3",
            "  engram recall photos.engram stained/ -o recalled/ --damage unmarked --confidence trusted.npy"
        })
public final class RecallCommand extends AskingCommand {
    @Option(
            names = "--iterations",
            paramLabel = "F",
            defaultValue = "1",
            converter = Converters.Count.class,
            description = "How often the answer is shown again as a cue (default: ${DEFAULT-VALUE}, once).")
    private int iterations;

    @Option(
            names = "--damage",
            paramLabel = "D",
            defaultValue = "noise",
            description =
                    "What happened to the cues: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, in every value)."
                            + " With unmarked some values are wrong, the memory finds out which; it must be one that can tell its"
                            + " patterns from each other: learned with --prior codes, or keeping them.")
    private Choices.CueDamage damage = Choices.CueDamage.NOISE;

    @Option(
            names = "--confidence",
            paramLabel = "FILE",
            description = "With --damage unmarked: where to write which values were trusted, 1 or 0; a name ending in"
                    + " .npy (float32, shaped like CUES).")
    private Optional<Path> confidence = Optional.empty();

    public RecallCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        requireTogether();
        confidence.ifPresent(file -> {
            if (!String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".npy")) {
                throw CommandException.wrongUsage(
                        "--confidence %s is not the name of an array. Maybe use %s.npy.".formatted(file, file));
            }
            requireFurtherOutput(file);
        });
        Opened opened = open(confidence.isEmpty());
        if (damage == Choices.CueDamage.UNMARKED) {
            requireNames(opened.stored(), "--damage unmarked");
        }
        Beside beside = new Beside() {
            @Override
            public Optional<Mask> known() {
                return Optional.empty();
            }

            @Override
            public void write(PatternSet cues, Recall recall) {
                writeConfidence(recall, cues);
            }
        };
        answer("recall", opened, new Whole(opened.stored().memory().values()), beside, details());
    }

    /** The recall of whole cues. */
    private final class Whole implements Inquiry {
        private final Mask whole;
        private int seen;
        private int lacking;

        Whole(int values) {
            this.whole = Mask.all(values);
        }

        @Override
        public void look(Matrix cues, int first) {
            seen += cues.rows();
            lacking += RecallRun.lacking(cues);
        }

        @Override
        public void looked() {
            RecallRun.sayLacking(context, lacking, seen);
        }

        @Override
        public Recall ask(RecallRun run, Matrix cues, int first) {
            return damage == Choices.CueDamage.UNMARKED ? run.recover() : run.recall(iterations);
        }

        @Override
        public Optional<Calibration> calibration(Identifier identifier) {
            if (lacking > 0) {
                return Optional.empty();
            }
            return Optional.of(
                    damage == Choices.CueDamage.UNMARKED
                            ? identifier.damagedCalibration()
                            : identifier.calibration(whole));
        }

        @Override
        public String doing() {
            return damage == Choices.CueDamage.UNMARKED ? "recovering" : "recalling";
        }

        @Override
        public String key() {
            return "%s %d".formatted(damage, iterations);
        }
    }

    private void requireTogether() {
        if (damage == Choices.CueDamage.UNMARKED && iterations > 1) {
            throw CommandException.wrongUsage(
                    "--iterations has no meaning with --damage unmarked, which goes on until it settles. Maybe leave it out.");
        }
        if (damage != Choices.CueDamage.UNMARKED && confidence.isPresent()) {
            throw CommandException.wrongUsage(
                    "--confidence has no meaning with --damage %s. Maybe add --damage unmarked.".formatted(damage));
        }
    }

    private JsonOutput details() {
        JsonOutput details = new JsonOutput().with("damage", damage).with("iterations", iterations);
        confidence.ifPresent(file -> details.with("confidence", file));
        return details;
    }

    private void writeConfidence(Recall recall, PatternSet cues) {
        confidence.ifPresent(file -> NpyWriter.write(
                file,
                cues.shape().withCount(cues.count()),
                recall.trust().orElseThrow().data()));
    }
}
