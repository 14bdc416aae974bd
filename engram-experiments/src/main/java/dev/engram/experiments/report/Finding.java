package dev.engram.experiments.report;

import dev.engram.io.NumberText;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoublePredicate;

/**
 * A claim to be checked: what is said, and which numbers would confirm it.
 *
 * @param claim in the paper's words, shortened
 * @param setting where it is tried
 * @param metric the number that decides
 * @param holds whether the number confirms the claim
 * @param remark what to know besides
 */
public record Finding(String claim, String setting, String metric, DoublePredicate holds, String remark) {

    /** The claim beside a fraction. */
    public Claim beside(OptionalDouble fraction) {
        return beside(fraction, NumberText::percent);
    }

    /** The claim beside a number; without one it is not run. */
    public Claim beside(OptionalDouble value, DoubleFunction<String> words) {
        if (value.isEmpty()) {
            return Claim.notRun(claim, setting, metric, remark);
        }
        double found = value.getAsDouble();
        return new Claim(claim, setting, metric, found, words.apply(found), Verdict.of(holds.test(found)), remark);
    }

    /** The first number less the second, where both are there. */
    public static OptionalDouble difference(OptionalDouble a, OptionalDouble b) {
        return a.isEmpty() || b.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(a.getAsDouble() - b.getAsDouble());
    }

    /** The least of several fractions in words, for example {@code 98.5 % at least}. */
    public static String atLeast(double fraction) {
        return NumberText.percent(fraction) + " at least";
    }

    /** The largest of several fractions in words. */
    public static String atMost(double fraction) {
        return NumberText.percent(fraction) + " at most";
    }

    /** A number of pictures in words. */
    public static String pictures(double count) {
        return NumberText.count((int) Math.round(count), "picture");
    }
}
