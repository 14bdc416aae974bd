package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
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
