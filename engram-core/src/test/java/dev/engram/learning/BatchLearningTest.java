package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.StopRule;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Mask;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Learning from sums: normal patterns, whose conditional mean is known, are completed nearly as well as by it. */
class BatchLearningTest {
    private static final int VALUES = 10;
    private static final int KNOWN = 5;
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    /** What patterns are made of, x = 0.5 + A y; the last value is the sum of two others. */
    private static final DoubleMatrix MIXING = mixing();

    private static DoubleMatrix mixing() {
        SplittableRandom random = new SplittableRandom(1);
        DoubleMatrix a = DoubleMatrix.zeros(VALUES, VALUES);
        for (int i = 0; i < VALUES - 1; i++) {
            for (int j = 0; j <= i; j++) {
                a.set(i, j, 0.1 * random.nextGaussian());
            }
        }
        for (int j = 0; j < VALUES; j++) {
            a.set(VALUES - 1, j, a.get(0, j) + a.get(VALUES - 2, j));
        }
        return a;
    }

    private static Matrix drawn(int patterns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DoubleMatrix y = DoubleMatrix.zeros(patterns, VALUES);
        for (int at = 0; at < y.data().length; at++) {
            y.data()[at] = random.nextGaussian();
        }
        Matrix x = LA.product(y, Transpose.NO, MIXING, Transpose.YES).toFloat();
        for (int at = 0; at < x.data().length; at++) {
            x.data()[at] += 0.5f;
        }
        return x;
    }

