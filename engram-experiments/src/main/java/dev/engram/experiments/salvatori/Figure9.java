package dev.engram.experiments.salvatori;

import static dev.engram.experiments.salvatori.Contest.MEMORY;
import static dev.engram.experiments.salvatori.Contest.NEAREST;
import static dev.engram.experiments.salvatori.Contest.PAPER;
import static dev.engram.experiments.salvatori.Contest.RECOVERED;
import static dev.engram.experiments.salvatori.Contest.SPAN;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.io.NumberText;
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
import java.util.stream.DoubleStream;

/** Figure 9: classical and modern Hopfield networks beside the predictive-coding network. */
public final class Figure9 implements Experiment {
    static final String HEBB = "Hopfield, Hebb";
    static final String STORKEY = "Hopfield, Storkey";
    static final String PSEUDO_INVERSE = "Hopfield, pseudo-inverse";
    static final String MODERN = "modern Hopfield, β = 2";
    static final String MODERN_EUCLIDEAN = "modern Hopfield, β = 2, Euclidean";
    private static final List<Integer> COUNTS = List.of(2, 3, 5, 10);
    private static final int DRAWS = 10;
    private static final int MOST_DIGITS = DRAWS * 10;
    private static final int DIGIT_HIDDEN = 32;
    private static final int PICTURES = 100;
    private static final int PICTURE_HIDDEN = 1024;
    private static final int SHOWN = 10;
    private static final float MIDDLE = 0.5f;
    private static final String SHEET = "completed from 1/2";
    private static final Damage HALF = new Damage.Part(Fractions.HALF);

    @Override
    public String name() {
        return "fig9";
    }

    @Override
    public String title() {
        return "Figure 9: Hopfield networks, classical and modern";
    }

