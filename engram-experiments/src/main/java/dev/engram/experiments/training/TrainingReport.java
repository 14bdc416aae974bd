package dev.engram.experiments.training;

import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The page of the training suite. */
record TrainingReport(HtmlPage page, Results results) {
    void render() {
        methods();
        steps();
        depth();
        curvature();
        costs();
    }

    private Results part(String part) {
        return results.where(TrainingSuite.PART, part);
    }

    private void methods() {
        Results all = part(TrainingSuite.TRAINING);
        if (all.isEmpty()) {
            return;
        }
        page.heading("Methods")
                .paragraph(
                        "LeNet on MNIST, cross-entropy, Adam 1e-3, mini-batches of 256, early stopping by macro-F1. ± is the standard error over the seeds. The difference in macro-F1 to backpropagation is taken seed by seed; p (differs) is Student's paired test, p (not equivalent) the larger of two one-sided tests at ± 0.01. Passes are over the whole training, forward and back, where each step of inference is one.")
                .table("methods", table(all))
                .table("layers", layers(all))
                .note(
                        "Layers from the first on: each weight and its biases together, at the weights that a training ends with, on one mini-batch; the mean over the seeds.");
    }

    private static Table table(Results all) {
        Table table = new Table("")
                .texts("method")
                .numbers(
                        "seeds",
                        "test accuracy",
                        "± of it",
                        "test macro-F1",
                        "difference",
                        "p (differs)",
                        "p (not equivalent)",
                        "epochs",
                        "passes");
        double[] reference =
                TrainingClaims.numbers(all.where(TrainingSuite.METHOD, Method.BACKPROPAGATION), TrialCell.MACRO_F1);
        all.forEach(TrainingSuite.METHOD, (method, here) -> {
            double[] accuracy = TrainingClaims.numbers(here, TrialCell.ACCURACY);
            double[] f1 = TrainingClaims.numbers(here, TrialCell.MACRO_F1);
            int pairs = Math.min(f1.length, reference.length);
            boolean isReference = method.equals(Method.BACKPROPAGATION.words()) || pairs < 2;
            Paired paired = Paired.of(Arrays.copyOf(f1, pairs), Arrays.copyOf(reference, pairs));
            table.row(
                    text(method),
                    Table.Entry.count(accuracy.length),
                    percent(Paired.mean(accuracy)),
                    accuracy.length < 2
                            ? text("")
                            : number(
                                    Paired.standardError(accuracy),
                                    "%.2f %%".formatted(100 * Paired.standardError(accuracy))),
                    number(Paired.mean(f1), "%.4f".formatted(Paired.mean(f1))),
                    isReference ? text("") : number(paired.difference(), "%+.4f".formatted(paired.difference())),
                    isReference ? text("") : number(paired.unequal()),
                    isReference ? text("") : number(paired.notEquivalent(TrainingClaims.MARGIN)),
                    number(Paired.mean(TrainingClaims.numbers(here, TrialCell.EPOCHS))),
                    number(Paired.mean(TrainingClaims.numbers(here, TrialCell.PASSES))));
        });
        return table;
    }

    private static Table layers(Results all) {
        List<String> names = all.values(TrialCell.LAYER);
        Table table = new Table("").texts("method");
        names.forEach(layer -> table.numbers("cosine, layer " + layer));
        names.forEach(layer -> table.numbers("norm, layer " + layer));
        all.forEach(TrainingSuite.METHOD, (method, here) -> {
            if (here.values(TrialCell.LAYER).isEmpty()) {
                return;
            }
            ArrayList<Table.Entry> row = new ArrayList<>(List.of(text(method)));
            for (String metric : List.of(TrialCell.COSINE, TrialCell.RATIO)) {
                for (String layer : names) {
                    row.add(number(Paired.mean(TrainingClaims.numbers(here.where(TrialCell.LAYER, layer), metric))));
                }
            }
            table.row(row);
        });
        return table;
    }

