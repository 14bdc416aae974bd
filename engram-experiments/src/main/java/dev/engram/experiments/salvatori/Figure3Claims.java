package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.HIDDEN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What section 3 of the paper says of noise, under both readings of "noise 0.2", checked against the numbers found here. */
record Figure3Claims(Results results) {
    private static final double STORED = 0.99;
    private static final double MOST_OF_MANY = 200;

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (Question noise : Figure3.NOISES) {
            claims.add(stores(DataSet.CIFAR10, noise));
            claims.add(stores(DataSet.TINY_IMAGENET, noise));
            claims.add(always(noise));
            claims.add(almost500(noise));
            claims.add(atMost200(noise));
        }
        for (Question noise : Figure3.NOISES) {
            claims.add(autoencodersFail(noise));
            claims.add(autoencodersAreWorse(noise));
        }
        return claims;
    }

    private Claim stores(DataSet set, Question noise) {
        Results here = at(set.title(), 250, 512, noise);
        return new Finding(
                        "PCNs with 512 hidden nodes store 250 pictures of %s.".formatted(set.title()),
                        "%s, N = 250, n = 512, noise of %s".formatted(set.title(), noise.value()),
                        RECOVERED,
                        fraction -> fraction >= STORED,
                        "Met from 99 %. " + others(here))
                .beside(here.where(MEMORY, Figure3Cell.BEST).value(RECOVERED));
    }

    private Claim always(Question noise) {
        Results here = noise.in(results).where(HIDDEN, 2048).where(MEMORY, Figure3Cell.BEST);
        return new Finding(
                        "Networks with 2048 hidden nodes always store and retrieve all pictures.",
                        "all N and data, n = 2048, noise of " + noise.value(),
                        "least recovered fraction",
                        fraction -> fraction >= STORED,
                        "Met from 99 %." + firstMiss(here, noise))
                .beside(here.numbers(RECOVERED).min(), Finding::atLeast);
    }

    /** Of the cells that do not store all, the one with the fewest pictures, in words. */
    private String firstMiss(Results here, Question noise) {
        return here.metric(RECOVERED).all().stream()
                .filter(found -> found.value() < STORED)
                .map(found -> found.setting().parts())
                .min(Comparator.comparingInt(parts -> Integer.parseInt(parts.getOrDefault("patterns", "0"))))
                .map(parts -> {
                    String data = parts.getOrDefault("data", "");
                    int patterns = Integer.parseInt(parts.getOrDefault("patterns", "0"));
                    return " The first miss is %s, N = %d: %s"
                            .formatted(data, patterns, others(at(data, patterns, 2048, noise)));
                })
                .orElse("");
    }

    private Claim almost500(Question noise) {
        Results here = at(DataSet.TINY_IMAGENET.title(), 500, 512, noise);
        return new Finding(
                        "512 hidden nodes store almost 500 pictures of Tiny ImageNet when trained on 500.",
                        "Tiny ImageNet, N = 500, n = 512, noise of " + noise.value(),
                        RECOVERED,
                        fraction -> fraction >= 0.9,
                        "Met from 90 %. " + others(here))
                .beside(here.where(MEMORY, Figure3Cell.BEST).value(RECOVERED));
    }

    private Claim atMost200(Question noise) {
        Results here = at(DataSet.TINY_IMAGENET.title(), 1000, 512, noise);
        OptionalDouble fraction = here.where(MEMORY, Figure3Cell.BEST).value(RECOVERED);
        return new Finding(
                        "They fail to store more than 200 when trained on more than 500.",
                        "Tiny ImageNet, N = 1000, n = 512, noise of " + noise.value(),
                        "recovered pictures",
                        pictures -> pictures <= MOST_OF_MANY,
                        others(here))
                .beside(
                        fraction.isEmpty() ? fraction : OptionalDouble.of(1000 * fraction.getAsDouble()),
                        pictures -> "%d pictures".formatted(Math.round(pictures)));
    }

    private Claim autoencodersFail(Question noise) {
        Results here = results.where("data", DataSet.TINY_IMAGENET.title()).where("hidden", 512);
        return new Finding(
                        "Autoencoders with fewer than 1024 hidden nodes restore no picture of Tiny ImageNet.",
                        "Tiny ImageNet, n = 512, noise of " + noise.value(),
                        "largest recovered fraction",
                        most -> most == 0,
                        "Over all N. " + training(here))
                .beside(
                        noise.in(here)
                                .where(MEMORY, Figure3Autoencoder.NAME)
                                .numbers(RECOVERED)
                                .max(),
                        Finding::atMost);
    }

    private Claim autoencodersAreWorse(Question noise) {
        Results of = results.where(DATA, DataSet.TINY_IMAGENET.title()).where(PATTERNS, 250);
        Results here = noise.in(of);
        OptionalDouble network =
                here.where("hidden", 512).where(MEMORY, Figure3Cell.BEST).value(RECOVERED);
        OptionalDouble autoencoder = here.where("hidden", 2048)
                .where(MEMORY, Figure3Autoencoder.NAME)
                .value(RECOVERED);
        return new Finding(
                        "Autoencoders with 2048 hidden nodes are worse than PCNs with 512.",
                        "Tiny ImageNet, N = 250, noise of " + noise.value(),
                        "recovered fraction of the network less the autoencoder's",
                        gain -> gain > 0,
                        training(of.where(HIDDEN, 2048)))
                .beside(Finding.difference(network, autoencoder), gain -> "%s against %s"
                        .formatted(
                                Contest.recovered(here.where(HIDDEN, 512), Figure3Cell.BEST),
                                Contest.recovered(here.where(HIDDEN, 2048), Figure3Autoencoder.NAME)));
    }

    private static String training(Results here) {
        return (Trained.words(here)
                        + " The paper's training is not public; what it found of autoencoders depends on it.")
                .strip();
    }

    private Results at(String data, int patterns, int hidden, Question noise) {
        return noise.in(results.where(DATA, data).where(PATTERNS, patterns).where(HIDDEN, hidden));
    }

    /** What other ways of recall and other memories do there, in words. */
    private static String others(Results here) {
        if (here.isEmpty()) {
            return "";
        }
        String best = "";
        double least = Double.POSITIVE_INFINITY;
        for (String way : Figure3Cell.tried()) {
            double error = here.where(MEMORY, way).value(ERROR).orElse(Double.POSITIVE_INFINITY);
            if (error < least) {
                least = error;
                best = way;
            }
        }
        Results iterated = here.where(MEMORY, Figure3Cell.BEST);
        return "MSE %s with F = %d; larger λ, fewer steps%s tried, best %s: %s recovered, MSE %s. Affine span %s (σ²N/d = %s; over all stored pictures no linear map leaves less than %s on average), nearest neighbour %s."
                .formatted(
                        iterated.brief(ERROR),
                        Math.round(iterated.value(Figure3Cell.ITERATIONS).orElse(Double.NaN)),
                        Figure3Cell.triedDepth(here) ? " and a third layer" : "",
                        best.replace("PCN, ", ""),
                        Contest.recovered(here, best),
                        NumberText.brief(least),
                        Contest.recovered(here, SPAN),
                        here.brief(Figure3.EXPECTED),
                        here.brief(Figure3.LEAST),
                        Contest.recovered(here, NEAREST));
    }
}
