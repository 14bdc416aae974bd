package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operations counted on paper. */
class InferencePlanTest {
    private static final GenerativeNetwork NETWORK = Definition.network(Activation.RELU, 1, 1, 1000, 20, 5);

    @Test
    void constantStepsCostFourProductsWrittenAndTwoOfNSquaredSummed() {
        // 3 cues, 10 steps: written 10 (4·3·20·1000 + 4·3·5·20); summed 20²·1000 + 2·3·20·1000 + 10 (2·3·20² +
        // 4·3·5·20).
        List<EngineCost> costs = costs(Inference.of(Solver.gradient(0.1), StopRule.steps(10)), Clamp.all(1000));
        assertThat(costs.get(0).engine()).isEqualTo(Engine.REFERENCE);
        assertThat(costs.get(0).operations()).isCloseTo(2_412_000, within(1e-6));
        assertThat(costs.get(1).engine()).isEqualTo(Engine.REDUCED);
        assertThat(costs.get(1).operations()).isCloseTo(556_000, within(1e-6));
        assertThat(EngineCost.cheapest(costs).engine()).isEqualTo(Engine.REDUCED);
    }

    @Test
    void everyMaskOfItsOwnIsSummedAnewUntilThatDoesNotPay() {
        Inference some = Inference.of(Solver.accelerated(), StopRule.steps(40));
        Clamp each = new Clamp(
                1000,
                IntStream.range(0, 3)
                        .mapToObj(i -> Clamp.known(1000, IntStream.range(i, 900).toArray())
                                .row(0))
                        .toList());
        double one = operations(some, Clamp.known(1000, IntStream.range(0, 900).toArray()), Engine.REDUCED);
        double three = operations(some, each, Engine.REDUCED);
        // two more masks: 4·20²·(899 + 898) operations for their Gram matrices and 2·20³ for their factors
        assertThat(three - one).isCloseTo(4 * 400 * (899 + 898) + 2 * 8_000, within(1e-6));
        assertThat(Inference.gradient(1).uses(NETWORK, each, 3)).isEqualTo(Engine.REFERENCE);
    }

    /** Of 15 known nodes and 20 units the nodes are fewer: 40 steps of 4·3·20·15 + 4·3·5·20, and nothing once. */
    @Test
    void noMoreKnownNodesThanDirectionsNeedNoDecomposition() {
        Inference some = Inference.of(Solver.accelerated(), StopRule.steps(40));
        Clamp few = Clamp.known(1000, IntStream.range(0, 15).toArray());
        assertThat(operations(some, few, Engine.REDUCED)).isCloseTo(40 * (3_600 + 1_200), within(1e-6));
        assertThat(some.uses(NETWORK, few, 3)).isEqualTo(Engine.REDUCED);
        GenerativeNetwork narrow = Definition.network(Activation.RELU, 1, 1, 15, 20, 5);
        assertThat(some.uses(narrow, Clamp.all(15), 3))
                .as("nothing to leave out")
                .isEqualTo(Engine.REFERENCE);
    }

