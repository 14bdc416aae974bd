package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.memory.Mask;
import dev.engram.memory.attractor.AttractorMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram familiar}: tells which cues a memory knows. */
@Command(
        name = "familiar",
        description = {
            "Tell which cues a memory knows, whole or noisy.",
            "Prints how new each is: 0 at a stored pattern, near 0.5 between two of them. For memories learned with"
                    + " --prior codes.",
            "A memory that predicts every value from the others (--model covariance) says of each row of a table which"
                    + " columns do not fit."
        },
        footer = {
            "",
            "Examples:",
            "  engram learn photos/ -o photos.engram --prior codes",
            "  engram familiar photos.engram holiday/ --json",
            "  engram familiar people.engram new.csv"
        })
public final class FamiliarCommand extends BaseCommand {
    private static final int TOGETHER = 256;

    @Parameters(index = "0", paramLabel = "MEMORY", description = "A memory file written by learn.")
    private Path memory = Path.of("");

    @Parameters(index = "1", paramLabel = "CUES", description = "What it may know; read as by learn.")
    private Path cues = Path.of("");

    @Option(
            names = "--deviations",
            paramLabel = "D",
            defaultValue = "4",
            converter = Converters.Positive.class,
            description = "Of a table: how many standard deviations a column may be off before its row does not fit"
                    + " (default: ${DEFAULT-VALUE}).")
    private double most;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    public FamiliarCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        StoredMemory stored = MemoryFile.read(memory, context.la());
        PatternSet set = reading.readCues(cues, stored);
        AskingCommand.requireFit(memory, stored, cues, set);
        ReadingOptions.sayNotes(terminal, cues, set);
        PatternSet whole = whole(stored, set);
        SurpriseText odd = surprises(stored, set, whole);
        if (!odd.isEmpty() && CodesText.in(stored.memory()).isEmpty()) {
            new OddRows(set, odd, most).hand(terminal, memory, json());
            return;
        }
        AttractorMemory attractors = CodesText.require(stored, memory, "familiar");
        NoveltyScores novelty = RecallRun.of(context, attractors, whole).novelty(attractors);
        AnswerText answers =
                new AnswerText(RecallRun.of(context, attractors, whole).answers(), set, stored.catalogue());
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

    /** The cues with what they lack filled in. */
    private PatternSet whole(StoredMemory stored, PatternSet set) {
        Mask present = Mask.present(set.patterns());
        return set.patterns().isFinite()
                ? set
                : set.with(RecallRun.of(context, stored.memory(), set)
                        .complete(present)
                        .patterns());
    }

    private SurpriseText surprises(StoredMemory stored, PatternSet set, PatternSet whole) {
        SurpriseText odd = new SurpriseText(
                stored.columns().orElseGet(() -> Columns.plain(stored.memory().values())));
        for (int from = 0; from < set.count(); from += TOGETHER) {
            context.interruption().requireGoingOn();
            int to = Math.min(set.count(), from + TOGETHER);
            odd.add(
                    set.patterns().slice(from, to),
                    stored.memory().surprises(whole.patterns().slice(from, to)));
        }
        return odd;
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
