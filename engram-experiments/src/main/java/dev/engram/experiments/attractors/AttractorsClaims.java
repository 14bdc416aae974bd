package dev.engram.experiments.attractors;

import static dev.engram.experiments.attractors.Trial.CODES;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;
import static dev.engram.experiments.kit.Parts.TASK;

import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.io.NumberText;
import dev.engram.memory.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/** What is expected of the memory over codes, checked against the numbers found here. */
record AttractorsClaims(Results results) {
    private static final double COMPLETED = 0.98;
    private static final double UNDONE = 0.99;
    private static final double WITHIN = 0.02;
    private static final double UNFAMILIAR = 0.95;
    private static final double FEWEST_ALARMS = 0.003;
    private static final double MOST_ALARMS = 0.03;

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (DataSet set : List.of(DataSet.CIFAR10, DataSet.TINY_IMAGENET)) {
            for (Question noise : Tasks.NOISES) {
                noise(set, noise, claims);
            }
        }
        Results completion = task(Tasks.COMPLETION);
        for (double part : Tasks.PARTS) {
            claims.add(beside(
                    completion.where(KNOWN, part),
                    "At least 98 %% of the pictures come back from their upper %s.".formatted(Fractions.words(part)),
                    sizes(completion),
                    fraction -> fraction >= COMPLETED));
        }
        nearDuplicates(claims);
        Results unmarked = task(Tasks.UNMARKED);
        for (Question square : Tasks.SQUARES) {
            claims.add(beside(
                    square.in(unmarked),
                    "At least 99 %% come back from under a %s square over 40 %%, not marked.".formatted(square.value()),
                    sizes(unmarked),
                    fraction -> fraction >= UNDONE));
        }
        claims.add(alarms(Novelty.CLEAN, "clean pictures"));
        claims.add(alarms(Novelty.NOISY.value(), "noise of " + Novelty.NOISY.value()));
        Results associations = task(Associations.ASSOCIATION);
        for (String shown : List.of(Associations.UPPER_QUARTER, Associations.LABEL)) {
            Results asked = associations.where(Associations.SHOWN, shown);
            claims.add(new Finding(
                            shown.equals(Associations.LABEL)
                                    ? "Every picture comes back from the label of 64 values that was stored with it, alone."
                                    : "Every label of 64 values comes back from the upper quarter of the picture it was stored with.",
                            sizes(associations),
                            RECOVERED,
                            fraction -> fraction == 1,
                            others(asked, RECOVERED))
                    .beside(asked.where(MEMORY, CODES).value(RECOVERED)));
        }
        Results storing = task(StoreAndForget.STORING);
        Results forgetting = task(StoreAndForget.FORGETTING);
        for (Question question : StoreAndForget.QUESTIONS) {
            claims.add(together(
                    storing,
                    question,
                    "Written one at a time, no more than 2 points fewer come back than learned together",
                    CODES,
                    StoreAndForget.WRITTEN,
                    WITHIN));
            claims.add(together(
                    forgetting,
                    question,
                    "After every fifth was forgotten the others come back as before",
                    StoreAndForget.BEFORE,
                    StoreAndForget.AFTER,
                    0));
        }
        claims.add(new Finding(
                        "At least 95 % of what was forgotten is unfamiliar.",
                        sizes(forgetting),
                        StoreAndForget.UNFAMILIAR,
                        fraction -> fraction >= UNFAMILIAR,
                        forgetting.isEmpty()
                                ? ""
                                : "%s forgotten; of as many pictures never stored as were stored, %s."
                                        .formatted(
                                                count(forgetting, StoreAndForget.FORGOTTEN),
                                                forgetting.percent(StoreAndForget.STRANGE)))
                .beside(forgetting.value(StoreAndForget.UNFAMILIAR)));
        return claims;
    }

    /** The fraction recovered by one memory beside that of another, which may be so much larger. */
    private static Claim together(
            Results here, Question question, String claim, String than, String memory, double within) {
        Results asked = question.in(here);
        OptionalDouble reference = asked.where(MEMORY, than).value(RECOVERED);
        return new Finding(
                        "%s: %s.".formatted(claim, from(question)),
                        sizes(here),
                        RECOVERED,
                        fraction -> fraction >= reference.orElse(Double.NaN) - within,
                        here.isEmpty()
                                ? ""
                                : "%s: %s. %s".formatted(than, NumberText.percent(reference), others(asked, RECOVERED)))
                .beside(asked.where(MEMORY, memory).value(RECOVERED));
    }

    private static String from(Question question) {
        return question.part().equals(KNOWN)
                ? "from their upper " + Fractions.words(Double.parseDouble(question.value()))
                : "from noise of " + question.value();
    }

    private void noise(DataSet set, Question noise, List<Claim> claims) {
        Results cells = task(Tasks.NOISE_TASK).where("data", set.title());
        Results here = noise.in(cells);
        String task = "Figure 3's grid, %s, noise of %s: ".formatted(set.title(), noise.value());
        String where = sizes(cells);
        claims.add(new Finding(
                        task + "the right pattern comes back for every cue in every cell.",
                        where,
                        "least right fraction",
                        least -> least == 1,
                        others(here, Trial.RIGHT))
                .beside(least(here.where(MEMORY, CODES), Trial.RIGHT)));
        List<String> beyond = new ArrayList<>();
        double least = Double.POSITIVE_INFINITY;
        for (Measurement m : here.where(MEMORY, CODES).metric(RECOVERED).all()) {
            String patterns = m.setting().get("patterns");
            String hidden = m.setting().get("hidden");
            double own = cells.where("patterns", patterns)
                    .where("hidden", hidden)
                    .value(Tasks.OWN)
                    .orElse(Double.NaN);
            if (own < Score.DENOISING_THRESHOLD) {
                least = Math.min(least, m.value());
            } else {
                beyond.add("N = %s, n = %s: MSE up to %s, %s recovered"
                        .formatted(patterns, hidden, NumberText.brief(own), NumberText.percent(m.value())));
            }
        }
        String left = beyond.isEmpty()
                ? ""
                : "Left out, where clean cues leave a larger error: %s. ".formatted(String.join("; ", beyond));
        claims.add(new Finding(
                        task + "every cue comes back at MSE < 0.005, where the network gives clean ones back so well.",
                        where,
                        "least recovered fraction",
                        fraction -> fraction == 1,
                        left + others(here, RECOVERED))
                .beside(Double.isInfinite(least) ? OptionalDouble.empty() : OptionalDouble.of(least)));
        claims.add(new Finding(
                        task + "with the originals kept, every cue gives its own back, bit for bit.",
                        where,
                        "least exact fraction",
                        fraction -> fraction == 1,
                        "")
                .beside(least(here.where(MEMORY, Trial.ORIGINALS), Trial.EXACT)));
    }

    private void nearDuplicates(List<Claim> claims) {
        Results here = task(NearDuplicates.LOOKALIKES);
        Results codes = here.where(MEMORY, CODES);
        String unlike = count(here, NearDuplicates.UNLIKE);
        claims.add(new Finding(
                        "Every flag whose upper half is unlike all others comes back from it.",
                        sizes(here),
                        NearDuplicates.UNLIKE_RECOVERED,
                        fraction -> fraction == 1,
                        here.isEmpty()
                                ? ""
                                : "%s flags; %s answered as recalled. %s"
                                        .formatted(
                                                unlike,
                                                codes.percent(NearDuplicates.UNLIKE_RECALLED),
                                                others(here, NearDuplicates.UNLIKE_RECOVERED)))
                .beside(codes.value(NearDuplicates.UNLIKE_RECOVERED)));
        claims.add(new Finding(
                        "Every other flag is answered as ambiguous, with the right candidates.",
                        sizes(here),
                        NearDuplicates.RIGHT_CANDIDATES,
                        fraction -> fraction == 1,
                        here.isEmpty() ? "" : "%s flags.".formatted(count(here, NearDuplicates.ALIKE)))
                .beside(codes.value(NearDuplicates.RIGHT_CANDIDATES)));
    }

    private Claim alarms(String noise, String words) {
        Results all = task(Novelty.FAMILIARITY);
        Results here = all.where(NOISE, noise);
        String remark = here.isEmpty()
                ? ""
                : "AUROC %s, nearest-neighbour distance %s, residual of the affine span %s."
                        .formatted(auroc(here, CODES), auroc(here, NEAREST), auroc(here, SPAN));
        return new Finding(
                        "False alarms of familiarity at the calibrated 1 %% lie within 0.3 and 3 %%, %s."
                                .formatted(words),
                        sizes(all),
                        Novelty.FALSE_ALARMS,
                        rate -> rate >= FEWEST_ALARMS && rate <= MOST_ALARMS,
                        remark)
                .beside(here.where(MEMORY, CODES).value(Novelty.FALSE_ALARMS));
    }

    private static String auroc(Results here, String memory) {
        OptionalDouble area = here.where(MEMORY, memory).value(Novelty.AUROC);
        return area.isEmpty() ? "not computed" : NumberText.plain(area.getAsDouble());
    }

    private static Claim beside(Results here, String claim, String where, DoublePredicate holds) {
        Results codes = here.where(MEMORY, CODES);
        String remark = here.isEmpty()
                ? ""
                : "%s answered as recalled. %s".formatted(codes.percent(AnswerCounts.RIGHT), others(here, RECOVERED));
        return new Finding(claim, where, RECOVERED, holds, remark).beside(codes.value(RECOVERED));
    }

    private Results task(String task) {
        return results.where(TASK, task);
    }

    private static String sizes(Results here) {
        return here.isEmpty()
                ? "not computed"
                : "N = %s, n = %s"
                        .formatted(
                                String.join(", ", here.values("patterns")), String.join(", ", here.values("hidden")));
    }

    /** The least of the baselines over all cells. */
    private static String others(Results here, String metric) {
        return here.isEmpty()
                ? ""
                : "Nearest neighbour %s, affine span %s."
                        .formatted(
                                NumberText.percent(least(here.where(MEMORY, NEAREST), metric)),
                                NumberText.percent(least(here.where(MEMORY, SPAN), metric)));
    }

    private static String count(Results here, String metric) {
        return String.valueOf(Math.round(here.value(metric).orElse(0)));
    }

    private static OptionalDouble least(Results here, String metric) {
        return here.numbers(metric).min();
    }
}