    /** The mean squared error of the unknown values under the conditional mean: the trace of S_uu - S_uk S_kk⁻¹ S_ku. */
    private static double least() {
        DoubleMatrix s = LA.product(MIXING, Transpose.NO, MIXING, Transpose.YES);
        DoubleMatrix known = DoubleMatrix.zeros(KNOWN, KNOWN);
        DoubleMatrix across = DoubleMatrix.zeros(KNOWN, VALUES - KNOWN);
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            for (int j = 0; j < KNOWN; j++) {
                if (i < KNOWN) {
                    known.set(i, j, s.get(i, j));
                } else {
                    across.set(j, i - KNOWN, s.get(i, j));
                }
            }
            sum += i < KNOWN ? 0 : s.get(i, i);
        }
        DoubleMatrix solved = LA.choleskyInPlace(known).solve(across.copy());
        for (int at = 0; at < solved.data().length; at++) {
            sum -= solved.data()[at] * across.data()[at];
        }
        return sum / (VALUES - KNOWN);
    }

    private static PredictiveCodingMemory memory(int hidden) {
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults().withHidden(hidden);
        return PredictiveCodingMemory.learn(drawn(4_000, 2), options, LearningObserver.NONE)
                .memory();
    }

    /** Mean over the patterns and the values from the given one on. */
    private static double error(Matrix found, Matrix patterns, int from) {
        double sum = 0;
        for (int i = 0; i < patterns.rows(); i++) {
            for (int j = from; j < VALUES; j++) {
                sum += Math.pow(found.get(i, j) - patterns.get(i, j), 2);
            }
        }
        return sum / patterns.rows() / (VALUES - from);
    }

    @Test
    void enoughNodesCompleteLikeTheConditionalMean() {
        boolean[] known = new boolean[VALUES];
        Arrays.fill(known, 0, KNOWN, true);
        Matrix asked = drawn(2_000, 3);
        Matrix completed = memory(0).complete(asked, Mask.known(known)).patterns();
        assertThat(error(completed, asked, KNOWN)).isBetween(0.9 * least(), 1.05 * least());
    }

    /** Nothing of five dimensions is nearer to all patterns than the span of the five largest principal components. */
    @Test
    void tooFewNodesTakeTheDirectionsOfMostVariance() {
        double[] variances = LA.eigen(LA.product(MIXING, Transpose.NO, MIXING, Transpose.YES))
                .values();
        double least = Arrays.stream(variances, 0, VALUES - 5).sum() / VALUES;
        Matrix asked = drawn(2_000, 3);
        double found = error(memory(6).recall(asked).patterns(), asked, 0);
        assertThat(found).isBetween(0.9 * least, 1.1 * least);
    }

    private static final int NODES = 4;
    private static final LocalLeastSquares RULE = new LocalLeastSquares(1e-5, 0.1);
    private static final Inference INFERENCE =
            Inference.of(Solver.newton(), StopRule.steps(20)).withLinearAlgebra(LA);

    /** Nothing is learned yet: the errors are the patterns. */
    private static GenerativeNetwork blank() {
        float[] memory = new float[NODES];
        Arrays.fill(memory, 1);
        return GenerativeNetwork.of(Activation.RELU, List.of(Matrix.zeros(VALUES, NODES)), memory, 1);
    }

    private static BatchLearning learning(int updates, double tolerance) {
        return new BatchLearning(RULE, updates, INFERENCE, 0.01, tolerance);
    }

    private static double squares(Matrix patterns) {
        double sum = 0;
        for (float value : patterns.data()) {
            sum += value * value;
        }
        return sum;
    }

    private static void assertSameWeights(GenerativeNetwork actual, GenerativeNetwork expected) {
        assertThat(actual.weights(1).data()).containsExactly(expected.weights(1).data());
        assertThat(actual.memoryVector()).containsExactly(expected.memoryVector());
    }

    @Test
    void progressSaysTheErrorBeforeEveryUpdate() {
        Matrix patterns = drawn(50, 4);
        List<LearningProgress> said = new ArrayList<>();
        Learning.Result result = learning(7, 0).learn(blank(), PatternBlocks.of(patterns), 5, progress -> {
            said.add(progress);
            return true;
        });
        LearningProgress first = said.get(0);
        assertThat(first.update()).isEqualTo(1);
        assertThat(first.updates()).isEqualTo(7);
        assertThat(first.energyPerLayer()).containsExactly(new double[] {squares(patterns) / 2, 0}, within(1e-3));
        assertThat(first.trainingError()).isCloseTo(squares(patterns) / patterns.data().length, within(1e-6));
        assertThat(result.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(result.updates()).isEqualTo(said.size()).isGreaterThan(1);
        LearningProgress last = said.get(said.size() - 1);
        assertThat(last.energyPerLayer()[0]).isCloseTo(last.trainingError() * patterns.data().length / 2, within(1e-9));
        assertThat(result.trainingError()).isEqualTo(last.trainingError()).isLessThan(0.5 * first.trainingError());
        assertThat(last.network().get()).isSameAs(result.network());
    }

    /** Errors as large as the patterns are enough after one update; half of them after as many as that takes. */
    @Test
    void itEndsWhenWhatIsLeftIsEnoughOrHardlyFalls() {
        PatternBlocks patterns = PatternBlocks.of(drawn(50, 4));
        assertThat(learning(7, 1)
                        .learn(blank(), patterns, 5, LearningObserver.NONE)
                        .updates())
                .isEqualTo(1);
        assertThat(learning(1, 0)
                        .learn(blank(), patterns, 5, LearningObserver.NONE)
                        .updates())
                .isEqualTo(1);
        int converged = learning(100, 0)
                .learn(blank(), patterns, 5, LearningObserver.NONE)
                .updates();
        assertThat(converged).isBetween(2, 20);
        assertThat(learning(2, 0)
                        .learn(blank(), patterns, 5, LearningObserver.NONE)
                        .updates())
                .isEqualTo(2);
    }

    @Test
    void whoStopsItGetsWhatIsLearnedAndGoesOnWithTheSameBits() {
        PatternBlocks patterns = PatternBlocks.of(drawn(50, 4));
        BatchLearning learning = learning(7, 0);
        Learning.Result straight = learning.learn(blank(), patterns, 5, LearningObserver.NONE);
        List<LearningState> kept = new ArrayList<>();
        Learning.Result stopped = learning.learn(blank(), patterns, 5, progress -> {
            kept.add(progress.state().get());
            return progress.update() < 2;
        });
        assertThat(stopped.outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(stopped.updates()).isEqualTo(2);
        assertThat(stopped.trainingError()).isBetween(straight.trainingError() * 0.99, 1.0);
        for (int update = 1; update <= 2; update++) {
            Learning.Result resumed =
                    learning.learn(blank(), patterns, 5, LearningObserver.NONE, Optional.of(kept.get(update - 1)));
            assertSameWeights(resumed.network(), straight.network());
            assertThat(resumed.updates()).isEqualTo(straight.updates());
            assertThat(resumed.trainingError()).isEqualTo(straight.trainingError());
        }
    }

    @Test
    void aLearningThatWasOverIsOver() {
        PatternBlocks patterns = PatternBlocks.of(drawn(50, 4));
        for (BatchLearning learning : List.of(learning(7, 0), learning(2, 0))) {
            List<LearningState> kept = new ArrayList<>();
            Learning.Result straight = learning.learn(
                    blank(), patterns, 5, progress -> kept.add(progress.state().get()));
            Learning.Result again = learning.learn(
                    blank(),
                    patterns,
                    5,
                    progress -> {
                        throw new AssertionError("another update");
                    },
                    Optional.of(kept.get(kept.size() - 1)));
            assertSameWeights(again.network(), straight.network());
            assertThat(again.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(again.updates()).isEqualTo(straight.updates());
            assertThat(again.trainingError()).isEqualTo(straight.trainingError());
        }
    }

    @Test
    void whatDivergesLeavesTheNetworkAsItWas() {
        Matrix huge = drawn(50, 4);
        for (int at = 0; at < huge.data().length; at++) {
            huge.data()[at] *= 1e38f;
        }
        GenerativeNetwork before = blank();
        Learning.Result result = learning(7, 0).learn(before, PatternBlocks.of(huge), 5, LearningObserver.NONE);
        assertThat(result.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(result.updates()).isZero();
        assertSameWeights(result.network(), blank());
    }
}