    @Override
    public List<String> introduction() {
        return List.of(
                "Classical Hopfield networks and a predictive-coding network with 32 hidden nodes store N = 2, 3, 5 or 10 digits of MNIST, made black and white at 0.5, and complete them from the upper half. The paper does not say which digits or which learning rule; here ten sets of consecutive digits are drawn for each N, and three rules tried. Recovered is MSE < 0.001: not one of the 784 pixels wrong.",
                "A modern Hopfield network with β = 2 and the dot product, as in the paper, completes 100 pictures of Tiny ImageNet from the upper half; the same network with the Euclidean distance stands beside it.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<Cell> cells = new ArrayList<>();
        for (int count : COUNTS) {
            for (int draw = 0; draw < DRAWS; draw++) {
                int which = draw;
                cells.add(Sizes.fit(
                        Cell.of(digits(count, draw), bench -> complete(bench, count, which))
                                .withData(DataSet.MNIST, MOST_DIGITS),
                        DataSet.MNIST,
                        count,
                        DIGIT_HIDDEN));
            }
        }
        cells.add(Sizes.fit(
                Cell.of(pictures(), Figure9::completePictures).withData(DataSet.TINY_IMAGENET, PICTURES),
                DataSet.TINY_IMAGENET,
                PICTURES,
                PICTURE_HIDDEN));
        return cells;
    }

    private static Setting digits(int count, int draw) {
        return Completion.setting(DataSet.MNIST, count, DIGIT_HIDDEN).with("draw", draw);
    }

    private static Setting pictures() {
        return Completion.setting(DataSet.TINY_IMAGENET, PICTURES, PICTURE_HIDDEN);
    }

    private static void complete(Workbench bench, int count, int draw) {
        PatternSet set = bench.patterns(DataSet.MNIST);
        Matrix digits = blackAndWhite(set.patterns().slice(draw * count, (draw + 1) * count));
        Contest contest = new Contest(bench, digits, set.shape(), count);
        contest.enterBaselines().enterNetwork(DIGIT_HIDDEN);
        HopfieldOptions options = HopfieldOptions.defaults().withSeed(bench.seed());
        contest.enter(HEBB, () -> HopfieldNetwork.learn(digits, options.withRule(HopfieldRule.HEBB)))
                .enter(STORKEY, () -> HopfieldNetwork.learn(digits, options.withRule(HopfieldRule.STORKEY)))
                .enter(
                        PSEUDO_INVERSE,
                        () -> HopfieldNetwork.learn(digits, options.withRule(HopfieldRule.PSEUDO_INVERSE)));
        Answers answers = contest.ask(HALF);
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
        Contest contest = new Contest(bench, bench.patterns(DataSet.TINY_IMAGENET), PICTURES);
        contest.enterBaselines().enterNetwork(PICTURE_HIDDEN);
        contest.enter(MODERN, () -> ModernHopfield.learn(contest.stored(), ModernHopfieldOptions.ramsauer(Table1.BETA)))
                .enter(
                        MODERN_EUCLIDEAN,
                        () -> ModernHopfield.learn(contest.stored(), ModernHopfieldOptions.euclidean(Table1.BETA)));
        bench.sheet(SHEET, contest.ask(HALF).sheet(SHOWN, List.of(MODERN, MODERN_EUCLIDEAN, PAPER)));
    }

    @Override
    public List<Claim> claims(Results results) {
        Results digits = results.where("data", DataSet.MNIST.title());
        Results pictures = results.where("data", DataSet.TINY_IMAGENET.title());
        List<Claim> claims = new ArrayList<>();
        claims.add(new Finding(
                        "Classical Hopfield networks retrieve the original digits when N = 2.",
                        "MNIST, N = 2, first draw, Hebb's rule",
                        RECOVERED,
                        fraction -> fraction == 1,
                        draws(digits, 2))
                .beside(digits.where("patterns", 2)
                        .where("draw", 0)
                        .where(MEMORY, HEBB)
                        .value(RECOVERED)));
        claims.add(new Finding(
                        "They always fail to retrieve them when trained on more than two.",
                        "MNIST, N = 3, 5, 10, first draw, Hebb's rule",
                        "largest recovered fraction",
                        most -> most == 0,
                        "%s %s %s Other rules reach further: see the chart."
                                .formatted(draws(digits, 3), draws(digits, 5), draws(digits, 10)))
                .beside(
                        DoubleStream.of(3, 5, 10)
                                .flatMap(n -> digits
                                        .where("patterns", (int) n)
                                        .where("draw", 0)
                                        .where(MEMORY, HEBB)
                                        .value(RECOVERED)
                                        .stream())
                                .max(),
                        most -> NumberText.percent(most) + " at most"));
        claims.add(new Finding(
                        "The predictive-coding network with 32 hidden nodes always retrieves them.",
                        "MNIST, N = 2, 3, 5, 10, all draws, λ = 1",
                        "least recovered fraction",
                        least -> least == 1,
                        "MSE < 0.001. With λ annealed %s at least, affine span %s, nearest neighbour %s."
                                .formatted(
                                        NumberText.percent(
                                                least(digits, Contest.ANNEALED).orElse(Double.NaN)),
                                        NumberText.percent(least(digits, SPAN).orElse(Double.NaN)),
                                        NumberText.percent(
                                                least(digits, NEAREST).orElse(Double.NaN))))
                .beside(least(digits, PAPER), least -> NumberText.percent(least) + " at least"));
        claims.add(new Finding(
                        "A modern Hopfield network with β = 2 retrieves only one of 100 pictures of Tiny ImageNet.",
                        "Tiny ImageNet, N = 100, 1/2 known",
                        "recovered pictures",
                        count -> count <= 1,
                        pictures.isEmpty()
                                ? ""
                                : "With the Euclidean distance instead of the dot product %s."
                                        .formatted(percent(pictures, MODERN_EUCLIDEAN)))
                .beside(
                        scaled(pictures.where(MEMORY, MODERN).value(RECOVERED)),
                        count -> NumberText.count((int) Math.round(count), "picture")));
        claims.add(new Finding(
                        "The predictive-coding network retrieves them.",
                        "Tiny ImageNet, N = 100, n = 1024, 1/2 known, λ = 1",
                        RECOVERED,
                        fraction -> fraction == 1,
                        pictures.isEmpty() ? "" : Completion.others(pictures))
                .beside(pictures.where(MEMORY, PAPER).value(RECOVERED)));
        return claims;
    }

    private static OptionalDouble scaled(OptionalDouble fraction) {
        return fraction.isEmpty() ? fraction : OptionalDouble.of(PICTURES * fraction.getAsDouble());
    }

    private static OptionalDouble least(Results of, String memory) {
        return of.where(MEMORY, memory).metric(RECOVERED).all().stream()
                .mapToDouble(Measurement::value)
                .min();
    }

    private static String draws(Results digits, int count) {
        OptionalDouble mean = mean(digits, count, HEBB);
        return mean.isEmpty()
                ? ""
                : "N = %d: %s over %d draws.".formatted(count, NumberText.percent(mean.getAsDouble()), DRAWS);
    }

    private static OptionalDouble mean(Results digits, int count, String memory) {
        return digits.where("patterns", count).where(MEMORY, memory).metric(RECOVERED).all().stream()
                .mapToDouble(Measurement::value)
                .average();
    }

    private static String percent(Results here, String memory) {
        return NumberText.percent(here.where(MEMORY, memory).value(RECOVERED).orElse(Double.NaN));
    }

    @Override
    public void render(HtmlPage page, Results results) {
        if (results.isEmpty()) {
            return;
        }
        Results digits = results.where("data", DataSet.MNIST.title());
        if (!digits.isEmpty()) {
            page.heading("Digits")
                    .figure(
                            "digits",
                            chart(digits),
                            "The fraction of digits completed from their upper half without one wrong pixel, averaged over %d draws."
                                    .formatted(DRAWS));
            COUNTS.forEach(count -> results.sheet(digits(count, 0), SHEET)
                    .ifPresent(sheet -> page.sheet(
                            sheet,
                            "Digits in rows: original, upper half, three rules of Hopfield networks, the predictive-coding network",
                            "N = %d, first draw.".formatted(count))));
        }
        results.sheet(pictures(), SHEET).ifPresent(sheet -> page.heading("Pictures")
                .sheet(
                        sheet,
                        "Pictures in rows: original, upper half, modern Hopfield network, the same with Euclidean distance, the predictive-coding network",
                        "The first of 100 pictures of Tiny ImageNet, from the upper half."));
        new ContestTables(results).render(page);
    }

    private static LineChart chart(Results digits) {
        LineChart chart = new LineChart(Axis.linear("digits stored, N"), Axis.percent("recovered"));
        double[] counts = COUNTS.stream().mapToDouble(n -> n).toArray();
        for (String memory : List.of(HEBB, STORKEY, PSEUDO_INVERSE, PAPER)) {
            double[] means = COUNTS.stream()
                    .mapToDouble(n -> mean(digits, n, memory).orElse(Double.NaN))
                    .toArray();
            chart.add(Series.of(memory, counts, means));
        }
        double[] spans = COUNTS.stream()
                .mapToDouble(n -> mean(digits, n, SPAN).orElse(Double.NaN))
                .toArray();
        return chart.add(Series.of(SPAN, counts, spans).withLine(Series.Line.DASHED));
    }
}
