package dev.engram.cli.memory;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.Choices;
import dev.engram.cli.options.Converters;
import dev.engram.cli.options.MaskFile;
import dev.engram.cli.options.NamedRegion;
import dev.engram.io.PatternSet;
import dev.engram.io.file.Digests;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.TableWriter;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code engram complete}: fills in what is missing from cues. */
@Command(
        name = "complete",
        description = {
            "Fill in what is missing from cues.",
            "Known values come back unchanged; what stands in the missing ones does not matter. Without --known and --mask"
                    + " that is missing which is NaN, or in a table has no value; elsewhere too it counts as missing.",
            "Where OUT is a table NAME.csv, NAME.filled.csv beside it says which cells were filled in, and how sure.",
            AskingCommand.RESUMES
        },
        footer = {
            "",
            "SPEC, the part that is known: top:0.5  bottom:0.5  left:0.25  right:0.25 (fraction of the picture)",
            "  random:0.125 (pixels, the same for all)  random-each:0.125 (drawn for each)  box:x,y,w,h (pixels)",
            "  square-each:0.2 (a square over this part, somewhere, drawn for each)",
            "  present (what is not NaN or empty)",
            "  Random parts are those of corrupt with the same --seed.",
            "",
            "Examples:",
            "  engram complete photos.engram upper-half/ --known top:0.5 -o completed/ --output-size cue",
            "  engram complete photos.engram cues.npy --mask holes.png --mask-means missing -o completed.npy",
            "  engram complete people.engram gaps.csv -o filled.csv",
            "  engram complete both.engram half/ --known top:0.5 --give sound -o sounds.npy      parts: see learn --with",
            "  engram complete both.engram sounds.npy --part sound -o pictures/"
        })
public final class CompleteCommand extends AskingCommand {
    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private Known known = new Known();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of random parts; give the one corrupt was given (default: 0).")
    private long seed;

    /** Either of these. */
    static final class Known {
        @Option(
                names = "--known",
                required = true,
                paramLabel = "SPEC",
                converter = Converters.Spec.class,
                description = "The part of every picture that is known.")
        private Optional<NamedRegion> part = Optional.empty();

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Marked marked = new Marked();
    }

    /** Both of these. */
    static final class Marked {
        @Option(
                names = "--mask",
                required = true,
                paramLabel = "FILE",
                description =
                        "A mask: .npy (bool or uint8) of a pattern's shape or [height, width], or with one for each"
                                + " cue [N, ...], where what is not 0 is marked; or a PNG picture (white is marked), or a"
                                + " folder of them, of any size.")
        private Optional<Path> file = Optional.empty();

        @Option(
                names = "--mask-means",
                required = true,
                paramLabel = "missing|known",
                description = "What a marked pixel is.")
        private Choices.MaskMeaning meaning = Choices.MaskMeaning.MISSING;
    }

    public CompleteCommand(Context context) {
        super(context);
    }

    @Override
    protected void run() {
        Optional<Path> beside =
                Optional.of(output()).filter(TableWriter::isTable).map(TableWriter::besides);
        beside.ifPresent(this::requireFurtherOutput);
        Opened opened = open(true, file().stream().toArray(Path[]::new));
        Optional<Path> filled = beside.filter(file -> opened.part().isEmpty()); // one part is given back as a whole
        Completion completion = new Completion(opened);
        answer("complete", opened, completion, beside(filled, opened, completion), details());
    }

    private Beside beside(Optional<Path> filled, Opened opened, Completion completion) {
        return new Beside() {
            @Override
            public Optional<Mask> known() {
                return Optional.of(completion.all());
            }

            @Override
            public void write(PatternSet cues, Recall recall) {
                filled.ifPresent(file -> writeFilled(file, opened, cues, recall, completion.all()));
            }
        };
    }

    /** The completion of cues: what is known of each. */
    private final class Completion implements Inquiry {
        private final Opened opened;
        private final Optional<Mask> marked;
        private final boolean areSingle; // the columns
        private Optional<Mask> last = Optional.empty(); // of all cues, where they are shown all at once
        private Optional<BitSet> common = Optional.empty(); // what is known of every cue, where it is the same
        private boolean areAlike = true;
        private int fewest = Integer.MAX_VALUE;

        Completion(Opened opened) {
            this.opened = opened;
            this.marked = file().map(file -> marked(file, opened));
            this.areSingle = opened.columns().areSingle();
        }

