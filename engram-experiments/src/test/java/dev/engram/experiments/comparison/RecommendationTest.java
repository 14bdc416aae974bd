package dev.engram.experiments.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule, on numbers made up for each of its parts. */
class RecommendationTest {
    private static final Entrant NEAREST = new Entrant("nearest neighbour", new NearestNeighbourOptions());
    private static final Entrant MODERN = new Entrant("modern", ModernHopfieldOptions.euclidean(2));
    private static final Entrant PCN = new Entrant("pcn", PredictiveCodingOptions.defaults());
    private static final Entrant COVARIANCE = new Entrant("covariance", CovarianceOptions.defaults());

    @Test
    void theOriginalsAreKeptWhereNothingThatDoesAsWellIsSmaller() {
        Recommendation r = of(standing(NEAREST, 1000, 1, 1), standing(PCN, 2000, 0.1, 0.98));
        assertThat(r.choice()).contains("nearest neighbour");
        assertThat(r.advice())
                .startsWith("Keep the originals and use nearest neighbour")
                .contains("Where the patterns themselves may not be kept, use pcn: it recovers 98.0 %");
    }

    @Test
    void theSmallerOfTwoThatDoAsWellIsTaken() {
        Recommendation r = of(standing(NEAREST, 1000, 1, 1), standing(PCN, 500, 9, 0.995));
        assertThat(r.choice()).contains("pcn");
        assertThat(r.advice()).contains("nearest neighbour over the originals recovers 100 % with 1.0 kB");
    }

    @Test
    void smallIsNoExcuseForDoingWorse() {
        assertThat(of(standing(NEAREST, 1000, 1, 1), standing(PCN, 10, 0.1, 0.98))
                        .choice())
                .contains("nearest neighbour");
    }

    @Test
    void amongEqualsTheSimplestElseTheQuickest() {
        assertThat(of(standing(MODERN, 990, 0.1, 1), standing(NEAREST, 1000, 1, 1))
                        .choice())
                .contains("nearest neighbour");
        assertThat(of(standing(COVARIANCE, 980, 0.2, 1), standing(PCN, 1000, 0.1, 1))
                        .choice())
                .contains("pcn");
    }

    @Test
    void damagesCountAlike() {
        assertThat(of(standing(NEAREST, 100, 1, 1, 0.2), standing(PCN, 1000, 1, 0.7, 0.7))
                        .choice())
                .contains("pcn");
    }

    @Test
    void nothingIsRecommendedWhereNothingHelps() {
        Recommendation r = of(standing(NEAREST, 1000, 1, 0.4), standing(PCN, 2000, 1, 0.1));
        assertThat(r.choice()).isEmpty();
        assertThat(r.advice()).startsWith("None of them").contains("nearest neighbour, recovers 40.0 %");
        assertThat(of(Standing.absent(PCN, "no room")).choice()).isEmpty();
    }

    @Test
    void withoutOriginalsNothingMayDo() {
        Recommendation r = of(standing(NEAREST, 1000, 1, 1), standing(PCN, 2000, 1, 0.3));
        assertThat(r.advice()).contains("none does well; the best is pcn with 30.0 %");
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
        Answered outcome = Answered.of(new Score(new double[] {8, 1, 2, 4}), 3, 2, Matrix.zeros(0, 1));
        assertThat(outcome.medianError()).isEqualTo(3);
        assertThat(outcome.worstError()).isEqualTo(8);
        assertThat(outcome.recovered()).isEqualTo(0.5);
        assertThat(outcome.secondsPerRecall()).isEqualTo(0.5);
        assertThat(Answered.of(new Score(new double[] {5, 1, 3}), 3, 2, Matrix.zeros(0, 1))
                        .medianError())
                .isEqualTo(3);
    }

    private static Recommendation of(Standing... standings) {
        return Recommendation.of(List.of(standings));
    }

    private static Standing standing(Entrant entrant, long bytes, double seconds, double... recovered) {
        return new Standing(
                entrant,
                bytes,
                1,
                Arrays.stream(recovered)
                        .mapToObj(r -> new Answered(9, r, 0, 0, seconds, Matrix.zeros(0, 1)))
                        .toList(),
                "");
    }
}
