package dev.engram.memory.boltzmann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BoltzmannMemoryTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final BoltzmannOptions DEFAULTS = BoltzmannOptions.defaults();

    /**
     * Four patterns, two layers of six units, every state of them summed over. The best there is knows the four and nothing else: a mixture of
     * four Gaussians of the machine's noise. A single Gaussian of the patterns' variance has a log likelihood of -3/2 log 2πe = -4.26.
     */
    @Test
    void whatASmallMachineHoldsForLikelyIsWhatItLearned() {
        Matrix patterns = Matrix.wrap(4, 3, 0, 0, 1, 1, 0, 0, 0, 1, 0.5f, 1, 1, 1);
        BoltzmannMemory memory = BoltzmannMemory.learn(
                        patterns,
                        DEFAULTS.withHidden(2, 6)
                                .withSweeps(20)
                                .withUpdates(2_000)
                                .withLearningRate(5e-3))
                .memory();
        double noise = DEFAULTS.noise();
        Enumerated exact = enumerated(memory);
        double[] near = new double[4];
        double found = 0;
        double best = 0;
        double[] probabilities = exact.probabilities();
        for (int i = 0; i < 4; i++) {
            for (int k = 0; k < probabilities.length; k++) {
                double[] expected = exact.expected(exact.states.get(k));
                near[i] += squaredDistance(perceived(memory, patterns, i), expected) < 0.4 ? probabilities[k] : 0;
            }
            found += exact.logLikelihood(perceived(memory, patterns, i)) / 4;
            double mixture = 0;
            for (int other = 0; other < 4; other++) {
                double distance = squaredDistance(perceived(memory, patterns, i), perceived(memory, patterns, other));
                mixture += Math.exp(-distance / (2 * noise)) / Math.pow(2 * Math.PI * noise, 1.5) / 4;
            }
            best += Math.log(mixture) / 4;
        }
        assertThat(best - found).isBetween(0.0, 0.4);
        assertThat(Arrays.stream(near).boxed()).allMatch(share -> share > 0.1 && share < 0.4);
        assertThat(Arrays.stream(near).sum()).isGreaterThan(0.7);
    }

    private static Enumerated enumerated(BoltzmannMemory memory) {
        List<Matrix> weights = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int l = 1; l <= memory.hiddenLayers(); l++) {
            weights.add(memory.weights(l));
            biases.add(memory.biases(l));
        }
        return Enumerated.of(weights, biases, memory.options().noise());
    }

    private static double[] perceived(BoltzmannMemory memory, Matrix patterns, int row) {
        double[] y = new double[patterns.columns()];
        for (int i = 0; i < y.length; i++) {
            y[i] = (patterns.get(row, i) - memory.bias()[i]) / memory.scale();
        }
        return y;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void patternsComeBackFromAHalfAndFromNoise() {
        Matrix patterns = random(10, 100);
        BoltzmannMemory memory = BoltzmannMemory.learn(patterns, DEFAULTS).memory();
        Mask half = Mask.known(known(100, 50));
        Recall completed = memory.complete(half.blank(patterns, Float.NaN), half);
        assertThat(Score.of(patterns, completed.patterns()).recovered(1e-3)).isEqualTo(10);
        assertThat(completed.status()).containsOnly(Status.CONVERGED);
        for (int i = 0; i < 50; i++) {
            assertThat(completed.patterns().get(3, i)).isEqualTo(patterns.get(3, i));
        }
        Matrix noisy = patterns.copy();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < noisy.data().length; i++) {
            noisy.data()[i] += (float) (0.2 * random.nextGaussian());
        }
        // Of noise of variance 0.04 a tenth lies in the span of ten patterns.
        assertThat(Score.of(patterns, memory.recall(noisy).patterns()).mean()).isLessThan(0.004);
    }

    /** A label is a part of the pattern: eight values of which one is 1, for each of eight pictures. */
    @Test
    void aLabelIsRecalledFromItsPictureAndThePictureFromItsLabel() {
        Matrix pictures = random(8, 24);
        Matrix labelled = Matrix.zeros(8, 32);
        for (int row = 0; row < 8; row++) {
            System.arraycopy(pictures.row(row), 0, labelled.data(), row * 32, 24);
            labelled.set(row, 24 + row, 1);
        }
        BoltzmannMemory memory = BoltzmannMemory.learn(labelled, DEFAULTS).memory();
        Mask picture = Mask.known(known(32, 24));
        Matrix labels = memory.complete(labelled, picture).patterns();
        for (int row = 0; row < 8; row++) {
            for (int label = 0; label < 8; label++) {
                assertThat(labels.get(row, 24 + label) > 0.5).isEqualTo(label == row);
            }
        }
        boolean[] label = new boolean[32];
        Arrays.fill(label, 24, 32, true);
        Matrix seen = memory.complete(labelled, Mask.known(label)).patterns();
        assertThat(Score.of(labelled, seen).recovered(1e-3)).isEqualTo(8);
    }

    /** The energy of a recall is the free energy of the cue, which with one hidden layer sums over all states of the units. */
    @Test
    void theEnergyOfARecallIsThatOfTheCue() {
        Matrix patterns = random(4, 5);
        BoltzmannMemory memory = BoltzmannMemory.learn(
                        patterns, DEFAULTS.withHidden(1, 8).withUpdates(50))
                .memory();
        Recall recall = memory.recall(patterns, 3);
        for (int row = 0; row < 4; row++) {
            double exact = enumerated(memory).freeEnergy(perceived(memory, patterns, row));
            assertThat(recall.energy()[row]).isCloseTo(exact, within(1e-4 * Math.max(1, Math.abs(exact))));
        }
        assertThat(recall.patterns())
                .isEqualTo(memory.recall(memory.recall(memory.recall(patterns).patterns())
                                .patterns())
                        .patterns());
    }

    @Test
    void theSameSeedLearnsTheSameBits() {
        Matrix patterns = random(6, 20);
        BoltzmannOptions options = DEFAULTS.withUpdates(20).withSeed(9);
        BoltzmannMemory one = BoltzmannMemory.learn(patterns, options).memory();
        BoltzmannMemory same = BoltzmannMemory.learn(patterns, options).memory();
        BoltzmannMemory other =
                BoltzmannMemory.learn(patterns, options.withSeed(10)).memory();
        assertThat(same.weights(1)).isEqualTo(one.weights(1));
        assertThat(same.weights(2)).isEqualTo(one.weights(2));
        assertThat(other.weights(1)).isNotEqualTo(one.weights(1));
        assertThat(one.bytes()).isEqualTo(4 * (20 + 64 * 20 + 64 + 64 * 64 + 64));
    }

    @Test
    void cuesThatDoNotFitAreRefused() {
        BoltzmannMemory memory =
                BoltzmannMemory.learn(random(3, 6), DEFAULTS.withUpdates(2)).memory();
        assertThatThrownBy(() -> memory.recall(random(2, 5))).hasMessageContaining("5 values each");
        assertThatThrownBy(() -> memory.recall(random(2, 6), 0)).hasMessageContaining("iterations (0)");
        assertThatThrownBy(() -> memory.complete(random(2, 6), Mask.all(5))).hasMessageContaining("mask");
        Matrix broken = random(2, 6);
        broken.set(1, 2, Float.NaN);
        assertThatThrownBy(() -> memory.recall(broken)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> BoltzmannMemory.learn(broken, DEFAULTS)).hasMessageContaining("NaN");
    }

    @Test
    void parametersThatDoNotFitAreRefused() {
        List<Matrix> weights = List.of(Matrix.zeros(3, 2), Matrix.zeros(4, 3));
        List<float[]> biases = List.of(new float[3], new float[4]);
        assertThat(BoltzmannMemory.of(new float[2], 1, weights, biases, DEFAULTS, LA)
                        .values())
                .isEqualTo(2);
        assertThatThrownBy(() -> BoltzmannMemory.of(new float[3], 1, weights, biases, DEFAULTS, LA))
                .hasMessageContaining("layer 1")
                .hasMessageContaining("3 units");
        assertThatThrownBy(() -> BoltzmannMemory.of(new float[2], 0, weights, biases, DEFAULTS, LA))
                .hasMessageContaining("scale (0.0)");
        assertThatThrownBy(() -> BoltzmannMemory.of(new float[2], 1, weights, biases.subList(0, 1), DEFAULTS, LA))
                .hasMessageContaining("2 matrices of weights and 1 biases");
        assertThatThrownBy(() ->
                        BoltzmannMemory.of(new float[2], 1, weights, List.of(new float[3], new float[3]), DEFAULTS, LA))
                .hasMessageContaining("layer 2");
        assertThatThrownBy(() -> BoltzmannMemory.of(new float[] {1, Float.NaN}, 1, weights, biases, DEFAULTS, LA))
                .hasMessageContaining("bias 0");
    }

    private static boolean[] known(int values, int first) {
        boolean[] known = new boolean[values];
        Arrays.fill(known, 0, first, true);
        return known;
    }

    private static Matrix random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(7);
        Matrix patterns = Matrix.zeros(rows, columns);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }
}
