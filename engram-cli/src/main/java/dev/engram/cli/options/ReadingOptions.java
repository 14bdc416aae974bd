package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Terminal;
import dev.engram.io.Flags;
import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.ReadOptions;
import dev.engram.io.image.Fit;
import dev.engram.io.image.ImageFolder;
import dev.engram.io.image.ImageSize;
import dev.engram.io.image.NameOrder;
import dev.engram.io.memory.Stored;
import dev.engram.io.memory.StoredMemory;
import dev.engram.io.table.Columns;
import dev.engram.io.table.Header;
import dev.engram.io.table.Table;
import dev.engram.io.table.TableOptions;
import dev.engram.memory.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import picocli.CommandLine.Option;

/** How patterns are read: options of every command that reads some. */
public final class ReadingOptions {
    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "Read only the first N patterns (default: all).")
    private Optional<Integer> limit = Optional.empty();

    @Option(
            names = "--resize",
            paramLabel = "WxH",
            converter = Converters.Size.class,
            description =
                    "Bring pictures to W x H pixels, for example 64x64 (default: the size of the patterns they are"
                            + " compared with; where there are none, as they are, and all must agree).")
    private Optional<ImageSize> resize = Optional.empty();

    @Option(
            names = "--fit",
            paramLabel = "stretch|crop|pad",
            description =
                    "How pictures are brought to another size: stretch both sides, crop to the centre, or pad with the"
                            + " mean colour of their edge (default: as the memory's patterns were; else stretch).")
    private Optional<Fit> fit = Optional.empty();

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "Of a table: the column that names its rows; no two may have the same name.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--ignore",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Of a table: columns that are not read, by their headers, with commas between.")
    private List<String> ignored = List.of();

    @Option(
            names = "--no-header",
            description = "Of a table: the first row is one like the others, whatever is in it (default: it holds the"
                    + " headers where it is not all numbers).")
    private boolean headless;

    /** Patterns that are compared with no others, and lack no value. */
    public PatternSet read(Path path) {
        return read(path, alone(), Optional.empty());
    }

    /** The frames of a sequence; the numbers in the names of pictures say how they follow each other. */
    public PatternSet readFrames(Path path) {
        return read(path, alone().withOrder(NameOrder.NUMBERS), Optional.empty());
    }

    /** The same for a memory of sequences: pictures have the shape of its patterns, and are fitted as they were. */
    public PatternSet readFrames(Path path, Stored memory) {
        return read(path, optionsFor(memory).withOrder(NameOrder.NUMBERS), Optional.empty());
    }

    /** Patterns that others are compared with, by {@link #readLike}. */
    public PatternSet readFirst(Path path) {
        return read(path, options(), Optional.empty());
    }

    /** Patterns beside others: pictures have the shape of these, tables their columns. */
    public PatternSet readLike(PatternSet others, Path path) {
        return read(path, options().withLike(others.shape()), others.table().map(Table::columns));
    }

    /** The files of pictures that {@link #readCues} reads; none where cues are something else. */
    Optional<ImageFolder> pictures(Path path) {
        return isFlags(path) ? Optional.empty() : PatternReader.pictures(path, options());
    }

    /** How the memory's cues are fitted. */
    public Fit fitFor(Stored memory) {
        return optionsFor(memory).fit();
    }

    private ReadOptions optionsFor(Stored memory) {
        ReadOptions options = options().withLike(memory.shape());
        String learned = memory.provenance().options().getOrDefault(Fit.OPTION, Fit.STRETCH.word());
        return fit.isPresent() ? options : options.withFit(known(learned));
    }

    private static Fit known(String word) {
        return Arrays.stream(Fit.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> CommandException.unusableInput(
                        "The memory's patterns were fitted by \"%s\", which this Engram does not know. Maybe give --fit."
                                .formatted(word)));
    }

    /** The options of a memory, and how its patterns were fitted, where that was said. */
    public Map<String, String> withFit(Map<String, String> options) {
        Map<String, String> all = new LinkedHashMap<>(options);
        fit.ifPresent(said -> all.put(Fit.OPTION, said.word()));
        return all;
    }

    /** Patterns that may lack values, which are NaN. */
    public PatternSet readWithMissing(Path path) {
        return read(path, alone().withMissing(ReadOptions.Missing.KEPT), Optional.empty());
    }

    /** A further part of patterns; pictures in files are brought to the size that was asked for, arrays stay as they are. */
    PatternSet readFurther(Path path) {
        ReadOptions options = alone().withMissing(ReadOptions.Missing.KEPT);
        boolean arePictures =
                isFlags(path) || PatternReader.pictures(path, options).isPresent();
        ReadOptions asTheyAre = new ReadOptions(options.limit(), Optional.empty())
                .withTable(options.table())
                .withMissing(ReadOptions.Missing.KEPT);
        return read(path, arePictures ? options : asTheyAre, Optional.empty());
    }

    /** What is shown to a memory, in its columns where it has some; it may lack values, which are NaN. */
    public PatternSet readCues(Path path, StoredMemory memory) {
        Columns columns =
                memory.columns().orElseGet(() -> Columns.plain(memory.memory().values()));
        PatternSet cues = read(path, optionsFor(memory).withMissing(ReadOptions.Missing.KEPT), Optional.of(columns));
        boolean isArrayInUnits = cues.table().isEmpty()
                && memory.columns().isPresent()
                && cues.patterns().columns() == columns.values();
        return isArrayInUnits ? cues.with(columns.standardised(cues.patterns())) : cues;
    }

    /** One part of what is shown to a memory whose patterns have several; it may lack values, which are NaN. */
    PatternSet readCues(Path path, StoredMemory memory, Shape part) {
        return read(path, optionsFor(memory).withLike(part).withMissing(ReadOptions.Missing.KEPT), Optional.empty());
    }

    /**
     * What is shown to a memory, left in its file where that can be read block by block: arrays that are shown as they are. In the file they are in
     * the user's units, where the memory's columns have some.
     */
    public PatternSource readCuesInBlocks(Path path, StoredMemory memory) {
        return Optional.of(path)
                .filter(cues -> !isFlags(cues) && !tableOptions().isAsked())
                .flatMap(cues ->
                        PatternReader.readNamedInBlocks(cues, optionsFor(memory).withMissing(ReadOptions.Missing.KEPT)))
                .<PatternSource>map(file -> file)
                .orElseGet(() -> readCues(path, memory));
    }

    private PatternSet read(Path path, ReadOptions options, Optional<Columns> columns) {
        PatternSet set = isFlags(path)
                ? Flags.read(options)
                : PatternReader.read(path, options.withTable(options.table().by(columns)));
        if (options.table().isAsked() && set.table().isEmpty()) {
            throw CommandException.wrongUsage(
                    "%s is no table (CSV, TSV), and has no columns. Maybe leave out --id, --ignore and --no-header."
                            .formatted(path));
        }
        return set;
    }

    /**
     * The patterns left in their file, where they can be read from it block by block, and such patterns may be; others may lack values, which are
     * NaN.
     */
    public PatternSource read(Path path, BiPredicate<Integer, Shape> inBlocks) {
        if (isFlags(path) || tableOptions().isAsked()) {
            return readWithMissing(path);
        }
        return PatternReader.readInBlocks(path, alone())
                .filter(file -> inBlocks.test(file.count(), file.shape()))
                .map(PatternSource.class::cast)
                .orElseGet(() -> readWithMissing(path));
    }

    private TableOptions tableOptions() {
        return new TableOptions(id, ignored, headless ? Header.NONE : Header.WHERE_TEXT, Optional.empty());
    }

    private ReadOptions options() {
        return new ReadOptions(limit.orElse(0), resize)
                .withFit(fit.orElse(Fit.STRETCH))
                .withTable(tableOptions());
    }

    private ReadOptions alone() {
        if (fit.isPresent() && resize.isEmpty()) {
            throw CommandException.wrongUsage("--fit %s has no meaning without a size. Maybe add --resize 64x64."
                    .formatted(fit.get().word()));
        }
        return options();
    }

    /** Whether the flags that come with the program are meant: a file or folder of that name goes before. */
    static boolean isFlags(Path path) {
        return path.toString().equals(Flags.NAME) && !Files.exists(path);
    }

    public boolean hasLimit() {
        return limit.isPresent();
    }

    /** Says what the reader noticed. */
    public static void sayNotes(Terminal terminal, Path path, PatternSource set) {
        set.notes().forEach(n -> terminal.note("%s: %s".formatted(path, n)));
    }
}
