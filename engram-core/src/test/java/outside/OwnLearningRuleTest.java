package outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.inference.Engine;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.Learning;
import dev.engram.learning.LearningRule;
import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.memory.sequence.TemporalOptions;
import dev.engram.network.Activation;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import dev.engram.optimiser.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A learning rule that was written outside the library. */
class OwnLearningRuleTest {
    private static final double RATE = 0.2;
    private static final Matrix PATTERNS = Own.cues(5, 12);
    private static final Shape SHAPE = Shape.of(12);

    private static Learning learning(LearningRule rule, Solver solver) {
        Inference five = Inference.of(solver, StopRule.steps(5));
        return new Learning(rule, 9, five, Learning.Start.WARM, 0.1);
    }

    @Test
    void gradientStepsOfOnesOwnLearnTheSameWeights() {
        for (int layers = 2; layers <= 3; layers++) {
            GenerativeNetwork initial =
                    layers == 2 ? Own.network(Activation.TANH, 12, 7) : Own.network(Activation.TANH, 12, 7, 6);
            for (Solver solver : List.of(Solver.gradient(0.05), Solver.gradient())) {
                GenerativeNetwork own = learning(new Own.Rule(RATE, false), solver)
                        .learn(initial, PATTERNS, 7, p -> true)
                        .network();
                GenerativeNetwork usual = learning(GradientRule.plain(RATE), solver)
                        .learn(initial, PATTERNS, 7, p -> true)
                        .network();
                for (int l = 1; l < layers; l++) {
                    assertThat(Own.distance(own.weights(l), usual.weights(l))).isLessThan(1e-5);
                }
                assertThat(own.memoryVector()).containsExactly(usual.memoryVector(), within(1e-5f));
                assertThat(Own.distance(own.weights(1), initial.weights(1))).isGreaterThan(0.01);
            }
        }
    }

    @Test
    void itLearnsInPartsWhereItSaysSo() {
        GenerativeNetwork initial = Own.network(Activation.TANH, 12, 7);
        PatternBlocks blocks = PatternBlocks.of(PATTERNS);
        Learning able = learning(new Own.Rule(RATE, true), Solver.gradient(0.05));
        GenerativeNetwork inParts =
                able.learn(initial, blocks, 7, p -> true, Optional.empty()).network();
        GenerativeNetwork together = able.learn(initial, PATTERNS, 7, p -> true).network();
        assertThat(Own.distance(inParts.weights(1), together.weights(1))).isLessThan(1e-5);

        Learning unable = learning(new Own.Rule(RATE, false), Solver.gradient(0.05));
        assertThatThrownBy(() -> unable.learn(initial, blocks, 7, p -> true, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "The rule Rule[rate=0.2, learnsInParts=false] does not learn patterns in parts. Maybe ");
    }

    @Test
    void aMemoryLearnsByIt() {
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults()
                .withRule(new Own.Rule(RATE, false))
                .withUpdates(400);
        Learned<PredictiveCodingMemory> learned =
                options.learn(PATTERNS, SHAPE, 1, MemoryModel.Watch.NONE, LinearAlgebra.shared());
        assertThat(learned.outcome()).isEqualTo(Outcome.COMPLETED);
        double usual = options.withRule(GradientRule.plain(RATE))
                .learn(PATTERNS, SHAPE, 1, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .audit()
                .mean();
        assertThat(learned.audit().mean()).isCloseTo(usual, withinPercentage(1)).isLessThan(0.01);
        assertThat(options.describe()).containsEntry("learning", "own").containsEntry("learning_rate", "0.2");
        assertThat(options.learnsInParts(5, SHAPE)).isFalse();
        assertThat(options.withRule(new Own.Rule(RATE, true)).learnsInParts(5, SHAPE))
                .isTrue();
    }

    /** It has not said that it turns: it learns on the patterns' own values, never in their span. */
    @Test
    void whatItDoesNotPromiseIsNotUsed() {
        LearningRule rule = new Own.Rule(RATE, false);
        assertThat(rule.turns() || rule.learnsInParts() || rule.needsRates()).isFalse();
        assertThat(rule.plainStep(5)).isEmpty();
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults().withRule(rule);
        assertThatThrownBy(() -> options.withEngine(Engine.SPAN)
                        .learn(PATTERNS, SHAPE, 1, MemoryModel.Watch.NONE, LinearAlgebra.shared()))
                .hasMessageContaining("The SPAN engine does not apply: the rule depends on the coordinates");
        assertThatThrownBy(() -> TemporalOptions.defaults().withRule(rule, 5))
                .hasMessageContaining("does not learn sequences");
    }

    @Test
    void oneThatLeavesTheFiniteNumbersHasDiverged() {
        LearningRule broken = new LearningRule() {
            @Override
            public Map<String, String> describe() {
                return Map.of("learning", "broken");
            }

            @Override
            public WeightUpdate start(LinearAlgebra la, GenerativeNetwork network) {
                return (x, found) -> spoil(network, x, found);
            }
        };
        Learning.Result result =
                learning(broken, Solver.gradient()).learn(Own.network(Activation.RELU, 12, 7), PATTERNS, 7, p -> true);
        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.network().isFinite()).isTrue();
    }

    private static OptionalDouble spoil(GenerativeNetwork network, ValueNodes x, Evaluation found) {
        network.weights(1)
                .set(
                        0,
                        0,
                        x.layer(1).get(0, 0) * Float.POSITIVE_INFINITY
                                + found.errors().size());
        return OptionalDouble.empty();
    }
}
