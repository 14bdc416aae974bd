package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.io.PatternSet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.hopfield.HopfieldNetwork;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Figure 9: classical and modern Hopfield networks beside the predictive-coding network. */
public final class Figure9 implements Experiment {
    static final String HEBB = "Hopfield, Hebb";
    static final String STORKEY = "Hopfield, Storkey";
    static final String PSEUDO_INVERSE = "Hopfield, pseudo-inverse";
    static final String MODERN = "modern Hopfield, β = 2";
    static final String MODERN_EUCLIDEAN = "modern Hopfield, β = 2, Euclidean";
    /** The paper's inverse temperature. */
    private static final double BETA = 2;

    private static final List<Integer> COUNTS = List.of(2, 3, 5, 10);
    static final int DRAWS = 10;
    private static final int MOST_DIGITS = DRAWS * 10;
    private static final int DIGIT_HIDDEN = 32;
    static final Case PICTURES = new Case(DataSet.TINY_IMAGENET, 100, 1024);
    private static final int SHOWN = 10;
    private static final float MIDDLE = 0.5f;
    private static final String SHEET = "completed from 1/2";
    private static final Question UPPER_HALF = Question.known(Fractions.HALF);

    @Override
    public About about() {
        return About.of(
                "fig9",
                "Figure 9: Hopfield networks, classical and modern",
                "Classical Hopfield networks and a predictive-coding network with 32 hidden nodes store N = 2, 3, 5 or 10 digits of MNIST, made black and white at 0.5, and complete them from the upper half. The paper does not say which digits or which learning rule; here ten sets of consecutive digits are drawn for each N, and three rules tried. Recovered is MSE < 0.001: not one of the 784 pixels wrong.",
                "A modern Hopfield network with β = 2 and the dot product, as in the paper, completes 100 pictures of Tiny ImageNet from the upper half; the same network with the Euclidean distance stands beside it.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<Cell> cells = new ArrayList<>();
        for (int count : COUNTS) {
            for (int draw = 0; draw < DRAWS; draw++) {
                int which = draw;
                cells.add(digits(count)
                        .cell(drawn(count, draw), bench -> complete(bench, count, which))
                        .withData(DataSet.MNIST, MOST_DIGITS));
            }
        }
        cells.add(PICTURES.cell(Figure9::completePictures));
        return cells;
    }

    private static Case digits(int count) {
        return new Case(DataSet.MNIST, count, DIGIT_HIDDEN);
    }

    private static CellSetting drawn(int count, int draw) {
        return digits(count).setting().with("draw", draw);
    }

    private static void complete(Workbench bench, int count, int draw) {
        PatternSet set = bench.patterns(DataSet.MNIST);
        Matrix digits = blackAndWhite(set.patterns().slice(draw * count, (draw + 1) * count));
        Contest contest = new Contest(bench, digits, set.shape());
        contest.enterBaselines().enterNetwork(DIGIT_HIDDEN);
        HopfieldOptions options = HopfieldOptions.defaults().withSeed(bench.seed());
        contest.enter(HEBB, () -> HopfieldNetwork.learn(digits, options.withRule(HopfieldRule.HEBB), bench.la()))
                .enter(STORKEY, () -> HopfieldNetwork.learn(digits, options.withRule(HopfieldRule.STORKEY), bench.la()))
                .enter(
                        PSEUDO_INVERSE,
                        () -> HopfieldNetwork.learn(digits, options.withRule(HopfieldRule.PSEUDO_INVERSE), bench.la()));
        Answers answers = contest.ask(UPPER_HALF);
        if (draw == 0) {
            bench.sheet(SHEET, answers.sheet(SHOWN, List.of(HEBB, STORKEY, PSEUDO_INVERSE, PAPER)));
        }
    }

    private static Matrix blackAndWhite(Matrix grey) {
        Matrix digits = grey.copy();
        float[] values = digits.data();
        for (int i = 0; i < values.length; i++) {
            values[i] = values[i] > MIDDLE ? 1 : 0;
        }
        return digits;
    }

    private static void completePictures(Workbench bench) {
        Contest contest = new Contest(bench, bench.patterns(PICTURES.set()));
        contest.enterBaselines().enterNetwork(PICTURES.hidden());
        enterModern(contest);
        bench.sheet(SHEET, contest.ask(UPPER_HALF).sheet(SHOWN, List.of(MODERN, MODERN_EUCLIDEAN, PAPER)));
    }

    /** Modern Hopfield networks by the dot product and by the Euclidean distance. */
    static Contest enterModern(Contest contest) {
        return contest.enter(
                        MODERN,
                        () -> ModernHopfield.learn(
                                contest.stored(), ModernHopfieldOptions.ramsauer(BETA), contest.la()))
                .enter(
                        MODERN_EUCLIDEAN,
                        () -> ModernHopfield.learn(
                                contest.stored(), ModernHopfieldOptions.euclidean(BETA), contest.la()));
    }

    @Override
    public List<Claim> claims(Results results) {
        return new Figure9Claims(results).all();
    }

    /** Over the draws. */
    static OptionalDouble mean(Results digits, int count, String memory) {
        return digits.where(PATTERNS, count)
                .where(MEMORY, memory)
                .numbers(RECOVERED)
                .average();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        Results digits = results.where("data", DataSet.MNIST.title());
        if (!digits.isEmpty()) {
            page.heading("Digits")
                    .figure(
                            "digits",
                            chart(digits),
                            "The fraction of digits completed from their upper half without one wrong pixel, averaged over %d draws."
                                    .formatted(DRAWS));
            COUNTS.forEach(count -> page.sheet(
                    results.sheet(drawn(count, 0), SHEET),
                    "Digits in rows: original, upper half, three rules of Hopfield networks, the predictive-coding network",
                    "N = %d, first draw.".formatted(count)));
        }
        results.sheet(PICTURES.setting(), SHEET).ifPresent(sheet -> page.heading("Pictures")
                .sheet(
                        sheet,
                        "Pictures in rows: original, upper half, modern Hopfield network, the same with Euclidean distance, the predictive-coding network",
                        "The first of 100 pictures of Tiny ImageNet, from the upper half."));
        new ContestTables(results).render(page);
    }

    private static LineChart chart(Results digits) {
        LineChart chart = new LineChart(Axis.linear("digits stored, N"), Axis.percent("recovered"));
        for (String memory : List.of(HEBB, STORKEY, PSEUDO_INVERSE, PAPER)) {
            chart.add(means(digits, memory));
        }
        return chart.add(means(digits, SPAN).withLine(Series.Line.DASHED));
    }

    private static Series means(Results digits, String memory) {
        return Series.of(
                memory,
                COUNTS.stream().mapToDouble(n -> n).toArray(),
                COUNTS.stream()
                        .mapToDouble(n -> mean(digits, n, memory).orElse(Double.NaN))
                        .toArray());
    }
}
