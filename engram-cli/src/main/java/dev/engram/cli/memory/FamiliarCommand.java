package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.memory.attractor.AttractorMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command {@code engram familiar}: tells which cues a memory knows. */
@Command(
        name = "familiar",
        description = {
            "Tell which cues a memory knows, whole or noisy.",
            "Prints how new each is: 0 at a stored pattern, near 0.5 between two of them. For memories learned with"
                    + " --prior codes."
        },
        footer = {
            "",
            "Examples:",
            "  engram learn photos/ -o photos.engram --prior codes",
            "  engram familiar photos.engram holiday/ --json"
        })
public final class FamiliarCommand extends BaseCommand {
    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn --prior codes.")
    private Path memory = Path.of("");

    @Parameters(index = "1", paramLabel = "CUES", description = "What it may know; read as by learn.")
    private Path cues = Path.of("");

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    public FamiliarCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        StoredMemory stored = MemoryFile.read(memory, context.la());
        AttractorMemory attractors = CodesText.require(stored, memory, "familiar");
        PatternSet set = reading.readFor(stored, cues);
        AskingCommand.requireFit(memory, stored, cues, set);
        ReadingOptions.sayNotes(terminal, cues, set);
        NoveltyScores novelty = RecallRun.of(context, attractors, set).novelty(attractors);
        AnswerText answers =
                new AnswerText(RecallRun.of(context, attractors, set).answers(), set, stored.catalogue());
        double threshold = attractors.calibration().threshold();
        int unfamiliar =
                (int) Arrays.stream(novelty.scores()).filter(n -> n > threshold).count();
        if (json()) {
            json(set, attractors, novelty, unfamiliar)
                    .with("answers", answers.items())
                    .print(terminal);
        } else {
            print(set, attractors, novelty, answers, unfamiliar);
        }
    }

    private void print(
            PatternSet set, AttractorMemory attractors, NoveltyScores novelty, AnswerText answers, int unfamiliar) {
        double threshold = attractors.calibration().threshold();
        terminal.result("%6s  %10s  %10s  %-10s  %s".formatted("number", "novelty", "MSE", "", "name: answer"));
        for (int cue = 0; cue < set.count(); cue++) {
            terminal.result("%6d  %10s  %10s  %-10s  %s"
                    .formatted(
                            cue,
                            NumberText.brief(novelty.scores()[cue]),
                            NumberText.brief(novelty.errors()[cue]),
                            novelty.scores()[cue] > threshold ? "unfamiliar" : "familiar",
                            set.isNamed() ? NameText.read(set, cue) + ": " + answers.text(cue) : answers.text(cue)));
        }
        terminal.result("%d of %s unfamiliar. Calibration: %s."
                .formatted(
                        unfamiliar,
                        NumberText.count(set.count(), "cue"),
                        CodesText.rows(attractors).get("calibration")));
    }

    private JsonOutput json(PatternSet set, AttractorMemory attractors, NoveltyScores novelty, int unfamiliar) {
        double threshold = attractors.calibration().threshold();
        List<JsonOutput> items = new ArrayList<>();
        for (int cue = 0; cue < set.count(); cue++) {
            items.add(new JsonOutput()
                    .with("name", set.names().get(cue))
                    .with("score", novelty.scores()[cue])
                    .with("unfamiliar", novelty.scores()[cue] > threshold)
                    .with("mse", novelty.errors()[cue])
                    .with("energy", Arrays.stream(novelty.energy()[cue]).boxed().toList()));
        }
        return JsonOutput.of("familiar")
                .with("memory", memory)
                .with("cues", set.count())
                .with("threshold", threshold)
                .with("false_alarm_rate", attractors.calibration().falseAlarmRate())
                .with("unfamiliar", unfamiliar)
                .with("notes", set.notes())
                .with("items", items);
    }
}
