package dev.engram.cli.options;

import dev.engram.cli.console.Terminal;
import dev.engram.io.Flags;
import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.image.ImageSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
        ReadOptions options = new ReadOptions(limit.orElse(0), resize);
        return isFlags(path) ? Flags.read(options) : PatternReader.read(path, options);
    }

    /** Whether the flags that come with the program are meant: a file or folder of that name goes before. */
    static boolean isFlags(Path path) {
        return path.toString().equals(Flags.NAME) && !Files.exists(path);
    }

    public boolean hasLimit() {
        return limit.isPresent();
    }

    /** Says what the reader noticed. */
    public static void sayNotes(Terminal terminal, Path path, PatternSet set) {
        set.notes().forEach(n -> terminal.note("%s: %s".formatted(path, n)));
    }
}
