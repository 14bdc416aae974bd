package dev.engram.cli.bench;

import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Context;
import dev.engram.cli.console.ExitCode;
import dev.engram.cli.options.Converters;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code engram bench worker}: one competitor in a race. */
@Command(
        name = "worker",
        description = {
            "Run the race's network (one hidden layer, ReLU) as another program's commands on standard input say, each"
                    + " answered by one line of JSON on standard output: init, infer K, cycle T, recall R, check, quit.",
            "Seconds are s (wall) and cpu (the process, all threads together)."
        },
        footer = {
            "",
            "The environment may set PCN_THREADS (unless --threads is given) and PCN_LR, the learning rate (0.001).",
            "",
            "Example:",
            "  printf 'init\\ncycle 50\\ncheck\\nquit\\n' | engram bench worker --data arrays/",
            "In a race with other programs (driver.py starts and asks them all):",
            "  python driver.py out.json 5 10 10 20 torch-manual=python:impl_torch_manual \\",
            "      \"engram=cmd:engram bench worker --data arrays/\""
        })
final class BenchWorkerCommand implements Callable<Integer> {
    static final String THREADS_VARIABLE = "PCN_THREADS";
    static final String LEARNING_RATE_VARIABLE = "PCN_LR";
    private static final double LEARNING_RATE = 0.001;

    private final Context context;
    private final InputStream commands;
    private final Map<String, String> environment;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder with x.npy [N, d] (patterns), xc.npy [N, d] (cues), w.npy [n, d] and b.npy [n].")
    private Path data = Path.of("");

    @Option(
            names = "--engine",
            paramLabel = "E",
            converter = BenchEngineChoice.Converter.class,
            defaultValue = "reference",
            description =
                    "What computes: reference (default: as the paper writes it), reduced (the sensory layer summed away),"
                            + " span (reduced, and learning in the coordinates of patterns and first weights).")
    private BenchEngineChoice engine = BenchEngineChoice.REFERENCE;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = Converters.Count.class,
            description = "Threads to compute with (default: PCN_THREADS, else one per processor).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--debug", description = "Show stack traces of errors.")
    private boolean debug;

    BenchWorkerCommand(Context context, InputStream commands, Map<String, String> environment) {
        this.context = context;
        this.commands = commands;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        threads.or(() -> variable(THREADS_VARIABLE, new Converters.Count())).ifPresent(context::useThreads);
        double learningRate =
                variable(LEARNING_RATE_VARIABLE, new Converters.Positive()).orElse(LEARNING_RATE);
        BenchArrays arrays = BenchArrays.read(data);
        new BenchProtocol(
                        context.terminal(),
                        "engram-" + engine,
                        () -> engine.start(arrays, learningRate, context.la()),
                        arrays.patterns(),
                        context.la(),
                        debug)
                .serve(new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8)));
        return ExitCode.DONE;
    }

    private <T> Optional<T> variable(String name, ITypeConverter<T> converter) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(converter.convert(text));
        } catch (TypeConversionException e) {
            throw CommandException.wrongUsage("The environment variable %s: %s".formatted(name, e.getMessage()));
        } catch (Exception e) { // the interface allows for any
            throw new IllegalStateException(e);
        }
    }
}
