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
import dev.engram.io.memory.Stored;
import dev.engram.memory.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
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

    /** Patterns that are compared with no others. */
    public PatternSet read(Path path) {
        return read(path, alone());
    }

    /** Cues of a memory, or more patterns for it: pictures have the shape of its patterns, and are fitted as they were. */
    public PatternSet readFor(Stored memory, Path path) {
        return read(path, optionsFor(memory));
    }

    /** Patterns that others are compared with, by {@link #readLike}. */
    public PatternSet readFirst(Path path) {
        return read(path, options());
    }

    /** Patterns beside others: pictures have the shape of these. */
    public PatternSet readLike(PatternSet others, Path path) {
        return read(path, options().withLike(others.shape()));
    }

    private static PatternSet read(Path path, ReadOptions options) {
        return isFlags(path) ? Flags.read(options) : PatternReader.read(path, options);
    }

    /** The files of pictures that {@link #readFor} reads; none where cues are something else. */
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

    /** The patterns left in their file, where they can be read from it block by block, and such patterns may be. */
    public PatternSource read(Path path, BiPredicate<Integer, Shape> inBlocks) {
        if (isFlags(path)) {
            return read(path);
        }
        return PatternReader.readInBlocks(path, alone())
                .filter(file -> inBlocks.test(file.count(), file.shape()))
                .map(PatternSource.class::cast)
                .orElseGet(() -> read(path));
    }

    private ReadOptions options() {
        return new ReadOptions(limit.orElse(0), resize, fit.orElse(Fit.STRETCH), Optional.empty());
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
