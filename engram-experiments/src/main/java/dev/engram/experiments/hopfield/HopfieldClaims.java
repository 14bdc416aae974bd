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

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import dev.engram.io.NumberText;
import dev.engram.memory.hopfield.PredictiveHopfieldOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What a PC-trained Hopfield network is to do, held against the numbers. */
final class HopfieldClaims {
    private static final double NEARLY_ALL = 0.99;

    private final Results results;

    HopfieldClaims(Results results) {
        this.results = results;
    }

    List<Claim> all() {
        List<Claim> all = new ArrayList<>(List.of(
                recalls(),
                aboveHebb(),
                falls(PC, "sweep", "The energy -½ sᵀWs never rises while units are updated one by one."),
                falls(HopfieldCell.PC_INFERENCE, "step", inInference(HopfieldCell.STEPS_AS_GIVEN)),
                falls(HopfieldCell.PC_SMALL_STEPS, "step", inInference(HopfieldCell.SMALL_STEPS))));
        CovarianceCell.SETS.forEach(set -> all.add(completes(set)));
        return all;
    }

    private static String inInference(PredictiveHopfieldOptions options) {
        return "The energy ½|x - W tanh(x)|² never rises in inference, %d steps of %s."
                .formatted(options.steps(), NumberText.plain(options.eta()));
    }

    private Claim recalls() {
        OptionalDouble least = leastRecalled(Hopfield.FEW_UNITS);
        return claim(
                "Of up to 0.1 N random patterns with 10 % of their units flipped, at least 99 % are recalled exactly.",
                "random patterns, units 100, mean over draws",
                "least recalled fraction",
                least,
                NumberText.percent(least.orElse(0)) + " at least",
                least.orElse(0) >= NEARLY_ALL,
                Hopfield.MORE_UNITS.stream()
                        .flatMap(units -> leastRecalled(units).stream()
                                .mapToObj(f -> "%d units: %s.".formatted(units, NumberText.percent(f))))
                        .collect(Collectors.joining(" ")));
    }

    private OptionalDouble leastRecalled(int units) {
        Results here = results.where("data", Hopfield.RANDOM)
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
        for (String data : results.values("data")) {
            for (String units : results.where("data", data).values("units")) {
                for (double load : LOADS) {
                    for (double flipped : new double[] {0, FLIPPED}) {
                        Results here = results.where("data", data)
                                .where("units", units)
                                .where("load", load)
                                .where("flipped", flipped);
                        OptionalDouble pc = mean(here.where("rule", PC));
                        OptionalDouble hebb = mean(here.where("rule", HEBB));
                        if (pc.isPresent() && hebb.isPresent()) {
                            differences.add(pc.getAsDouble() - hebb.getAsDouble());
                        }
                    }
                }
            }
        }
        OptionalDouble least = differences.build().min();
        return claim(
                "At every load the PC-trained network recalls at least what Hebb's does.",
                "all data, units and loads, mean over draws",
                "least difference of the recalled fractions",
                least,
                "%.1f percentage points at least".formatted(100 * least.orElse(0)),
                least.orElse(-1) >= 0,
                "From whole patterns and with 10 % of the units flipped.");
    }

    private Claim falls(String rule, String step, String claim) {
        Results here = results.where("rule", rule);
        double steps = sum(here, STEPS).orElse(0);
        OptionalDouble rises = sum(here, RISES);
        double largest = here.metric(RISE).all().stream()
                .mapToDouble(Measurement::value)
                .max()
                .orElse(0);
        return claim(
                claim,
                "%s, every %s of every recall, all data and units".formatted(rule, step),
                RISES,
                rises,
                "%.0f rises in %.0f changes of a cue's energy".formatted(rises.orElse(0), steps),
                rises.orElse(1) == 0 && steps > 0,
                largest == 0
                        ? ""
                        : "The largest is %s of the energy's scale; up to rounding it is no rise."
                                .formatted(NumberText.brief(largest)));
    }

    private Claim completes(DataSet set) {
        Results here = results.where(CovarianceCell.PICTURES, set.title()).where("known", CovarianceCell.HALF);
        OptionalDouble least = DoubleStream.concat(
                        completed(here, CovarianceCell.DENDRITIC).stream(),
                        completed(here, CovarianceCell.IMPLICIT).stream())
                .min();
        return claim(
                "The covariance-learning network completes at least 99 %% of the %s pictures it has learned from their upper half (MSE < 0.001)."
                        .formatted(set.title()),
                "100 pictures, the dendritic and the implicit form",
                "lesser completed fraction of the two forms",
                least,
                NumberText.percent(least.orElse(0)) + " at least",
                least.orElse(0) >= NEARLY_ALL,
                least.isEmpty()
                        ? ""
                        : "Nearest neighbour %s, affine span %s."
                                .formatted(
                                        shown(completed(here, CovarianceCell.NEAREST)),
                                        shown(completed(here, CovarianceCell.SPAN))));
    }

    private static OptionalDouble completed(Results here, String memory) {
        return here.where("memory", memory).value(CovarianceCell.COMPLETED);
    }

    private static String shown(OptionalDouble fraction) {
        return fraction.isEmpty() ? "not run" : NumberText.percent(fraction.getAsDouble());
    }

    private static OptionalDouble sum(Results results, String metric) {
        return results.metric(metric).all().stream()
                .mapToDouble(Measurement::value)
                .reduce(Double::sum);
    }

    private static OptionalDouble mean(Results results) {
        return results.metric(RECALLED).all().stream()
                .mapToDouble(Measurement::value)
                .average();
    }

    private static Claim claim(
            String claim,
            String setting,
            String metric,
            OptionalDouble value,
            String ours,
            boolean met,
            String remark) {
        return value.isEmpty()
                ? Claim.notRun(claim, setting, metric, remark)
                : new Claim(claim, setting, metric, value.getAsDouble(), ours, Verdict.of(met), remark);
    }
}
