package dev.engram.experiments.graphs;

import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The charts and tables of the report on computation graphs. */
record GraphsReport(HtmlPage page, Results results) {
    private static final double LEAST_SHOWN = 1e-7;
    private static final double MOST_SHOWN = 10;

    void render() {
        scalar();
        if (!gradients().isEmpty()) {
            page.heading("Gradients")
                    .figure(
                            "gradients",
                            gradientCharts(),
                            "The largest relative difference between the weight gradients of predictive coding and of backpropagation, over inference steps with fixed predictions and η = 0.1; a curve for each layer's weights, before any training, on examples drawn by chance. It stops at 1e-3.")
                    .table("gradients", gradientTable())
                    .note(
                            "Strict inference takes predictions and derivatives at the present values: its equilibrium is a minimum of the energy, and its gradients are not those of backpropagation.");
        }
        if (!trainings().isEmpty()) {
            page.heading("Training")
                    .figure(
                            "training",
                            learningCurves(),
                            "Predictive coding and backpropagation from the same first weights, on the same mini-batches; the first seed.")
                    .table("training", trainingTable())
                    .figure(
                            "divergence",
                            divergence(),
                            "The largest relative difference between both gradients of the first mini-batch, at the weights that predictive coding has come to; a curve for each layer's weights, the first seed. What is left of them is what has not arrived after the paper's steps.")
                    .note("What a mini-batch takes by either is in timings.csv.");
        }
    }

    private Results gradients() {
        return results.where(Graphs.PART, Graphs.GRADIENTS);
    }

    private Results trainings() {
        return results.where(Graphs.PART, Graphs.TRAINING);
    }

    private void scalar() {
        Results scalar = results.where(Graphs.PART, Graphs.SCALAR);
        if (scalar.isEmpty()) {
            return;
        }
        Table table = new Table("|dL/dy0 by predictive coding - by reverse mode|, double precision").numbers("η");
        ScalarCell.STEP_COUNTS.forEach(steps -> table.numbers("%d steps".formatted(steps)));
        for (double eta : ScalarCell.ETAS) {
            List<Table.Entry> row = new ArrayList<>(List.of(Table.Entry.number(eta)));
            for (int steps : ScalarCell.STEP_COUNTS) {
                row.add(number(
                        scalar.where(ScalarCell.ETA, eta).where(ScalarCell.STEPS, steps), ScalarCell.DIFFERENCE));
            }
            table.row(row);
        }
        page.heading("Scalar graph")
                .paragraph(
                        "y1 = 2 y0, y2 = √y1, y3 = y0², y4 = tan y2 + sin y3 at y0 = 5: y4 = %.9f, and for a target of 1 dL/dy0 = %.10f."
                                .formatted(
                                        scalar.value(ScalarCell.VALUE).orElse(Double.NaN),
                                        scalar.value(ScalarCell.SLOPE).orElse(Double.NaN)))
                .table("scalar", table);
    }

    private ChartGrid gradientCharts() {
        ChartGrid grid = new ChartGrid(3);
        gradients().forEach(Graphs.NETWORK, (network, here) -> {
            CellSetting cell = CellSetting.of(Graphs.PART, Graphs.GRADIENTS).with(Graphs.NETWORK, network);
            double every = here.value(GradientCell.SPACING).orElse(1);
            LineChart chart = new LineChart(Axis.linear("inference steps"), differences());
            for (String weights : here.values("weights")) {
                results.curve(cell, weights).ifPresent(curve -> chart.add(series(weights, curve, every)));
            }
            grid.add(network, chart);
        });
        return grid;
    }

    private static Axis differences() {
        return Axis.logarithmic("largest relative difference").withRange(LEAST_SHOWN, MOST_SHOWN);
    }

    private static Series series(String name, double[] curve, double every) {
        double[] places =
                IntStream.range(0, curve.length).mapToDouble(i -> i * every).toArray();
        return Series.of(name, places, curve);
    }

    private Table gradientTable() {
        Table table = new Table("Largest relative difference from the gradients of backpropagation")
                .texts("network", "weights")
                .numbers("the paper's steps", "exact", "η = 1, depth steps", "strict");
        gradients()
                .forEach(
                        Graphs.NETWORK,
                        (network, here) -> here.forEach(
                                "weights",
                                (weights, these) -> table.row(
                                        text(network),
                                        text(weights),
                                        by(these, GradientCell.PAPER),
                                        by(these, GradientCell.EXACT),
                                        by(these, GradientCell.ONE_BY_ONE),
                                        by(these, GradientCell.STRICT))));
        return table;
    }

