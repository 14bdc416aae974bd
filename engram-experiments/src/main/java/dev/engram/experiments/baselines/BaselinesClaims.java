package dev.engram.experiments.baselines;

import static dev.engram.experiments.baselines.BaselinesCell.EXPECTED_ERROR;
import static dev.engram.experiments.baselines.BaselinesCell.KNOWN_VALUES;
import static dev.engram.experiments.baselines.BaselinesCell.VARIANCE;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;
import static dev.engram.experiments.kit.Parts.PATTERNS;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/** What is known of nearest neighbour and affine span, each checked against the numbers found here. */
record BaselinesClaims(Results results) {
    private static final double NEARLY_ALL = 0.95;
    private static final double FEW = 0.5;
    private static final double CLOSE = 0.1;

    List<Claim> all() {
        return List.of(
                nearest(),
                spanCompletes(),
                spanFails(),
                spanDenoises(),
                fine(DataSet.CIFAR10, 50),
                fails(DataSet.CIFAR10, 100),
                fine(DataSet.TINY_IMAGENET, 250),
                fails(DataSet.TINY_IMAGENET, 500));
    }

    private Claim nearest() {
        return new Finding(
                        "The nearest neighbour recovers every picture in every case.",
                        "all damages",
                        "least recovered fraction",
                        least -> least == 1,
                        "It keeps the pictures themselves.")
                .beside(results.where(MEMORY, NEAREST).numbers(RECOVERED).min(), Finding::atLeast);
    }

    private Claim spanCompletes() {
        return new Finding(
                        "The affine span completes every picture where at least N - 1 values are known.",
                        "completion, at least N - 1 values known",
                        "least recovered fraction",
                        least -> least == 1,
                        "Pictures that look alike in the part that is shown (some flags do) cannot be told apart from it.")
                .beside(completed(true).min(), Finding::atLeast);
    }

    private Claim spanFails() {
        return new Finding(
                        "It completes none where fewer are known.",
                        "completion, fewer than N - 1 values known",
                        "largest recovered fraction",
                        most -> most == 0,
                        "Not far below the limit some pictures come close enough to count: what is wrong lies along the few directions that are not seen.")
                .beside(completed(false).max(), Finding::atMost);
    }

    /** The affine span's recovered fractions where the known values are, or are not, enough. */
    private DoubleStream completed(boolean enough) {
        DoubleStream.Builder fractions = DoubleStream.builder();
        results.forEach(
                DATA,
                (data, ofData) -> ofData.forEach(PATTERNS, (patterns, stored) -> {
                    for (double known : Fractions.PAPER) {
                        Results here = stored.where(KNOWN, known);
                        double values = here.value(KNOWN_VALUES).orElse(0);
                        if (values >= Integer.parseInt(patterns) - 1 == enough) {
                            here.where(MEMORY, SPAN).numbers(RECOVERED).forEach(fractions);
                        }
                    }
                }));
        return fractions.build();
    }

    private Claim spanDenoises() {
        DoubleSummaryStatistics ratios = results.where(MEMORY, SPAN).metric(ERROR).all().stream()
                .filter(m -> m.setting().parts().containsKey(NOISE))
                .mapToDouble(m -> m.value() / expected(m))
                .summaryStatistics();
        return new Finding(
                        "Of noise of variance σ² the affine span leaves σ²N/d.",
                        "noise",
                        "largest mean squared error over sigma^2 N / d",
                        most -> Math.abs(most - 1) < CLOSE && Math.abs(ratios.getMin() - 1) < CLOSE,
                        "To be exact, (N - 1) / d: a span of N pictures has N - 1 dimensions. Met within 10 %.")
                .beside(
                        ratios.getCount() == 0 ? OptionalDouble.empty() : OptionalDouble.of(ratios.getMax()),
                        most -> "%.3f to %.3f times as much".formatted(ratios.getMin(), most));
    }

    private double expected(Measurement error) {
        Results here = results;
        for (String part : List.of(DATA, PATTERNS, NOISE)) {
            here = here.where(part, error.setting().get(part));
        }
        return here.value(EXPECTED_ERROR).orElse(Double.NaN);
    }

    private Claim fine(DataSet set, int patterns) {
        return noisy(
                set,
                patterns,
                "Noise of variance 0.2 is no trouble to the affine span up to %d pictures of %s.",
                fraction -> fraction >= NEARLY_ALL,
                "Met from 95 %.");
    }

    private Claim fails(DataSet set, int patterns) {
        return noisy(
                set,
                patterns,
                "The affine span fails on noise of variance 0.2 with %d pictures of %s.",
                fraction -> fraction <= FEW,
                "Met up to 50 %: pictures vary in what the noise does to them.");
    }

    private Claim noisy(DataSet set, int patterns, String claim, DoublePredicate holds, String remark) {
        Results here =
                results.where(DATA, set.title()).where(PATTERNS, patterns).where(MEMORY, SPAN);
        return new Finding(
                        claim.formatted(patterns, set.title()),
                        "%s, patterns %d".formatted(set.title(), patterns),
                        RECOVERED,
                        holds,
                        remark)
                .beside(VARIANCE.in(here).value(RECOVERED));
    }
}