    private void steps() {
        Results all = part(TrainingSuite.STEPS);
        if (all.isEmpty()) {
            return;
        }
        ChartGrid cosines = new ChartGrid(2);
        ChartGrid ratios = new ChartGrid(2);
        all.forEach(TrainingSuite.METHOD, (method, here) -> {
            LineChart cosine = new LineChart(
                    Axis.logarithmic("steps"), Axis.linear("cosine").withRange(0, 1));
            LineChart ratio = new LineChart(Axis.logarithmic("steps"), Axis.logarithmic("norm ratio"));
            here.forEach(TrialCell.LAYER, (layer, ofLayer) -> {
                cosine.add(ofLayer.series("layer " + layer, StepsCell.STEPS, TrialCell.COSINE));
                ratio.add(ofLayer.series("layer " + layer, StepsCell.STEPS, TrialCell.RATIO));
            });
            cosines.add(method, cosine);
            ratios.add(method, ratio);
        });
        page.heading("Gradients by steps")
                .figure(
                        "cosines",
                        cosines,
                        "The cosine between each layer's gradient and that of backpropagation, over the steps of inference: LeNet at its first weights, one mini-batch of 256.")
                .figure(
                        "ratios",
                        ratios,
                        "The norm of each layer's gradient over that of backpropagation. With fixed predictions it is P(Binomial(steps, η) ≥ k) for a layer k predictions from the loss.");
    }

    private void depth() {
        Results all = part(TrainingSuite.DEPTH);
        if (all.isEmpty()) {
            return;
        }
        Table table = new Table("").texts("network", "method").numbers("test accuracy", "epochs", "passes");
        all.forEach(
                TrainingSuite.NETWORK,
                (network, ofNetwork) -> ofNetwork.forEach(
                        TrainingSuite.METHOD,
                        (method, here) -> table.row(
                                text(network),
                                text(method),
                                percent(here.value(TrialCell.ACCURACY)),
                                number(here.value(TrialCell.EPOCHS)),
                                number(here.value(TrialCell.PASSES)))));
        page.heading("Depth")
                .paragraph(
                        "Perceptrons of ReLU on standardised pictures with squared error, mini-batches of 64, layers x units; one seed each. With μPC, weights of unit variance are scaled by the width and the depth, so that neither the forward pass nor the curvature grows with depth.")
                .table("depth", table);
    }

    private void curvature() {
        Results all = part(TrainingSuite.CURVATURE);
        if (all.isEmpty()) {
            return;
        }
        ChartGrid charts = new ChartGrid(2);
        for (String metric : List.of(TrialCell.CURVATURE, TrialCell.RISE)) {
            LineChart chart = new LineChart(Axis.linear("looks"), Axis.logarithmic(metric));
            for (String method : all.values(TrainingSuite.METHOD)) {
                CellSetting cell = CellSetting.of(TrainingSuite.PART, TrainingSuite.CURVATURE)
                        .with(TrainingSuite.NETWORK, Plans.STEEP)
                        .with(TrainingSuite.METHOD, method)
                        .with(TrainingSuite.SEED, 0);
                results.curve(cell, metric)
                        .ifPresent(curve -> chart.add(Series.of(
                                method,
                                IntStream.rangeClosed(1, curve.length)
                                        .asDoubleStream()
                                        .toArray(),
                                Arrays.stream(curve).map(y -> Math.max(y, 1e-9)).toArray())));
            }
            charts.add(metric, chart);
        }
        Table table = new Table("").texts("method").numbers("test accuracy", TrialCell.RISE);
        all.forEach(
                TrainingSuite.METHOD,
                (method, here) -> table.row(
                        text(method), percent(here.value(TrialCell.ACCURACY)), number(here.value(TrialCell.RISE))));
        page.heading("Curvature")
                .figure(
                        "curvature",
                        charts,
                        "The largest curvature of the energy over the values, of 64 examples with the output clamped, as the weights of a perceptron grow; and the largest rise of the energy in a step of inference on them (1e-9 stands for none).")
                .table("curvature", table);
    }

    private void costs() {
        Table table = new Table("Seconds for a mini-batch, and the share of it that inference takes")
                .texts("network", "method")
                .numbers("seconds", "inference");
        results.timings()
                .forEach(
                        TrainingSuite.NETWORK,
                        (network, ofNetwork) -> ofNetwork.forEach(TrainingSuite.METHOD, (method, here) -> {
                            OptionalDouble all = here.numbers(TrialCell.BATCHES).min();
                            OptionalDouble inference =
                                    here.numbers(TrialCell.INFERENCES).min();
                            if (all.isPresent()) {
                                table.row(
                                        text(network),
                                        text(method),
                                        number(all.getAsDouble() / TrialCell.TIMED),
                                        inference.isPresent()
                                                ? percent(Math.min(1, inference.getAsDouble() / all.getAsDouble()))
                                                : text(""));
                            }
                        }));
        page.heading("Cost").times(table);
    }
}
