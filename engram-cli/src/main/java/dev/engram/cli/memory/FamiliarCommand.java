package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.RateOption;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.NoveltyJudge;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code engram familiar}: tells which cues a memory knows. */
@Command(
        name = "familiar",
        description = {
            "Tell which cues a memory knows, whole or noisy, for memories that can tell their patterns from each other"
                    + " (--prior codes, --model nearest-neighbour or modern-hopfield).",
            "With --prior codes prints how new each is: 0 at a stored pattern, near 0.5 between two of them.",
            "A memory that predicts every value from the others (--model covariance) says of each row of a table whether"
                    + " it is new, and which columns do not fit."
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
    private RateOption rate = new RateOption();

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
        if (!odd.isEmpty() && stored.memory().identifier().isEmpty()) {
            new OddRows(set, odd, most, judged(stored.memory(), set)).hand(terminal, memory, json());
            return;
        }
        AssociativeMemory asked = rate.of(stored.memory());
        AskingCommand.requireNames(stored, memory, "familiar");
        new FamiliarCues(context, asked, memory, set, whole, stored.catalogue()).hand(json());
    }

    /** The cues with what they lack filled in. */
    private PatternSet whole(StoredMemory stored, PatternSet set) {
        Mask present = Mask.present(set.patterns());
        return set.patterns().isFinite()
                ? set
                : set.with(new RecallRun(context, stored.memory(), set.patterns())
                        .complete(present)
                        .patterns());
    }

    /** How unlike the learned rows each is, where the memory judges rows as a whole. */
    private Optional<JudgedRows> judged(AssociativeMemory asked, PatternSet set) {
        if (!(asked instanceof NoveltyJudge judge)) {
            return Optional.empty();
        }
        return judge.ordinary(rate.value())
                .map(calibration -> new JudgedRows(judge.novelty(set.patterns()), calibration));
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
}
