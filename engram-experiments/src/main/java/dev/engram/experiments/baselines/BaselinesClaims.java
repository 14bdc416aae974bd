package dev.engram.experiments.baselines;

import static dev.engram.experiments.baselines.BaselinesCell.ERROR;
import static dev.engram.experiments.baselines.BaselinesCell.EXPECTED_ERROR;
import static dev.engram.experiments.baselines.BaselinesCell.KNOWN;
import static dev.engram.experiments.baselines.BaselinesCell.KNOWN_VALUES;
import static dev.engram.experiments.baselines.BaselinesCell.NEAREST;
import static dev.engram.experiments.baselines.BaselinesCell.NOISES;
import static dev.engram.experiments.baselines.BaselinesCell.RECOVERED;
import static dev.engram.experiments.baselines.BaselinesCell.SPAN;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What is known of the two memories, held against the numbers. */
final class BaselinesClaims {
    private static final double NEARLY_ALL = 0.95;
    private static final double HALF = 0.5;
    private static final double CLOSE = 0.1;

    private final Results results;

    BaselinesClaims(Results results) {
        this.results = results;
    }

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        claims.add(nearest());
        claims.add(spanCompletes());
        claims.add(spanFails());
        claims.add(spanDenoises());
        claims.add(fine(DataSet.CIFAR10, 50));
        claims.add(fails(DataSet.CIFAR10, 100));
        claims.add(fine(DataSet.TINY_IMAGENET, 250));
        claims.add(fails(DataSet.TINY_IMAGENET, 500));
        return claims;
    }

    private Claim nearest() {
        OptionalDouble least = fractions(results.where("memory", NEAREST)).min();
        return claim(
                "The nearest neighbour recovers every picture in every case.",
                "all damages",
                "least recovered fraction",
                least,
                "%s at least",
                least.orElse(0) == 1,
                "It keeps the pictures themselves.");
    }

    private Claim spanCompletes() {
        OptionalDouble least = completed(true).min();
        return claim(
                "The affine span completes every picture where at least N - 1 values are known.",
                "completion, at least N - 1 values known",
                "least recovered fraction",
                least,
                "%s at least",
                least.orElse(0) == 1,
                "Pictures that look alike in the part that is shown (some flags do) cannot be told apart from it.");
    }

    private Claim spanFails() {
        OptionalDouble most = completed(false).max();
        return claim(
                "It completes none where fewer are known.",
                "completion, fewer than N - 1 values known",
                "largest recovered fraction",
                most,
                "%s at most",
                most.orElse(1) == 0,
                "Not far below the limit some pictures come close enough to count: what is wrong lies along the few directions that are not seen.");
    }

    /** The affine span's recovered fractions where the known values are, or are not, enough. */
    private DoubleStream completed(boolean enough) {
        DoubleStream.Builder fractions = DoubleStream.builder();
        for (String data : results.values("data")) {
            for (String patterns : results.where("data", data).values("patterns")) {
                for (double known : KNOWN) {
                    Results here = results.where("data", data)
                            .where("patterns", patterns)
                            .where("known", known);
                    double values = here.value(KNOWN_VALUES).orElse(0);
                    if (values >= Integer.parseInt(patterns) - 1 == enough) {
                        fractions(here.where("memory", SPAN)).forEach(fractions);
                    }
                }
            }
        }
        return fractions.build();
    }

    private Claim spanDenoises() {
        OptionalDouble most = errorsOverExpected().max();
        OptionalDouble least = errorsOverExpected().min();
        boolean close = Math.abs(most.orElse(0) - 1) < CLOSE && Math.abs(least.orElse(0) - 1) < CLOSE;
        return claim(
                "Of noise of variance σ² the affine span leaves σ²N/d.",
                "noise",
                "largest mean squared error over sigma^2 N / d",
                most,
                "%.3f to %.3f times as much".formatted(least.orElse(0), most.orElse(0)),
                close,
                "To be exact, (N - 1) / d: a span of N pictures has N - 1 dimensions. Met within 10 %.");
    }

    private DoubleStream errorsOverExpected() {
        return results.where("memory", SPAN).metric(ERROR).all().stream()
                .filter(m -> m.setting().parts().containsKey("noise"))
                .mapToDouble(m -> m.value() / expected(m));
    }

    private double expected(Measurement error) {
        Results here = results;
        for (String part : List.of("data", "patterns", "noise")) {
            here = here.where(part, error.setting().parts().getOrDefault(part, ""));
        }
        return here.value(EXPECTED_ERROR).orElse(Double.NaN);
    }

    private Claim fine(DataSet set, int patterns) {
        OptionalDouble fraction = noisy(set, patterns);
        return claim(
                "Noise of variance 0.2 is no trouble to the affine span up to %d pictures of %s."
                        .formatted(patterns, set.title()),
                "%s, patterns %d".formatted(set.title(), patterns),
                RECOVERED,
                fraction,
                "%s",
                fraction.orElse(0) >= NEARLY_ALL,
                "Met from 95 %.");
    }

    private Claim fails(DataSet set, int patterns) {
        OptionalDouble fraction = noisy(set, patterns);
        return claim(
                "The affine span fails on noise of variance 0.2 with %d pictures of %s."
                        .formatted(patterns, set.title()),
                "%s, patterns %d".formatted(set.title(), patterns),
                RECOVERED,
                fraction,
                "%s",
                fraction.orElse(1) <= HALF,
                "Met up to 50 %: pictures vary in what the noise does to them.");
    }

    private OptionalDouble noisy(DataSet set, int patterns) {
        return results.where("data", set.title())
                .where("patterns", patterns)
                .where("memory", SPAN)
                .where("noise", variance())
                .value(RECOVERED);
    }

    static String variance() {
        return NOISES.keySet().stream()
                .filter(n -> n.contains("variance"))
                .findFirst()
                .orElseThrow();
    }

    private static DoubleStream fractions(Results results) {
        return results.metric(RECOVERED).all().stream().mapToDouble(Measurement::value);
    }

    /** @param words for the value, with a place for the per cent */
    private static Claim claim(
            String claim,
            String setting,
            String metric,
            OptionalDouble value,
            String words,
            boolean met,
            String remark) {
        if (value.isEmpty()) {
            return Claim.notRun(claim, setting, metric, remark);
        }
        String ours = words.formatted(NumberText.percent(value.getAsDouble()));
        return new Claim(claim, setting, metric, value.getAsDouble(), ours, Verdict.of(met), remark);
    }
}
