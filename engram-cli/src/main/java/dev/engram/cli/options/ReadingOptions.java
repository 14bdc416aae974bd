package dev.engram.cli.options;

import dev.engram.cli.console.Terminal;
import dev.engram.io.Flags;
import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.ReadOptions;
import dev.engram.io.image.ImageSize;
import dev.engram.memory.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
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
            description = "Bring pictures to W x H pixels, for example 64x64 (default: as they are; all must agree).")
    private Optional<ImageSize> resize = Optional.empty();

    public PatternSet read(Path path) {
        return isFlags(path) ? Flags.read(options()) : PatternReader.read(path, options());
    }

    /** The patterns left in their file, where they can be read from it block by block, and such patterns may be. */
    public PatternSource read(Path path, BiPredicate<Integer, Shape> inBlocks) {
        if (isFlags(path)) {
            return read(path);
        }
        return PatternReader.readInBlocks(path, options())
                .filter(file -> inBlocks.test(file.count(), file.shape()))
                .map(PatternSource.class::cast)
                .orElseGet(() -> read(path));
    }

    private ReadOptions options() {
        return new ReadOptions(limit.orElse(0), resize);
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
