package dev.engram.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Calibration;
import dev.engram.memory.Identifier;
import dev.engram.memory.LookAlikes;
import dev.engram.memory.Mask;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Patterns are smooth: sums of few waves, so that strangers are of the same kind. */
class ExactSearchTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int VALUES = 400;
    private static final Matrix STORED = waves(300, 1);
    private static final Matrix STRANGERS = waves(1000, 2);
    private static final Mask ALL = Mask.all(VALUES);

    @Test
    void theNearestIsThatOfDistancesSummedOneByOne() {
        Matrix cues = noisy(STRANGERS.slice(0, 40), 0.1, 5);
        BitSet some = new BitSet();
        some.set(3, 60);
        for (Mask mask : List.of(ALL, Mask.known(VALUES, List.of(some)))) {
            ExactSearch.Found found = ExactSearch.over(LA, STORED).nearest(cues, mask);
            for (int cue = 0; cue < 40; cue++) {
                double least = Double.POSITIVE_INFINITY;
                int nearest = -1;
                for (int i = 0; i < STORED.rows(); i++) {
                    double sum = 0;
                    for (int j = 0; j < VALUES; j++) {
                        double error = (double) cues.get(cue, j) - STORED.get(i, j);
                        sum += mask.isKnown(cue, j) ? error * error : 0;
                    }
                    if (sum < least) {
                        least = sum;
                        nearest = i;
                    }
                }
                assertThat(found.nearest()[cue]).isEqualTo(nearest);
                assertThat(found.squared()[cue]).isCloseTo(least, within(1e-4 * least));
            }
        }
    }

    @Test
    void itSaysWhatItComparesWithAndMovesToOtherPatterns() {
        ExactSearch search = ExactSearch.over(LA, STORED).calibrated(0.05);
        assertThat(search.patterns()).isEqualTo(300);
        assertThat(search.pattern(7, 2).data())
                .as("but for the rounding of a mean that was taken off")
                .containsExactly(STORED.rows(7, 2).data(), within(1e-5f));
        ExactSearch moved = search.moved(STRANGERS);
        assertThat(moved.patterns()).isEqualTo(1000);
        assertThat(right(moved.identify(STRANGERS, ALL))).isGreaterThanOrEqualTo(950);
        assertThat(moved.calibration(ALL).falseAlarmRate()).isCloseTo(0.05, within(1e-3));
    }

    /** At a stated 5 %: with 300 patterns to calibrate on, 99 of 100 calibrations have a rate of 2.3 to 8.8 %. */
    @Test
    void strangersAreTakenForStoredOnesAtTheStatedRate() {
        Identifier search = ExactSearch.over(LA, STORED).calibrated(0.05);
        BitSet part = new BitSet();
        part.set(0, 50);
        for (Mask mask : List.of(ALL, Mask.known(VALUES, List.of(part)))) {
            for (double noise : new double[] {0, 0.1}) {
                double shown = mask == ALL ? noise : 0;
                assertThat(recalled(search.identify(noisy(STRANGERS, shown, 3), mask)))
                        .isBetween(10, 100);
                List<Answer> stored = search.identify(noisy(STORED, shown, 4), mask);
                assertThat(right(stored)).isGreaterThanOrEqualTo(285);
            }
        }
    }

    @Test
    void strangersWithUnmarkedDamageAreNotTakenForStoredOnes() {
        Identifier search = ExactSearch.over(LA, STORED).calibrated(0.05);
        for (double cover : new double[] {0, 0.7}) {
            assertThat(recalled(search.identifyDamaged(covered(STRANGERS, cover))))
                    .isLessThan(100);
            assertThat(right(search.identifyDamaged(covered(STORED, cover)))).isGreaterThanOrEqualTo(285);
        }
        assertThat(recalled(search.identifyDamaged(STRANGERS))).isLessThan(100);
        assertThat(right(search.identifyDamaged(STORED))).isEqualTo(300);
    }

    /** Copies of a few patterns, a little noisy: the others are recognised as before, a copy is recalled or ambiguous with its original. */
    @Test
    void nearCopiesChangeNothingForTheOthers() {
        int copies = 60;
        Matrix more = Matrix.zeros(300 + copies, VALUES);
        more.setRows(IntStream.range(0, 300).toArray(), STORED);
        more.setRows(IntStream.range(300, 300 + copies).toArray(), noisy(STORED.slice(0, copies), 0.004, 6));
        Identifier before = ExactSearch.over(LA, STORED).calibrated(0.01);
        Identifier after = ExactSearch.over(LA, more).calibrated(0.01);
        assertThat(after.calibration(ALL).threshold())
                .isCloseTo(before.calibration(ALL).threshold(), within(0.05));
        Matrix cues = noisy(STORED, 0.05, 7);
        assertThat(right(before.identify(cues, ALL))).isEqualTo(300);
        List<Answer> answers = after.identify(cues, ALL);
        for (int i = 0; i < 300; i++) {
            List<Integer> named = answers.get(i).candidates().stream()
                    .map(Answer.Candidate::index)
                    .toList();
            assertThat(answers.get(i)).isNotInstanceOf(Answer.Unfamiliar.class);
            assertThat(named).contains(i);
            assertThat(named.size()).isLessThanOrEqualTo(i < copies ? 2 : 1);
        }
        assertThat(after.lookAlikes()).hasSize(copies);
        for (LookAlikes pair : after.lookAlikes()) {
            assertThat(pair.second()).isEqualTo(pair.first() + 300);
            assertThat(pair.distance()).isBetween(1e-5, 2.5e-5); // 0.004²
        }
    }

    @Test
    void twoPatternsAreTooFewToCalibrate() {
        Identifier search = ExactSearch.over(LA, STORED.slice(0, 2));
        assertThat(search.calibration(ALL)).isEqualTo(Calibration.none());
        assertThat(search.identify(STORED.slice(0, 1), ALL).get(0)).isInstanceOf(Answer.Recalled.class);
        assertThat(search.identifyDamaged(STORED.slice(0, 1)).get(0)).isInstanceOf(Answer.Recalled.class);
    }

    private static int recalled(List<Answer> answers) {
        return (int) answers.stream().filter(Answer.Recalled.class::isInstance).count();
    }

    private static int right(List<Answer> answers) {
        return (int) IntStream.range(0, answers.size())
                .filter(i -> answers.get(i) instanceof Answer.Recalled recalled && recalled.index() == i)
                .count();
    }

    /** With a third of the values at one number. */
    private static Matrix covered(Matrix patterns, double with) {
        Matrix cues = patterns.copy();
        for (int cue = 0; cue < cues.rows(); cue++) {
            int from = 37 * cue % 266;
            for (int j = from; j < from + 133; j++) {
                cues.set(cue, j, (float) with);
            }
        }
        return cues;
    }

    private static Matrix noisy(Matrix patterns, double deviation, long seed) {
        Random random = new Random(seed);
        Matrix cues = patterns.copy();
        for (int at = 0; at < cues.data().length && deviation > 0; at++) {
            cues.data()[at] += (float) (deviation * random.nextGaussian());
        }
        return cues;
    }

    private static Matrix waves(int rows, long seed) {
        Random random = new Random(seed);
        Matrix waves = Matrix.zeros(rows, VALUES);
        for (int i = 0; i < rows; i++) {
            List<double[]> parts = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                parts.add(new double[] {random.nextGaussian(), 1 + 40 * random.nextDouble(), 7 * random.nextDouble()});
            }
            for (int j = 0; j < VALUES; j++) {
                double sum = 0;
                for (double[] part : parts) {
                    sum += 0.1 * part[0] * Math.sin(part[1] * j / VALUES + part[2]);
                }
                waves.set(i, j, (float) (0.5 + sum));
            }
        }
        return waves;
    }
}
