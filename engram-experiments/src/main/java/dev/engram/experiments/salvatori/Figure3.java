package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.HIDDEN;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.kit.RecoveredCharts;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.memory.Score;
import java.util.List;
import java.util.stream.Stream;

/** Figure 3: how many pictures come back from noise. */
public final class Figure3 implements Experiment {
    static final String EXPECTED = "σ²N/d";
    static final String LEAST = "least linear MSE";
    static final List<Question> NOISES = List.of(Question.ofVariance(0.2), Question.ofStandardDeviation(0.2));
    private static final int QUICK_CUES = 50;
    private static final int MOST_CUES = 250;
    private static final int QUICK_UPDATES = 500;
    private static final int FULL_UPDATES = 1_000;

    @Override
    public About about() {
        return About.of(
                "fig3",
                "Figure 3: pictures recovered from noise",
                "Two layers, ReLU, n hidden value nodes store N pictures, which are then shown with noise of \"variance 0.2\"; a picture is recovered when its mean squared error is below 0.005. The paper iterates recall (the output is shown again, F times) and reports the best. Others ran the same figure with a standard deviation of 0.2, so both are here.",
                "Noise of variance σ² leaves σ²N/d after projection on the span of the N pictures of d values each, which is what a linear network does. \"Least linear MSE\" is what no linear map of the cue can beat on average over the noise, even one that knows the pictures' covariance. Where the claim is not met, the report shows what else was tried: a larger λ (the pull of the memory vector), few inference steps and, with n = 512 and up to 250 pictures, three layers.",
                "Autoencoders of three layers with the same n are trained by backpropagation (Adam, rate 0.001, all pictures at once, in the coordinates of their span) for %,d updates, %d in the quick profile, and iterated likewise; the paper's own training of them is not public. All N pictures are stored; the first %d are asked for, in the quick profile the first %d."
                        .formatted(FULL_UPDATES, QUICK_UPDATES, MOST_CUES, QUICK_CUES));
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        int cues = quick ? QUICK_CUES : MOST_CUES;
        int updates = quick ? QUICK_UPDATES : FULL_UPDATES;
        List<Case> cases = Case.ofFigure3(profile);
        return Stream.concat(
                        cases.stream().map(of -> network(of, Math.min(of.patterns(), cues))),
                        cases.stream().map(of -> autoencoder(of, Math.min(of.patterns(), cues), updates)))
                .toList();
    }

    private static Cell network(Case of, int cues) {
        return of.cell(bench -> new Figure3Cell(bench, bench.patterns(of.set()), of.hidden(), cues).run())
                .withOption("cues", cues)
                .withCost(Figure3Cell.cost(of.patterns(), of.hidden(), cues));
    }

    private static Cell autoencoder(Case of, int cues, int updates) {
        CellSetting setting = of.setting().with(Trained.NETWORK, "autoencoder");
        return of.autoencoderCell(
                        setting,
                        1,
                        updates,
                        bench -> Figure3Autoencoder.run(bench, bench.patterns(of.set()), of.hidden(), cues, updates))
                .withOption("cues", cues);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new Figure3Claims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        page.heading("Recovered")
                .figure(
                        "recovered",
                        RecoveredCharts.of(
                                results,
                                NOISES,
                                new RecoveredCharts.Curves(Figure3Cell.BEST, "PCN"),
                                new RecoveredCharts.Curves(Figure3Autoencoder.NAME, "autoencoder")),
                        "The fraction of pictures recovered (MSE < 0.005), λ = 1 and the best of up to %d iterations, as in the paper."
                                .formatted(Figure3Cell.most()))
                .figure(
                        "iterations",
                        iterations(results),
                        "Mean squared error over the iterations of recall at λ = 1, n = 512. Below the dashed line is recovered.");
        page.heading("Autoencoders").table("autoencoders", Trained.table(results));
        new ContestTables(results).render(page);
    }

    private static ChartGrid iterations(Results results) {
        ChartGrid grid = new ChartGrid(2);
        results.forEach(DATA, (set, ofSet) -> {
            for (Question noise : NOISES) {
                Results here = noise.in(ofSet).where(HIDDEN, 512);
                LineChart chart = new LineChart(Axis.linear("iterations, F"), Axis.logarithmic("MSE"));
                here.where(MEMORY, Figure3Cell.ITERATED)
                        .forEach(
                                "patterns",
                                (patterns, one) ->
                                        chart.add(one.series("N = " + patterns, Figure3Cell.ITERATIONS, ERROR)));
                chart.add(Series.level("threshold", 1, Figure3Cell.most(), Score.DENOISING_THRESHOLD));
                grid.add("%s, %s".formatted(set, Question.brief(noise.value())), chart);
            }
        });
        return grid;
    }
}
