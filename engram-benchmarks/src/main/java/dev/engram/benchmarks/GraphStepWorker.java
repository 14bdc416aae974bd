package dev.engram.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Our part of {@code peers/graph_step.py}, which holds the steps of {@link GraphStepBenchmark} against PyTorch: for every line of standard
 * input a mini-batch, then its nanoseconds on standard output. The arguments are the number of threads and {@code stepped}, {@code watched}
 * or {@code summed}.
 */
public final class GraphStepWorker {
    private GraphStepWorker() {}

    /** As said above. */
    public static void main(String[] arguments) throws IOException {
        GraphStepBenchmark benchmark = new GraphStepBenchmark();
        benchmark.batch = 64;
        benchmark.steps = 100;
        benchmark.threads = Integer.parseInt(arguments[0]);
        benchmark.setUp();
        Runnable batch =
                switch (arguments[1]) {
                    case "stepped" -> benchmark::stepped;
                    case "watched" -> benchmark::watched;
                    case "summed" -> benchmark::summed;
                    default ->
                        throw new IllegalArgumentException(
                                "stepped, watched or summed was expected; given was " + arguments[1]);
                };
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            long start = System.nanoTime();
            batch.run();
            System.out.println(System.nanoTime() - start);
        }
    }
}
