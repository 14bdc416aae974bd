package dev.engram.experiments.hopfield;

import static dev.engram.experiments.hopfield.HopfieldCell.FLIPPED;
import static dev.engram.experiments.hopfield.HopfieldCell.HEBB;
import static dev.engram.experiments.hopfield.HopfieldCell.LOAD;
import static dev.engram.experiments.hopfield.HopfieldCell.LOADS;
import static dev.engram.experiments.hopfield.HopfieldCell.PC;
import static dev.engram.experiments.hopfield.HopfieldCell.RECALLED;
import static dev.engram.experiments.hopfield.HopfieldCell.RISE;
import static dev.engram.experiments.hopfield.HopfieldCell.RISES;
import static dev.engram.experiments.hopfield.HopfieldCell.STEPS;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What is expected of a Hopfield network trained by predictive coding, checked against the numbers found here. */
record HopfieldClaims(Results results) {
    private static final double NEARLY_ALL = 0.99;

    List<Claim> all() {
        List<Claim> all = new ArrayList<>(List.of(
                recalls(),
                aboveHebb(),
                falls(
                        results.where("rule", PC),
                        "of the PC-trained network, every sweep",
                        "The energy -½ sᵀWs never rises while units are updated one by one."),
                falls(
                        results.where("recall by", HopfieldCell.INFERENCE),
                        "by inference, every step",
                        "The energy ½|x - W tanh(x)|² never rises in inference."),
                infers(),
                staysInLoopsAndRings(),
                comesBack(),
                smallerScalesHaveNoBarrier()));
        CovarianceCell.SETS.forEach(set -> all.add(completes(set)));
        return all;
    }

    private Claim recalls() {
        return new Finding(
                        "Of up to 0.1 N random patterns with 10 % of their units flipped, at least 99 % are recalled exactly.",
                        "random patterns, units 100, mean over draws",
                        "least recalled fraction",
                        least -> least >= NEARLY_ALL,
                        Hopfield.MORE_UNITS.stream()
                                .flatMap(units -> leastRecalled(units).stream()
                                        .mapToObj(f -> "%d units: %s.".formatted(units, NumberText.percent(f))))
                                .collect(Collectors.joining(" ")))
                .beside(leastRecalled(Hopfield.FEW_UNITS), Finding::atLeast);
    }

    private Claim infers() {
        return new Finding(
                        "By the network's own inference, too, at least 99 % of 0.1 N random patterns are recalled exactly from 10 % flipped units.",
                        "random patterns, units 100, mean over draws",
                        "recalled fraction",
                        fraction -> fraction >= NEARLY_ALL,
                        Hopfield.MORE_UNITS.stream()
                                .flatMap(units -> inferred(units).stream()
                                        .mapToObj(f -> "%d units: %s.".formatted(units, NumberText.percent(f))))
                                .collect(Collectors.joining(" ")))
                .beside(inferred(Hopfield.FEW_UNITS));
    }

    private OptionalDouble inferred(int units) {
        return mean(results.where(DATA, Hopfield.RANDOM)
                .where("units", units)
                .where("rule", HopfieldCell.PC_INFERENCE)
                .where("load", LOAD)
                .where("flipped", FLIPPED));
    }

    private Claim staysInLoopsAndRings() {
        OptionalDouble least =
                results.where("flipped", 0.0).numbers(RingCell.RECALLED).min();
        return new Finding(
                        "Loops of 100 and rings of 50-30-20 come to rest at every pattern they were trained on.",
                        "5 and 10 random patterns, every kind of recall from whole patterns",
                        "least recalled fraction",
                        fraction -> fraction == 1,
                        "")
                .beside(least, Finding::atLeast);
    }

    private Claim comesBack() {
        Results here = results.where("rest", RingCell.Rest.STORED);
        return new Finding(
                        "Every trained equilibrium is stable: all curvatures of the energy are above 0.",
                        "loops and rings, patterns of ±10 and ±3, all states at rest at a stored pattern",
                        RingCell.LEAST,
                        curvature -> curvature > 0,
                        here.numbers(RingCell.NEAR_ZERO).max().stream()
                                .mapToObj(share ->
                                        "Near 0 (at most 0.01): %s at most.".formatted(NumberText.percent(share)))
                                .collect(Collectors.joining()))
                .beside(here.numbers(RingCell.LEAST).min(), least -> NumberText.brief(least) + " at least");
    }

