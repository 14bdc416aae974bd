package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.UsualActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inference without the sensory layer against inference with it. */
class ReductionTest {
    private static final int D = 200;

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void withEverythingClampedTheHiddenLayersTakeTheSameSteps(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.5, 3, D, 8, 6);
        Matrix cues = Definition.values(network, 3, 4).layer(0);
        Clamp all = Clamp.all(D);
        List<Double> fast = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        Inference inference = Inference.of(Solver.gradient(), StopRule.steps(100));
        assertThat(inference.uses(network, all, 3)).isEqualTo(Engine.REDUCED);
        Equilibrium eliminated =
                inference.withObserver(step -> fast.add(step.totalEnergy())).run(network, cues, all);
        Equilibrium written = inference
                .withObserver(step -> plain.add(step.totalEnergy()))
                .withEngine(Engine.REFERENCE)
                .run(network, cues, all);
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
    @EnumSource(UsualActivation.class)
    void withSomeNodesFreeTheEquilibriumIsTheSame(Activation activation) {
        GenerativeNetwork network = Definition.network(activation, 0.5, 5, D, 8, 6);
        Matrix cues = Definition.values(network, 3, 6).layer(0);
        Clamp half = Clamp.known(D, IntStream.range(0, D / 2).toArray());
        Inference patient = Inference.of(Solver.gradient(), StopRule.balanced(1e-4, 20_000));
        Equilibrium[] ends = requireSameEquilibrium(patient, network, cues, half);
        for (int cue = 0; cue < 3; cue++) {
            for (int i = 0; i < D; i++) {
                assertThat(ends[0].values().layer(0).get(cue, i))
                        .isCloseTo(ends[1].values().layer(0).get(cue, i), within(5e-3f));
            }
        }
    }

    /** Where the summed-away sensory layer comes to rest the written one must be at rest already: both ends, the first summed away. */
    private static Equilibrium[] requireSameEquilibrium(
            Inference patient, GenerativeNetwork network, Matrix cues, Clamp clamp) {
        Equilibrium eliminated = patient.withEngine(Engine.REDUCED).run(network, cues, clamp);
        Equilibrium written = patient.withEngine(Engine.REFERENCE)
                .run(network, eliminated.values().copy(), clamp);
        for (int cue = 0; cue < cues.rows(); cue++) {
            assertThat(eliminated.status().get(cue)).isEqualTo(Status.CONVERGED);
            assertThat(eliminated.totalEnergy(cue))
                    .isCloseTo(written.totalEnergy(cue), within(1e-4 * written.totalEnergy(cue)));
        }
        return new Equilibrium[] {eliminated, written};
    }

