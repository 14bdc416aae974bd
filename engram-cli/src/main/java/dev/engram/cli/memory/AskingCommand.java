package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Progress;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.CuePictures;
import dev.engram.cli.options.PartOptions;
import dev.engram.cli.options.PatternOutput;
import dev.engram.cli.options.RateOption;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.cli.options.Targets;
import dev.engram.io.PatternFile;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.file.Digests;
import dev.engram.io.image.Fit;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.io.table.Table;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that asks a memory for the patterns behind cues, and writes the answers. */
abstract class AskingCommand extends BaseCommand {
    static final String RESUMES =
            "Where CUES are an array (.npy, .npz, IDX) and OUT is one, cues are read and answers written some at a time:"
                    + " the memory this takes does not grow with the number of cues. A run of more than 5 s that was"
                    + " stopped resumes when the same command is given again; with other cues, another memory or other"
                    + " options it starts over. What it left is hidden beside OUT, and removed when OUT is written or"
                    + " after a week.";

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

    @Mixin
    private PartOptions further = new PartOptions();

    @Option(
            names = "--give",
            paramLabel = "NAME",
            description =
                    "Of patterns of several parts: the part that is written, in its own shape (default: the first)."
                            + " Cues of such patterns are read all at once.")
    private Optional<String> given = Optional.empty();

    AskingCommand(Context context) {
        super(context);
    }

    /**
     * Reads the memory and, if they are not to stay in their file, the cues.
     *
     * @param asTheyCome whether answers may be written before all are there
     * @param furtherInputs what else the command reads
     */
    Opened open(boolean asTheyCome, Path... furtherInputs) {
        Path[] inputs = Stream.of(furtherInputs, further.files(), new Path[] {memory, cues})
                .flatMap(Stream::of)
                .toArray(Path[]::new);
        PatternOutput target = PatternOutput.of(output, inputs);
        String digest = MemoryFile.digest(memory);
        StoredMemory stored = MemoryFile.read(memory, context.la());
        if (!digest.equals(MemoryFile.digest(memory))) {
            throw CommandException.failed(
                    "%s was replaced while it was read; nothing was written. Maybe run it again.".formatted(memory));
        }
        Optional<CuePictures> pictures = pictures(stored, target);
        PatternSource source = asTheyCome && target.isArray()
                ? further.readCuesInBlocks(reading, cues, stored)
                : further.readCues(reading, cues, stored);
        requireFit(memory, stored, cues, source);
        Optional<String> part = part(stored);
        target.requireHolds(
                part.map(name -> stored.parts().orElseThrow().shape(name)).orElseGet(stored::shape));
        if (stored.columns().isPresent() || table(source).isPresent()) {
            target.requireHoldsRows();
        }
        if (source instanceof PatternSet) { // the notes of others are known when they were read
            ReadingOptions.sayNotes(terminal, cues, source);
        }
        return new Opened(stored, digest, source, target, part, pictures, System.nanoTime());
    }

    /** The part that is written, where there is more than one. */
    private Optional<String> part(StoredMemory stored) {
        if (stored.parts().isEmpty() && given.isPresent()) {
            throw CommandException.wrongUsage(
                    "--give %s: the patterns in %s are one thing each and have no parts. Maybe leave it out."
                            .formatted(given.get(), memory));
        }
        return stored.parts().map(parts -> given.map(name -> PartOptions.known(parts, name))
                .orElseGet(() -> parts.names().get(0)));
    }

    /** What is known of cues, by what is known of the part that was given without a name. */
    final Mask known(Opened opened, Mask ofPart) {
        return further.known(opened.stored(), ofPart);
    }

    /** The shape of what was given without a name. */
    final Shape shown(StoredMemory stored) {
        return further.shape(stored);
    }