    private Claim smallerScalesHaveNoBarrier() {
        Results here = results.where("network", RingCell.LOOP)
                .where("patterns", RingCell.MOST)
                .where("flipped", FLIPPED);
        return new Finding(
                        "Fixed steps of 0.02 recall more from 10 % flipped units if the patterns are ±3 than if they are ±10.",
                        "loops of 100, 10 patterns, mean over draws",
                        "difference of the recalled fractions",
                        difference -> difference > 0,
                        "A barrier is expected above 1/scale of the units flipped: 33 and 10 %.")
                .beside(
                        Finding.difference(recalledBy(here, RingCell.FIXED_SMALL), recalledBy(here, RingCell.FIXED)),
                        difference -> "%.1f percentage points".formatted(100 * difference));
    }

    private static OptionalDouble recalledBy(Results here, String recall) {
        return here.where("recall", recall).numbers(RingCell.RECALLED).average();
    }

    private OptionalDouble leastRecalled(int units) {
        Results here = results.where(DATA, Hopfield.RANDOM)
                .where("units", units)
                .where("rule", PC)
                .where("flipped", FLIPPED);
        return LOADS.stream()
                .filter(load -> load <= LOAD)
                .flatMapToDouble(load -> mean(here.where("load", load)).stream())
                .min();
    }

    private Claim aboveHebb() {
        DoubleStream.Builder differences = DoubleStream.builder();
        results.forEach(
                DATA,
                (data, ofData) -> ofData.forEach("units", (units, sized) -> {
                    for (double load : LOADS) {
                        for (double flipped : new double[] {0, FLIPPED}) {
                            Results here = sized.where("load", load).where("flipped", flipped);
                            Finding.difference(mean(here.where("rule", PC)), mean(here.where("rule", HEBB)))
                                    .ifPresent(differences);
                        }
                    }
                }));
        return new Finding(
                        "At every load the PC-trained network recalls at least what Hebb's does.",
                        "all data, units and loads, mean over draws",
                        "least difference of the recalled fractions",
                        least -> least >= 0,
                        "From whole patterns and with 10 % of the units flipped.")
                .beside(differences.build().min(), least -> "%.1f percentage points at least".formatted(100 * least));
    }

    private static Claim falls(Results here, String which, String claim) {
        OptionalDouble rises = here.numbers(RISES).reduce(Double::sum);
        double steps = here.numbers(STEPS).sum();
        double largest = here.numbers(RISE).max().orElse(0);
        return new Finding(
                        claim,
                        "every recall %s, all data and units".formatted(which),
                        RISES,
                        count -> count == 0 && steps > 0,
                        largest == 0
                                ? ""
                                : "The largest is %s of the energy's scale; up to rounding it is no rise."
                                        .formatted(NumberText.brief(largest)))
                .beside(rises, count -> "%.0f rises in %.0f changes of a cue's energy".formatted(count, steps));
    }

    private Claim completes(DataSet set) {
        Results here = results.where(CovarianceCell.PICTURES, set.title()).where(KNOWN, HALF);
        OptionalDouble least = Stream.of(CovarianceCell.DENDRITIC, CovarianceCell.IMPLICIT)
                .flatMapToDouble(form -> completed(here, form).stream())
                .min();
        return new Finding(
                        "The covariance-learning network completes at least 99 %% of the %s pictures it has learned from their upper half (MSE < 0.001)."
                                .formatted(set.title()),
                        "100 pictures, the dendritic and the implicit form",
                        "lesser completed fraction of the two forms",
                        fraction -> fraction >= NEARLY_ALL,
                        least.isEmpty()
                                ? ""
                                : "Nearest neighbour %s, affine span %s."
                                        .formatted(shown(completed(here, NEAREST)), shown(completed(here, SPAN))))
                .beside(least, Finding::atLeast);
    }

    private static OptionalDouble completed(Results here, String memory) {
        return here.where(MEMORY, memory).value(CovarianceCell.COMPLETED);
    }

    private static String shown(OptionalDouble fraction) {
        return fraction.isEmpty() ? "not run" : NumberText.percent(fraction.getAsDouble());
    }

    private static OptionalDouble mean(Results results) {
        return results.numbers(RECALLED).average();
    }
}
