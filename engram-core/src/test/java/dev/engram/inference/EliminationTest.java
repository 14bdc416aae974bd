package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.graph.Activation;
import dev.engram.graph.Clamp;
import dev.engram.graph.Definition;
import dev.engram.graph.GenerativeNetwork;
import dev.engram.graph.ValueNodes;
import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Inference without the sensory layer against inference with it. */
class EliminationTest {
    private static final int D = 200;

    @ParameterizedTest
    @EnumSource(Activation.class)
    void withEverythingClampedTheHiddenLayersTakeTheSameSteps(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.5, 3, D, 8, 6);
        Matrix cues = Definition.values(network, 3, 4).layer(0);
        Clamp all = Clamp.all(D);
        assertThat(Elimination.pays(network, all, 3, 100)).isTrue();
        List<Double> fast = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        Inference inference = Inference.of(Solver.gradient(), StopRule.steps(100));
        Equilibrium eliminated =
                inference.withObserver(step -> fast.add(step.totalEnergy())).run(network, cues, all);
        Equilibrium written = inference
                .withObserver(step -> plain.add(step.totalEnergy()))
                .firstOrder(network, ValueNodes.predicted(inference.la(), network, cues), all);
        for (int t = 0; t <= 100; t++) {
            // the curvature bounds come from power iterations on other matrices and agree to a hundredth
            assertThat(fast.get(t)).as("energy at step %d", t).isCloseTo(plain.get(t), within(1e-2 * plain.get(t)));
        }
        for (int cue = 0; cue < 3; cue++) {
            assertThat(eliminated.totalEnergy(cue))
                    .isCloseTo(written.totalEnergy(cue), within(2e-3 * written.totalEnergy(cue)));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void withSomeNodesFreeTheEquilibriumIsTheSame(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.5, 5, D, 8, 6);
        Matrix cues = Definition.values(network, 3, 6).layer(0);
        Clamp half = Clamp.known(D, IntStream.range(0, D / 2).toArray());
        Inference patient = Inference.of(Solver.gradient(), StopRule.balanced(1e-4, 20_000));
        Equilibrium eliminated = patient.run(network, cues, half);
        Equilibrium written =
                patient.firstOrder(network, eliminated.values().copy(), half); // from there: it must already be at rest
        for (int cue = 0; cue < 3; cue++) {
            assertThat(eliminated.status().get(cue)).isEqualTo(Status.CONVERGED);
            assertThat(eliminated.totalEnergy(cue))
                    .isCloseTo(written.totalEnergy(cue), within(1e-4 * written.totalEnergy(cue)));
            for (int i = 0; i < D; i++) {
                assertThat(eliminated.values().layer(0).get(cue, i))
                        .isCloseTo(written.values().layer(0).get(cue, i), within(5e-3f));
            }
        }
    }

    @Test
    void aFixedStepStaysLiteralAndManyMasksStayWritten() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 7, D, 8);
        Clamp each =
                new Clamp(D, List.of(Clamp.all(D).row(0), Clamp.known(D, 1, 2).row(0)));
        assertThat(Elimination.pays(network, each, 2, 1000)).isFalse();
        assertThat(Elimination.pays(network, Clamp.all(D), 2, 1)).isFalse();
        int[] sensoryNodes = new int[1];
        Inference.of(Solver.gradient(0.001), StopRule.steps(50))
                .withObserver(step -> {
                    sensoryNodes[0] = step.values().layer(0).columns();
                    return true;
                })
                .run(network, Definition.values(network, 2, 8).layer(0), Clamp.all(D));
        assertThat(sensoryNodes[0]).isEqualTo(D);
    }
}