    private static Table.Entry by(Results these, String schedule) {
        return number(these.where(GradientCell.SCHEDULE, schedule), GradientCell.DIFFERENCE);
    }

    private static Table.Entry number(Results here, String metric) {
        return Table.Entry.number(here.value(metric).orElse(Double.NaN));
    }

    private ChartGrid learningCurves() {
        ChartGrid grid = new ChartGrid(2);
        eachTraining((network, data) -> {
            boolean isText = isText(network);
            LineChart chart = new LineChart(
                    Axis.linear("mini-batches"),
                    isText ? Axis.linear("bits per character") : Axis.percent(TrainingCell.ACCURACY));
            for (Training.Credit credit : Training.Credit.values()) {
                curve(
                                network,
                                data,
                                credit,
                                isText ? TrainingCell.LOSS : TrainingCell.ACCURACY,
                                isText ? GraphsClaims::bits : DoubleUnaryOperator.identity())
                        .ifPresent(chart::add);
            }
            grid.add("%s, %s".formatted(network, data), chart);
        });
        return grid;
    }

    private ChartGrid divergence() {
        ChartGrid grid = new ChartGrid(2);
        eachTraining((network, data) -> {
            LineChart chart = new LineChart(Axis.linear("mini-batches"), differences());
            for (String weights : weights(network)) {
                curve(
                                network,
                                data,
                                Training.Credit.PREDICTIVE_CODING,
                                TrainingCell.DIVERGENCE + weights,
                                DoubleUnaryOperator.identity())
                        .map(s -> Series.of(weights, s.x(), s.y()))
                        .ifPresent(chart::add);
            }
            grid.add("%s, %s".formatted(network, data), chart);
        });
        return grid;
    }

    private static boolean isText(String network) {
        return network.equals(Graphs.LSTM) || network.equals(Graphs.LSTM_PAPER);
    }

    private static List<String> weights(String network) {
        return isText(network) || network.equals(Graphs.RNN)
                ? List.of("w input", "w hidden", "w out")
                : List.of("w conv1", "w conv2", "w full1", "w full2", "w out");
    }

    private Optional<Series> curve(
            String network, String data, Training.Credit credit, String name, DoubleUnaryOperator unit) {
        CellSetting cell = CellSetting.of(Graphs.PART, Graphs.TRAINING)
                .with(Graphs.NETWORK, network)
                .with(Graphs.DATA, data)
                .with(Graphs.SEED, 0)
                .with(Graphs.CREDIT, credit);
        double every = results.at(cell).value(TrainingCell.SPACING).orElse(1);
        return results.curve(cell, name)
                .map(curve ->
                        series(credit.toString(), Arrays.stream(curve).map(unit).toArray(), every));
    }

    private void eachTraining(BiConsumer<String, String> use) {
        trainings().forEach(Graphs.NETWORK, (network, here) -> here.values(Graphs.DATA)
                .forEach(data -> use.accept(network, data)));
    }

    private Table trainingTable() {
        Table table = new Table("After training, on the test examples")
                .texts("network", "data", "gradients")
                .numbers("seed", "accuracy", "loss", "bits per character");
        eachTraining((network, data) -> {
            Results here = trainings().where(Graphs.NETWORK, network).where(Graphs.DATA, data);
            here.forEach(
                    Graphs.CREDIT,
                    (credit, credited) -> credited.forEach(Graphs.SEED, (seed, one) -> {
                        double loss = one.value(TrainingCell.LOSS).orElse(Double.NaN);
                        double accuracy = one.value(TrainingCell.ACCURACY).orElse(Double.NaN);
                        table.row(
                                text(network),
                                text(data),
                                text(credit),
                                count(Long.parseLong(seed)),
                                Table.Entry.number(accuracy, NumberText.percent(accuracy)),
                                Table.Entry.number(loss),
                                Table.Entry.number(isText(network) ? GraphsClaims.bits(loss) : Double.NaN));
                    }));
        });
        return table;
    }
}
