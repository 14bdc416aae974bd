package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Annealing;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.PriorMeans;
import dev.engram.network.UsualActivation;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Newton's method against the minimum that coordinate descent finds, and every point it passes against the definition. */
class NewtonTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int CUES = 5;
    private static final double CLOSE = 1e-5;
    private static final Inference EXACT = Inference.newton().withStop(StopRule.balanced(1e-9, 100));

    static Stream<Arguments> networks() {
        List<Arguments> networks = new ArrayList<>();
        for (Activation f : List.of(Activation.RELU, Activation.LINEAR)) {
            for (List<Integer> sizes : List.of(List.of(9, 3), List.of(9, 14), List.of(6, 6))) {
                for (double lambda : new double[] {0.5, 0.02}) {
                    for (boolean ownMeans : new boolean[] {false, true}) {
                        networks.add(Arguments.of(f, sizes, lambda, ownMeans));
                    }
                }
            }
        }
        return networks.stream();
    }

    private static GenerativeNetwork network(Activation f, List<Integer> sizes, double lambda, boolean ownMeans) {
        GenerativeNetwork network = Definition.network(f, lambda, 7, sizes.toArray(Integer[]::new));
        return ownMeans
                ? network.withPriorMeans(
                        PriorMeans.perCue(Definition.values(network, CUES, 8).layer(1)))
                : network;
    }

    /** Whole, half and barely known cues, and one of which nothing is known; two share their mask. */
    private static Clamp each(int d) {
        BitSet half = Clamp.known(d, IntStream.range(0, d / 2).toArray()).row(0);
        return new Clamp(
                d,
                List.of(
                        half,
                        Clamp.all(d).row(0),
                        half,
                        Clamp.known(d, d - 1).row(0),
                        Clamp.known(d).row(0)));
    }

    private static List<Clamp> clamps(int d) {
        return List.of(
                Clamp.all(d),
                Clamp.known(d, 0, 1, d - 2),
                Clamp.known(d, IntStream.range(1, d).toArray()),
                each(d));
    }

    /** The known nodes of a cue, with its own mean, as a network of its own. */
    private static GenerativeNetwork own(GenerativeNetwork network, Clamp clamp, int cue, double factor) {
        Matrix rows = network.map(1).matrix(LA).rows(clamp.indices(cue));
        return GenerativeNetwork.of(
                network.activation(),
                List.of(rows),
                network.priorMeans().rows(CUES).row(cue),
                network.priorPrecision() * factor);
    }

    /** The values of a cue, the known ones alone in its sensory layer. */
    private static double[][] own(ValueNodes x, Clamp clamp, int cue) {
        double[][] values = Definition.cue(x, cue);
        double[] sensory = values[0];
        return new double[][] {
            clamp.row(cue).stream().mapToDouble(i -> sensory[i]).toArray(), values[1]
        };
    }

    /**
     * The hidden values at the minimum that is reached from the predicted state, one coordinate after the other: rates of ReLU units stay at
     * 0 or above, and units with b below 0 stay there.
     */
    private static double[] minimum(GenerativeNetwork own, double[] sensory) {
        boolean hasKink = own.activation() == Activation.RELU;
        Definition definition = new Definition(own);
        double[] x = definition.b().clone();
        double[] errors = definition.errors(new double[][] {sensory, x})[0];
        double most = 1;
        for (int sweep = 0; sweep < 20_000 && most > 1e-13; sweep++) {
            most = 0;
            for (int j = 0; j < x.length; j++) {
                double b = definition.b()[j];
                if (hasKink && b < 0) {
                    continue;
                }
                double curvature = own.priorPrecision();
                double force = -own.priorPrecision() * (x[j] - b);
                for (int i = 0; i < sensory.length; i++) {
                    double w = definition.theta(1)[i][j];
                    curvature += w * w;
                    force += w * errors[i];
                }
                double to = hasKink ? Math.max(x[j] + force / curvature, 0) : x[j] + force / curvature;
                for (int i = 0; i < sensory.length; i++) {
                    errors[i] -= definition.theta(1)[i][j] * (to - x[j]);
                }
                most = Math.max(most, Math.abs(to - x[j]));
                x[j] = to;
            }
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void itEndsAtTheMinimum(Activation f, List<Integer> sizes, double lambda, boolean ownMeans) {
        GenerativeNetwork network = network(f, sizes, lambda, ownMeans);
        Matrix cues = Definition.values(network, CUES, 9).layer(0);
        for (Clamp clamp : clamps(sizes.get(0))) {
            Equilibrium end = EXACT.run(network, cues, clamp);
            double[][] energies = EXACT.energies(network, cues, clamp);
            for (int cue = 0; cue < CUES; cue++) {
                GenerativeNetwork own = own(network, clamp, cue, 1);
                double[][] x = own(end.values(), clamp, cue);
                double[] expected = minimum(own, x[0]);
                assertThat(end.status().get(cue).isEquilibrium()).isTrue();
                assertThat(end.residual()[cue]).isLessThan(1e-6);
                assertThat(x[1]).as("cue %d of %s", cue, clamp).containsExactly(expected, within(CLOSE));
                double least = new Definition(own).energy(new double[][] {x[0], expected});
                assertThat(end.totalEnergy(cue)).isCloseTo(least, within(CLOSE * (1 + least)));
                assertThat(DoubleStream.of(energies[cue]).sum()).isCloseTo(least, within(CLOSE * (1e-3 + least)));
                if (clamp.row(cue).isEmpty()) {
                    assertThat(end.steps()[cue]).as("it begins at rest").isZero();
                } else { // one step is exact where no unit comes to its kink; another may take off what rounding left
                    assertThat(end.steps()[cue]).isBetween(1, f == Activation.LINEAR ? 2 : 8);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void everyCueIsAloneAmongOthers(Activation f, List<Integer> sizes, double lambda, boolean ownMeans) {
        GenerativeNetwork network = network(f, sizes, lambda, ownMeans);
        Matrix cues = Definition.values(network, CUES, 10).layer(0);
        Clamp each = each(sizes.get(0));
        Equilibrium together = Inference.newton().run(network, cues, each);
        for (int cue = 0; cue < CUES; cue++) {
            Equilibrium alone = Inference.newton().run(network.forCues(cue), cues.rows(cue), each.cues(cue));
            assertThat(alone.status().get(0))
                    .isEqualTo(together.status().get(cue))
                    .isEqualTo(Status.CONVERGED);
            assertThat(alone.steps()[0]).isEqualTo(together.steps()[cue]);
            assertThat(alone.residual()[0]).isCloseTo(together.residual()[cue], within(1e-6));
            for (int l = 0; l < 2; l++) {
                assertThat(alone.values().layer(l).row(0))
                        .containsExactly(together.values().layer(l).row(cue), within(1e-5f));
            }
        }
    }

    /** From anywhere, silent units and such on their kink among them: never uphill, the energies those of the points shown, to where nothing pulls. */
    @ParameterizedTest
    @MethodSource("networks")
    void fromAnywhereItGoesDownToBalance(Activation f, List<Integer> sizes, double lambda, boolean ownMeans) {
        GenerativeNetwork network = network(f, sizes, lambda, ownMeans);
        for (long seed = 20; seed < 25; seed++) {
            ValueNodes start = Definition.values(network, CUES, seed);
            for (int cue = 0; cue < CUES; cue++) {
                start.layer(1).set(cue, cue % sizes.get(1), 0);
            }
            for (Clamp clamp : clamps(sizes.get(0))) {
                double[] last = new double[CUES];
                InferenceObserver watch = step -> {
                    for (int cue = 0; cue < CUES; cue++) {
                        double energy = DoubleStream.of(step.energy()[cue]).sum();
                        if (step.energy()[cue][0] != 0) { // cues of other masks come later
                            double[][] x = own(step.values(), clamp, cue);
                            x[0] = own(start, clamp, cue)[0];
                            assertThat(energy)
                                    .isCloseTo(
                                            new Definition(own(network, clamp, cue, 1)).energy(x),
                                            within(CLOSE * (1 + energy)));
                            assertThat(last[cue] == 0 || energy <= last[cue] * (1 + 1e-9))
                                    .isTrue();
                            last[cue] = energy;
                        }
                    }
                    return true;
                };
                Equilibrium end = EXACT.withObserver(watch).run(network, start, clamp);
                for (int cue = 0; cue < CUES; cue++) {
                    GenerativeNetwork own = own(network, clamp, cue, 1);
                    double[][] x = own(end.values(), clamp, cue);
                    PlainDescent there = new PlainDescent(
                            own, new double[2], x, Clamp.all(x[0].length).row(0), false, true);
                    assertThat(end.status().get(cue).isEquilibrium()).isTrue();
                    assertThat(there.residual()).isLessThan(2e-3);
                    assertThat(end.steps()[cue]).isLessThan(40);
                }
            }
        }
    }

    /** It goes straight to the last λ, which has one minimum. */
    @ParameterizedTest
    @ValueSource(strings = {"RELU", "LINEAR"})
    void stagesOfTheAnnealingAreSkipped(UsualActivation f) {
        GenerativeNetwork network = network(f, List.of(9, 14), 0.5, false);
        Matrix cues = Definition.values(network, CUES, 9).layer(0);
        Clamp clamp = each(9);
        List<Double> lambdas = new ArrayList<>();
        Equilibrium end = EXACT.withAnnealing(new Annealing(List.of(1.0, 0.1, 0.02)))
                .withObserver(step -> lambdas.add(step.priorPrecision()))
                .run(network, cues, clamp);
        assertThat(lambdas).containsOnly(0.01);
        for (int cue = 0; cue < CUES; cue++) {
            GenerativeNetwork own = own(network, clamp, cue, 0.02);
            double[][] x = own(end.values(), clamp, cue);
            double[] expected = minimum(own, x[0]);
            assertThat(x[1]).containsExactly(expected, within(CLOSE));
            double least = new Definition(own).energy(new double[][] {x[0], expected});
            assertThat(end.totalEnergy(cue)).isCloseTo(least, within(CLOSE * (1 + least)));
        }
    }

    /** Cues that are not at rest after the steps allowed pass through all stages, the others do not. */
    @Test
    void whoIsNotAtRestPassesThroughAllStages() {
        GenerativeNetwork network = network(Activation.LINEAR, List.of(9, 14), 0.5, false);
        Matrix cues = Definition.values(network, CUES, 9).layer(0);
        List<Double> lambdas = new ArrayList<>();
        Inference none = EXACT.withStop(StopRule.steps(0))
                .withAnnealing(new Annealing(List.of(1.0, 0.5)))
                .withObserver(step -> lambdas.add(step.priorPrecision()));
        Clamp nothingOfTheLast = new Clamp(
                9,
                IntStream.range(0, CUES)
                        .mapToObj(cue -> Clamp.known(9, cue == 4 ? new int[0] : new int[] {2})
                                .row(0))
                        .toList());
        Equilibrium end = none.run(network, cues, nothingOfTheLast);
        assertThat(lambdas).containsExactly(0.25, 0.5, 0.25, 0.25);
        assertThat(end.status())
                .containsExactly(
                        Status.STEPS_USED, Status.STEPS_USED, Status.STEPS_USED, Status.STEPS_USED, Status.CONVERGED);
        assertThat(end.steps()).containsOnly(0);
        assertThat(end.values().layer(1).row(0)).isEqualTo(network.memoryVector());
    }

    /** Cues that hold something that is not finite are said to; the others of their group go where they go without them. */
    @Test
    void whatIsNotFiniteIsSaid() {
        GenerativeNetwork network = network(Activation.RELU, List.of(9, 14), 0.5, false);
        Matrix cues = Definition.values(network, CUES, 9).layer(0);
        Matrix whole = cues.copy();
        cues.set(1, 3, Float.NaN);
        cues.set(3, 0, Float.POSITIVE_INFINITY);
        Equilibrium end = EXACT.withAnnealing(Annealing.decades(1)).run(network, cues, Clamp.known(9, 0, 3, 5));
        Equilibrium without = EXACT.withAnnealing(Annealing.decades(1)).run(network, whole, Clamp.known(9, 0, 3, 5));
        for (int cue = 0; cue < CUES; cue++) {
            if (cue % 2 == 1) {
                assertThat(end.status().get(cue)).isEqualTo(Status.DIVERGED);
                assertThat(end.values().layer(1).row(cue)).isEqualTo(network.memoryVector());
                assertThat(end.steps()[cue]).isZero();
            } else {
                assertThat(end.status().get(cue).isEquilibrium()).isTrue();
                assertThat(end.values().layer(1).row(cue))
                        .containsExactly(without.values().layer(1).row(cue), within((float) CLOSE));
            }
        }
    }

    /** Two nodes with the same weights contradict each other, and next to nothing else pulls: the mean of both, nearest to b. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-12, 1e-18, 1e-24})
    void withoutAPriorWorthMentioningItIsTheLeastSquares(double lambda) {
        GenerativeNetwork network = GenerativeNetwork.of(
                Activation.LINEAR, List.of(Matrix.wrap(2, 3, 1, 2, 2, 1, 2, 2)), new float[] {1, 0, -1}, lambda);
        Equilibrium end = Inference.newton().run(network, Matrix.wrap(1, 2, 7, 9), Clamp.all(2));
        // J b = -1, so r = b + (8 + 1) J / 9
        assertThat(end.values().layer(1).row(0)).containsExactly(new float[] {2, 2, 1}, within((float) CLOSE));
        assertThat(end.totalEnergy(0)).isCloseTo(1, within(CLOSE));
        assertThat(end.status().get(0).isEquilibrium()).isTrue();
    }

    /** Without a tolerance it ends where rounding does, long before its steps are used up. */
    @Test
    void itEndsWhereNothingIsLeft() {
        for (Activation f : List.of(Activation.RELU, Activation.LINEAR)) {
            GenerativeNetwork network = network(f, List.of(9, 14), 1e-3, false);
            for (long seed = 0; seed < 10; seed++) {
                ValueNodes start = Definition.values(network, CUES, seed);
                Equilibrium end = EXACT.withStop(StopRule.steps(100)).run(network, start, Clamp.known(9, 0, 1, 4, 7));
                assertThat(end.status()).allMatch(Status::isEquilibrium);
                assertThat(IntStream.of(end.steps())).allMatch(steps -> steps < 40);
                assertThat(DoubleStream.of(end.residual())).allMatch(residual -> residual < 1e-7);
            }
        }
    }

    /** Whatever is kept as a span goes through the same steps. */
    @Test
    void weightsInASpanTakeTheSameSteps() {
        GenerativeNetwork dense = network(Activation.RELU, List.of(6, 14), 0.5, false);
        Matrix unit = Matrix.zeros(6, 6);
        IntStream.range(0, 6).forEach(i -> unit.set(i, 5 - i, 1));
        Matrix flipped = dense.weights(1).rows(5, 4, 3, 2, 1, 0);
        GenerativeNetwork spanned = dense.withSensoryMap(new LinearMap.Spanned(unit, flipped));
        ValueNodes start = Definition.values(dense, CUES, 9);
        for (Clamp clamp : clamps(6)) {
            Equilibrium one = EXACT.run(dense, start, clamp);
            Equilibrium other = EXACT.run(spanned, start, clamp);
            assertThat(other.values().layer(1).data())
                    .containsExactly(one.values().layer(1).data(), within((float) CLOSE));
        }
    }
}
