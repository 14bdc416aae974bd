package dev.engram.cli.memory;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Progress;
import dev.engram.cli.options.BaseCommand;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.PartOptions;
import dev.engram.cli.options.RateOption;
import dev.engram.cli.options.ReadingOptions;
import dev.engram.io.PatternFile;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.NoveltyJudge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
                    + " it is new, and which columns do not fit.",
            "Where CUES are an array (.npy, .npz, IDX), they are read some at a time; only what is said of them is kept."
        },
        footer = {
            "",
            "Examples:",
            "  engram learn photos/ -o photos.engram --prior codes",
            "  engram familiar photos.engram holiday/ --json",
            "  engram familiar people.engram new.csv"
        })
public final class FamiliarCommand extends BaseCommand {
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

    @Mixin
    private PartOptions further = new PartOptions();

    public FamiliarCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        StoredMemory stored = MemoryFile.read(memory, context.la());
        PatternSource source = further.readCuesInBlocks(reading, cues, stored);
        AskingCommand.requireFit(memory, stored, cues, source);
        Judging judging = new Judging(stored, source);
        judging.all();
        ReadingOptions.sayNotes(terminal, cues, source);
        judging.hand();
    }

    /** What a memory says of cues, some at a time; of each little is kept. */
    private final class Judging {
        private final StoredMemory stored;
        private final PatternSource source;
        private final Progress progress;
        private final SurpriseText odd;
        private final List<double[]> novelty = new ArrayList<>(); // of rows as a whole, in each part
        private Optional<FamiliarCues> familiar = Optional.empty();
        private AssociativeMemory asked; // at the rate that is asked for, once it is known to be asked for names
        private int done;

        Judging(StoredMemory stored, PatternSource source) {
            this.stored = stored;
            this.asked = stored.memory();
            this.source = source;
            this.progress = new Progress(terminal, "judging", source.count());
            this.odd = new SurpriseText(stored.columns()
                    .orElseGet(() -> Columns.plain(stored.memory().values())));
        }

        void all() {
            int together =
                    context.streaming().together(RecallRun.BATCH, source.shape().values());
            try {
                if (source instanceof PatternFile file) {
                    file.forEach(
                            0,
                            together,
                            block -> next(stored.columns()
                                    .map(columns -> columns.standardised(block))
                                    .orElse(block)));
                } else {
                    Matrix patterns = ((PatternSet) source).patterns();
                    for (int from = 0; from < source.count(); from += together) {
                        next(patterns.slice(from, Math.min(source.count(), from + together)));
                    }
                }
            } finally {
                progress.end();
            }
        }

        private void next(Matrix block) {
            Matrix whole = block.isFinite() ? block : filled(block);
            for (int from = 0; from < block.rows(); from += RecallRun.BATCH) {
                context.interruption().requireGoingOn();
                int to = Math.min(block.rows(), from + RecallRun.BATCH);
                odd.add(block.slice(from, to), stored.memory().surprises(whole.slice(from, to)));
                if (stored.memory() instanceof NoveltyJudge judge) {
                    novelty.add(judge.novelty(block.slice(from, to)));
                }
            }
            if (isOfNames()) {
                if (familiar.isEmpty()) {
                    asked = rate.of(stored.memory());
                    AskingCommand.requireNames(stored, memory, "familiar");
                    familiar = Optional.of(new FamiliarCues(context, asked, memory, source, stored.catalogue()));
                }
                familiar.get().add(run(asked, whole));
            }
            done += block.rows();
            progress.at(done, "");
        }

        /** The cues with what they lack; those that lack nothing stay as they are. */
        private Matrix filled(Matrix block) {
            Mask present = Mask.present(block);
            Matrix filled =
                    run(stored.memory(), block).complete(present).patterns().copy();
            for (int cue = 0; cue < block.rows(); cue++) {
                if (present.knownValues(present.rows() == 1 ? 0 : cue) == present.values()) {
                    filled.setRow(cue, block, cue);
                }
            }
            return filled;
        }

        private RecallRun run(AssociativeMemory of, Matrix block) {
            return new RecallRun(context, of, block).amongMore(done, progress);
        }

        /** Whether the memory is asked which pattern a cue is, and not which columns do not fit. */
        private boolean isOfNames() {
            return odd.isEmpty() || stored.memory().identifier().isPresent();
        }

        void hand() {
            familiar.ifPresentOrElse(cues -> cues.hand(json()), () -> new OddRows(source, odd, most, judged())
                    .hand(terminal, memory, json()));
        }

        /** How unlike the learned rows each is, where the memory judges rows as a whole. */
        private Optional<JudgedRows> judged() {
            return stored.memory() instanceof NoveltyJudge judge
                    ? judge.ordinary(rate.value())
                            .map(calibration -> new JudgedRows(
                                    novelty.stream()
                                            .flatMapToDouble(Arrays::stream)
                                            .toArray(),
                                    calibration))
                    : Optional.empty();
        }
    }
}
