package dev.engram.memory.boltzmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against sums over all states of few units ({@link Enumerated}). */
class BoltzmannMachineTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int PERCEIVED = 2;
    private static final double NOISE = 0.7;
    private static final int CHAINS = 40_000;
    private static final double DEVIATIONS = 5; // standard errors

    private final List<Matrix> weights = new ArrayList<>();
    private final List<float[]> biases = new ArrayList<>();

    /** A machine of that many units in each layer, its weights and biases drawn with that deviation. */
    private BoltzmannMachine machine(double deviation, int... units) {
        SplittableRandom random = new SplittableRandom(8);
        int below = PERCEIVED;
        for (int count : units) {
            weights.add(normal(count, below, deviation, random));
            biases.add(normal(1, count, deviation, random).data());
            below = count;
        }
        return new BoltzmannMachine(LA, weights, biases, NOISE);
    }

    private static Matrix normal(int rows, int columns, double deviation, SplittableRandom random) {
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = (float) (deviation * random.nextGaussian());
        }
        return m;
    }

    private Enumerated enumerated() {
        return Enumerated.of(weights, biases, NOISE);
    }

    private static double[][] units(List<Matrix> state, int row) {
        double[][] s = new double[state.size() - 1][];
        for (int l = 0; l < s.length; l++) {
            s[l] = Enumerated.doubles(state.get(l + 1).row(row));
        }
        return s;
    }

    /** The energy is linear in each unit: what the two values of a unit differ by decides. */
    @Test
    void aUnitIsAsLikelyAsItsTwoEnergiesSay() {
        BoltzmannMachine machine = machine(0.8, 3, 2);
        List<Matrix> state = machine.state(Matrix.wrap(1, PERCEIVED, 0.4f, -1.1f));
        state.get(2).set(Matrix.wrap(1, 2, 1, -1));
        List<Matrix> before = state.stream().map(Matrix::copy).toList();
        machine.settle(state, 1);
        for (int layer = 1; layer <= 2; layer++) {
            double[][] s = units(before, 0);
            if (layer == 2) {
                s[0] = units(state, 0)[0]; // a sweep begins below
            }
            for (int j = 0; j < s[layer - 1].length; j++) {
                s[layer - 1][j] = 1;
                double up = enumerated().energy(new double[] {0.4f, -1.1f}, s);
                s[layer - 1][j] = -1;
                double down = enumerated().energy(new double[] {0.4f, -1.1f}, s);
                s[layer - 1][j] = before.get(layer).get(0, j);
                double probability = (1 + state.get(layer).get(0, j)) / 2;
                assertThat(probability).isCloseTo(1 / (1 + Math.exp(up - down)), within(1e-6));
            }
        }
    }

    @Test
    void manyChainsVisitEveryStateAsOftenAsItIsLikely() {
        BoltzmannMachine machine = machine(0.3, 3, 2);
        List<Matrix> chains = chains(machine, 60);
        Enumerated exact = enumerated();
        double[] expected = exact.probabilities();
        double[] found = new double[expected.length];
        double[] mean = new double[PERCEIVED];
        double squares = 0;
        for (int row = 0; row < CHAINS; row++) {
            double[][] s = units(chains, row);
            int index = 0;
            int at = 0;
            for (double[] layer : s) {
                for (double unit : layer) {
                    index |= (unit > 0 ? 1 : 0) << at++;
                }
            }
            found[index] += 1.0 / CHAINS;
            for (int i = 0; i < PERCEIVED; i++) {
                mean[i] += chains.get(0).get(row, i) / CHAINS;
                squares += Math.pow(chains.get(0).get(row, i), 2) / CHAINS;
            }
        }
        for (int k = 0; k < expected.length; k++) {
            double error = Math.sqrt(expected[k] * (1 - expected[k]) / CHAINS);
            assertThat(found[k]).as("state %d", k).isCloseTo(expected[k], within(DEVIATIONS * error));
        }
        double[] exactMean = new double[PERCEIVED];
        double exactSquares = PERCEIVED * NOISE;
        for (int k = 0; k < expected.length; k++) {
            double[] g = exact.expected(exact.states.get(k));
            for (int i = 0; i < PERCEIVED; i++) {
                exactMean[i] += expected[k] * g[i];
                exactSquares += expected[k] * g[i] * g[i];
            }
        }
        // A value's deviation is about 1, that of the sum of squares about 2.
        assertThat(mean[0]).isCloseTo(exactMean[0], within(DEVIATIONS / Math.sqrt(CHAINS)));
        assertThat(mean[1]).isCloseTo(exactMean[1], within(DEVIATIONS / Math.sqrt(CHAINS)));
        assertThat(squares).isCloseTo(exactSquares, within(2 * DEVIATIONS / Math.sqrt(CHAINS)));
    }

    private List<Matrix> chains(BoltzmannMachine machine, int sweeps) {
        List<Matrix> chains = machine.state(Matrix.zeros(CHAINS, PERCEIVED));
        SplittableRandom random = new SplittableRandom(3);
        machine.drawUnits(chains, random);
        for (int k = 0; k < sweeps; k++) {
            machine.sample(chains, random);
        }
        return chains;
    }

    @Test
    void withOneHiddenLayerTheFreeEnergyIsExact() {
        BoltzmannMachine machine = machine(0.9, 5);
        Matrix seen = normal(4, PERCEIVED, 1, new SplittableRandom(5));
        List<Matrix> state = machine.state(seen);
        machine.settle(state, 1);
        for (int row = 0; row < 4; row++) {
            assertThat(machine.freeEnergy(state)[row])
                    .isCloseTo(enumerated().freeEnergy(Enumerated.doubles(seen.row(row))), within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1, 3})
    void withMoreItIsABoundThatNoSweepRaises(double deviation) {
        BoltzmannMachine machine = machine(deviation, 4, 3, 2);
        Matrix seen = normal(6, PERCEIVED, 1, new SplittableRandom(5));
        List<Matrix> state = machine.state(seen);
        machine.settle(state, 4); // somewhere
        double[] last = machine.freeEnergy(state);
        for (int k = 0; k < 30; k++) {
            machine.settle(state, 1);
            double[] now = machine.freeEnergy(state);
            for (int row = 0; row < 6; row++) {
                assertThat(now[row]).isLessThanOrEqualTo(last[row] + 1e-4 * Math.abs(last[row]));
                assertThat(now[row])
                        .isGreaterThanOrEqualTo(enumerated().freeEnergy(Enumerated.doubles(seen.row(row)))
                                - 1e-4 * Math.abs(last[row]));
            }
            last = now;
        }
    }

    /** With one hidden layer what is known of the units given y is exact, and chance is all that is left. */
    @Test
    void theForcesAreTheGradientOfTheLikelihood() {
        BoltzmannMachine machine = machine(0.3, 4);
        assertGradient(machine, (seen, held) -> {
            double sum = 0;
            for (int row = 0; row < seen.rows(); row++) {
                sum += enumerated().logLikelihood(Enumerated.doubles(seen.row(row)));
            }
            return sum / seen.rows();
        });
    }

    /** With two, of the bound of it that the mean field is at the top of: a shift of the mean field changes nothing. */
    @Test
    void theForcesOfTwoLayersAreTheGradientOfTheBound() {
        BoltzmannMachine machine = machine(0.3, 3, 2);
        assertGradient(machine, (seen, held) -> {
            double sum = 0;
            for (int row = 0; row < seen.rows(); row++) {
                sum -= enumerated().energy(Enumerated.doubles(seen.row(row)), units(held, row))
                        + enumerated().logPartition();
            }
            return sum / seen.rows();
        });
    }

    private void assertGradient(BoltzmannMachine machine, ToDoubleBiFunction<Matrix, List<Matrix>> objective) {
        Matrix seen = normal(5, PERCEIVED, 1.2, new SplittableRandom(6));
        List<Matrix> held = machine.state(seen);
        for (int k = 0; k < 50; k++) {
            machine.settle(held, 1);
        }
        List<Tensor> forces = machine.forces(held, chains(machine, 60));
        double largest = enumerated().states.stream()
                .mapToDouble(s ->
                        Math.hypot(enumerated().expected(s)[0], enumerated().expected(s)[1]) / NOISE)
                .max()
                .orElseThrow();
        for (int layer = 1; layer <= machine.layers(); layer++) {
            double deviation = layer == 1 ? Math.max(1, largest) : 1; // of what is averaged, at most
            double error = DEVIATIONS * deviation / Math.sqrt(CHAINS);
            DoubleSupplier now = () -> objective.applyAsDouble(seen, held);
            assertSlopes(weights.get(layer - 1).data(), forces.get(2 * layer - 2), now, error);
            assertSlopes(biases.get(layer - 1), forces.get(2 * layer - 1), now, error);
        }
    }

    /** Central differences of what sums over all states say. */
    private static void assertSlopes(float[] parameters, Tensor force, DoubleSupplier objective, double error) {
        float step = 1f / 64;
        for (int k = 0; k < parameters.length; k++) {
            float kept = parameters[k];
            parameters[k] = kept + step;
            double above = objective.getAsDouble();
            parameters[k] = kept - step;
            double below = objective.getAsDouble();
            parameters[k] = kept;
            assertThat(force.get(k)).isCloseTo((above - below) / (2 * step), within(error + 1e-3));
        }
    }
}
