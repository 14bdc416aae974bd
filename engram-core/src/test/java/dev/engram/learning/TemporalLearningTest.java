package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemporalLearningTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** At rest no state moved by a little in any direction has a lower energy; the way there never rises. */
    @ParameterizedTest
    @EnumSource(
            value = UsualActivation.class,
            names = {"LINEAR", "TANH"})
    void inferenceGoesDownhillToAMinimum(Activation f) {
        GenerativeNetwork emission =
                GenerativeNetwork.of(f, List.of(gaussian(4, 3, 1)), new float[] {1, -0.5f, 0.2f}, 0.7);
        GenerativeNetwork transition = GenerativeNetwork.of(f, List.of(gaussian(3, 3, 2)), new float[3], 1);
        TemporalStates states = new TemporalStates(LA, emission, transition, gaussian(5, 4, 3), List.of(3, 2));
        states.start(gaussian(5, 3, 4));
        double before = energy(states);
        for (int step = 0; step < 3000; step++) {
            states.infer(1);
            assertThat(energy(states)).isLessThanOrEqualTo(before * (1 + 1e-6));
            before = energy(states);
        }
        float[] z = states.z().data();
        for (int i = 0; i < z.length; i++) {
            float rest = z[i];
            for (float change : new float[] {-0.05f, 0.05f}) {
                z[i] = rest + change;
                assertThat(energy(states)).isGreaterThan(before);
                z[i] = rest;
            }
        }
    }

    /** W = 2, H = 0.5, b = 1, λ = 2; x = 3, 5; z = 1.5, 1: E = ½(0² + 3²) + ½·2(0.5² + 0.25²). */
    @Test
    void theEnergyIsThatOfFramesAndStates() {
        GenerativeNetwork emission =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 2)), new float[] {1}, 2);
        GenerativeNetwork transition =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 0.5f)), new float[1], 1);
        TemporalStates states = new TemporalStates(LA, emission, transition, Matrix.wrap(2, 1, 3, 5), List.of(2));
        states.start(Matrix.wrap(2, 1, 0.5f, 0));
        assertThat(energy(states)).isCloseTo(4.5 + 0.3125, within(1e-6));
        TemporalStates apart = new TemporalStates(LA, emission, transition, Matrix.wrap(2, 1, 3, 5), List.of(1, 1));
        apart.start(Matrix.wrap(2, 1, 0.5f, 0));
        assertThat(energy(apart))
                .as("two sequences of one frame: both begin at b")
                .isCloseTo(4.5 + 0.25, within(1e-6));
    }

    @Test
    void learningLowersTheEnergyByAllButTheFirstStates() {
        GenerativeNetwork initial = GenerativeNetwork.of(
                Activation.LINEAR,
                List.of(Matrix.zeros(20, 30)),
                gaussian(1, 30, 5).data(),
                1);
        List<Double> energy = new ArrayList<>();
        Matrix frames = gaussian(12, 20, 6);
        TemporalLearning.Result result = new TemporalLearning(new LocalLeastSquares(1e-5, 0), 8, 5, 0.1, LA)
                .learn(initial, frames, List.of(6, 6), 0, progress -> {
                    energy.add(Arrays.stream(progress.energyPerLayer()).sum());
                    if (progress.update() == 1) { // of no weights
                        assertThat(progress.trainingError()).isCloseTo(meanSquare(frames), within(1e-6));
                    }
                    return true;
                });
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(energy).hasSize(8);
        for (int u = 1; u < energy.size(); u++) {
            assertThat(energy.get(u)).isLessThanOrEqualTo(energy.get(u - 1) * (1 + 1e-5));
        }
        assertThat(energy.get(7)).as("two first states lie apart from b").isLessThan(1e-2 * energy.get(0));
        assertThat(initial.weights(1)).isEqualTo(Matrix.zeros(20, 30));
    }

    @Test
    void itStopsAfterTheUpdateAtWhichTheObserverSaysSo() {
        GenerativeNetwork initial =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.zeros(2, 3)), new float[3], 1);
        TemporalLearning.Result result = new TemporalLearning(new LocalLeastSquares(1e-5, 0), 5, 1, 0.1, LA)
                .learn(initial, gaussian(4, 2, 1), List.of(4), 0, progress -> progress.update() < 2);
        assertThat(result.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(result.updates()).isEqualTo(2);
    }

    @Test
    void lengthsMustMakeUpTheFrames() {
        GenerativeNetwork initial =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.zeros(2, 3)), new float[3], 1);
        TemporalLearning learning = new TemporalLearning(new LocalLeastSquares(1e-5, 0), 1, 0, 0.1, LA);
        assertThatThrownBy(() -> learning.learn(initial, gaussian(4, 2, 1), List.of(3), 0, LearningObserver.NONE))
                .hasMessageContainingAll("[3]", "4 frames");
    }

    private static double energy(TemporalStates states) {
        return Arrays.stream(states.energyPerLayer()).sum();
    }

    private static double meanSquare(Matrix matrix) {
        double sum = 0;
        for (float value : matrix.data()) {
            sum += value * value;
        }
        return sum / matrix.data().length;
    }

    private static Matrix gaussian(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = (float) random.nextGaussian();
        }
        return m;
    }
}
