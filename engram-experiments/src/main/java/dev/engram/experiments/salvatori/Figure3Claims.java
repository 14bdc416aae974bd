package dev.engram.experiments.salvatori;

import static dev.engram.experiments.salvatori.Contest.ERROR;
import static dev.engram.experiments.salvatori.Contest.MEMORY;
import static dev.engram.experiments.salvatori.Contest.NEAREST;
import static dev.engram.experiments.salvatori.Contest.RECOVERED;
import static dev.engram.experiments.salvatori.Contest.SPAN;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What section 3 of the paper says, under both readings of "noise 0.2". */
final class Figure3Claims {
    private static final double STORED = 0.99;
    private static final double MOST_OF_MANY = 200;

    private final Results results;

    Figure3Claims(Results results) {
        this.results = results;
    }

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (Damage.Noisy noise : Figure3.NOISES) {
            claims.add(stores(DataSet.CIFAR10, noise));
            claims.add(stores(DataSet.TINY_IMAGENET, noise));
            claims.add(always(noise));
            claims.add(almost500(noise));
            claims.add(atMost200(noise));
        }
        for (Damage.Noisy noise : Figure3.NOISES) {
            claims.add(autoencodersFail(noise));
            claims.add(autoencodersAreWorse(noise));
        }
        return claims;
    }

    private Claim stores(DataSet set, Damage.Noisy noise) {
        Results here = at(set.title(), 250, 512, noise);
        return new Finding(
                        "PCNs with 512 hidden nodes store 250 pictures of %s.".formatted(set.title()),
                        "%s, N = 250, n = 512, noise of %s".formatted(set.title(), noise.name()),
                        RECOVERED,
                        fraction -> fraction >= STORED,
                        "Met from 99 %. " + others(here))
                .beside(here.where(MEMORY, Figure3Cell.BEST).value(RECOVERED));
    }

    private Claim always(Damage.Noisy noise) {
        Results here =
                results.where("hidden", 2048).where(Damage.NOISE, noise.name()).where(MEMORY, Figure3Cell.BEST);
        return new Finding(
                        "Networks with 2048 hidden nodes always store and retrieve all pictures.",
                        "all N and data, n = 2048, noise of " + noise.name(),
                        "least recovered fraction",
                        fraction -> fraction >= STORED,
                        "Met from 99 %." + firstMiss(here, noise))
                .beside(
                        here.metric(RECOVERED).all().stream()
                                .mapToDouble(Measurement::value)
                                .min(),
                        least -> NumberText.percent(least) + " at least");
    }

    /** Of the cells that do not store all, the one with the fewest pictures, in words. */
    private String firstMiss(Results here, Damage.Noisy noise) {
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

    private Claim almost500(Damage.Noisy noise) {
        Results here = at(DataSet.TINY_IMAGENET.title(), 500, 512, noise);
        return new Finding(
                        "512 hidden nodes store almost 500 pictures of Tiny ImageNet when trained on 500.",
                        "Tiny ImageNet, N = 500, n = 512, noise of " + noise.name(),
                        RECOVERED,
                        fraction -> fraction >= 0.9,
                        "Met from 90 %. " + others(here))
                .beside(here.where(MEMORY, Figure3Cell.BEST).value(RECOVERED));
    }

    private Claim atMost200(Damage.Noisy noise) {
        Results here = at(DataSet.TINY_IMAGENET.title(), 1000, 512, noise);
        OptionalDouble fraction = here.where(MEMORY, Figure3Cell.BEST).value(RECOVERED);
        return new Finding(
                        "They fail to store more than 200 when trained on more than 500.",
                        "Tiny ImageNet, N = 1000, n = 512, noise of " + noise.name(),
                        "recovered pictures",
                        pictures -> pictures <= MOST_OF_MANY,
                        others(here))
                .beside(
                        fraction.isEmpty() ? fraction : OptionalDouble.of(1000 * fraction.getAsDouble()),
                        pictures -> "%d pictures".formatted(Math.round(pictures)));
    }

    private Claim autoencodersFail(Damage.Noisy noise) {
        Results here = results.where("data", DataSet.TINY_IMAGENET.title()).where("hidden", 512);
        return new Finding(
                        "Autoencoders with fewer than 1024 hidden nodes restore no picture of Tiny ImageNet.",
                        "Tiny ImageNet, n = 512, noise of " + noise.name(),
                        "largest recovered fraction",
                        most -> most == 0,
                        "Over all N. " + training(here))
                .beside(
                        here
                                .where(Damage.NOISE, noise.name())
                                .where(MEMORY, Figure3Autoencoder.NAME)
                                .metric(RECOVERED)
                                .all()
                                .stream()
                                .mapToDouble(Measurement::value)
                                .max(),
                        most -> NumberText.percent(most) + " at most");
    }

    private Claim autoencodersAreWorse(Damage.Noisy noise) {
        Results here = results.where("data", DataSet.TINY_IMAGENET.title())
                .where("patterns", 250)
                .where(Damage.NOISE, noise.name());
        OptionalDouble network =
                here.where("hidden", 512).where(MEMORY, Figure3Cell.BEST).value(RECOVERED);
        OptionalDouble autoencoder = here.where("hidden", 2048)
                .where(MEMORY, Figure3Autoencoder.NAME)
                .value(RECOVERED);
        return new Finding(
                        "Autoencoders with 2048 hidden nodes are worse than PCNs with 512.",
                        "Tiny ImageNet, N = 250, noise of " + noise.name(),
                        "recovered fraction of the network less the autoencoder's",
                        gain -> gain > 0,
                        training(results.where("data", DataSet.TINY_IMAGENET.title())
                                .where("patterns", 250)
                                .where("hidden", 2048)))
                .beside(
                        network.isEmpty() || autoencoder.isEmpty()
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(network.getAsDouble() - autoencoder.getAsDouble()),
                        gain -> "%s against %s"
                                .formatted(
                                        NumberText.percent(network.orElse(Double.NaN)),
                                        NumberText.percent(autoencoder.orElse(Double.NaN))));
    }

    private static String training(Results here) {
        return (Trained.words(here)
                        + " The paper's training is not public; what it found of autoencoders depends on it.")
                .strip();
    }

    private Results at(String data, int patterns, int hidden, Damage.Noisy noise) {
        return results.where("data", data)
                .where("patterns", patterns)
                .where("hidden", hidden)
                .where(Damage.NOISE, noise.name());
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
                        NumberText.brief(iterated.value(ERROR).orElse(Double.NaN)),
                        Math.round(iterated.value(Figure3Cell.ITERATIONS).orElse(Double.NaN)),
                        Figure3Cell.triedDepth(here) ? " and a third layer" : "",
                        best.replace("PCN, ", ""),
                        percent(here, best),
                        NumberText.brief(least),
                        percent(here, SPAN),
                        NumberText.brief(here.value(Figure3.EXPECTED).orElse(Double.NaN)),
                        NumberText.brief(here.value(Figure3.LEAST).orElse(Double.NaN)),
                        percent(here, NEAREST));
    }

    private static String percent(Results here, String memory) {
        return NumberText.percent(here.where(MEMORY, memory).value(RECOVERED).orElse(Double.NaN));
    }
}