    private static Optional<Table> table(PatternSource source) {
        return source instanceof PatternSet set ? set.table() : Optional.empty();
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

    /**
     * A memory and the cues it is to be asked, with the pictures they were if answers are to have their sizes.
     *
     * @param digest says which memory it is
     * @param part the part of its patterns that is written, where there are several
     */
    record Opened(
            StoredMemory stored,
            String digest,
            PatternSource cues,
            PatternOutput target,
            Optional<String> part,
            Optional<CuePictures> pictures,
            long start) {
        /** The columns of the memory, or of the cues where it has none; numbers without names where neither has. */
        Columns columns() {
            return stored.columns()
                    .or(() -> table(cues).map(Table::columns))
                    .orElseGet(() -> Columns.plain(stored.memory().values()));
        }

        /** What is written of answers. */
        Matrix written(Matrix answers) {
            return part.map(name -> stored.parts().orElseThrow().only(name, answers))
                    .orElse(answers);
        }

        /** The shape of what is written of an answer. */
        Shape shape() {
            if (part.isPresent()) {
                return stored.parts().orElseThrow().shape(part.get());
            }
            return target.clips() ? stored.shape() : cues.shape();
        }
    }

    /** Writes what came back of cues in memory, beside what is written here. */
    interface Beside {
        /** What is to stay as the user wrote it; empty where nothing is trusted. */
        Optional<Mask> known();

        void write(PatternSet cues, Recall recall);
    }

    /**
     * Asks about the cues, writes what comes back, and says how it went.
     *
     * @param details what the command alone knows, for programs
     */
    void answer(String command, Opened opened, Inquiry inquiry, Beside beside, JsonOutput details) {
        AssociativeMemory asked = rate.of(opened.stored().memory());
        if (opened.cues() instanceof PatternFile file) {
            stream(command, opened, asked, file, inquiry, details);
            return;
        }
        PatternSet set = (PatternSet) opened.cues();
        inquiry.look(set.patterns(), 0);
        inquiry.looked();
        Recall recall = ask(asked, set, inquiry);
        double seconds = (System.nanoTime() - opened.start()) / 1e9;
        PatternOutput target = opened.target();
        context.interruption().write(() -> {
            opened.pictures()
                    .map(pictures -> beside.known().map(pictures::known).orElse(pictures))
                    .ifPresentOrElse(
                            own -> target.write(recall.patterns(), own, set.names()),
                            () -> target.write(
                                    opened.written(recall.patterns()),
                                    opened.shape(),
                                    set,
                                    opened.stored().columns(),
                                    beside.known()));
            beside.write(set, recall);
        });
        opened.part().ifPresent(part -> details.with("part", part));
        details.with("clipped_values", target.clipped(opened.written(recall.patterns())));
        report(command, opened, Outcomes.of(recall), held(asked, inquiry), details, seconds);
    }

    private Recall ask(AssociativeMemory asked, PatternSet set, Inquiry inquiry) {
        Progress progress = new Progress(terminal, inquiry.doing(), set.count());
        try {
            RecallRun run = new RecallRun(context, asked, set.patterns())
                    .explaining(explain)
                    .amongMore(0, progress);
            return inquiry.ask(run, set.patterns(), 0);
        } finally {
            progress.end();
        }
    }

    private void stream(
            String command,
            Opened opened,
            AssociativeMemory asked,
            PatternFile file,
            Inquiry inquiry,
            JsonOutput details) {
        StreamedRun run = new StreamedRun(context, asked, file, opened.stored().columns(), inquiry);
        run.look();
        ReadingOptions.sayNotes(terminal, cues, file);
        inquiry.looked();
        int[] shape = opened.shape().withCount(file.count());
        if (explain) {
            terminal.line(run.plan());
        }
        String key = key(command, opened, inquiry);
        try (StreamedAnswers answers = new StreamedAnswers(context, output, shape, file, key)) {
            answers.say(terminal);
            run.ask(answers, explain);
            double seconds = (System.nanoTime() - opened.start()) / 1e9;
            context.interruption().write(answers::finish);
            details.with("clipped_values", 0).with("resumed", answers.resumed());
            report(command, opened, answers.outcomes(), held(asked, inquiry), details, seconds);
        }
    }

    /** Digest of all that the bytes of the answers depend on. */
    private String key(String command, Opened opened, Inquiry inquiry) {
        return Digests.ofText(
                command,
                opened.digest(),
                opened.cues().digest(),
                opened.shape().toString(),
                inquiry.key(),
                String.valueOf(rate.given()),
                Software.current(context.la().description()).toString());
    }

    /** What the answers were held to. */
    private static Optional<Calibration> held(AssociativeMemory asked, Inquiry inquiry) {
        return asked.identifier().flatMap(inquiry::calibration);
    }

    private void report(
            String command,
            Opened opened,
            Outcomes outcomes,
            Optional<Calibration> held,
            JsonOutput details,
            double seconds) {
        PatternSource source = opened.cues();
        AnswerText answers = new AnswerText(source, opened.stored().catalogue(), held);
        OutcomeText text = new OutcomeText(outcomes);
        text.summarise(terminal, answers, seconds);
        terminal.line("Wrote %s.".formatted(output));
        if (json()) {
            JsonOutput json = JsonOutput.of(command)
                    .with("memory", memory)
                    .with("output", output)
                    .with("shape", opened.shape().dimensions())
                    .with("output_size", outputSize)
                    .with("notes", source.notes())
                    .withAll(details);
            text.describe(json, source.names(), answers, seconds);
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
        Targets.require(file, true, further.files());
        if (Targets.isSame(file, output)) {
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
    static void requireFit(Path memory, StoredMemory stored, Path cues, PatternSource set) {
        Shape expected = stored.shape();
        Shape given = set.shape();
        boolean flat = given.dimensions().size() == 1 || expected.dimensions().size() == 1;
        if (given.values() != expected.values() || !flat && !given.equals(expected)) {
            String advice = expected.isPicture() && given.isPicture() && given.channels() == expected.channels()
                    ? "Maybe use --resize %dx%d.".formatted(expected.width(), expected.height())
                    : "Maybe another memory was meant.";
            throw CommandException.unusableInput(
                    "%s has shape %s (%d values each), the patterns in %s have shape %s (%d values). %s"
                            .formatted(cues, given, given.values(), memory, expected, expected.values(), advice));
        }
    }
}
