package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.cli.console.Streaming;
import dev.engram.io.NumberText;
import dev.engram.io.PatternFile;
import dev.engram.io.table.Columns;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Recall;
import java.util.Optional;

/**
 * Asks a memory about cues that stay in their file: once through it to look at all of them, once more to ask, some at a time; the memory this
 * takes does not depend on how many there are.
 */
final class StreamedRun {
    private final Context context;
    private final AssociativeMemory memory;
    private final PatternFile cues;
    private final Optional<Columns> units;
    private final Inquiry inquiry;

    /** @param units of the cues in the file, and of the answers; they are shown without */
    StreamedRun(Context context, AssociativeMemory memory, PatternFile cues, Optional<Columns> units, Inquiry inquiry) {
        this.context = context;
        this.memory = memory;
        this.cues = cues;
        this.units = units;
        this.inquiry = inquiry;
    }

    /** How many cues are in memory at once. */
    int together() {
        return context.streaming().together(RecallRun.BATCH, cues.values());
    }

    /** What this takes, for people. */
    String plan() {
        return "Cues: %,d, %s at a time, which take %s of memory beside that of the engine; answers are written as they come."
                .formatted(
                        cues.count(),
                        NumberText.count(together(), "cue"),
                        NumberText.bytes(Streaming.bytes(together(), cues.values())));
    }

    /** Looks at all cues. */
    void look() {
        Progress progress = new Progress(context.terminal(), "reading", cues.count());
        int[] seen = {0};
        try {
            cues.forEach(0, together(), block -> {
                context.interruption().requireGoingOn();
                inquiry.look(shown(block), seen[0]);
                seen[0] += block.rows();
                progress.at(seen[0], "");
            });
        } finally {
            progress.end();
        }
    }

    /** Asks about those that were not answered yet. */
    void ask(StreamedAnswers answers, boolean explains) {
        Progress progress = new Progress(context.terminal(), inquiry.doing(), cues.count());
        progress.begunAt((double) answers.resumed() / cues.count());
        int[] next = {answers.resumed()};
        try {
            cues.forEach(answers.resumed(), together(), block -> {
                context.interruption().requireGoingOn();
                Matrix shown = shown(block);
                RecallRun run = new RecallRun(context, memory, shown)
                        .explaining(explains && next[0] == answers.resumed())
                        .amongMore(next[0], progress);
                Recall recall = inquiry.ask(run, shown, next[0]);
                answers.add(
                        units.map(columns -> columns.inUnits(recall.patterns())).orElse(recall.patterns()), recall);
                next[0] += block.rows();
            });
        } finally {
            progress.end();
        }
    }

    private Matrix shown(Matrix block) {
        return units.map(columns -> columns.standardised(block)).orElse(block);
    }
}
