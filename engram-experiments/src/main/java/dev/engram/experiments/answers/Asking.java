package dev.engram.experiments.answers;

import dev.engram.experiments.kit.Fractions;
import dev.engram.memory.Damage;
import dev.engram.memory.Damage.Cover;
import dev.engram.memory.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ways in which memories are asked. */
final class Asking {
    private static final List<Double> DEVIATIONS = List.of(0.1, 0.2);
    private static final List<Double> UPPER = List.of(1.0 / 2, 1.0 / 8, 1.0 / 32);
    private static final List<Double> RANDOM = List.of(1.0 / 8, 1.0 / 32);
    private static final List<Double> SQUARES = List.of(0.2, 0.4);

    private Asking() {}

    static List<Damage> all() {
        List<Damage> all = new ArrayList<>();
        all.add(new Damage.Noisy("whole, clean", Damage.ofVariance(0).noise()));
        for (double deviation : DEVIATIONS) {
            all.add(new Damage.Noisy(
                    "whole, noise of std " + deviation,
                    Damage.ofStandardDeviation(deviation).noise()));
        }
        for (double part : UPPER) {
            all.add(new Damage.Known(
                    "upper %s known".formatted(Fractions.words(part)), new Region.Edge(Region.Edge.Side.TOP, part)));
        }
        for (double part : RANDOM) {
            all.add(new Damage.Known("random %s known".formatted(Fractions.words(part)), new Region.Random(part)));
        }
        for (double part : SQUARES) {
            for (Cover cover : Cover.values()) {
                all.add(new Damage.Covered(
                        "%s square over %.0f %%, unmarked"
                                .formatted(cover.name().toLowerCase(Locale.ROOT), 100 * part),
                        new Region.SquareEach(part),
                        cover));
            }
        }
        return all;
    }
}
