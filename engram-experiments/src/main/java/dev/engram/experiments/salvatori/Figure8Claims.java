package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Fractions.QUARTER;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.HIDDEN;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What the paper says of deep networks, checked against the numbers found here. */
record Figure8Claims(Results results) {
    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (String memory : List.of(PAPER, Figure8.WEAKER)) {
            claims.add(tenLayers(memory, HALF, 0.98, 0.72));
            claims.add(tenLayers(memory, QUARTER, 0.74, 0.48));
        }
        for (String memory : List.of(PAPER, Figure8.WEAKER)) {
            claims.add(deeper(memory));
        }
        claims.add(overAutoencoder(HALF, "98 % against 72 %"));
        claims.add(overAutoencoder(QUARTER, "74 % against 48 %"));
        return claims;
    }

    /** The better of our two networks and sizes against the better autoencoder. */
    private Claim overAutoencoder(double part, String paper) {
        Results here = results.where("layers", 10).where(KNOWN, part);
        OptionalDouble autoencoder = best(here, Figure8.AUTOENCODER);
        OptionalDouble network = Stream.of(PAPER, Figure8.WEAKER)
                .map(memory -> best(here, memory))
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        String training = Trained.words(results.where("layers", 10));
        return new Finding(
                        reduced()
                                + "Ten layers complete more from %s than an autoencoder with as many hidden layers (%s)."
                                        .formatted(Fractions.words(part), paper),
                        "L = 10, %s known".formatted(Fractions.words(part)),
                        "best recovered fraction less the best autoencoder's",
                        gain -> gain > 0,
                        training)
                .beside(Finding.difference(network, autoencoder), gain -> "%s against %s"
                        .formatted(NumberText.percent(network), NumberText.percent(autoencoder)));
    }

    private static OptionalDouble best(Results here, String memory) {
        return here.where(MEMORY, memory).numbers(RECOVERED).max();
    }

    private Claim tenLayers(String memory, double part, double paper, double autoencoder) {
        Results here = results.where("layers", 10).where(KNOWN, part);
        List<String> sizes = here.values("hidden");
        OptionalDouble best = best(here, memory);
        String remark = here.isEmpty()
                ? ""
                : "N = %s of %s, n = %s. Affine span %s, nearest neighbour %s; the paper has %s of an autoencoder."
                        .formatted(
                                here.values("patterns").get(0),
                                here.values("data").get(0),
                                String.join(" and ", sizes),
                                Contest.recovered(here.where(HIDDEN, sizes.get(0)), SPAN),
                                Contest.recovered(here.where(HIDDEN, sizes.get(0)), NEAREST),
                                NumberText.percent(autoencoder));
        return new Finding(
                        reduced()
                                + "Ten layers complete %s from %s."
                                        .formatted(NumberText.percent(paper), Fractions.words(part)),
                        "L = 10, %s known, %s".formatted(Fractions.words(part), memory),
                        "best recovered fraction over n",
                        fraction -> fraction >= paper,
                        remark)
                .beside(best);
    }

    /** A claim that is tried on less than the paper's own task says so in its first words. */
    private String reduced() {
        boolean smaller =
                !results.isEmpty() && !results.values("patterns").equals(List.of(String.valueOf(Figure8.PATTERNS)));
        return smaller ? "(On the quick profile's smaller task) " : "";
    }

    private Claim deeper(String memory) {
        Results deep = results.where(MEMORY, memory).where(KNOWN, QUARTER);
        List<String> sizes = deep.values("hidden");
        OptionalDouble least = sizes.stream()
                .map(n -> gain(deep.where("hidden", n)))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        return new Finding(
                        reduced() + "The deeper the network, the higher the capacity.",
                        "1/4 known, 10 layers against 3, " + memory,
                        "least gain of the recovered fraction over n",
                        gain -> gain > 0,
                        "")
                .beside(least, gain -> "%+.1f percentage points".formatted(100 * gain));
    }

    private static OptionalDouble gain(Results here) {
        return Finding.difference(
                here.where("layers", 10).value(RECOVERED),
                here.where("layers", 3).value(RECOVERED));
    }
}
