package dev.engram.experiments.baselines;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.SIXTEENTH;
import static dev.engram.experiments.kit.Parts.NOISE;

import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.io.PatternSet;
import dev.engram.memory.Mask;
import dev.engram.memory.baseline.AffineSpan;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.List;

/** The first N pictures of a data set, damaged in every way and shown to both memories. */
final class BaselinesCell {
    static final String KNOWN_VALUES = "known values";
    static final String EXPECTED_ERROR = "sigma^2 N / d";
    static final String SHEET = "completion from 1/16";
    static final Question DEVIATION = named(Question.ofStandardDeviation(0.2));
    static final Question VARIANCE = named(Question.ofVariance(0.2));
    static final List<Question> NOISES = List.of(DEVIATION, VARIANCE);
    private static final int SHOWN = 12;

    private BaselinesCell() {}

    /** Of these settings alone the noise is named in full. */
    private static Question named(Question noise) {
        return new Question(NOISE, "noise of " + noise.value(), noise.damage());
    }

    /** @param cues how many of the pictures are asked for */
    static void run(Workbench bench, PatternSet set, int cues) {
        Contest contest = new Contest(bench, set.patterns(), set.shape(), cues, Contest.Kept.ANSWERS)
                .enterReady(SPAN, new AffineSpan(bench.la(), set.patterns()))
                .enterReady(NEAREST, new NearestNeighbour(bench.la(), set.patterns()));
        for (double fraction : Fractions.PAPER) {
            Question part = Question.known(fraction);
            Mask mask = part.damage()
                    .apply(contest.originals(), set.shape(), bench.seed())
                    .known()
                    .orElseThrow();
            bench.measure(part.on(bench.setting()), KNOWN_VALUES, mask.knownValues(0));
            Answers answers = contest.ask(part);
            if (fraction == SIXTEENTH) {
                bench.sheet(SHEET, answers.sheet(SHOWN));
            }
        }
        for (Question noise : NOISES) {
            double remains =
                    noise.noise().variance() * set.count() / set.shape().values();
            bench.measure(noise.on(bench.setting()), EXPECTED_ERROR, remains);
            contest.ask(noise);
        }
    }
}
