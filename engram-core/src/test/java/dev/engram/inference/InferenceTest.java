package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.UsualActivation;
import dev.engram.network.ValueNodes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class InferenceTest {

    /** Three nodes in a chain: θ1 = 2, θ2 = ½, b = 1, x0 = 3, γ = 0.1; every number below was worked out on paper. */
    @Test
    void threeNodesFollowEquations1To3StepByStep() {
        GenerativeNetwork network = GenerativeNetwork.of(
                Activation.RELU, List.of(Matrix.wrap(1, 1, 2f), Matrix.wrap(1, 1, 0.5f)), new float[] {1}, 1);
        double[][] energies = {{2, 0, 0}, {0.72, 0.08, 0}};
        double[][] values = {{3, 0.5, 1}, {3, 0.9, 1}, {3, 1.1, 1.02}};
        int[] seen = new int[1];
        InferenceObserver check = step -> {
            int t = step.step();
            for (int l = 0; l <= 2; l++) {
                assertThat((double) step.values().layer(l).get(0, 0)).isCloseTo(values[t][l], within(1e-6));
                if (t < 2) {
                    assertThat(step.energy()[0][l]).isCloseTo(energies[t][l], within(1e-6));
                }
            }
            seen[0]++;
            return true;
        };
        Inference.of(Solver.gradient(0.1), StopRule.steps(2))
                .withObserver(check)
                .run(network, Matrix.wrap(1, 1, 3), Clamp.all(1));
        assertThat(seen[0]).isEqualTo(3);
    }

    /** Half the sensory layer free: x0 = (1, free), θ = (1, 2)ᵀ, b = 0, linear. From x1 = 0: Δx1 = γ·1, then Δx0_free = γ(-0 + 2 x1). */
    @Test
    void freeSensoryNodesMoveTowardsTheirPrediction() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(2, 1, 1, 2)), new float[] {0}, 1);
        Inference two = Inference.of(Solver.gradient(0.1), StopRule.steps(2));
        Equilibrium end = two.run(network, Matrix.wrap(1, 2, 1, Float.NaN), Clamp.known(2, 0));
        // step 1: ε0 = (1, 0), ε1 = 0: x1 = 0.1, free stays 0. Step 2: ε0 = (0.9, -0.2), ε1 = 0.1:
        // x1 = 0.1 + 0.1 (-0.1 + 0.9 - 0.4) = 0.14, free = 0 + 0.1 · 0.2 = 0.02.
        assertThat((double) end.values().layer(1).get(0, 0)).isCloseTo(0.14, within(1e-6));
        assertThat((double) end.values().layer(0).get(0, 1)).isCloseTo(0.02, within(1e-6));
        assertThat(end.values().layer(0).get(0, 0)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("curvatureBounded")
    void aCueEndsWhereItsEnergyIsEnoughOrItsForcesBalance(Solver solver) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.3, 9, 12, 8, 6);
        Matrix cues = Definition.values(network, 20, 10).layer(0);
        StopRule balanced = StopRule.balanced(1e-3, 5_000);
        Equilibrium rest = Inference.of(solver, balanced).run(network, cues, Clamp.all(12));
        double enough = 1.05
                * IntStream.range(0, 20).mapToDouble(rest::totalEnergy).sorted().toArray()[10];
        Equilibrium early = Inference.of(solver, balanced.orEnergy(enough)).run(network, cues, Clamp.all(12));
        int earlier = 0;
        for (int cue = 0; cue < 20; cue++) {
            assertThat(early.status().get(cue)).isEqualTo(Status.CONVERGED);
            assertThat(early.totalEnergy(cue) <= enough || early.residual()[cue] <= 1e-3)
                    .isTrue();
            assertThat(early.steps()[cue]).isLessThanOrEqualTo(rest.steps()[cue]);
            earlier += early.steps()[cue] < rest.steps()[cue] ? 1 : 0;
        }
        assertThat(earlier).isBetween(5, 19);
    }

    /** The marginal of a linear chain: E at equilibrium is ½ rᵀ S⁻¹ r with r = x0 - θ1θ2θ3 b and S = I + θ1θ1ᵀ + θ1θ2θ2ᵀθ1ᵀ + ../λ. */
    @ParameterizedTest
    @MethodSource("firstOrder")
    void aDeepLinearNetworkEndsAtItsClosedFormEnergy(Solver solver) {
        double lambda = 0.5;
        GenerativeNetwork network = Definition.network(Activation.LINEAR, lambda, 3, 5, 4, 4, 3);
        Matrix cue = Definition.values(network, 1, 4).layer(0);
        double[][] product = identity(5);
        double[][] covariance = identity(5);
        for (int l = 1; l <= 3; l++) {
            product = times(product, new Definition(network).theta(l));
            double[][] spread = times(product, transpose(product));
            for (int i = 0; i < 5; i++) {
                for (int j = 0; j < 5; j++) {
                    covariance[i][j] += spread[i][j] / (l == 3 ? lambda : 1);
                }
            }
        }
        double[] r = new double[5];
        for (int i = 0; i < 5; i++) {
            r[i] = cue.get(0, i);
            for (int j = 0; j < 3; j++) {
                r[i] -= product[i][j] * network.memoryVector()[j];
            }
        }
        double[] solved = solve(covariance, r);
        double expected =
                0.5 * IntStream.range(0, 5).mapToDouble(i -> r[i] * solved[i]).sum();
        Equilibrium end = Inference.of(solver, StopRule.balanced(1e-5, 20_000)).run(network, cue, Clamp.all(5));
        assertThat(end.totalEnergy()).isCloseTo(expected, within(1e-5 * expected));
    }

    static Stream<Solver> curvatureBounded() {
        return firstOrder().limit(2);
    }

    static Stream<Solver> firstOrder() {
        return Stream.of(Solver.gradient(), Solver.accelerated(), Solver.gradient(0.02));
    }

    static Stream<Arguments> networksAndSolvers() {
        return Stream.<Activation>of(UsualActivation.values())
                .flatMap(f -> Stream.of(List.of(20, 12), List.of(20, 30), List.of(20, 10, 8), List.of(16, 9, 8, 7, 6))
                        .flatMap(sizes -> Stream.of(Solver.gradient(), Solver.accelerated(), Solver.newton())
                                .filter(s -> !(s instanceof Solver.Newton) || sizes.size() == 2 && f != Activation.TANH)
                                .map(s -> Arguments.of(f, sizes, s))));
    }

    @ParameterizedTest
    @MethodSource("networksAndSolvers")
    void theEnergyNeverRisesUnderTheDefaultStepSize(Activation f, List<Integer> sizes, Solver solver) {
        for (long seed = 0; seed < 10; seed++) {
            GenerativeNetwork network = Definition.network(f, 0.3, seed, sizes.toArray(Integer[]::new));
            Matrix cues = Definition.values(network, 5, seed + 100).layer(0);
            for (Clamp clamp : List.of(Clamp.all(sizes.get(0)), half(sizes.get(0)), each(sizes.get(0), 5, seed))) {
                Invariants invariants = new Invariants();
                Equilibrium end = Inference.of(solver, StopRule.balanced(1e-4, 300))
                        .withAnnealing(Annealing.decades(2))
                        .withObserver(invariants)
                        .run(network, cues, clamp);
                assertThat(invariants.steps()).isPositive();
                assertThat(end.status()).doesNotContain(Status.DIVERGED, Status.ENERGY_ROSE);
                assertThat(end.prediction().isFinite()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("clamps")
    void gradientAcceleratedAndNewtonReachTheSameEnergy(Clamp clamp) {
        for (long seed = 0; seed < 10; seed++) {
            GenerativeNetwork network = positivePrior(seed);
            Matrix cues = Definition.values(network, 4, seed).layer(0);
            Equilibrium newton = Inference.newton().run(network, cues, clamp);
            assertThat(newton.status()).containsOnly(Status.CONVERGED);
            for (Solver solver : List.of(Solver.gradient(), Solver.accelerated())) {
                Equilibrium other =
                        Inference.of(solver, StopRule.balanced(2e-4, 100_000)).run(network, cues, clamp);
                for (int cue = 0; cue < 4; cue++) {
                    assertThat(other.totalEnergy(cue))
                            .isCloseTo(newton.totalEnergy(cue), within(1e-6 * newton.totalEnergy(cue)));
                }
            }
        }
    }

    static Stream<Clamp> clamps() {
        return Stream.of(Clamp.all(24), half(24), each(24, 4, 5));
    }

    /** With b > 0 in every unit the energy has one minimum, so that all solvers must agree. */
    private static GenerativeNetwork positivePrior(long seed) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, seed, 24, 15);
        for (int i = 0; i < 15; i++) {
            network.memoryVector()[i] = 0.1f + Math.abs(network.memoryVector()[i]);
        }
        return network;
    }

    @Test
    void newtonAgreesWithTheDefinitionAtTheEndAndWithItsOwnEnergyOnTheWay() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.5, 21, 24, 40);
        Matrix cues = Definition.values(network, 3, 22).layer(0);
        double[] last = new double[1];
        Equilibrium end = Inference.newton()
                .withObserver(step -> {
                    last[0] = step.totalEnergy();
                    return true;
                })
                .run(network, cues, half(24));
        Definition oracle = new Definition(network);
        double sum = 0;
        for (int cue = 0; cue < 3; cue++) {
            double expected = oracle.energy(Definition.cue(end.values(), cue));
            assertThat(end.totalEnergy(cue)).isCloseTo(expected, within(1e-5 * expected));
            sum += expected;
        }
        assertThat(last[0]).isCloseTo(sum, within(1e-5 * sum));
    }

    /** E(x) = ½(-1 - max(x,0))² + ½(x - 1)²: data pull down, prior up; the only equilibrium is the kink itself, E = 1. */
    @ParameterizedTest
    @MethodSource("guarded")
    void aUnitBetweenDataAndPriorComesToRestOnItsKink(Solver solver) {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.RELU, List.of(Matrix.wrap(1, 1, 1)), new float[] {1}, 1);
        Equilibrium end =
                Inference.of(solver, StopRule.balanced(1e-6, 1000)).run(network, Matrix.wrap(1, 1, -1), Clamp.all(1));
        assertThat(end.status()).containsExactly(Status.CONVERGED);
        assertThat(end.values().layer(1).get(0, 0)).isCloseTo(0, within(1e-6f));
        assertThat(end.totalEnergy()).isCloseTo(1, within(1e-6));
        assertThat(end.residual()[0]).isLessThanOrEqualTo(1e-6);
    }

    static Stream<Solver> guarded() {
        return Stream.of(Solver.gradient(), Solver.accelerated(), Solver.newton());
    }

    @ParameterizedTest
    @MethodSource("guarded")
    void permutingCuesOrPixelsPermutesTheResult(Solver solver) {
        GenerativeNetwork network = positivePrior(31);
        Matrix cues = Definition.values(network, 4, 32).layer(0);
        Inference inference = Inference.of(solver, StopRule.balanced(1e-5, 20_000));
        Matrix plain = inference.run(network, cues, half(24)).prediction();

        int[] order = {3, 1, 0, 2};
        Matrix shuffledCues = inference.run(network, cues.rows(order), half(24)).prediction();
        assertClose(shuffledCues, plain.rows(order));

        int[] pixels = IntStream.range(0, 24).map(i -> (i * 7) % 24).toArray();
        GenerativeNetwork shuffled = GenerativeNetwork.of(
                Activation.RELU, List.of(network.weights(1).rows(pixels)), network.memoryVector(), 0.5);
        BitSet known = new BitSet();
        IntStream.range(0, 24).filter(i -> pixels[i] < 12).forEach(known::set);
        Matrix byPixels = inference
                .run(shuffled, columns(cues, pixels), new Clamp(24, List.of(known)))
                .prediction();
        assertClose(byPixels, columns(plain, pixels));
    }

    @Test
    void aMaskForEachCueEqualsOneCueAtATime() {
        GenerativeNetwork network = positivePrior(41);
        Matrix cues = Definition.values(network, 5, 42).layer(0);
        Clamp each = each(24, 5, 43);
        Inference accelerated = Inference.of(Solver.accelerated(), StopRule.balanced(1e-5, 20_000));
        for (Inference inference : List.of(Inference.newton(), accelerated)) {
            Matrix together = inference.run(network, cues, each).prediction();
            for (int cue = 0; cue < 5; cue++) {
                Matrix alone = inference
                        .run(network, cues.slice(cue, cue + 1), each.cues(cue))
                        .prediction();
                assertClose(alone, together.slice(cue, cue + 1));
            }
        }
    }

    /** Cues at rest leave the batch; the others go on as each would alone, whether the sensory nodes move or not. */
    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"REFERENCE", "REDUCED"})
    void cuesThatComeToRestSoonerChangeNothingForTheOthers(Engine engine) {
        GenerativeNetwork network = Definition.network(Activation.RELU, 0.3, 17, 60, 12, 8, 6);
        Matrix nine = Definition.values(network, 9, 18).layer(0);
        Matrix cues = Matrix.zeros(18, 60);
        for (int cue = 0; cue < 18; cue++) { // each takes another time; two are the same, so that none ever runs alone
            for (int i = 0; i < 60; i++) {
                cues.set(cue, i, (1 << cue / 2) * nine.get(cue / 2, i) / 8);
            }
        }
        Clamp known = Clamp.known(60, IntStream.range(0, 40).toArray());
        List<Double> energies = new ArrayList<>();
        Inference inference = Inference.of(Solver.accelerated(), StopRule.balanced(1e-4, 5_000))
                .withAnnealing(new Annealing(List.of(1.0, 0.3)))
                .withLinearAlgebra(LinearAlgebra.pureJava(1)) // a row's sums do not depend on how many rows there are
                .withEngine(engine);
        Equilibrium together = inference
                .withObserver(seen -> {
                    assertThat(seen.values().cues()).isEqualTo(18);
                    assertThat(seen.step()).isEqualTo(energies.size());
                    energies.add(seen.totalEnergy());
                    return true;
                })
                .run(network, cues, known);
        assertThat(IntStream.of(together.steps()).distinct().count()).isGreaterThan(3);
        assertThat(energies.get(energies.size() - 1)).isCloseTo(together.totalEnergy(), within(1e-3));
        for (int cue = 0; cue < 18; cue++) {
            Equilibrium alone = inference.run(network, cues.rows(cue, cue), known);
            assertThat(together.status().get(cue)).isEqualTo(Status.CONVERGED);
            assertThat(together.residual()[cue]).isLessThanOrEqualTo(1e-4);
            assertThat(together.steps()[cue]).isEqualTo(alone.steps()[0]);
            assertThat(together.totalEnergy(cue)).isCloseTo(alone.totalEnergy(0), withinPercentage(0.01));
            assertThat(together.values().layer(0).row(cue))
                    .containsExactly(alone.values().layer(0).row(0), within(1e-2f));
        }
        int stopAt = energies.size() - 3; // when most cues are at rest
        Equilibrium stopped =
                inference.withObserver(seen -> seen.step() < stopAt).run(network, cues, known);
        assertThat(stopped.status()).contains(Status.CANCELLED).contains(Status.CONVERGED);
    }

    @Test
    void aFixedStepThatIsTooLargeIsSaidToBeAndLeavesNoNaN() {
        GenerativeNetwork network = Definition.network(Activation.LINEAR, 1, 51, 30, 20);
        Matrix cues = Definition.values(network, 2, 52).layer(0);
        Equilibrium rose =
                Inference.of(Solver.gradient(0.5), StopRule.steps(20)).run(network, cues, Clamp.all(30));
        assertThat(rose.status()).containsOnly(Status.ENERGY_ROSE);
        Equilibrium diverged =
                Inference.of(Solver.gradient(1000), StopRule.steps(500)).run(network, cues, Clamp.all(30));
        assertThat(diverged.status()).containsOnly(Status.DIVERGED);
        assertThat(diverged.values().layer(1).isFinite()).isTrue();
        assertThat(diverged.prediction().isFinite()).isTrue();
        assertThat(diverged.totalEnergy()).isFinite();
        assertThat(Status.DIVERGED.advice()).contains("smaller step size");
    }

    @Test
    void runningOutOfStepsIsSaidAndAnObserverMayStop() {
        GenerativeNetwork network = Definition.network(Activation.TANH, 1, 61, 30, 20);
        Matrix cues = Definition.values(network, 2, 62).layer(0);
        assertThat(Inference.of(Solver.gradient(), StopRule.balanced(1e-6, 2))
                        .run(network, cues, Clamp.all(30))
                        .status())
                .containsOnly(Status.STEPS_USED);
        Equilibrium stopped =
                Inference.gradient(100).withObserver(step -> step.step() < 3).run(network, cues, Clamp.all(30));
        assertThat(stopped.status()).containsOnly(Status.CANCELLED);
        assertThat(stopped.steps()).containsOnly(3);
    }

    @Test
    void whatDoesNotFitIsRefusedWithBothNumbers() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 71, 30, 20);
        assertThatThrownBy(() -> Inference.newton().run(network, Matrix.zeros(1, 29), Clamp.all(29)))
                .hasMessageContaining("30 sensory nodes")
                .hasMessageContaining("29");
        assertThatThrownBy(() -> Inference.newton().run(network, Matrix.zeros(3, 30), each(30, 2, 1)))
                .hasMessageContaining("2 rows for 3 cues");
        GenerativeNetwork deep = Definition.network(Activation.RELU, 1, 71, 30, 20, 10);
        assertThatThrownBy(() -> Inference.newton().run(deep, Matrix.zeros(1, 30), Clamp.all(30)))
                .hasMessageContaining("one hidden layer");
    }

    @Test
    void theStartIsOnlyRead() {
        GenerativeNetwork network = Definition.network(Activation.RELU, 1, 81, 12, 9);
        ValueNodes start = Definition.values(network, 2, 82);
        ValueNodes copy = start.copy();
        for (Inference inference : List.of(Inference.newton(), Inference.accelerated(), Inference.gradient(5))) {
            inference.run(network, start, half(12));
            assertThat(start.layers()).isEqualTo(copy.layers());
        }
    }

    private static Clamp half(int values) {
        return Clamp.known(values, IntStream.range(0, values / 2).toArray());
    }

    private static Clamp each(int values, int cues, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Clamp(
                values,
                IntStream.range(0, cues)
                        .mapToObj(c -> {
                            BitSet row = new BitSet(values);
                            IntStream.range(0, values)
                                    .filter(i -> random.nextInt(3) > 0)
                                    .forEach(row::set);
                            return row;
                        })
                        .toList());
    }

    private static void assertClose(Matrix actual, Matrix expected) {
        for (int i = 0; i < expected.data().length; i++) {
            assertThat(actual.data()[i]).isCloseTo(expected.data()[i], within(2e-3f));
        }
    }

    private static Matrix columns(Matrix m, int[] order) {
        Matrix chosen = Matrix.zeros(m.rows(), order.length);
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < order.length; j++) {
                chosen.set(i, j, m.get(i, order[j]));
            }
        }
        return chosen;
    }

    private static double[][] identity(int n) {
        double[][] m = new double[n][n];
        IntStream.range(0, n).forEach(i -> m[i][i] = 1);
        return m;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] transpose(double[][] a) {
        double[][] t = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    /** Gaussian elimination without pivoting, for a positive definite matrix. */
    private static double[] solve(double[][] matrix, double[] right) {
        int n = right.length;
        double[][] a = new double[n][];
        double[] x = right.clone();
        IntStream.range(0, n).forEach(i -> a[i] = matrix[i].clone());
        for (int i = 0; i < n; i++) {
            for (int k = i + 1; k < n; k++) {
                double factor = a[k][i] / a[i][i];
                for (int j = i; j < n; j++) {
                    a[k][j] -= factor * a[i][j];
                }
                x[k] -= factor * x[i];
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= a[i][j] * x[j];
            }
            x[i] /= a[i][i];
        }
        return x;
    }
}