        @Override
        public void look(Matrix cues, int first) {
            Mask mask = mask(cues, first);
            last = Optional.of(mask);
            areAlike &=
                    mask.rows() == 1 && common.map(mask.clamp().row(0)::equals).orElse(true);
            common = Optional.of(mask.clamp().row(0));
            fewest = Math.min(
                    fewest,
                    IntStream.range(0, mask.rows()).map(mask::knownValues).min().orElse(fewest));
        }

        @Override
        public void looked() {
            if (known.part.isEmpty()
                    && marked.isEmpty()
                    && fewest >= opened.stored().memory().values()) {
                throw CommandException.wrongUsage(
                        "Nothing is missing from the cues: no value is NaN or empty. Maybe say what is known, for example --known %s."
                                .formatted(shown(opened.stored()).isPicture() ? "top:0.5" : "left:0.5"));
            }
            sayWhereMixturesFit(opened.stored(), fewest);
        }

        @Override
        public Recall ask(RecallRun run, Matrix cues, int first) {
            return run.complete(mask(cues, first));
        }

        @Override
        public Optional<Calibration> calibration(Identifier identifier) {
            return common.filter(known -> areAlike)
                    .map(known -> identifier.calibration(
                            Mask.known(opened.stored().memory().values(), List.of(known))));
        }

        @Override
        public String doing() {
            return "completing";
        }

        @Override
        public String key() {
            return "%s %d %s"
                    .formatted(
                            known.part.map(NamedRegion::text).orElse(""),
                            seed,
                            marked.map(CompleteCommand::digest).orElse(""));
        }

        /** The mask of all cues, which were shown all at once. */
        Mask all() {
            return last.orElseThrow();
        }

        /** The known values: the part that was given, less what the cues lack, and of categories only those that are known as a whole. */
        private Mask mask(Matrix cues, int first) {
            Shape shape = shown(opened.stored());
            Mask given = known(
                    opened,
                    known.part
                            .map(part -> part.known(shape, first, cues.rows(), seed))
                            .or(() -> marked.map(mask -> mask.cues(
                                    IntStream.range(first, first + cues.rows()).toArray())))
                            .orElseGet(() -> Mask.all(shape.values())));
            if (areSingle && cues.isFinite()) {
                return given;
            }
            return Mask.present(opened.columns().withWholeCategories(given.blank(cues, Float.NaN)));
        }
    }

    private static String digest(Mask mask) {
        MessageDigest digest = Digests.sha256();
        mask.clamp().rows().forEach(row -> {
            byte[] bits = row.toByteArray();
            Digests.add(digest, bits.length);
            digest.update(bits);
        });
        return Digests.hex(digest);
    }

    /** A memory vector's network can mix as many patterns as it has learned; fewer known values do not tell their mixtures apart. */
    private void sayWhereMixturesFit(StoredMemory stored, int fewest) {
        int patterns = stored.provenance().patterns();
        if (stored.memory() instanceof PredictiveCodingMemory memory
                && memory.network().hiddenLayers() == 1
                && patterns <= memory.network().size(1)
                && fewest < patterns) {
            terminal.note(
                    "%,d known values are fewer than the %,d patterns learned: many mixtures of patterns fit them. Maybe learn with --prior codes, which settles on one."
                            .formatted(fewest, patterns));
        }
    }

    /** Writes which cells were filled in, beside a table. */
    private void writeFilled(Path file, Opened opened, PatternSet cues, Recall recall, Mask mask) {
        int count = new TableWriter(recall.patterns(), opened.columns(), cues.names())
                .writeFilled(file, mask, recall.deviation());
        terminal.line("Wrote %s: the %s filled in."
                .formatted(file, count == 1 ? "cell that was" : count + " cells that were"));
    }

    private Optional<Path> file() {
        return known.part.isPresent() ? Optional.empty() : known.marked.file;
    }

    private Mask marked(Path file, Opened opened) {
        StoredMemory stored = opened.stored();
        MaskFile marks = new MaskFile(file, shown(stored), opened.cues().count(), isLimited(), fitFor(stored));
        Mask mask = marks.read(known.marked.meaning);
        marks.note().ifPresent(terminal::note);
        return mask;
    }

    private JsonOutput details() {
        JsonOutput details = new JsonOutput();
        known.part.ifPresent(part -> details.with("known", part.text()).with("seed", seed));
        Optional.of(output())
                .filter(TableWriter::isTable)
                .ifPresent(table -> details.with("filled", TableWriter.besides(table)));
        file().ifPresent(f -> details.with("mask", f).with("mask_means", known.marked.meaning));
        return details;
    }
}
