package dev.engram.experiments.kit;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Results;
import dev.engram.memory.Damage;
import dev.engram.memory.Noise;
import dev.engram.memory.Region;
import java.util.Locale;

/**
 * A damage that memories are asked about, and the part of a cell's setting that it is.
 *
 * @param part of the setting, one of {@link Parts}
 * @param value of that part
 */
public record Question(String part, String value, Damage damage) {
    /** The square of damage that nobody marked covers 40 % of the picture. */
    private static final double SQUARE_SIDE = Math.sqrt(0.4);

    private static final String DEVIATION = "standard deviation ";

    public static Question ofVariance(double variance) {
        return new Question(Parts.NOISE, "variance " + variance, Damage.ofVariance(variance));
    }

    public static Question ofStandardDeviation(double deviation) {
        return new Question(Parts.NOISE, DEVIATION + deviation, Damage.ofStandardDeviation(deviation));
    }

    /** Only the upper part is known. */
    public static Question known(double fraction) {
        Region upper = new Region.Edge(Region.Edge.Side.TOP, fraction);
        return new Question(
                Parts.KNOWN,
                String.valueOf(fraction),
                new Damage.Known("upper %s known".formatted(Fractions.words(fraction)), upper));
    }

    /** A square in the centre is missing, its side a fraction of the picture's. */
    public static Question centreMissing(double side) {
        return new Question(Parts.COVERED, String.valueOf(side), new Damage.SquareMissing("centre missing", side));
    }

    /** A square in the centre over 40 % of the picture shows something else, and the memories are not told. */
    public static Question unmarked(Damage.Cover cover) {
        String words = cover.name().toLowerCase(Locale.ROOT);
        return new Question(
                Parts.SQUARE, words, new Damage.SquareCovered(words + " square, unmarked", SQUARE_SIDE, cover));
    }

    /** A value of {@link Parts#NOISE} where there is little room. */
    public static String brief(String noise) {
        return noise.replace(DEVIATION, "std ");
    }

    /** The setting of a cell, and this damage. */
    public CellSetting on(CellSetting cell) {
        return cell.with(part, value);
    }

    /** The numbers that belong to this damage. */
    public Results in(Results results) {
        return results.where(part, value);
    }

    /** The noise on every value; none where the damage is another. */
    public Noise noise() {
        return damage instanceof Damage.Noisy noisy ? noisy.noise() : Noise.ofVariance(0);
    }
}
