package dev.engram.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.inference.Inference;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Batch learning with its sums made where the patterns are is that of patterns in one place. */
class PatternSumsTest {
    private static final int VALUES = 10;

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

    private static Matrix drawn(int patterns) {
        SplittableRandom random = new SplittableRandom(9);
        Matrix drawn = Matrix.zeros(patterns, VALUES);
        for (int at = 0; at < drawn.data().length; at++) {
            drawn.data()[at] = (float) (0.5 + 0.1 * random.nextGaussian());
        }
        return drawn;
    }

    @Test
    void sumsMayBeMadeWhereThePatternsAre() {
        Matrix patterns = drawn(300);
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
