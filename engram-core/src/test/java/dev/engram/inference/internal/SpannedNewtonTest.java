package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Annealing;
import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.Invariants;
import dev.engram.inference.MaskCache;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.Definition;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.UsualActivation;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights kept in a span against the same weights as a matrix. */
class SpannedNewtonTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int D = 40;

    @ParameterizedTest
    @CsvSource({"6, 25, RELU", "6, 25, LINEAR", "15, 10, RELU", "10, 60, RELU", "1, 3, RELU"})
    void equilibriaAreTheSame(int r, int n, UsualActivation activation) {
        for (long seed = 0; seed < 10; seed++) {
            GenerativeNetwork spanned = spanned(r, n, activation, seed);
            GenerativeNetwork dense =
                    GenerativeNetwork.of(activation, List.of(spanned.map(1).matrix(LA)), spanned.memoryVector(), 0.5);
            Matrix cues = Definition.values(dense, 5, seed).layer(0);
            for (Clamp clamp : List.of(Clamp.all(D), half(), each(seed))) {
                Invariants invariants = new Invariants();
                Inference inference = Inference.newton().withAnnealing(Annealing.decades(2));
                Equilibrium fast = inference.withObserver(invariants).run(spanned, cues, clamp);
                Equilibrium plain = inference.run(dense, cues, clamp);
                assertThat(fast.status()).allMatch(Status::isEquilibrium);
                for (int cue = 0; cue < 5; cue++) {
                    assertThat(fast.totalEnergy(cue))
                            .isCloseTo(plain.totalEnergy(cue), within(1e-4 * plain.totalEnergy(cue) + 1e-7));
                }
            }
        }
    }

    @Test
    void aRememberedMaskGivesTheSameAnswers() {
        GenerativeNetwork spanned = spanned(6, 25, Activation.RELU, 1);
        Matrix cues = Definition.values(spanned, 5, 2).layer(0);
        Inference plain = Inference.newton();
        Inference remembering = plain.withMasks(MaskCache.of(2));
        for (int round = 0; round < 2; round++) {
            for (Clamp clamp : List.of(half(), Clamp.all(D), each(3), half())) {
                assertThat(remembering.run(spanned, cues, clamp).prediction())
                        .isEqualTo(plain.run(spanned, cues, clamp).prediction());
            }
        }
    }

    @Test
    void predictionsAndFeedbackAreThoseOfTheMatrix() {
        GenerativeNetwork spanned = spanned(6, 25, Activation.RELU, 1);
        Matrix theta = spanned.map(1).matrix(LA);
        Matrix f = Definition.values(spanned, 3, 2).layer(1);
        Matrix error = Definition.values(spanned, 3, 3).layer(0);
        Matrix fast = Matrix.zeros(3, D);
        Matrix plain = Matrix.zeros(3, D);
        spanned.map(1).predict(LA, 1, f, 0, fast);
        new LinearMap.Dense(theta).predict(LA, 1, f, 0, plain);
        Matrix fastUp = Matrix.zeros(3, 25);
        Matrix plainUp = Matrix.zeros(3, 25);
        spanned.map(1).feedback(LA, 2, error, fastUp);
        new LinearMap.Dense(theta).feedback(LA, 2, error, plainUp);
        assertClose(fast, plain);
        assertClose(fastUp, plainUp);
        assertThat(spanned.map(1).spectralNorm(LA))
                .isCloseTo(
                        new LinearMap.Dense(theta).spectralNorm(LA),
                        within(1e-2 * spanned.map(1).spectralNorm(LA)));
        assertThat(spanned.map(1).values()).isEqualTo(6 * (D + 25));
    }

    /** With b far below zero most units start silent: the systems of the few active units are solved directly. */
    @Test
    void fewActiveUnitsAreSolvedForDirectly() {
        GenerativeNetwork spanned = spanned(6, 40, Activation.RELU, 4);
        for (int i = 0; i < 40; i++) {
            spanned.memoryVector()[i] = i < 8 ? 0.5f : -0.5f;
        }
        GenerativeNetwork dense =
                GenerativeNetwork.of(Activation.RELU, List.of(spanned.map(1).matrix(LA)), spanned.memoryVector(), 0.5);
        Matrix cues = Definition.values(dense, 5, 5).layer(0);
        Equilibrium fast = Inference.newton().run(spanned, cues, half());
        Equilibrium plain = Inference.newton().run(dense, cues, half());
        assertThat(fast.totalEnergy()).isCloseTo(plain.totalEnergy(), within(1e-5 * plain.totalEnergy()));
    }

    /** Orthonormal rows by Gram-Schmidt, a random factor. */
    private static GenerativeNetwork spanned(int r, int n, Activation activation, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] u = new double[r][D];
        for (int i = 0; i < r; i++) {
            u[i] = random.doubles(D, -1, 1).toArray();
            for (int k = 0; k <= i; k++) {
                double dot = 0;
                for (int j = 0; j < D; j++) {
                    dot += u[i][j] * u[k][j];
                }
                for (int j = 0; j < D; j++) {
                    u[i][j] = k == i ? u[i][j] / Math.sqrt(dot) : u[i][j] - dot * u[k][j];
                }
            }
        }
        Matrix basis = Matrix.zeros(r, D);
        IntStream.range(0, r * D).forEach(i -> basis.data()[i] = (float) u[i / D][i % D]);
        Matrix factor = Matrix.zeros(r, n);
        IntStream.range(0, r * n).forEach(i -> factor.data()[i] = (float) random.nextDouble(-1, 1));
        float[] b = new float[n];
        IntStream.range(0, n).forEach(i -> b[i] = (float) random.nextDouble(0.1, 1));
        return GenerativeNetwork.ofMaps(activation, List.of(new LinearMap.Spanned(basis, factor)), b, 0.5);
    }

    private static Clamp half() {
        return Clamp.known(D, IntStream.range(0, D / 2).toArray());
    }

    private static Clamp each(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Clamp(
                D,
                IntStream.range(0, 5)
                        .mapToObj(c -> {
                            BitSet row = new BitSet(D);
                            IntStream.range(0, D)
                                    .filter(i -> random.nextInt(3) == 0)
                                    .forEach(row::set);
                            return row;
                        })
                        .toList());
    }

    private static void assertClose(Matrix actual, Matrix expected) {
        for (int i = 0; i < expected.data().length; i++) {
            assertThat(actual.data()[i]).isCloseTo(expected.data()[i], within(1e-4f));
        }
    }
}
