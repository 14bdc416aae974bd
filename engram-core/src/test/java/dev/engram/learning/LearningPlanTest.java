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
