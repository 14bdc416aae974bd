package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.autoencoder.Autoencoder;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import java.util.ArrayList;
import java.util.List;

/** Trains an autoencoder for a figure and records whether its training had converged when its updates were used up. */
final class Trained {
    static final String ERROR = "training MSE";
    static final String UPDATES = "updates";
    /** The mean training error of the last tenth of the updates over that of the tenth before. */
    static final String REMAINING = "training MSE, last tenth over the tenth before";

    /** The part of a cell's setting that sets its autoencoder apart from the predictive-coding network. */
    static final String NETWORK = "network";

    private static final String DATA = "data";
    private static final int TENTHS = 10;
    private static final double STILL = 0.95;
    private static final double NOTHING = 1e-7;

    private Trained() {}

    /** Teaches it and records how far that went. */
    static Autoencoder learn(Workbench bench, CellSetting learned, Matrix patterns, AutoencoderOptions options) {
        double[] sums = new double[TENTHS];
        int[] made = new int[1];
        Learned<Autoencoder> result = bench.timed(
                learned,
                LEARNING_SECONDS,
                () -> Autoencoder.learn(
                        patterns,
                        options,
                        progress -> {
                            sums[(int) ((long) made[0]++ * TENTHS / options.updates())] +=
                                    progress.metrics().loss();
                            return bench.goesOn();
                        },
                        bench.la()));
        bench.requireGoingOn();
        bench.measure(learned, UPDATES, result.updates());
        bench.measure(learned, ERROR, result.audit().mean());
        bench.measure(learned, REMAINING, sums[TENTHS - 1] / sums[TENTHS - 2]);
        return result.memory();
    }

    /** How far the training of every autoencoder went. */
    static Table table(Results results) {
        List<CellSetting> learned =
                results.metric(ERROR).all().stream().map(Measurement::setting).toList();
        List<String> parts = learned.stream()
                .flatMap(setting -> setting.parts().keySet().stream())
                .filter(part -> !part.equals(MEMORY) && !part.equals(NETWORK) && !part.equals(DATA))
                .distinct()
                .toList();
        Table table = new Table("How far the autoencoders were trained")
                .texts(DATA)
                .numbers(parts.toArray(String[]::new))
                .numbers(UPDATES, ERROR, "last tenth over the one before")
                .texts("at rest");
        for (CellSetting setting : learned) {
            double error = value(results, setting, ERROR);
            double remaining = value(results, setting, REMAINING);
            List<Table.Entry> row = new ArrayList<>();
            row.add(text(setting.get(DATA)));
            parts.forEach(part -> row.add(text(setting.get(part))));
            row.add(count(Math.round(value(results, setting, UPDATES))));
            row.add(number(error));
            row.add(number(remaining));
            row.add(text(rests(results, setting) ? "yes" : "no"));
            table.row(row);
        }
        return table;
    }

    /** The same in a sentence; empty where there is none. */
    static String words(Results results) {
        List<CellSetting> learned =
                results.metric(ERROR).all().stream().map(Measurement::setting).toList();
        if (learned.isEmpty()) {
            return "";
        }
        long resting =
                learned.stream().filter(setting -> rests(results, setting)).count();
        return "After %,d updates the autoencoders' training MSE is at most %s; %s."
                .formatted(
                        Math.round(value(results, learned.get(0), UPDATES)),
                        NumberText.brief(learned.stream()
                                .mapToDouble(setting -> value(results, setting, ERROR))
                                .max()
                                .orElseThrow()),
                        resting == learned.size()
                                ? "it was at rest"
                                : "it was still falling in %d of %d"
                                        .formatted(learned.size() - resting, learned.size()));
    }

    private static boolean rests(Results results, CellSetting setting) {
        return value(results, setting, REMAINING) >= STILL || value(results, setting, ERROR) < NOTHING;
    }

    private static double value(Results results, CellSetting setting, String metric) {
        return results.at(setting).value(metric).orElse(Double.NaN);
    }
}
