package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.inference.Inference;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Mask;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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

    /** Patterns in two places, to which what is to be computed, and from which the sums, go as bytes. */
    private record Elsewhere(Matrix here, Matrix there) implements PatternBlocks {
        @Override
        public int count() {
            return here.rows() + there.rows();
        }

        @Override
        public int values() {
            return here.columns();
        }

        @Override
        public void forEach(Consumer<Matrix> visitor) {
            throw new AssertionError("The patterns stay where they are.");
        }

        @Override
        public <S extends Serializable> S sums(LinearAlgebra la, PatternSums<S> of) {
            S first = sums(sent(of), here);
            return of.joined(first, sent(sums(sent(of), there)));
        }

        private static <S extends Serializable> S sums(PatternSums<S> of, Matrix patterns) {
            S sums = of.none();
            of.add(LinearAlgebra.withThreads(1), patterns, sums);
            return sums;
        }

        @SuppressWarnings("unchecked") // what comes is what was sent
        private static <T extends Serializable> T sent(T object) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                ObjectOutputStream out = new ObjectOutputStream(bytes);
                out.writeObject(object);
                out.flush();
                return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
            } catch (IOException | ClassNotFoundException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void sumsMayBeMadeWhereThePatternsAre() {
        Matrix patterns = drawn(300, 9);
        GenerativeNetwork blank = GenerativeNetwork.of(
                Activation.RELU, List.of(Matrix.zeros(VALUES, 8)), new float[] {1, 1, 1, 1, 1, 1, 1, 1}, 1);
        for (Inference inference : List.of(Inference.newton(), Inference.gradient(5))) {
            BatchLearning learning = new BatchLearning(new LocalLeastSquares(1e-5, 0.1), 4, inference, 0.01, 0);

            Matrix together = learning.learn(blank, PatternBlocks.of(patterns), 3, p -> true)
                    .network()
                    .weights(1);
            Matrix apart = learning.learn(
                            blank, new Elsewhere(patterns.slice(0, 111), patterns.slice(111, 300)), 3, p -> true)
                    .network()
                    .weights(1);

            assertThat(together.isZero()).isFalse();
            assertThat(Math.sqrt(apart.minus(together).squaredLength() / together.squaredLength()))
                    .isLessThan(1e-5);
        }
    }
}
