package dev.engram.experiments.twoway;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What jpc reports of the same networks, and what is asked of completions, each beside what was found; means over the seeds. */
record BothWaysClaims(Results results) {
    private static final String NEEDS_FULL = "Needs the full profile.";
    private static final int SEEDS = 3;

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        claims.add(anchor(BothWays.EQUAL, 0.854));
        claims.add(anchor(BothWays.DISCRIMINATIVE, 0.940));
        claims.add(anchor(BothWays.AMORTISED, 0.830));
        for (String rival : Rivals.MEMORIES) {
            OptionalDouble theirs = mean(of(BothWays.HALVES, rival), NetworkCell.LOWER);
            claims.add(new Finding(
                            "The network completes unseen digits with a smaller error than %s (%s)."
                                    .formatted(rival, NumberText.brief(theirs.orElse(Double.NaN))),
                            "lower halves of %d digits".formatted(BothWays.UNSEEN),
                            "mean " + NetworkCell.LOWER,
                            error -> error < theirs.orElse(Double.NaN),
                            isWhole(BothWays.HALVES, BothWays.EQUAL) ? "" : NEEDS_FULL)
                    .beside(whole(BothWays.HALVES, BothWays.EQUAL, NetworkCell.LOWER), NumberText::brief));
        }
        OptionalDouble zeros = whole(BothWays.HALVES, BothWays.BACKPROPAGATION, NetworkCell.FROM_HALF);
        claims.add(new Finding(
                        "From the upper half alone the network names more digits than backpropagation's that is shown zeros below (%s)."
                                .formatted(NumberText.percent(zeros)),
                        "%d unseen digits".formatted(BothWays.UNSEEN),
                        "mean " + NetworkCell.FROM_HALF,
                        accuracy -> accuracy > zeros.orElse(Double.NaN),
                        isWhole(BothWays.HALVES, BothWays.EQUAL) ? "" : NEEDS_FULL)
                .beside(whole(BothWays.HALVES, BothWays.EQUAL, NetworkCell.FROM_HALF)));
        claims.add(new Finding(
                        "Pictures from labels are read back as those labels by the same network.",
                        "ten labels",
                        "mean fraction of " + NetworkCell.READ_BACK,
                        fraction -> fraction == 1,
                        isWhole(BothWays.HALVES, BothWays.EQUAL) ? "" : NEEDS_FULL)
                .beside(whole(BothWays.HALVES, BothWays.EQUAL, NetworkCell.READ_BACK)));
        return claims;
    }

    private Claim anchor(String network, double anchor) {
        return new Finding(
                        "%s: at least jpc's %.1f %%, by the pass up.".formatted(network, 100 * anchor),
                        "MNIST, after %d mini-batches of 64, %d seeds".formatted(BothWays.ANCHOR_BATCHES, SEEDS),
                        "mean " + NetworkCell.BY_THE_PASS,
                        accuracy -> accuracy >= anchor,
                        isWhole(BothWays.ANCHORS, network) ? "" : NEEDS_FULL)
                .beside(whole(BothWays.ANCHORS, network, NetworkCell.BY_THE_PASS));
    }

    private Results of(String part, String network) {
        return results.where(BothWays.PART, part).where(BothWays.NETWORK, network);
    }

    /** The full profile has all seeds. */
    private boolean isWhole(String part, String network) {
        return of(part, network).values(BothWays.SEED).size() == SEEDS;
    }

    private OptionalDouble whole(String part, String network, String metric) {
        return isWhole(part, network) ? mean(of(part, network), metric) : OptionalDouble.empty();
    }

    static OptionalDouble mean(Results here, String metric) {
        return here.numbers(metric).average();
    }
}
