package dev.engram.experiments.salvatori;

import static dev.engram.experiments.salvatori.Contest.ERROR;
import static dev.engram.experiments.salvatori.Contest.MEMORY;
import static dev.engram.experiments.salvatori.Contest.NEAREST;
import static dev.engram.experiments.salvatori.Contest.RECOVERED;
import static dev.engram.experiments.salvatori.Contest.SPAN;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import java.util.ArrayList;
import java.util.List;

/** Figure 3: how many pictures come back from noise. */
public final class Figure3 implements Experiment {
    static final String EXPECTED = "σ²N/d";
    static final String LEAST = "least linear MSE";
    static final List<Damage.Noisy> NOISES =
            List.of(Damage.Noisy.ofVariance(0.2), Damage.Noisy.ofStandardDeviation(0.2));
    private static final List<DataSet> SETS = List.of(DataSet.CIFAR10, DataSet.TINY_IMAGENET);
    private static final int QUICK_CUES = 50;
    private static final int MOST_CUES = 250;
    private static final int QUICK_UPDATES = 500;
    private static final int FULL_UPDATES = 1_000;

    @Override
    public String name() {
        return "fig3";
    }

    @Override
    public String title() {
        return "Figure 3: pictures recovered from noise";
    }

    @Override
    public List<String> introduction() {
        return List.of(
                "Two layers, ReLU, n hidden value nodes store N pictures, which are then shown with noise of \"variance 0.2\"; a picture is recovered when its mean squared error is below 0.005. The paper iterates recall (the output is shown again, F times) and reports the best. Others ran the same figure with a standard deviation of 0.2, so both are here.",
                "Noise of variance σ² leaves σ²N/d after projection on the span of the N pictures of d values each, which is what a linear network does. \"Least linear MSE\" is what no linear map of the cue can beat on average over the noise, even one that knows the pictures' covariance. Where the claim is not met, the report shows what else was tried: a larger λ (the pull of the memory vector), few inference steps and, with n = 512 and up to 250 pictures, three layers.",
                "Autoencoders of three layers with the same n are trained by backpropagation (Adam, rate 0.001, all pictures at once, in the coordinates of their span) for %,d updates, %d in the quick profile, and iterated likewise; the paper's own training of them is not public. All N pictures are stored; the first %d are asked for, in the quick profile the first %d."
                        .formatted(FULL_UPDATES, QUICK_UPDATES, MOST_CUES, QUICK_CUES));
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        List<Cell> cells = new ArrayList<>();
        for (DataSet set : SETS) {
            for (int hidden : quick ? List.of(512) : List.of(512, 1024, 2048)) {
                for (int patterns : quick ? List.of(100, 250) : List.of(100, 250, 500, 1000)) {
                    cells.add(cell(set, patterns, hidden, Math.min(patterns, quick ? QUICK_CUES : MOST_CUES)));
                }
            }
        }
        for (DataSet set : SETS) {
            for (int hidden : quick ? List.of(512) : List.of(512, 1024, 2048)) {
                for (int patterns : quick ? List.of(100, 250) : List.of(100, 250, 500, 1000)) {
                    cells.add(autoencoder(
                            set,
                            patterns,
                            hidden,
                            Math.min(patterns, quick ? QUICK_CUES : MOST_CUES),
                            quick ? QUICK_UPDATES : FULL_UPDATES));
                }
            }
        }
        return cells;
    }

    private static Cell autoencoder(DataSet set, int patterns, int hidden, int cues, int updates) {
        Setting setting = Completion.setting(set, patterns, hidden).with(Trained.NETWORK, "autoencoder");
        Cell cell = Cell.of(setting, bench -> Figure3Autoencoder.run(bench, bench.patterns(set), hidden, cues, updates))
                .withData(set, patterns)
                .withOption("cues", cues)
                .withOption("updates", updates);
        return Sizes.fitAutoencoder(cell, set, patterns, hidden, 1, updates);
    }

    private static Cell cell(DataSet set, int patterns, int hidden, int cues) {
        Setting setting = Completion.setting(set, patterns, hidden);
        return Sizes.fit(
                        Cell.of(setting, bench -> new Figure3Cell(bench, bench.patterns(set), hidden, cues).run())
                                .withData(set, patterns)
                                .withOption("cues", cues),
                        set,
                        patterns,
                        hidden)
                .withCost(Figure3Cell.cost(patterns, hidden, cues));
    }

    @Override
    public List<Claim> claims(Results results) {
        return new Figure3Claims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        if (results.isEmpty()) {
            return;
        }
        page.heading("Recovered")
                .figure(
                        "recovered",
                        recovered(results),
                        "The fraction of pictures recovered (MSE < 0.005), λ = 1 and the best of up to %d iterations, as in the paper."
                                .formatted(Figure3Cell.most()))
                .figure(
                        "iterations",
                        iterations(results),
                        "Mean squared error over the iterations of recall at λ = 1, n = 512. Below the dashed line is recovered.");
        page.heading("Autoencoders").table("autoencoders", Trained.table(results));
        new ContestTables(results).render(page);
    }

    private static ChartGrid recovered(Results results) {
        ChartGrid grid = new ChartGrid(2);
        for (String set : results.values("data")) {
            for (Damage.Noisy noise : NOISES) {
                Results here = results.where("data", set).where(Damage.NOISE, noise.name());
                LineChart chart = new LineChart(Axis.linear("pictures stored, N"), Axis.percent("recovered"));
                List<String> sizes = here.values("hidden");
                if (sizes.isEmpty()) {
                    continue;
                }
                for (String hidden : sizes) {
                    chart.add(here.where(MEMORY, Figure3Cell.BEST)
                            .where("hidden", hidden)
                            .series("PCN, n = " + hidden, "patterns", RECOVERED));
                }
                Results autoencoder = here.where(MEMORY, Figure3Autoencoder.NAME);
                for (String hidden : autoencoder.values("hidden")) {
                    chart.add(autoencoder
                            .where("hidden", hidden)
                            .series("autoencoder, n = " + hidden, "patterns", RECOVERED));
                }
                Results any = here.where("hidden", sizes.get(0));
                chart.add(any.where(MEMORY, SPAN).series(SPAN, "patterns", RECOVERED));
                chart.add(any.where(MEMORY, NEAREST)
                        .series(NEAREST, "patterns", RECOVERED)
                        .withLine(Series.Line.DASHED));
                grid.add("%s, %s".formatted(set, noise.name().replace("standard deviation", "std")), chart);
            }
        }
        return grid;
    }

    private static ChartGrid iterations(Results results) {
        ChartGrid grid = new ChartGrid(2);
        double most = Figure3Cell.most();
        for (String set : results.values("data")) {
            for (Damage.Noisy noise : NOISES) {
                Results here = results.where("data", set)
                        .where(Damage.NOISE, noise.name())
                        .where("hidden", 512);
                LineChart chart = new LineChart(Axis.linear("iterations, F"), Axis.logarithmic("MSE"));
                for (String patterns : here.values("patterns")) {
                    chart.add(here.where(MEMORY, Figure3Cell.ITERATED)
                            .where("patterns", patterns)
                            .series("N = " + patterns, Figure3Cell.ITERATIONS, ERROR));
                }
                chart.add(Series.of("threshold", new double[] {1, most}, new double[] {
                            NOISES.get(0).threshold(), NOISES.get(0).threshold()
                        })
                        .withLine(Series.Line.DASHED));
                grid.add("%s, %s".formatted(set, noise.name().replace("standard deviation", "std")), chart);
            }
        }
        return grid;
    }
}