    @Test
    void newtonWorksOnTheSummedFormOnly() {
        GenerativeNetwork flat = Definition.network(Activation.RELU, 1, 1, 50, 20);
        assertThat(Inference.newton().uses(flat, Clamp.all(50), 3)).isEqualTo(Engine.REDUCED);
        assertThatThrownBy(() -> Inference.newton()
                        .withEngine(Engine.REFERENCE)
                        .run(flat, Definition.values(flat, 3, 2).layer(0), Clamp.all(50)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Maybe");
    }

    /** As many floats as patterns, predictions and ten times the hidden values; summed away G = WᵀW instead of the sensory layer. */
    @Test
    void constantStepsHoldTheirLayers() {
        List<EngineCost> costs = costs(Inference.of(Solver.gradient(0.1), StopRule.steps(10)), Clamp.all(1000));
        assertThat(costs.get(0).bytes()).isEqualTo(4 * 3 * (1000 + 10 * 20));
        assertThat(costs.get(1).bytes()).isEqualTo(4 * (400 + 10 * 3 * 20));
    }

    /** Everything known, N = 3, d = 1000, n = 20, 40 steps: 4Nnd each, or once 4n²d + n³ and 4Nn² each; 1,200 above. */
    @Test
    void firstOrderStepsAreCountedOnPaper() {
        Inference some = Inference.of(Solver.accelerated(), StopRule.steps(40));
        List<EngineCost> costs = costs(some, Clamp.all(1000));
        assertThat(costs.get(0).operations()).isCloseTo(40 * (240_000 + 1_200), within(1e-6));
        assertThat(costs.get(0).bytes()).isEqualTo(4 * 3 * 1000 + 32 * 3 * 20);
        assertThat(costs.get(1).operations()).isCloseTo(1_600_000 + 8_000 + 40 * (4_800 + 1_200), within(1e-6));
        assertThat(costs.get(1).bytes()).isEqualTo(8 * 4 * 400 + 8 * 20 * 20 + 32 * 3 * 20);
        Inference annealed = some.withAnnealing(Annealing.decades(2));
        assertThat(operations(annealed, Clamp.all(1000), Engine.REFERENCE))
                .isCloseTo(3 * 40 * (240_000 + 1_200), within(1e-6));
        Clamp few = Clamp.known(1000, IntStream.range(0, 15).toArray());
        assertThat(costs(some, few).get(0).bytes()).isEqualTo(4 * 3 * 5 * 1000 + 32 * 3 * 20);
        assertThat(costs(some, few).get(1).bytes()).isEqualTo(8 * 15 * 20 + 32 * 3 * 20);
    }

    @Test
    void literalStepsMoveFreeNodes() {
        Clamp few = Clamp.known(1000, 1, 2);
        Inference literal = Inference.of(Solver.gradient(0.1), StopRule.steps(10));
        assertThat(costs(literal, few).get(1).obstacle()).contains("fixed γ");
        assertThat(costs(literal.withAnnealing(Annealing.decades(1)), Clamp.all(1000))
                        .get(1)
                        .obstacle())
                .isEmpty();
        assertThat(costs(Inference.gradient(10), few).get(1).obstacle()).isEmpty();
    }

    /** n = 20; in r coordinates a mask costs nr² + r³/3 and its weights, a cue two steps of 6nr + 4r². */
    @Test
    void newtonsStepsAreCountedOnPaper() {
        GenerativeNetwork dense = Definition.network(Activation.RELU, 1, 1, 50, 20);
        EngineCost all = newton(dense, Clamp.all(50));
        // WᵀW and its factor too: r²d + r³/3
        assertThat(all.operations())
                .isCloseTo(20_000 + 8_000 / 3.0 + 8_000 + 8_000 / 3.0 + 6 * (2_400 + 1_600), within(1e-6));
        assertThat(all.bytes()).isEqualTo(8 * (2 * 400 + 400) + 8 * 3 * (5 * 20 + 4 * 20));
        assertThat(all.how()).isEqualTo("Newton in 20 coordinates for 1 mask");
        assertThat(newton(dense, Clamp.known(50, 1, 2, 3, 4, 5)).operations())
                .isCloseTo(20 * 25 + 125 / 3.0 + 6 * (600 + 100), within(1e-6));
        Clamp each = new Clamp(
                50,
                List.of(
                        Clamp.known(50, 1, 2).row(0),
                        Clamp.known(50, 1).row(0),
                        Clamp.known(50, 1).row(0)));
        assertThat(newton(dense, each).how()).isEqualTo("Newton in 2 coordinates for 2 masks");
        assertThat(newton(dense, each).bytes()).isEqualTo(8 * (2 * 40 + 4) + 8 * 2 * (100 + 8));
    }

    /** Weights in the span of three directions: everything known costs nothing for them, two values 2n·3·2, ten 9·10 + 9 + 2n·9. */
    @Test
    void weightsInASpanCostTheirDirections() {
        GenerativeNetwork spanned = GenerativeNetwork.ofMaps(
                Activation.RELU,
                List.of(new LinearMap.Spanned(Matrix.zeros(3, 50), Matrix.zeros(3, 20))),
                new float[20],
                1);
        assertThat(newton(spanned, Clamp.all(50)).operations()).isCloseTo(20 * 9 + 9 + 6 * (360 + 36), within(1e-6));
        assertThat(newton(spanned, Clamp.known(50, 1, 2)).operations())
                .isCloseTo(240 + 20 * 4 + 8 / 3.0 + 6 * (240 + 16), within(1e-6));
        assertThat(newton(spanned, Clamp.known(50, IntStream.range(0, 10).toArray()))
                        .operations())
                .isCloseTo(90 + 9 + 360 + 180 + 9 + 6 * (360 + 36), within(1e-6));
        Inference some = Inference.of(Solver.accelerated(), StopRule.steps(40));
        List<EngineCost> costs = InferencePlan.of(some, spanned, Clamp.all(50), 3);
        assertThat(costs.get(0).operations()).isCloseTo(40 * 4 * 3 * 3 * 70, within(1e-6));
        assertThat(costs.get(1).operations()).isCloseTo(4 * 9 * 50 + 27 + 40 * 4 * 20 * 9, within(1e-6));
        List<EngineCost> constant = InferencePlan.constant(spanned, 3, 10);
        assertThat(constant.get(0).operations()).isCloseTo(10 * 4 * 3 * 20 * 3, within(1e-6));
    }

    private static EngineCost newton(GenerativeNetwork network, Clamp clamp) {
        List<EngineCost> costs = InferencePlan.of(Inference.newton(), network, clamp, 3);
        assertThat(costs.get(0).obstacle()).contains("Newton works in coordinates");
        return costs.get(1);
    }

    private static double operations(Inference inference, Clamp clamp, Engine engine) {
        return costs(inference, clamp).stream()
                .filter(cost -> cost.engine() == engine)
                .findFirst()
                .orElseThrow()
                .operations();
    }

    private static List<EngineCost> costs(Inference inference, Clamp clamp) {
        return InferencePlan.of(inference, NETWORK, clamp, 3);
    }
}
