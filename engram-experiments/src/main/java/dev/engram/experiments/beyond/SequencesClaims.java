package dev.engram.experiments.beyond;

import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Numbers;
import dev.engram.experiments.report.Verdict;
import dev.engram.memory.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** What sequence memories are to do, held against the numbers. */
final class SequencesClaims {
    private final Results results;

    SequencesClaims(Results results) {
        this.results = results;
    }

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        claims.add(capacity());
        for (String model : List.of(SequencePicturesCell.DIRECT, SequencePicturesCell.HIDDEN)) {
            claims.add(pictures(model));
        }
        claims.add(noisy());
        claims.add(context(SequencePicturesCell.HIDDEN, true));
        claims.add(context(SequencePicturesCell.DIRECT, false));
        return claims;
    }

    private Claim capacity() {
        DoubleStream.Builder ratios = DoubleStream.builder();
        Results random = results.where("data", SequencesExperiment.CAPACITY);
        for (String units : random.values("units")) {
            for (String draw : random.where("units", units).values("draw")) {
                Results here = random.where("units", units).where("draw", draw);
                OptionalDouble tpc =
                        here.where("model", SequenceCapacityCell.TPC).value(SequenceCapacityCell.LONGEST);
                OptionalDouble hebb =
                        here.where("model", SequenceCapacityCell.HEBB).value(SequenceCapacityCell.LONGEST);
                if (tpc.isPresent() && hebb.isPresent()) {
                    ratios.add(tpc.getAsDouble() / hebb.getAsDouble());
                }
            }
        }
        OptionalDouble least = ratios.build().min();
        return claim(
                "Of random binary frames, temporal predictive coding stores at least as long a sequence as the asymmetric Hopfield network.",
                "bit error below 0.01, all units and draws",
                "least ratio of the longest sequences",
                least,
                "%s times as long at least".formatted(Numbers.brief(least.orElse(0))),
                least.orElse(0) >= 1,
                "");
    }

    private Claim pictures(String model) {
        OptionalDouble worst = results.where("model", model).metric(SequencePicturesCell.OFFLINE).all().stream()
                .mapToDouble(Measurement::value)
                .max();
        return claim(
                "A sequence of 100 pictures is recalled from its first, offline, without drift: every frame at MSE < 0.001.",
                "all sets of pictures, " + model,
                SequencePicturesCell.OFFLINE,
                worst,
                Numbers.brief(worst.orElse(0)) + " at most",
                worst.orElse(1) < Score.COMPLETION_THRESHOLD,
                "");
    }

    private Claim noisy() {
        OptionalDouble least = leastOf(SequencePicturesCell.NOISY_RECALLED);
        OptionalDouble later = leastOf(SequencePicturesCell.NOISY_LATER);
        return claim(
                "The next picture is recalled from a noisy present one (standard deviation 0.2), online: every frame at MSE < 0.005.",
                "all sets of pictures, " + SequencePicturesCell.STRONG,
                SequencePicturesCell.NOISY_RECALLED,
                least,
                Numbers.percent(least.orElse(0)) + " at least",
                least.orElse(0) == 1,
                "From the second frame on %s at least: a first frame has no past to correct its noise."
                        .formatted(Numbers.percent(later.orElse(0))));
    }

    private OptionalDouble leastOf(String metric) {
        return results.where("model", SequencePicturesCell.STRONG).metric(metric).all().stream()
                .mapToDouble(Measurement::value)
                .min();
    }

    private Claim context(String model, boolean recalls) {
        OptionalDouble part = results.where("data", SequencesExperiment.SHARED)
                .where("model", model)
                .value(SequenceContextCell.OFFLINE);
        return claim(
                recalls
                        ? "With a hidden layer, two sequences that share frames in the middle are told apart after them."
                        : "Without one they are not.",
                SequencesExperiment.SHARED,
                SequenceContextCell.OFFLINE,
                part,
                Numbers.percent(part.orElse(0)),
                recalls ? part.orElse(0) == 1 : part.orElse(1) == 0,
                "");
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
