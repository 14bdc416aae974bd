package dev.engram.cli.options;

import dev.engram.cli.console.Context;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every command. */
public final class CommonOptions {
    @Option(names = "--json", description = "Print one JSON object on standard output (prose stays on standard error).")
    private boolean json;

    @Option(names = "--debug", description = "Show stack traces of errors.")
    @SuppressWarnings("UnusedVariable") // for the help and the parser; Main looks at the arguments
    private boolean debug;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "Threads to compute with (default: one per processor).")
    private Optional<Integer> threads = Optional.empty();

    public boolean json() {
        return json;
    }

    /** To be called before anything is computed. */
    public void apply(Context context) {
        threads.ifPresent(context::useThreads);
    }
}
