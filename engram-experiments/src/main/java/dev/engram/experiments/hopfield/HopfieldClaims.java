package dev.engram.experiments.hopfield;

import static dev.engram.experiments.hopfield.HopfieldCell.FLIPPED;
import static dev.engram.experiments.hopfield.HopfieldCell.HEBB;
import static dev.engram.experiments.hopfield.HopfieldCell.LOAD;
import static dev.engram.experiments.hopfield.HopfieldCell.LOADS;
import static dev.engram.experiments.hopfield.HopfieldCell.PC;
import static dev.engram.experiments.hopfield.HopfieldCell.RECALLED;
import static dev.engram.experiments.hopfield.HopfieldCell.RISE;

import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Numbers;
import dev.engram.experiments.report.Verdict;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What a PC-trained Hopfield network is to do, held against the numbers. */
final class HopfieldClaims {
    private static final double NEARLY_ALL = 0.99;
    private static final double ROUNDING = 1e-5;

    private final Results results;

    HopfieldClaims(Results results) {
        this.results = results;
    }

    List<Claim> all() {
        return List.of(
                recalls(),
                aboveHebb(),
                fallsBy(HopfieldCell.UPDATES, "The energy -½ sᵀWs never rises while units are updated one by one."),
                fallsBy(HopfieldCell.INFERENCE, "The energy ½|x - W tanh(x)|² never rises in inference."));
    }

    private Claim recalls() {
        Results here = results.where("data", Hopfield.RANDOM)
                .where("units", Hopfield.FEW_UNITS)
                .where("rule", PC)
                .where("flipped", FLIPPED);
        OptionalDouble least = LOADS.stream()
                .filter(load -> load <= LOAD)
                .flatMapToDouble(load -> mean(here.where("load", load)).stream())
                .min();
        return claim(
                "Of up to 0.1 N random patterns with 10 % of their units flipped, at least 99 % are recalled exactly.",
                "random patterns, units 100, mean over draws",
                "least recalled fraction",
                least,
                Numbers.percent(least.orElse(0)) + " at least",
                least.orElse(0) >= NEARLY_ALL,
                "");
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

    private Claim fallsBy(String how, String claim) {
        OptionalDouble most = results.where("recall by", how).metric(RISE).all().stream()
                .mapToDouble(Measurement::value)
                .max();
        return claim(
                claim,
                "30 %% of the units flipped, load %s, all draws, recall by %s".formatted(LOAD, how),
                RISE,
                most,
                "a rise of %s of it at most".formatted(Numbers.brief(most.orElse(0))),
                most.orElse(1) <= ROUNDING,
                "Met up to 1e-5 of it, which is rounding.");
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
