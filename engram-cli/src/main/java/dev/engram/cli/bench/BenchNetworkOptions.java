package dev.engram.cli.bench;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.JsonOutput;
import dev.engram.cli.options.Converters;
import dev.engram.linalg.Matrix;
import java.util.SplittableRandom;
import picocli.CommandLine.Option;

/** The made-up network and patterns of a measurement, and how often it is repeated. */
final class BenchNetworkOptions {
    private static final int WAVES = 8;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "1024",
            converter = Converters.Count.class,
            description = "Hidden value nodes (default: ${DEFAULT-VALUE}).")
    private int hidden;

    @Option(
            names = "--patterns",
            paramLabel = "P",
            defaultValue = "100",
            converter = Converters.Count.class,
            description = "Patterns, made up and smooth (default: ${DEFAULT-VALUE}).")
    private int patterns;

    @Option(
            names = "--steps",
            paramLabel = "K",
            defaultValue = "50",
            converter = Converters.Count.class,
            description = "Inference steps in one run (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--repeat",
            paramLabel = "R",
            defaultValue = "10",
            converter = Converters.Count.class,
            description = "Measured runs, after the warm-up (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of patterns and weights (default: 0).")
    private long seed;

    int hidden() {
        return hidden;
    }

    int patterns() {
        return patterns;
    }

    int steps() {
        return steps;
    }

    int repeats() {
        return repeats;
    }

    long seed() {
        return seed;
    }

    BenchTimer timer(Context context) {
        return new BenchTimer(context, repeats);
    }

    /** Sums of a few waves in [0, 1] and Gaussian weights whose largest singular value is about 1, so that a fixed γ converges. */
    BenchArrays arrays(int sensory) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix x = Matrix.zeros(patterns, sensory);
        for (int i = 0; i < patterns; i++) {
            for (int wave = 1; wave <= WAVES; wave++) {
                double turns = 2 * Math.PI * WAVES * random.nextDouble() / sensory;
                double phase = 2 * Math.PI * random.nextDouble();
                for (int j = 0; j < sensory; j++) {
                    x.data()[i * sensory + j] += (float) ((1 + Math.cos(turns * j + phase)) / (2 * WAVES));
                }
            }
        }
        Matrix w = Matrix.zeros(hidden, sensory);
        double scale = 1 / (Math.sqrt(hidden) + Math.sqrt(sensory));
        for (int i = 0; i < w.data().length; i++) {
            w.data()[i] = (float) (scale * random.nextGaussian());
        }
        float[] b = new float[hidden];
        for (int i = 0; i < hidden; i++) {
            b[i] = (float) (0.1 * random.nextGaussian());
        }
        return new BenchArrays(x, x, w, b);
    }

    JsonOutput json(String command) {
        return JsonOutput.of(command)
                .with("hidden", hidden)
                .with("patterns", patterns)
                .with("steps", steps)
                .with("repeat", repeats)
                .with("seed", seed);
    }
}
