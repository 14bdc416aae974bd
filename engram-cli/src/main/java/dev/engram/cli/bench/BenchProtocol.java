package dev.engram.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.engram.cli.console.CommandException;
import dev.engram.cli.console.Failure;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.console.Terminal;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.ValueNodes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The line protocol of a race: one command per line in, one JSON object per line out, at once.
 *
 * <table>
 *   <caption>Commands</caption>
 *   <tr><td>{@code init}</td><td>begin (again) at the start: name, s, cpu</td></tr>
 *   <tr><td>{@code infer K}</td><td>K inference steps on the patterns: s, cpu</td></tr>
 *   <tr><td>{@code cycle T}</td><td>T inference steps and a weight update: s, cpu</td></tr>
 *   <tr><td>{@code recall R}</td><td>R inference steps on the cues: s, cpu, mse against the patterns, rsum = mean |read-out|</td></tr>
 *   <tr><td>{@code check}</td><td>x1, w, b: mean absolute values; mse of the patterns' prediction</td></tr>
 *   <tr><td>{@code quit}</td><td>ends, without an answer, as the end of the input does</td></tr>
 * </table>
 *
 * <p>s is wall seconds, cpu the process' CPU seconds, all threads together. What goes wrong is answered by an object with the one
 * entry {@code error}, and the next command is awaited.
 */
final class BenchProtocol {
    private static final double NANOS = 1e9;

    private final Terminal terminal;
    private final String name;
    private final Supplier<BenchEngine> starter;
    private final Matrix patterns;
    private final LinearAlgebra la;
    private final boolean debug;
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private Optional<BenchEngine> engine = Optional.empty();

    /**
     * @param name of the competitor
     * @param starter makes the engine that {@code init} asks for
     * @param patterns what recall and check compare with
     * @param debug whether errors show their stack traces on standard error
     */
    BenchProtocol(
            Terminal terminal,
            String name,
            Supplier<BenchEngine> starter,
            Matrix patterns,
            LinearAlgebra la,
            boolean debug) {
        this.terminal = terminal;
        this.name = name;
        this.starter = starter;
        this.patterns = patterns;
        this.la = la;
        this.debug = debug;
    }

    /** Answers until the input ends or says so. */
    void serve(BufferedReader commands) {
        try {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                List<String> words = List.of(line.strip().split("\\s+"));
                if (words.equals(List.of("quit"))) {
                    return;
                }
                if (!line.isBlank()) {
                    say(answerOrError(words));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonOutput answerOrError(List<String> words) {
        try {
            return answer(words);
        } catch (RuntimeException | OutOfMemoryError e) {
            if (debug) {
                terminal.trace(e);
            }
            return new JsonOutput().with("error", Failure.of(e).line());
        }
    }

    private JsonOutput answer(List<String> words) {
        return switch (words.get(0)) {
            case "init" -> {
                requireNoNumber(words);
                Stopwatch watch = new Stopwatch();
                engine = Optional.of(starter.get());
                yield watch.stop(new JsonOutput().with("name", name));
            }
            case "infer" -> timed(words, engine()::infer);
            case "cycle" -> timed(words, engine()::cycle);
            case "recall" -> recall(steps(words));
            case "check" -> {
                requireNoNumber(words);
                yield check(engine().state());
            }
            default ->
                throw CommandException.wrongUsage(
                        "'%s' is none of: init, infer K, cycle T, recall R, check, quit.".formatted(words.get(0)));
        };
    }

    private BenchEngine engine() {
        return engine.orElseThrow(() -> CommandException.wrongUsage("Nothing has begun. Maybe send init first."));
    }

    private static void requireNoNumber(List<String> words) {
        if (words.size() != 1) {
            throw CommandException.wrongUsage(
                    "'%s' stands alone; '%s' was given.".formatted(words.get(0), String.join(" ", words)));
        }
    }

    private static int steps(List<String> words) {
        try {
            if (words.size() == 2 && Integer.parseInt(words.get(1)) >= 0) {
                return Integer.parseInt(words.get(1));
            }
        } catch (NumberFormatException e) {
            // The message below says what was expected.
        }
        throw CommandException.wrongUsage("'%s' takes one whole number of steps, at least 0; '%s' was given."
                .formatted(words.get(0), String.join(" ", words)));
    }

    private JsonOutput timed(List<String> words, IntConsumer command) {
        int steps = steps(words);
        Stopwatch watch = new Stopwatch();
        command.accept(steps);
        return watch.stop(new JsonOutput());
    }

    private JsonOutput recall(int steps) {
        BenchEngine running = engine();
        Stopwatch watch = new Stopwatch();
        Matrix readOut = running.recall(steps);
        JsonOutput answer = watch.stop(new JsonOutput());
        return answer.with("mse", meanSquaredError(readOut)).with("rsum", meanAbsolute(readOut.data()));
    }

    private JsonOutput check(BenchEngine.State state) {
        Matrix prediction = ValueNodes.predict(la, state.network(), state.hidden(), 0);
        return new JsonOutput()
                .with("x1", meanAbsolute(state.hidden().data()))
                .with("w", meanAbsolute(state.network().map(1).matrix(la).data()))
                .with("b", meanAbsolute(state.network().memoryVector()))
                .with("mse", meanSquaredError(prediction));
    }

    private double meanSquaredError(Matrix prediction) {
        float[] x = patterns.data();
        float[] mu = prediction.data();
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double error = (double) x[i] - mu[i];
            sum += error * error;
        }
        return sum / x.length;
    }

    private static double meanAbsolute(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += Math.abs(value);
        }
        return sum / values.length;
    }

    /** A text of JSON has no line break but between its tokens. */
    private void say(JsonOutput answer) {
        terminal.result(answer.toString().lines().map(String::strip).collect(Collectors.joining(" ")));
    }

    private final class Stopwatch {
        private final long cpu = process.getProcessCpuTime();
        private final long wall = System.nanoTime();

        JsonOutput stop(JsonOutput answer) {
            long now = System.nanoTime();
            return answer.with("s", (now - wall) / NANOS).with("cpu", (process.getProcessCpuTime() - cpu) / NANOS);
        }
    }
}
