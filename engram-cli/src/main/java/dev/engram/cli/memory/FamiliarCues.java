package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.io.NumberText;
import dev.engram.io.PatternSource;
import dev.engram.io.memory.Catalogue;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.attractor.AttractorMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a memory that names its patterns says of whole cues: which are stored, and with codes how new each is. */
final class FamiliarCues {
    private final Terminal terminal;
    private final Path file;
    private final PatternSource set;
    private final Calibration calibration;
    private final Optional<AttractorMemory> codes;
    private final List<Answer> said = new ArrayList<>();
    private final List<NoveltyScores> scores = new ArrayList<>(); // of the cues in each part
    private final AnswerText answers;
    private Optional<NoveltyScores> novelty = Optional.empty();

    /**
     * Of no cues yet.
     *
     * @param set the cues as they were read
     */
    FamiliarCues(Context context, AssociativeMemory memory, Path file, PatternSource set, Catalogue catalogue) {
        this.terminal = context.terminal();
        this.file = file;
        this.set = set;
        this.codes = CodesText.in(memory);
        this.calibration = memory.identifier().orElseThrow().calibration(Mask.all(memory.values()));
        this.answers = new AnswerText(set, catalogue, Optional.of(calibration));
    }

    /** Asks about the next cues, with what they lack filled in. */
    void add(RecallRun run) {
        said.addAll(run.answers());
        codes.map(run::novelty).ifPresent(scores::add);
    }

    /** Prints it, as text or as one JSON object. */
    void hand(boolean json) {
        novelty = scores.isEmpty() ? Optional.empty() : Optional.of(NoveltyScores.joined(scores));
        if (json) {
            json().print(terminal);
        } else {
            print();
        }
    }

    private boolean isUnfamiliar(int cue) {
        return said.get(cue) instanceof Answer.Unfamiliar;
    }

    private int unfamiliar() {
        return (int) IntStream.range(0, set.count()).filter(this::isUnfamiliar).count();
    }

    private void print() {
        terminal.result("%6s  %s%-10s  %s"
                .formatted(
                        "number",
                        novelty.isPresent() ? "%10s  %10s  ".formatted("novelty", "MSE") : "",
                        "",
                        "name: answer"));
        for (int cue = 0; cue < set.count(); cue++) {
            terminal.result("%6d  %s%-10s  %s"
                    .formatted(
                            cue,
                            numbers(cue),
                            isUnfamiliar(cue) ? "unfamiliar" : "familiar",
                            (set.isNamed() ? NameText.read(set, cue) + ": " : "") + answers.text(said.get(cue))));
        }
        terminal.result("%d of %s unfamiliar. %s."
                .formatted(unfamiliar(), NumberText.count(set.count(), "cue"), answers.calibration()));
    }

    private String numbers(int cue) {
        return novelty.map(n ->
                        "%10s  %10s  ".formatted(NumberText.brief(n.scores()[cue]), NumberText.brief(n.errors()[cue])))
                .orElse("");
    }

    private JsonOutput json() {
        List<JsonOutput> items = new ArrayList<>();
        for (int cue = 0; cue < set.count(); cue++) {
            JsonOutput item = new JsonOutput().with("name", set.names().get(cue));
            int at = cue;
            novelty.ifPresent(n -> item.with("score", n.scores()[at]));
            item.with("unfamiliar", isUnfamiliar(cue));
            novelty.ifPresent(n -> item.with("mse", n.errors()[at])
                    .with("energy", Arrays.stream(n.energy()[at]).boxed().toList()));
            items.add(item);
        }
        return JsonOutput.of("familiar")
                .with("memory", file)
                .with("cues", set.count())
                .with("threshold", calibration.threshold())
                .with("false_alarm_rate", calibration.falseAlarmRate())
                .with("calibration", CodesText.json(calibration))
                .with("unfamiliar", unfamiliar())
                .with("notes", set.notes())
                .with("items", items)
                .with("answers", answers.items(said));
    }
}
