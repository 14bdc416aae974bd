package dev.engram.experiments.answers;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;
import static dev.engram.experiments.kit.Parts.TASK;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import dev.engram.memory.Binomial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What the stated rate promises, checked against the numbers found here. Fractions are means over the draws. */
record StatedRatesClaims(Results results) {
    private static final double MOST = 1.5; // times the stated rate
    private static final double RECALLED = 0.95;
    private static final double INTERVAL = 0.99;
    private static final double UNCHANGED = 0.01;
    private static final double ROUNDING = 1e-9;

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        Results alarms = results.where(TASK, FalseAlarms.TASK_NAME);
        alarms.forEach(
                DATA,
                (set, ofSet) -> ofSet.forEach(MEMORY, (memory, here) -> {
                    String setting = "%s, N = %s, %s".formatted(set, String.join(", ", here.values(PATTERNS)), memory);
                    FalseAlarms.RATES.forEach(rate -> claims.add(rate(
                            setting,
                            rate,
                            here.where(FalseAlarms.RATE, rate),
                            ofSet.numbers(FalseAlarms.STRANGERS).findFirst().orElse(0))));
                    claims.add(recalled(setting, here.where(FalseAlarms.RATE, FalseAlarms.RATES.get(0)), ofSet));
                }));
        if (alarms.isEmpty()) {
            claims.add(Claim.notRun(rateWords(FalseAlarms.RATES.get(0)), "", FalseAlarms.ALARMS, ""));
        }
        nearCopies(claims);
        return claims;
    }

    private static Claim rate(String setting, double rate, Results here, double strangers) {
        double most = 0;
        String worst = "";
        for (String way : here.values(FalseAlarms.WAY)) {
            double mean = mean(here.where(FalseAlarms.WAY, way), FalseAlarms.ALARMS);
            if (mean > most) {
                most = mean;
                worst = way;
            }
        }
        Binomial binomial = new Binomial((int) strangers, rate);
        long above = here.numbers(FalseAlarms.ALARMS)
                .filter(fraction -> binomial.isAbove(fraction, INTERVAL))
                .count();
        long below = here.numbers(FalseAlarms.ALARMS)
                .filter(fraction -> binomial.isBelow(fraction, INTERVAL))
                .count();
        return new Finding(
                        rateWords(rate),
                        setting,
                        "largest mean " + FalseAlarms.ALARMS,
                        found -> found <= MOST * rate,
                        "Most of them: %s. Of %d single draws and ways %d lie above the binomial 99 %% interval and %d below it."
                                .formatted(
                                        worst, here.numbers(FalseAlarms.ALARMS).count(), above, below))
                .beside(OptionalDouble.of(most));
    }

    private static String rateWords(double rate) {
        return "At a stated %s, false alarms are at most 1.5 times as many in every way of asking."
                .formatted(NumberText.percent(rate));
    }

    private static Claim recalled(String setting, Results here, Results ofSet) {
        double least = 1;
        List<String> under = new ArrayList<>();
        List<String> unsolvable = new ArrayList<>();
        for (String way : here.values(FalseAlarms.WAY)) {
            if (mean(ofSet.where(FalseAlarms.WAY, way), FalseAlarms.SOLVABLE) < RECALLED) {
                unsolvable.add(way);
                continue;
            }
            double mean = mean(here.where(FalseAlarms.WAY, way), AnswerCounts.RIGHT);
            least = Math.min(least, mean);
            if (mean < RECALLED) {
                under.add("%s %s".formatted(way, NumberText.percent(mean)));
            }
        }
        return new Finding(
                        "At a stated 1 % at least 95 % of the stored ones are rightly recalled, where the nearest under the true mask is right.",
                        setting,
                        "least " + AnswerCounts.RIGHT,
                        fraction -> fraction >= RECALLED,
                        (under.isEmpty() ? "" : "Below: %s. ".formatted(String.join("; ", under)))
                                + (unsolvable.isEmpty()
                                        ? ""
                                        : "Left out: %s.".formatted(String.join("; ", unsolvable))))
                .beside(OptionalDouble.of(least));
    }

    private void nearCopies(List<Claim> claims) {
        Results all = results.where(TASK, NearCopies.TASK_NAME);
        OptionalDouble without = all.where(NearCopies.COPIES, 0).value(NearCopies.OTHERS);
        for (String copies : all.values(NearCopies.COPIES)) {
            if (copies.equals("0")) {
                continue;
            }
            Results here = all.where(NearCopies.COPIES, copies);
            String setting = "%s, %s pictures and %s copies, %s"
                    .formatted(here.values(DATA).get(0), here.values(PATTERNS).get(0), copies, NEAREST);
            claims.add(new Finding(
                            "The others are recalled from noise as without copies, within 1 point.",
                            setting,
                            NearCopies.OTHERS,
                            fraction -> Math.abs(fraction - without.orElse(Double.NaN)) < UNCHANGED + ROUNDING,
                            "Without copies %s.".formatted(NumberText.percent(without)))
                    .beside(here.value(NearCopies.OTHERS)));
            claims.add(new Finding(
                            "Copies are recalled, or ambiguous with each other.",
                            setting,
                            NearCopies.TOLD,
                            fraction -> fraction == 1,
                            "")
                    .beside(here.value(NearCopies.TOLD)));
            claims.add(new Finding(
                            "All pairs are named.",
                            setting,
                            NearCopies.NAMED,
                            fraction -> fraction == 1,
                            "%s named that are none.".formatted(here.brief(NearCopies.UNRELATED)))
                    .beside(here.value(NearCopies.NAMED)));
        }
    }

    static double mean(Results here, String metric) {
        return here.numbers(metric).average().orElse(Double.NaN);
    }
}
