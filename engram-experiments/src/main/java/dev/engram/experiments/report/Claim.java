package dev.engram.experiments.report;

import dev.engram.io.NumberText;
import java.util.List;

/**
 * A claim of a paper (or ours) beside what was found.
 *
 * @param claim in the paper's words, shortened
 * @param setting where it was tried
 * @param metric what {@code value} is
 * @param value ours; NaN where it was not run
 * @param ours the same in words, as a reader wants it
 * @param remark why they differ, or what to know; may be empty
 */
public record Claim(
        String claim, String setting, String metric, double value, String ours, Verdict verdict, String remark) {
    public Claim {
        if (claim.isBlank()) {
            throw new IllegalArgumentException("A claim needs words. Maybe it is a mere measurement.");
        }
    }

    /** A claim whose numbers are not there. */
    public static Claim notRun(String claim, String setting, String metric, String remark) {
        return new Claim(claim, setting, metric, Double.NaN, "", Verdict.NOT_RUN, remark);
    }

    /** How many of the claims hold, in a sentence: for example {@code 5 of 8 claims hold, 1 does not, 2 were not run.} */
    public static String summary(List<Claim> claims) {
        int met = count(claims, Verdict.MET);
        int failed = count(claims, Verdict.NOT_MET);
        int open = count(claims, Verdict.NOT_RUN);
        StringBuilder words = new StringBuilder(
                "%d of %s %s".formatted(met, NumberText.count(claims.size(), "claim"), met == 1 ? "holds" : "hold"));
        if (failed > 0) {
            words.append(", %d %s".formatted(failed, failed == 1 ? "does not" : "do not"));
        }
        if (open > 0) {
            words.append(", %d %s not run".formatted(open, open == 1 ? "was" : "were"));
        }
        return words.append('.').toString();
    }

    private static int count(List<Claim> claims, Verdict verdict) {
        return (int) claims.stream().filter(c -> c.verdict() == verdict).count();
    }

    /** The claim as a line of {@code results.json}. */
    public ResultRow row(String experiment) {
        return new ResultRow(experiment, setting, metric, value, claim, verdict);
    }
}
