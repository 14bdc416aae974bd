package dev.engram.cli.options;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.console.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** A command of the program: the options that every command takes, where it writes, and what it computes with. */
public abstract class BaseCommand implements Callable<Integer> {
    protected final Context context;
    protected final Terminal terminal;

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

    @Option(
            names = "--time-limit",
            paramLabel = "S",
            converter = Converters.Positive.class,
            description = "End after so many seconds, unfinished, with exit code 1 (default: no limit).")
    private Optional<Double> timeLimit = Optional.empty();

    protected BaseCommand(Context context) {
        this.context = context;
        this.terminal = context.terminal();
    }

    @Override
    public final Integer call() {
        threads.ifPresent(context::useThreads);
        timeLimit.ifPresent(context.interruption()::limitTo);
        context.interruption().work(this::run);
        return exitCode();
    }

    /** Does the work. */
    protected abstract void run();

    /** What the program ends with when the work is done. */
    protected int exitCode() {
        return ExitCode.DONE;
    }

    /** Whether the result is to be one JSON object. */
    protected final boolean json() {
        return json;
    }
}
