package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Engine;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceStep;
import dev.engram.inference.Settling;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.learning.GradientRule;
import dev.engram.learning.LearningRule;
import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.PriorMeans;
import dev.engram.network.UsualActivation;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Algorithm 1's inference, written and summed, against the definition stepped in double precision. */
class ConstantStepTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final double GAMMA = 0.05;

    static Stream<Arguments> networks() {
        List<List<Integer>> shapes =
                List.of(List.of(1, 1), List.of(63, 7), List.of(65, 64), List.of(1021, 65), List.of(600, 33, 17, 5));
        return Stream.<Activation>of(UsualActivation.values())
                .flatMap(f -> shapes.stream().flatMap(sizes -> Stream.of(1, 7).map(n -> Arguments.of(f, sizes, n))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyStepIsTheDefinitions(Activation f, List<Integer> sizes, int cues) {
        GenerativeNetwork network = Definition.network(f, 0.5, 3, sizes.toArray(Integer[]::new));
        ValueNodes start = Definition.values(network, cues, 4);
        double gamma = GAMMA / Math.max(1, spread(network));
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            List<ValueNodes> states = new ArrayList<>();
            List<double[][]> energies = new ArrayList<>();
            Inference.of(Solver.gradient(gamma), StopRule.steps(6))
                    .withEngine(engine)
                    .withObserver(step -> {
                        states.add(step.values().copy());
                        energies.add(
                                Stream.of(step.energy()).map(double[]::clone).toArray(double[][]::new));
                        return true;
                    })
                    .run(network, start, Clamp.all(network.size(0)));
            assertThat(states).hasSize(7);
            Definition definition = new Definition(network);
            for (int cue = 0; cue < cues; cue++) {
                double[][] x = Definition.cue(start, cue);
                double scale = definition.energy(x) + 1;
                for (int t = 0; t <= 6; t++) {
                    double found = energies.get(t)[cue][0];
                    for (int l = 1; l <= network.hiddenLayers(); l++) {
                        found += energies.get(t)[cue][l];
                        for (int i = 0; i < network.size(l); i++) {
                            assertThat((double) states.get(t).layer(l).get(cue, i))
                                    .as("%s, step %d, layer %d, node %d", engine, t, l, i)
                                    .isCloseTo(x[l][i], within(1e-4 * (1 + Math.abs(x[l][i]))));
                        }
                    }
                    assertThat(found)
                            .as("%s, energy at step %d", engine, t)
                            .isCloseTo(definition.energy(x), within(1e-4 * scale));
                    x = definition.step(x, gamma);
                }
            }
        }
    }

    /** A bound of the largest squared singular value: the sum of squares of the weights. */
    private static double spread(GenerativeNetwork network) {
        double sum = 0;
        for (int l = 1; l <= network.hiddenLayers(); l++) {
            for (float w : network.map(l).matrix(LA).data()) {
                sum += (double) w * w;
            }
        }
        return sum;
    }

    @Test
    void weightsInTheSpanOfThePatternsTakeTheSameSteps() {
        GenerativeNetwork any = Definition.network(Activation.RELU, 1, 5, 90, 12);
        Matrix patterns = Definition.values(any, 4, 6).layer(0);
        PatternSpan span = PatternSpan.of(LA, patterns);
        Matrix factor = Definition.network(Activation.RELU, 1, 7, 4, 12).weights(1);
        GenerativeNetwork spanned = GenerativeNetwork.ofMaps(
                Activation.RELU, List.of(new LinearMap.Spanned(span.basis(), factor)), any.memoryVector(), 1);
        GenerativeNetwork dense =
                GenerativeNetwork.of(Activation.RELU, List.of(spanned.map(1).matrix(LA)), any.memoryVector(), 1);
        Matrix cues = Definition.values(any, 3, 8).layer(0); // not in the span
        Inference twenty = Inference.of(Solver.gradient(0.01), StopRule.steps(20));
        Equilibrium expected = twenty.withEngine(Engine.REFERENCE).run(dense, cues, Clamp.all(90));
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            Equilibrium found = twenty.withEngine(engine).run(spanned, cues, Clamp.all(90));
            for (int cue = 0; cue < 3; cue++) {
                assertThat(found.totalEnergy(cue))
                        .isCloseTo(expected.totalEnergy(cue), within(1e-4 * expected.totalEnergy(cue)));
            }
        }
    }

    @Test
    void aStepThatIsTooLargeIsSaidAndOtherCuesGoOn() {
        // θ = 10: the curvature is 101, and γ = 0.1 multiplies the distance from rest by -9.1 at every step.
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 10f)), new float[] {1}, 1);
        Matrix cues = Matrix.wrap(2, 1, 3f, 10f); // the second is at rest: 10 · 1 = 10
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            Inference inference =
                    Inference.of(Solver.gradient(0.1), StopRule.steps(5)).withEngine(engine);
            assertThat(inference.run(network, cues, Clamp.all(1)).status())
                    .containsExactly(Status.ENERGY_ROSE, Status.CONVERGED);
            Equilibrium end = inference.withStop(StopRule.steps(500)).run(network, cues, Clamp.all(1));
            assertThat(end.status()).containsExactly(Status.DIVERGED, Status.CONVERGED);
            assertThat(end.values().layer(1).isFinite()).isTrue();
            assertThat(end.values().layer(1).get(1, 0)).isEqualTo(1);
            assertThat(end.steps()[0]).isLessThan(500);
        }
    }

    @Test
    void anObserverMayStopIt() {
        GenerativeNetwork network = Definition.network(Activation.TANH, 1, 5, 9, 4);
        Equilibrium end = Inference.of(Solver.gradient(0.01), StopRule.steps(50))
                .withObserver(step -> step.step() < 3)
                .run(network, Definition.values(network, 2, 6).layer(0), Clamp.all(9));
        assertThat(end.status()).containsOnly(Status.CANCELLED);
    }

    @Test
    void settlingEndsWhereRunningEnds() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 5, 40, 9, 4);
        ValueNodes start = Definition.values(network, 3, 6);
        for (Inference inference : List.of(
                Inference.of(Solver.gradient(0.01), StopRule.steps(20)),
                Inference.gradient(20),
                Inference.accelerated())) {
            ValueNodes run = inference.run(network, start, Clamp.all(40)).values();
            Settling settling = inference.settling(network, start.layer(0));
            assertThat(settling.settle(start).layers()).isEqualTo(run.layers());
            assertThat(settling.settle(start).layers()).as("again").isEqualTo(run.layers());
            assertThat(settling.forCues(network, start.layer(0)).settle(start).layers())
                    .isEqualTo(run.layers());
            assertThat(settling.hasDiverged()).isFalse();
        }
    }

    @Test
    void noCuesAndAnEngineThatIsNotForInference() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 5, 40, 9);
        Equilibrium end = Inference.of(Solver.gradient(0.01), StopRule.steps(20))
                .run(network, Matrix.zeros(0, 40), Clamp.all(40));
        assertThat(end.values().cues()).isZero();
        assertThatThrownBy(() -> Inference.newton().withEngine(Engine.SPAN)).hasMessageContaining("Maybe");
    }

    /** Another batch may be summed with the same G between any two updates. */
    @Test
    void aGramMatrixFromElsewhereIsThatOfTheWeightsAfterEveryPlainStep() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 5, 40, 9);
        ValueNodes x = Definition.values(network, 6, 6);
        Matrix gram = ClampedSensory.gramMatrix(LA, network.map(1));
        ConstantStep run = new ConstantStep(
                LA, network, x.layer(0), 0.01, ClampedSensory.gram(LA, gram, network.map(1), x.layer(0)));
        ChainEnergy energy = new ChainEnergy(LA, network, Clamp.all(40), 6);
        Evaluation found = energy.newEvaluation();
        LearningRule rule = GradientRule.plain(0.01);
        LearningRule.WeightUpdate update = rule.start(LA, network);
        for (int move = 1; move <= 130; move++) {
            run.start(x);
            energy.evaluateErrors(x, found);
            run.weightsMove(rule.plainStep(6).orElseThrow(), x, found.errors().get(0));
            update.apply(x, found);
            Matrix expected = ClampedSensory.gramMatrix(LA, network.map(1));
            for (int i = 0; i < expected.data().length; i++) {
                assertThat(gram.data()[i]).as("after move %d", move).isCloseTo(expected.data()[i], within(1e-3f));
            }
        }
    }

    /** So many that their nodes are shared among threads. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyCuesTakeTheStepsOfFew(boolean ownMeans) {
        int many = 330;
        for (Integer[] sizes : new Integer[][] {{6, 65}, {6, 65, 3}}) {
            GenerativeNetwork shared = Definition.network(Activation.RELU, 0.5, 3, sizes);
            ValueNodes start = Definition.values(shared, many, 4);
            GenerativeNetwork network = ownMeans
                    ? shared.withPriorMeans(
                            PriorMeans.perCue(Definition.values(shared, many, 5).layer(sizes.length - 1)))
                    : shared;
            int[] few = {0, 3, many - 1};
            for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
                Inference five = Inference.of(Solver.gradient(0.01), StopRule.steps(5))
                        .withEngine(engine)
                        .withLinearAlgebra(LinearAlgebra.withThreads(3));
                List<double[]> together = new ArrayList<>();
                List<double[]> alone = new ArrayList<>();
                Equilibrium end = five.withObserver(step -> together.add(totals(step, few)))
                        .run(network, start, Clamp.all(6));
                Equilibrium ofFew = five.withObserver(step -> alone.add(totals(step, 0, 1, 2)))
                        .run(network.forCues(few), start.rows(few), Clamp.all(6));
                assertThat(together).hasSize(6).hasSameSizeAs(alone);
                for (int t = 0; t < 6; t++) {
                    assertThat(together.get(t)).containsExactly(alone.get(t), within(1e-3));
                }
                for (int l = 1; l < sizes.length; l++) {
                    assertThat(end.values().layer(l).rows(few).data())
                            .containsExactly(ofFew.values().layer(l).data(), within(1e-5f));
                }
            }
        }
    }

    private static double[] totals(InferenceStep step, int... cues) {
        return IntStream.of(cues)
                .mapToDouble(cue -> DoubleStream.of(step.energy()[cue]).sum())
                .toArray();
    }

    /** Energies of the layers, and what force is left, where the last step leads. */
    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void theEndIsEvaluated(Activation f) {
        GenerativeNetwork shared = Definition.network(f, 0.5, 3, 7, 5, 4);
        ValueNodes start = Definition.values(shared, 2, 4);
        GenerativeNetwork network = shared.withPriorMeans(
                PriorMeans.perCue(Definition.values(shared, 2, 5).layer(2)));
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            for (int steps : new int[] {0, 1, 3}) {
                Inference inference = Inference.of(Solver.gradient(0.02), StopRule.steps(steps))
                        .withEngine(engine);
                Equilibrium end = inference.run(network, start, Clamp.all(7));
                assertThat(inference
                                .settling(network, start.layer(0))
                                .settle(start)
                                .layers())
                        .isEqualTo(end.values().layers());
                for (int cue = 0; cue < 2; cue++) {
                    GenerativeNetwork own = GenerativeNetwork.of(
                            f,
                            List.of(network.weights(1), network.weights(2)),
                            network.priorMeans().rows(2).row(cue),
                            0.5);
                    double[][] x = Definition.cue(start, cue);
                    Definition definition = new Definition(own);
                    for (int t = 0; t < steps; t++) {
                        x = definition.step(x, 0.02);
                    }
                    PlainDescent there =
                            new PlainDescent(own, new double[3], x, Clamp.all(7).row(0), false, false);
                    assertThat(end.totalEnergy(cue)).isCloseTo(there.energy(), within(1e-4 * there.energy()));
                    assertThat(end.residual()[cue]).isCloseTo(there.residual(), within(1e-4));
                    assertThat(end.steps()[cue]).isEqualTo(steps);
                    assertThat(end.status().get(cue)).isEqualTo(Status.STEPS_USED);
                }
            }
        }
    }

    /** The end is worse than where its step began, or not a number: known although no step is taken from there. */
    @Test
    void aLastStepThatIsTooLargeIsSaid() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 10f)), new float[] {1}, 1);
        Matrix cues = Matrix.wrap(2, 1, 3f, 10f);
        for (Engine engine : List.of(Engine.REFERENCE, Engine.REDUCED)) {
            Inference one =
                    Inference.of(Solver.gradient(0.1), StopRule.steps(1)).withEngine(engine);
            Equilibrium end = one.run(network, cues, Clamp.all(1));
            assertThat(end.status()).containsExactly(Status.ENERGY_ROSE, Status.CONVERGED);
            // 1 + 0.1 · 10 · (3 - 10) = -6, ε = 63 and -7
            assertThat(end.values().layer(1).get(0, 0)).isCloseTo(-6, within(1e-5f));
            assertThat(end.totalEnergy(0)).isCloseTo(0.5 * (63 * 63 + 49), within(1e-2));
            for (double gamma : new double[] {1e36, 1e38}) { // an infinite prediction, an infinite value
                Equilibrium back = Inference.of(Solver.gradient(gamma), StopRule.steps(1))
                        .withEngine(engine)
                        .run(network, cues, Clamp.all(1));
                assertThat(back.status()).containsExactly(Status.DIVERGED, Status.CONVERGED);
                assertThat(back.values().layer(1).data()).containsExactly(1, 1);
                assertThat(back.prediction().data()).containsExactly(10, 10);
                assertThat(back.totalEnergy(0)).isEqualTo(0.5 * 49);
            }
        }
    }
}
