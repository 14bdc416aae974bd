package dev.engram.cli.options;

import dev.engram.cli.console.CommandException;
import dev.engram.io.PatternNames;
import dev.engram.io.PatternSet;
import dev.engram.io.PatternSource;
import dev.engram.io.Payload;
import dev.engram.io.memory.Catalogue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What patterns are called, and what is attached to them: options of every command that puts patterns into a memory. */
public final class NamingOptions {
    @Option(
            names = "--names",
            paramLabel = "FILE",
            description =
                    "What the patterns are called: a text file (UTF-8), one name on each line, no two alike, of at"
                            + " most " + PatternNames.LONGEST
                            + " characters (default: the names of the files, or the entry names"
                            + " or labels of an .npz).")
    private Optional<Path> names = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "FILE",
            description = "What to give back with each pattern that is recalled, under \"payload\" in the JSON: a text"
                    + " file with one JSON value on each line.")
    private Optional<Path> payload = Optional.empty();

    /** The files to be read. */
    public Path[] files() {
        return Stream.concat(names.stream(), payload.stream()).toArray(Path[]::new);
    }

    /** The options that were given, as they are spelled; empty if none was. */
    public String given() {
        return String.join(
                " and ",
                Stream.concat(names.map(f -> "--names").stream(), payload.map(f -> "--payload").stream())
                        .toList());
    }

    /**
     * What is known of the patterns.
     *
     * @param limited whether not all patterns were read, so that the files may hold more
     */
    public Catalogue of(PatternSource set, boolean limited) {
        List<String> called = names.map(file -> PatternNames.read(file, set.count(), limited))
                .orElseGet(() -> set instanceof PatternSet all ? all.uniqueNames() : List.of());
        List<String> attached =
                payload.map(file -> Payload.read(file, set.count(), limited)).orElse(List.of());
        try {
            return new Catalogue(called, attached);
        } catch (IllegalArgumentException e) {
            throw CommandException.unusableInput(String.valueOf(e.getMessage()));
        }
    }
}
