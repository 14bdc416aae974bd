package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.EngineCost;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations counted on paper, and what follows from them. */
class LearningPlanTest {
    private static final long PLENTY = 1L << 40;

    @Test
    void theReferenceEngineMultipliesByAllWeightsTwiceAStepAndTwiceAnUpdate() {
        // 10 patterns, 1000 -> 20; one update of 4 steps: 5 · 4 · 10 · 20 · 1000 = 4,000,000; the 10 x 10 solve 10² (10
        // + 20) + 10³ = 4,000.
        EngineCost reference = cost(plan(10, List.of(1000, 20), 1, 4, true, true, PLENTY), Engine.REFERENCE);
        assertThat(reference.operations()).isCloseTo(4_004_000, within(1e-6));
    }

    @Test
    void patternsFewerThanValuesMakeTheSpanTheCheapest() {
        LearningPlan plan = plan(100, List.of(12288, 1024), 10, 20, true, true, PLENTY);
        assertThat(EngineCost.cheapest(plan.costs()).engine()).isEqualTo(Engine.SPAN);
        assertThat(cost(plan, Engine.SPAN).operations())
                .isLessThan(cost(plan, Engine.REFERENCE).operations() / 50);
    }

    @Test
    void pictureSizeCostsTheSpanOnlyItsCoordinates() {
        LearningPlan small = plan(100, List.of(3072, 1024), 10, 20, true, true, PLENTY);
        LearningPlan large = plan(100, List.of(150528, 1024), 10, 20, true, true, PLENTY);
        double more =
                cost(large, Engine.SPAN).operations() - cost(small, Engine.SPAN).operations();
        assertThat(more).isCloseTo(2.0 * 100 * 100 * (150528 - 3072), within(1.0)); // XXᵀ
    }

    @Test
    void whatDoesNotApplyIsNamedAndNotTaken() {
        LearningPlan adam = plan(100, List.of(12288, 1024), 10, 20, true, false, PLENTY);
        assertThat(cost(adam, Engine.SPAN).obstacle()).contains("Adam");
        assertThat(EngineCost.cheapest(adam.costs()).engine()).isNotEqualTo(Engine.SPAN);
        LearningPlan crowded = plan(100, List.of(1500, 1024), 10, 20, false, true, PLENTY);
        assertThat(cost(crowded, Engine.SPAN).obstacle()).contains("1124").contains("1500");
        LearningPlan photos = plan(25, List.of(150528, 8192), 10, 20, true, true, 3L << 30);
        assertThat(cost(photos, Engine.REFERENCE).obstacle()).contains("3,072 MB");
        assertThat(EngineCost.cheapest(photos.costs()).engine()).isEqualTo(Engine.SPAN);
    }

    @Test
    void whereNoEngineAppliesThatIsSaid() {
        LearningPlan hopeless = plan(100, List.of(12288, 1024), 10, 20, true, true, 1);
        assertThatThrownBy(() -> EngineCost.cheapest(hopeless.costs())).hasMessageContaining("needs about");
    }

    /** As above: N = 10, d = 1000, n = 20, one update of T = 4 steps, the solve 4,000; the patterns' span has r = 10 dimensions. */
    @Test
    void operationsAndBytesOfALearningFromNought() {
        LearningPlan plan = plan(10, List.of(1000, 20), 1, 4, true, true, PLENTY);
        // Weights of 80,000 bytes twice, patterns and errors 80,000; seven times 200 hidden values are 5,600.
        assertThat(cost(plan, Engine.REFERENCE).bytes()).isEqualTo(160_000 + 80_000 + 5_600);
        // 4n²d + 20n³ + T·4Nn² + 4Nnd; in memory three n x n matrices of doubles too.
        assertThat(cost(plan, Engine.REDUCED).operations())
                .isCloseTo(1_600_000 + 160_000 + 64_000 + 800_000 + 4_000, within(1e-6));
        assertThat(cost(plan, Engine.REDUCED).bytes()).isEqualTo(160_000 + 9_600 + 80_000 + 5_600);
        // 2N²d + N³/3 once, (T + 1)·4Nnr; patterns twice, coordinates, and the audit of 256 cues at once.
        assertThat(cost(plan, Engine.SPAN).operations()).isCloseTo(200_000 + 1000 / 3.0 + 40_000 + 4_000, within(1e-6));
        assertThat(cost(plan, Engine.SPAN).bytes())
                .isEqualTo(80_000 + 400 + 8 * (200 + 100 + 256 * (6 * 20 + 4 * 10)) + 8 * 200);
    }

    /** A second hidden layer of 5, two updates, weights that start anywhere: r = 10 + 20; each step 4·10·5·20 more. */
    @Test
    void operationsAndBytesOfADeepLearningFromRandomWeights() {
        LearningPlan plan = plan(10, List.of(1000, 20, 5), 2, 4, false, true, PLENTY);
        assertThat(cost(plan, Engine.REFERENCE).operations()).isCloseTo(2 * (4_000_000 + 4_000 + 16_000), within(1e-6));
        assertThat(cost(plan, Engine.REFERENCE).bytes()).isEqualTo(240_000 + 7_000);
        assertThat(cost(plan, Engine.REDUCED).operations()).isCloseTo(2 * (2_624_000 + 4_000 + 16_000), within(1e-6));
        // The coordinates of the weights cost 3n²d + 6Nnd more.
        assertThat(cost(plan, Engine.SPAN).operations())
                .isCloseTo(200_000 + 1000 / 3.0 + 1_200_000 + 1_200_000 + 2 * (120_000 + 4_000 + 16_000), within(1e-6));
        assertThat(cost(plan, Engine.SPAN).bytes())
                .isEqualTo(160_000 + 80_000 + 1_200 + 8 * (600 + 900 + 256 * (120 + 120)) + 8 * 600);
    }