    /** No more known nodes than directions: they are the coordinates, with no decomposition, kept as a matrix or in a span. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFewKnownNodesAreTheirOwnCoordinates(boolean spanned) {
        GenerativeNetwork dense = Definition.network(Activation.RELU, 0.5, 5, D, 8, 6);
        GenerativeNetwork network = spanned
                ? dense.withSensoryMap(new LinearMap.Spanned(
                        Definition.values(dense, 6, 1).layer(0),
                        Definition.values(dense, 6, 2).layer(1)))
                : dense;
        Matrix cues = Definition.values(network, 3, 6).layer(0);
        Clamp few = Clamp.known(D, 3, 50, 51, 199);
        KnownWeights known = KnownWeights.of(LinearAlgebra.shared(), network.map(1), few.row(0));
        Matrix expected = network.map(1).matrix(LinearAlgebra.shared()).rows(3, 50, 51, 199);
        assertThat(known.sent().transpose().toFloat().data()).containsExactly(expected.data(), within(1e-5f));
        assertThat(known.coordinates(LinearAlgebra.shared(), cues, new int[] {2})
                        .cues()
                        .data())
                .containsExactly(cues.get(2, 3), cues.get(2, 50), cues.get(2, 51), cues.get(2, 199));
        requireSameEquilibrium(Inference.of(Solver.accelerated(), StopRule.balanced(1e-5, 20_000)), network, cues, few);
    }

    /** Weights that reach fewer directions than they have columns: the directions of rounding are left out. */
    @Test
    void hiddenNodesThatPredictTheSameNeedNoSecondCoordinate() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 5, D, 8, 6);
        Matrix twins = network.weights(1).copy();
        for (int i = 0; i < D; i++) {
            twins.set(i, 7, twins.get(i, 0));
        }
        LinearMap map = new LinearMap.Dense(twins);
        Matrix cues = Definition.values(network, 3, 6).layer(0);
        Clamp half = Clamp.known(D, IntStream.range(0, D / 2).toArray());
        KnownWeights known = KnownWeights.of(LinearAlgebra.shared(), map, half.row(0));
        assertThat(known.coordinates()).isEqualTo(7);
        assertThat(KnownWeights.of(LinearAlgebra.shared(), network.map(1), half.row(0))
                        .coordinates())
                .isEqualTo(8);
        GenerativeNetwork withTwins = network.withSensoryMap(map);
        requireSameEquilibrium(
                Inference.of(Solver.accelerated(), StopRule.balanced(1e-5, 20_000)), withTwins, cues, half);
    }

    /** Cues with masks of their own, some shared, end where each ends when asked alone; the observer sees them all. */
    @Test
    void cuesAreGroupedByTheirMasks() {
        GenerativeNetwork network = Definition.network(Activation.TANH, 0.5, 9, D, 8, 6);
        Matrix cues = Definition.values(network, 4, 10).layer(0);
        Clamp each = new Clamp(
                D,
                List.of(
                        Clamp.known(D, IntStream.range(0, 120).toArray()).row(0),
                        Clamp.known(D, IntStream.range(60, D).toArray()).row(0),
                        Clamp.known(D, IntStream.range(0, 120).toArray()).row(0),
                        Clamp.all(D).row(0)));
        Inference patient = Inference.of(Solver.accelerated(), StopRule.balanced(1e-4, 5_000));
        assertThat(patient.uses(network, each, 4)).isEqualTo(Engine.REDUCED);
        List<Integer> seen = new ArrayList<>();
        Equilibrium together = patient.withObserver(step -> {
                    seen.add(step.step());
                    assertThat(step.values().cues()).isEqualTo(4);
                    return true;
                })
                .run(network, cues, each);
        assertThat(seen).isEqualTo(IntStream.range(0, seen.size()).boxed().toList());
        for (int cue = 0; cue < 4; cue++) {
            Equilibrium alone = patient.withEngine(Engine.REFERENCE).run(network, cues.rows(cue), each.cues(cue));
            assertThat(together.status().get(cue)).isEqualTo(Status.CONVERGED);
            assertThat(together.totalEnergy(cue)).isCloseTo(alone.totalEnergy(0), within(1e-4 * alone.totalEnergy(0)));
        }
    }

    @Test
    void aFixedStepLeavesFreeNodesInTheirPlaceAndShortRunsStayWritten() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 7, D, 8);
        Clamp half = Clamp.known(D, IntStream.range(0, D / 2).toArray());
        Inference literal = Inference.of(Solver.gradient(0.001), StopRule.steps(5000));
        assertThat(literal.uses(network, half, 2)).isEqualTo(Engine.REFERENCE);
        assertThatThrownBy(() -> literal.withEngine(Engine.REDUCED)
                        .run(network, Definition.values(network, 2, 8).layer(0), half))
                .hasMessageContaining("free sensory nodes move");
        assertThat(Inference.gradient(1).uses(network, Clamp.all(D), 2)).isEqualTo(Engine.REFERENCE);
        int[] sensoryNodes = new int[1];
        literal.withObserver(step -> {
                    sensoryNodes[0] = step.values().layer(0).columns();
                    return step.step() < 10;
                })
                .run(network, Definition.values(network, 2, 8).layer(0), half);
        assertThat(sensoryNodes[0]).isEqualTo(D);
    }
}
