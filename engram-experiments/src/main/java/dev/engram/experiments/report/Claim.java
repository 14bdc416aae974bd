package dev.engram.experiments.report;

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

    /** The claim as a line of {@code results.json}. */
    public ResultRow row(String experiment) {
        return new ResultRow(experiment, setting, metric, value, claim, verdict);
    }
}