    @Test
    void theSpanHoldsWhatItsLargestPartNeeds() {
        // One update of many patterns: four times [4000, 4000], the weights twice, four times the hidden values.
        assertThat(cost(plan(4_000, List.of(8_000, 10), 1, 4, true, true, PLENTY), Engine.SPAN)
                        .bytes())
                .isEqualTo(256e6 + 64e6 + 4 * 4 * 16e6 + 2 * 4 * 40_000 + 4 * 4 * 40_000);
        // Two hidden layers of 10: seven times [2000, 2000].
        assertThat(cost(plan(2_000, List.of(10_000, 10, 10), 1, 4, true, true, PLENTY), Engine.SPAN)
                        .bytes())
                .isEqualTo(160e6 + 16e6 + 4 * 7 * 4e6 + 2 * 4 * 20_000 + 4 * 7 * 40_000);
        // More patterns than values: their products, [1000, 1000] in doubles, and the coordinates twice.
        assertThat(cost(plan(1_000, List.of(10, 2), 1, 4, true, true, PLENTY), Engine.SPAN)
                        .bytes())
                .isEqualTo(80_000 + 40_000 + 8e6 + 2 * 4 * 10_000);
    }

    /** Where more nodes than coordinates make it cheaper to sum the layer away: 4n²r + 20n³ + T(4Nn²) + 4Nnr, n = 2, r = 100. */
    @Test
    void theSpanIsSummedAwayTooWhereThatIsCheaper() {
        LearningPlan plan = plan(100, List.of(1000, 2), 1, 50, true, true, PLENTY);
        assertThat(cost(plan, Engine.SPAN).operations())
                .isCloseTo(2e7 + 1e6 / 3 + (1_600 + 160 + 50 * 1_600 + 80_000) + (2 * 2 * 102 + 8), within(1e-6));
    }

    @Test
    void randomWeightsAndPatternsMustStayWellBelowTheValues() {
        assertThat(cost(plan(10, List.of(60, 20), 1, 4, false, true, PLENTY), Engine.SPAN)
                        .obstacle())
                .isEmpty();
        assertThat(cost(plan(10, List.of(59, 20), 1, 4, false, true, PLENTY), Engine.SPAN)
                        .obstacle())
                .contains("(30)", "(59)");
        assertThat(cost(plan(10, List.of(59, 20), 1, 4, true, true, PLENTY), Engine.SPAN)
                        .obstacle())
                .isEmpty();
    }

    @Test
    void whatFitsExactlyFits() {
        List<Integer> sizes = List.of(1000, 20);
        assertThat(cost(plan(10, sizes, 1, 4, true, true, 245_600), Engine.REFERENCE)
                        .obstacle())
                .isEmpty();
        assertThat(cost(plan(10, sizes, 1, 4, true, true, 245_599), Engine.REFERENCE)
                        .obstacle())
                .isEqualTo("needs about 0 MB of memory; Java has 0 MB");
    }

    /** 100 patterns of 30 values, 5 units: N(d² + n² + 4nd) + 20d³ + n³/3, in blocks of 1,024. */
    @Test
    void sumsOverThePatternsAreCountedOnPaper() {
        List<EngineCost> costs =
                plan(100, List.of(30, 5), 1, 4, true, true, PLENTY).ofSums();
        assertThat(costs).extracting(EngineCost::engine).containsExactly(Engine.REFERENCE, Engine.REDUCED, Engine.SPAN);
        assertThat(costs.get(0).obstacle()).contains("learned from sums");
        assertThat(costs.get(2).obstacle()).contains("learned from sums");
        EngineCost sums = costs.get(1);
        assertThat(sums.obstacle()).isEmpty();
        assertThat(sums.operations()).isCloseTo(100 * (900 + 25 + 600) + 540_000 + 125 / 3.0, within(1e-6));
        assertThat(sums.bytes()).isEqualTo(8 * (2_700 + 75 + 300) + 16 * 35 * 1_024);
        // Fewer patterns than values: in their coordinates, the patterns themselves beside them.
        EngineCost fewer =
                plan(20, List.of(30, 5), 1, 4, true, true, PLENTY).ofSums().get(1);
        assertThat(fewer.operations()).isCloseTo(20 * (400 + 25 + 400) + 160_000 + 125 / 3.0, within(1e-6));
        assertThat(fewer.bytes()).isEqualTo(8 * (1_200 + 75 + 200) + 16 * 25 * 1_024 + 8 * 600);
        assertThat(plan(100, List.of(30, 5), 1, 4, true, true, 1)
                        .ofSums()
                        .get(1)
                        .obstacle())
                .contains("needs about");
    }

    private static LearningPlan plan(
            int patterns, List<Integer> sizes, int updates, int steps, boolean zero, boolean turns, long memory) {
        return new LearningPlan(patterns, sizes, updates, steps, zero, turns, memory);
    }

    private static EngineCost cost(LearningPlan plan, Engine engine) {
        return plan.costs().stream()
                .filter(c -> c.engine() == engine)
                .findFirst()
                .orElseThrow();
    }
}
