package dev.engram.experiments.kit;

import dev.engram.experiments.report.Axis;
import java.util.List;

/** The parts of a picture that the paper shows. */
public final class Fractions {
    public static final double HALF = 1.0 / 2;
    public static final double QUARTER = 1.0 / 4;
    public static final double EIGHTH = 1.0 / 8;
    public static final double SIXTEENTH = 1.0 / 16;
    public static final double THIRTY_SECOND = 1.0 / 32;
    public static final List<Double> PAPER = List.of(HALF, QUARTER, EIGHTH, SIXTEENTH);
    private static final double ROOM = 1.13;

    private Fractions() {}

    /** For example {@code 1/8}. */
    public static String words(double fraction) {
        return "1/" + Math.round(1 / fraction);
    }

    /** An axis over fractions, from the largest to the smallest in steps of a half. */
    public static Axis axis(List<Double> fractions) {
        double most = fractions.stream().mapToDouble(f -> f).max().orElse(1);
        double least = fractions.stream().mapToDouble(f -> f).min().orElse(SIXTEENTH);
        return Axis.logarithmic("part that is known")
                .withRange(least / ROOM, most * ROOM)
                .withTicks(
                        fractions.stream().map(f -> new Axis.Tick(f, words(f))).toList());
    }
}
