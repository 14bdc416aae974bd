package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.learning.GradientRule;
import dev.engram.learning.LearningRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inference again and again while the weights move: always that of the weights as they are. */
class SettlingTest {
    private static final int VALUES = 40;
    private static final int NODES = 9;
    private static final int PATTERNS = 6;
    private static final int STEPS = 8;
    private static final double RATE = 0.2;
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    private final GenerativeNetwork network = Definition.network(Activation.RELU, 1, 5, VALUES, NODES);
    private final ValueNodes start = Definition.values(network, PATTERNS, 6);

    private static Inference inference(Engine engine) {
        return Inference.of(Solver.gradient(0.02), StopRule.steps(STEPS)).withEngine(engine);
    }

    /** One weight update of Algorithm 1, of which the settling is told. */
    private void move(Settling settling, ValueNodes end) {
        ChainEnergy energy = new ChainEnergy(LA, network, Clamp.all(VALUES), PATTERNS);
        Evaluation errors = energy.newEvaluation();
        energy.evaluateErrors(end, errors);
        LearningRule rule = GradientRule.plain(RATE);
        settling.weightsMove(
                rule.plainStep(PATTERNS).orElseThrow(), end, errors.errors().get(0));
        rule.start(LA, network).apply(end, errors);
    }

    private static void assertClose(ValueNodes actual, ValueNodes expected) {
        for (int l = 0; l < expected.layers().size(); l++) {
            assertThat(actual.layer(l).data()).containsExactly(expected.layer(l).data(), within(1e-4f));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"REFERENCE", "REDUCED"})
    void itFollowsTheWeights(Engine engine) {
        Settling settling = inference(engine).settling(network, start.layer(0));
        ValueNodes first = settling.settle(start).copy();
        for (int update = 0; update < 3; update++) {
            ValueNodes end = settling.settle(start);
            assertClose(
                    end,
                    inference(engine).run(network, start, Clamp.all(VALUES)).values());
            move(settling, end);
        }
        ValueNodes last = settling.settle(start);
        assertThat(Math.sqrt(last.layer(1).minus(first.layer(1)).squaredLength()
                        / first.layer(1).squaredLength()))
                .as("the weights have moved it")
                .isGreaterThan(0.01);
        network.weights(1).data()[3] += 0.5f;
        settling.weightsChange();
        assertClose(
                settling.settle(start),
                inference(engine).run(network, start, Clamp.all(VALUES)).values());
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"REFERENCE", "REDUCED"})
    void someStepsAndThenTheOthersAreAllSteps(Engine engine) {
        Settling settling = inference(engine).settling(network, start.layer(0));
        ValueNodes all = settling.settle(start).copy();
        settling.start(start);
        assertClose(settling.values(), start);
        settling.advance(3);
        assertThat(settling.values().layer(1)).isNotEqualTo(all.layer(1));
        settling.advance(STEPS - 3);
        assertClose(settling.values(), all);
        assertThat(settling.hasDiverged()).isFalse();
    }

    @Test
    void otherInferenceGoesOnFromWhereItStands() {
        Settling settling = Inference.gradient(STEPS).settling(network, start.layer(0));
        assertClose(settling.values(), ValueNodes.predicted(LA, network, start.layer(0)));
        ValueNodes all = settling.settle(start).copy();
        settling.start(start);
        settling.advance(1);
        ValueNodes one = settling.values().copy();
        assertThat(one.layer(1)).isNotEqualTo(start.layer(1));
        settling.advance(STEPS);
        assertThat(settling.values().layer(1)).isNotEqualTo(one.layer(1));
        assertThat(all.layer(1)).isNotEqualTo(one.layer(1));
        assertThat(settling.sums()).isEmpty();
    }

    @Test
    void cuesAreInferredByTheSameWeights() {
        Matrix cues = Definition.values(network, 4, 9).layer(0);
        ValueNodes from = ValueNodes.predicted(LA, network, cues);
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            Settling settling = inference(engine).settling(network, start.layer(0));
            settling.settle(start);
            assertClose(
                    settling.forCues(network, cues).settle(from),
                    inference(engine).run(network, from, Clamp.all(VALUES)).values());
        }
    }

    @Test
    void stepsThatAreTooLongAreNoticed() {
        Settling settling =
                Inference.of(Solver.gradient(1e30), StopRule.steps(9)).settling(network, start.layer(0));
        ValueNodes end = settling.settle(start);
        assertThat(settling.hasDiverged()).isTrue();
        assertThat(end.layer(1).isFinite()).isTrue();
    }

    @Test
    void sumsCanBeTakenOver() {
        Settling settling = inference(Engine.REDUCED).settling(network, start.layer(0));
        move(settling, settling.settle(start));
        move(settling, settling.settle(start));
        Map<String, Tensor> sums = new HashMap<>();
        settling.sums().forEach((name, tensor) -> sums.put(name, tensor.copy()));
        assertThat(sums).containsOnlyKeys("gram", "sent_up", "moves");
        assertThat(sums.get("moves").get(0)).isEqualTo(2);
        ValueNodes straight = settling.settle(start).copy();

        Settling other = inference(Engine.REDUCED).settling(network, start.layer(0));
        other.restore(sums);
        assertThat(other.settle(start).layers()).as("to the last bit").isEqualTo(straight.layers());
        assertThat(other.sums().get("moves").get(0)).isEqualTo(2);
        other.restore(Map.of());
        assertThat(other.sums()).as("to be formed again").isEmpty();
        assertClose(other.settle(start), straight);

        Map<String, Tensor> lacking = new HashMap<>(sums);
        lacking.remove("sent_up");
        assertThatThrownBy(() -> other.restore(lacking)).hasMessageContaining("missing");
        Map<String, Tensor> foreign = new HashMap<>(sums);
        foreign.put("gram", sums.get("sent_up"));
        assertThatThrownBy(() -> other.restore(foreign)).hasMessageContaining("another network");
        foreign.put("gram", Tensor.wrap(new double[NODES * NODES], NODES, NODES));
        assertThatThrownBy(() -> other.restore(foreign)).isInstanceOf(IllegalArgumentException.class);
    }
}
