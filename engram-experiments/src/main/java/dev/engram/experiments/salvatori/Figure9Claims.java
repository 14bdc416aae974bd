package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the paper says of Hopfield networks and of its own on the same pictures, checked against the numbers found here. */
record Figure9Claims(Results results) {
    List<Claim> all() {
        Results digits = results.where("data", DataSet.MNIST.title());
        Results pictures = results.where("data", DataSet.TINY_IMAGENET.title());
        List<Claim> claims = new ArrayList<>();
        claims.add(new Finding(
                        "Classical Hopfield networks retrieve the original digits when N = 2.",
                        "MNIST, N = 2, first draw, Hebb's rule",
                        RECOVERED,
                        fraction -> fraction == 1,
                        draws(digits, 2))
                .beside(first(digits, 2)));
        claims.add(new Finding(
                        "They always fail to retrieve them when trained on more than two.",
                        "MNIST, N = 3, 5, 10, first draw, Hebb's rule",
                        "largest recovered fraction",
                        most -> most == 0,
                        "%s %s %s Other rules reach further: see the chart."
                                .formatted(draws(digits, 3), draws(digits, 5), draws(digits, 10)))
                .beside(
                        Stream.of(3, 5, 10)
                                .flatMapToDouble(n -> first(digits, n).stream())
                                .max(),
                        Finding::atMost));
        claims.add(new Finding(
                        "The predictive-coding network with 32 hidden nodes always retrieves them.",
                        "MNIST, N = 2, 3, 5, 10, all draws, λ = 1",
                        "least recovered fraction",
                        least -> least == 1,
                        "MSE < 0.001. With λ annealed %s at least, affine span %s, nearest neighbour %s."
                                .formatted(
                                        NumberText.percent(least(digits, ANNEALED)),
                                        NumberText.percent(least(digits, SPAN)),
                                        NumberText.percent(least(digits, NEAREST))))
                .beside(least(digits, PAPER), Finding::atLeast));
        claims.add(new Finding(
                        "A modern Hopfield network with β = 2 retrieves only one of 100 pictures of Tiny ImageNet.",
                        "Tiny ImageNet, N = 100, 1/2 known",
                        "recovered pictures",
                        count -> count <= 1,
                        pictures.isEmpty()
                                ? ""
                                : "With the Euclidean distance instead of the dot product %s."
                                        .formatted(Contest.recovered(pictures, Figure9.MODERN_EUCLIDEAN)))
                .beside(
                        Contest.count(Figure9.PICTURES.patterns(), pictures.where(MEMORY, Figure9.MODERN)),
                        Finding::pictures));
        claims.add(new Finding(
                        "The predictive-coding network retrieves them.",
                        "Tiny ImageNet, N = 100, n = 1024, 1/2 known, λ = 1",
                        RECOVERED,
                        fraction -> fraction == 1,
                        pictures.isEmpty() ? "" : Completion.others(pictures))
                .beside(pictures.where(MEMORY, PAPER).value(RECOVERED)));
        return claims;
    }

    /** By Hebb's rule in the first draw. */
    private static OptionalDouble first(Results digits, int count) {
        return digits.where(PATTERNS, count)
                .where("draw", 0)
                .where(MEMORY, Figure9.HEBB)
                .value(RECOVERED);
    }

    private static OptionalDouble least(Results of, String memory) {
        return of.where(MEMORY, memory).numbers(RECOVERED).min();
    }

    private static String draws(Results digits, int count) {
        OptionalDouble mean = Figure9.mean(digits, count, Figure9.HEBB);
        return mean.isEmpty()
                ? ""
                : "N = %d: %s over %d draws.".formatted(count, NumberText.percent(mean), Figure9.DRAWS);
    }
}
