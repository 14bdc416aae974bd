package dev.engram.cli.sequence;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.memory.OutcomeText;
import dev.engram.cli.memory.Outcomes;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.PatternOutput;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.SequenceFile;
import dev.engram.io.memory.StoredSequences;
import dev.engram.memory.Recall;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram sequence replay}: continues a stored sequence from the frames shown. */
@Command(
        name = "replay",
        description = {
            "Continue from the frames shown. The first ones are shown, and from then on the memory continues by itself.",
            "With --online the present is shown at every step, and OUT holds what comes after each frame of it."
        },
        footer = {
            "",
            "Examples:",
            "  engram sequence replay film.engram first.png -o rest/",
            "  engram sequence replay film.engram noisy.npy -o next.npy --online"
        })
final class SequenceReplayCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A file written by engram sequence learn.")
    private Path memory = Path.of("");

    @Parameters(index = "1", paramLabel = "CUE", description = "The frames shown, in order; read as by sequence learn.")
    private Path cue = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "Where to: a name ending in .npy (float32), or a folder of PNG pictures.")
    private Path output = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "T",
            converter = Converters.Count.class,
            description = "How many frames to recall after those shown (default: to the end of the longest sequence).")
    private Optional<Integer> steps = Optional.empty();

    @Option(names = "--online", description = "Show every frame of CUE as the present, and predict the next.")
    private boolean online;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    SequenceReplayCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        if (online && steps.isPresent()) {
            throw CommandException.wrongUsage(
                    "--steps has no meaning with --online: every frame of CUE is followed by one. Maybe leave it out.");
        }
        PatternOutput target = PatternOutput.of(output, memory, cue);
        StoredSequences stored = SequenceFile.read(memory, context.la());
        PatternSet shown = reading.readFrames(cue, stored);
        if (shown.shape().values() != stored.shape().values()) {
            throw CommandException.unusableInput(
                    "The frames in %s have shape %s, those in %s %s. Maybe use --resize, or another memory was meant."
                            .formatted(cue, shown.shape(), memory, stored.shape()));
        }
        target.requireHolds(stored.shape());
        ReadingOptions.sayNotes(terminal, cue, shown);
        int count = steps.orElse(Math.max(1, stored.longest() - shown.count()));
        long start = System.nanoTime();
        Recall recall = online
                ? stored.memory().follow(shown.patterns())
                : stored.memory().replay(shown.patterns(), count);
        double seconds = (System.nanoTime() - start) / 1e9;
        int frames = recall.patterns().rows();
        List<String> names = IntStream.range(0, frames)
                .mapToObj(t -> "frame%d".formatted(t + (online ? 1 : shown.count())))
                .toList();
        context.interruption().write(() -> target.write(recall.patterns(), stored.shape(), names));
        terminal.line("Wrote %s to %s in %s: %s."
                .formatted(
                        NumberText.count(frames, "frame"),
                        output,
                        NumberText.duration(seconds),
                        online ? "each is what follows a frame shown" : "what follows the last one shown"));
        new OutcomeText(Outcomes.of(recall)).advise(terminal, "frames");
        if (json()) {
            JsonOutput json = JsonOutput.of("sequence replay")
                    .with("memory", memory)
                    .with("output", output)
                    .with("shape", stored.shape().dimensions())
                    .with("online", online)
                    .with("shown", shown.count())
                    .with("frames", frames)
                    .with("clipped_values", target.clipped(recall.patterns()))
                    .with("notes", shown.notes());
            new OutcomeText(Outcomes.of(recall)).describe(json, names, seconds);
            json.print(terminal);
        }
    }
}
