package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.CuePictures;
import dev.engram.cli.options.PatternOutput;
import dev.engram.cli.options.RateOption;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.PatternSet;
import dev.engram.io.image.Fit;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.io.table.Table;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that asks a memory for the patterns behind cues, and writes the answers. */
abstract class AskingCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn.")
    private Path memory = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "CUES",
            description = "The damaged patterns; read as by learn, pictures in the memory's size.")
    private Path cues = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description =
                    "Where to: a name ending in .npy (float32, shaped like CUES), a table (.csv, .tsv), or a folder"
                            + " of PNG pictures.")
    private Path output = Path.of("");

    @Option(
            names = "--output-size",
            paramLabel = "memory|cue",
            defaultValue = "memory",
            description =
                    "The size of the pictures written: the memory's, or that of each picture in CUES; what complete is"
                            + " told to be known, and what --fit crop cut off, then stays as it is there (default: ${DEFAULT-VALUE}).")
    private Choices.OutputSize outputSize = Choices.OutputSize.MEMORY;

    @Option(names = "--explain", description = "Show what each engine would cost, and which one is taken.")
    private boolean explain;

    @Mixin
    private RateOption rate = new RateOption();

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    AskingCommand(Context context) {
        super(context);
    }

    /**
     * Reads the memory and the cues.
     *
     * @param furtherInputs what else the command reads
     */
    Opened open(Path... furtherInputs) {
        Path[] inputs = Arrays.copyOf(furtherInputs, furtherInputs.length + 2);
        inputs[furtherInputs.length] = memory;
        inputs[furtherInputs.length + 1] = cues;
        PatternOutput target = PatternOutput.of(output, inputs);
        StoredMemory stored = MemoryFile.read(memory, context.la());
        Optional<CuePictures> pictures = pictures(stored, target);
        PatternSet set = reading.readCues(cues, stored);
        requireFit(memory, stored, cues, set);
        target.requireHolds(stored.shape());
        if (stored.columns().isPresent() || set.table().isPresent()) {
            target.requireHoldsRows();
        }
        ReadingOptions.sayNotes(terminal, cues, set);
        return new Opened(stored, set, target, pictures, System.nanoTime());
    }

    /** The pictures in whose size the answers are wanted. */
    private Optional<CuePictures> pictures(StoredMemory stored, PatternOutput target) {
        if (outputSize == Choices.OutputSize.MEMORY) {
            return Optional.empty();
        }
        if (!target.clips()) {
            throw CommandException.wrongUsage(
                    "--output-size cue writes pictures, %s is an array. Maybe give the name of a folder."
                            .formatted(output));
        }
        return Optional.of(CuePictures.of(reading, cues, stored));
    }

    /** A memory and the cues it is to be asked, with the pictures they were if answers are to have their sizes. */
    record Opened(
            StoredMemory stored, PatternSet cues, PatternOutput target, Optional<CuePictures> pictures, long start) {
        Opened withKnown(Mask mask) {
            return new Opened(stored, cues, target, pictures.map(p -> p.known(mask)), start);
        }

        /** The columns of the memory, or of the cues where it has none; numbers without names where neither has. */
        Columns columns() {
            return stored.columns()
                    .or(() -> cues.table().map(Table::columns))
                    .orElseGet(() -> Columns.plain(stored.memory().values()));
        }
    }

    /** To be asked. */
    RecallRun run(Opened opened) {
        return new RecallRun(context, rate.of(opened.stored().memory()), opened.cues(), explain);
    }

    /**
     * Writes what came back, and says how it went.
     *
     * @param beside writes what else the command has to write
     * @param details what the command alone knows, for programs
     */
    void handOver(String command, Opened opened, Recall recall, Runnable beside, JsonOutput details) {
        handOver(command, opened, recall, Optional.empty(), beside, details);
    }

    /**
     * The same, where known values are to stay as the user wrote them.
     *
     * @param known those that were; empty where none were trusted
     */
    void handOver(
            String command, Opened opened, Recall recall, Optional<Mask> known, Runnable beside, JsonOutput details) {
        double seconds = (System.nanoTime() - opened.start()) / 1e9;
        PatternSet set = opened.cues();
        PatternOutput target = opened.target();
        Shape shape = target.clips() ? opened.stored().shape() : set.shape();
        context.interruption().write(() -> {
            opened.pictures()
                    .ifPresentOrElse(
                            own -> target.write(recall.patterns(), own, set.names()),
                            () -> target.write(
                                    recall.patterns(),
                                    shape,
                                    set,
                                    opened.stored().columns(),
                                    known));
            beside.run();
        });
        AnswerText answers =
                new AnswerText(recall.answers(), set, opened.stored().catalogue());
        RecallRun.summarise(terminal, recall, answers, seconds);
        terminal.line("Wrote %s.".formatted(output));
        if (json()) {
            JsonOutput json = JsonOutput.of(command)
                    .with("memory", memory)
                    .with("output", output)
                    .with("shape", shape.dimensions())
                    .with("output_size", outputSize)
                    .with("clipped_values", target.clipped(recall.patterns()))
                    .with("notes", set.notes())
                    .withAll(details);
            RecallRun.describe(json, recall, set, answers, seconds);
            json.print(terminal);
        }
    }

    Fit fitFor(StoredMemory stored) {
        return reading.fitFor(stored);
    }

    Path output() {
        return output;
    }

    boolean isLimited() {
        return reading.hasLimit();
    }

    /** Checks a file to be written beside the answers. */
    void requireFurtherOutput(Path file) {
        Targets.require(file, true, memory, cues);
        if (file.toAbsolutePath().normalize().equals(output.toAbsolutePath().normalize())) {
            throw CommandException.wrongUsage(
                    "%s was given for two outputs. Maybe give one of them another name.".formatted(file));
        }
    }

    /** @throws CommandException (wrong usage) if the memory names no pattern, so that it cannot find damage out */
    void requireNames(StoredMemory stored, String what) {
        requireNames(stored, memory, what);
    }

    /** @throws CommandException (wrong usage) if the memory in the file names no pattern */
    static void requireNames(StoredMemory stored, Path memory, String what) {
        if (!StoredMemory.namesPatterns(stored.memory())) {
            throw CommandException.wrongUsage(
                    "%s needs a memory that can tell its patterns from each other; that in %s (model %s) cannot. Maybe learn it again with --prior codes, or as --model nearest-neighbour."
                            .formatted(what, memory, stored.memory().model()));
        }
    }

    /** @throws CommandException (unusable input) if the cues do not have the shape of the patterns */
    static void requireFit(Path memory, StoredMemory stored, Path cues, PatternSet set) {
        Shape expected = stored.shape();
        Shape given = set.shape();
        boolean flat = given.dimensions().size() == 1 || expected.dimensions().size() == 1;
        if (given.values() != expected.values() || !flat && !given.equals(expected)) {
            String advice = expected.isPicture() && given.isPicture() && given.channels() == expected.channels()
                    ? "Maybe use --resize %dx%d.".formatted(expected.width(), expected.height())
                    : "Maybe another memory was meant.";
            throw CommandException.unusableInput(
                    "The cues in %s have shape %s (%d values), the patterns in %s have shape %s (%d values). %s"
                            .formatted(cues, given, given.values(), memory, expected, expected.values(), advice));
        }
    }
}
