package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.learning.LearningObserver;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.ValueNodes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writing into a learned memory and taking out of it, by what that must leave alone. */
class StoreAndForgetTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final int VALUES = 65;
    private static final Shape SHAPE = Shape.of(13, 5, 1);

    /** The forms sensory weights are kept in, and a network with a layer above. */
    private enum Form {
        SPANNED,
        DENSE,
        DEEP;

        AttractorMemory learn(Matrix patterns) {
            PredictiveCodingOptions options =
                    PredictiveCodingOptions.forLayers(this == DEEP ? 3 : 2).withHidden(33);
            GenerativeNetwork learned = PredictiveCodingMemory.learn(patterns, options, LearningObserver.NONE)
                    .memory()
                    .network();
            GenerativeNetwork network = this == DENSE
                    ? learned.withSensoryMap(
                            new LinearMap.Dense(learned.map(1).matrix(LA).copy()))
                    : learned;
            return AttractorMemory.learn(network, patterns);
        }
    }

    private static Matrix patterns(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix patterns = Matrix.zeros(count, VALUES);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }

    private static Matrix generated(GenerativeNetwork network, Matrix codes) {
        ValueNodes layers = ValueNodes.predictedFrom(LA, network, Matrix.zeros(codes.rows(), 0), codes);
        return ValueNodes.predict(LA, network, layers.layer(1), 0);
    }

    private static void assertClose(Matrix actual, Matrix expected, double tolerance) {
        for (int i = 0; i < expected.data().length; i++) {
            assertThat((double) actual.data()[i]).isCloseTo(expected.data()[i], within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void aStoredPatternIsWhatItsCodeGeneratesAndTheOthersStay(Form form) {
        AttractorMemory before = form.learn(patterns(7, 1));
        Matrix written = patterns(4, 2);
        AttractorMemory after = before.store(written, 5);
        assertThat(after.codes().size()).isEqualTo(11);
        Matrix found = generated(after.network(), after.codes().values());
        assertClose(
                found.slice(0, 7), generated(before.network(), before.codes().values()), 2e-4);
        assertClose(found.slice(7, 11), written, 2e-4);
        assertThat(before.codes().size()).as("the memory given is only read").isEqualTo(7);
        Mask mask = Mask.known(Region.parse("top:0.4"), SHAPE, 4, 3);
        assertThat(Score.of(
                                written,
                                after.complete(mask.blank(written, 0), mask).patterns())
                        .recovered(Score.COMPLETION_THRESHOLD))
                .isEqualTo(4);
    }

    /** Beside as many codes as before, with the same seed, while what was stored then is still there. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void storedAfterAnotherWasForgottenThereIsRoomAgain(Form form) {
        AttractorMemory memory = form.learn(patterns(7, 1));
        for (int i = 0; i < 12; i++) {
            memory = memory.store(patterns(1, 10 + i), 0).forget(0);
        }
        Matrix found = generated(memory.network(), memory.codes().values());
        for (int i = 0; i < 7; i++) {
            assertClose(found.slice(i, i + 1), patterns(1, 15 + i), 2e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void whatIsForgottenCanNoLongerBeGeneratedAndTheOthersStay(Form form) {
        Matrix patterns = patterns(9, 1);
        AttractorMemory before = form.learn(patterns);
        AttractorMemory after = before.forget(2, 5);
        int[] kept = {0, 1, 3, 4, 6, 7, 8};
        assertClose(
                generated(after.network(), after.codes().values()),
                generated(before.network(), before.codes().values()).rows(kept),
                2e-4);
        Matrix rates = patterns(50, 7).slice(0, 50);
        Matrix anywhere = Matrix.zeros(50, 33);
        System.arraycopy(rates.data(), 0, anywhere.data(), 0, anywhere.data().length);
        Matrix states = Matrix.zeros(50, VALUES);
        after.network().map(1).predict(LA, 1, anywhere, 0, states);
        Matrix stored = generated(before.network(), before.codes().values());
        for (int gone : new int[] {2, 5}) {
            double[] own = residual(stored.row(gone), stored.rows(kept));
            for (int state = 0; state < 50; state++) {
                double along = 0;
                for (int j = 0; j < VALUES; j++) {
                    along += own[j] * states.get(state, j);
                }
                assertThat(along).as("along what only pattern %d had", gone).isCloseTo(0, within(2e-3));
            }
        }
        assertThat(after.bytes())
                .isLessThanOrEqualTo(before.bytes() - 2L * 4 * before.codes().nodes());
        Matrix gone = patterns.rows(2, 5);
        assertThat(Arrays.stream(Score.of(gone, before.recall(gone).patterns()).errors())
                        .max()
                        .orElseThrow())
                .isLessThan(1e-3);
        assertThat(Arrays.stream(Score.of(gone, after.recall(gone).patterns()).errors())
                        .min()
                        .orElseThrow())
                .isGreaterThan(0.05);
    }

    /** What v has beside the rows, by the normal equations in plain loops. */
    private static double[] residual(float[] v, Matrix rows) {
        double[] rest = IntStream.range(0, v.length).mapToDouble(j -> v[j]).toArray();
        for (int sweep = 0; sweep < 20_000; sweep++) { // coordinate descent on |v - Σ a_i row_i|²
            for (int i = 0; i < rows.rows(); i++) {
                double dot = 0;
                double square = 0;
                for (int j = 0; j < v.length; j++) {
                    dot += rest[j] * rows.get(i, j);
                    square += (double) rows.get(i, j) * rows.get(i, j);
                }
                for (int j = 0; j < v.length; j++) {
                    rest[j] -= dot / square * rows.get(i, j);
                }
            }
        }
        double length = Math.sqrt(Arrays.stream(rest).map(r -> r * r).sum());
        return Arrays.stream(rest).map(r -> r / length).toArray();
    }

    @Test
    void oneCallOrManyHoldTheSame() {
        AttractorMemory start = Form.SPANNED.learn(patterns(1, 1));
        Matrix written = patterns(20, 2);
        AttractorMemory apart = start;
        for (int i = 0; i < 20; i++) {
            apart = apart.store(written.slice(i, i + 1), 5);
        }
        for (AttractorMemory memory : List.of(apart, start.store(written, 5))) {
            assertClose(generated(memory.network(), memory.codes().values()).slice(1, 21), written, 1e-3);
            assertThat(memory.audit().orElseThrow().isSound()).isTrue();
            assertThat(memory.audit().orElseThrow().capacityLeft()).isEqualTo(33 - 21);
        }
    }

    /** Seeds and counts whose noise is the same: 5 beside three codes, 4 beside four, 3 beside five. */
    @Test
    void theSameNoiseAgainIsDrawnAnew() {
        Matrix written = patterns(3, 2);
        AttractorMemory memory = Form.SPANNED.learn(patterns(3, 1));
        for (int k = 0; k < 3; k++) {
            memory = memory.store(written.slice(k, k + 1), 5 - k);
        }
        assertClose(generated(memory.network(), memory.codes().values()).slice(3, 6), written, 1e-3);
        assertThat(memory.audit().orElseThrow().isSound()).isTrue();
    }

    /** Codes 3 and 4 from b along the first axes: the mean of their squares is 12½. One code at b leaves the least spread, 0.02 a node. */
    @Test
    void aNewCodeIsAsFarFromTheMemoryVectorAsTheOthersAndAtRightAnglesToThem() {
        float[] b = {1, 1, 1, 1};
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 4, 1, 2, 3, 4)), b, 1);
        Codes codes = Codes.of(Matrix.wrap(2, 4, 4, 1, 1, 1, 1, 5, 1, 1), new double[] {3, 1});
        Codes after = AttractorMemory.of(network, codes)
                .store(Matrix.wrap(1, 1, 0.5f), 1)
                .codes();
        float[] fresh = after.values().row(2);
        assertThat(fresh[0]).isCloseTo(1, within(1e-6f));
        assertThat(fresh[1]).isCloseTo(1, within(1e-6f));
        assertThat(Math.hypot(fresh[2] - 1, fresh[3] - 1)).isCloseTo(Math.sqrt(12.5), within(1e-6));
        assertThat(after.weights())
                .as("as probable as the others on average")
                .containsExactly(new double[] {0.5, 1.0 / 6, 1.0 / 3}, within(1e-12));
        float[] near = AttractorMemory.of(network, Codes.of(Matrix.wrap(1, 4, b)))
                .store(Matrix.wrap(1, 1, 0.5f), 1)
                .codes()
                .values()
                .row(1);
        double squares = 0;
        for (float v : near) {
            squares += Math.pow(v - 1, 2);
        }
        assertThat(Math.sqrt(squares)).isCloseTo(0.04, within(1e-6));
    }

    @Test
    void forgettingWhatWasJustStoredLeavesTheMemoryAsItWas() {
        AttractorMemory before = Form.DENSE.learn(patterns(7, 1));
        AttractorMemory after = before.store(patterns(1, 2), 5).forget(7);
        assertThat(after.codes().values()).isEqualTo(before.codes().values());
        assertClose(
                generated(after.network(), after.codes().values()),
                generated(before.network(), before.codes().values()),
                2e-4);
    }

    @Test
    void originalsAndBytesOfCodesFollow() {
        Matrix patterns = patterns(6, 1);
        AttractorMemory learned = Form.SPANNED.learn(patterns);
        AttractorMemory quantised = AttractorMemory.of(
                        learned.network(), learned.codes().quantised())
                .withOriginals(patterns);
        Matrix written = patterns(2, 2);
        AttractorMemory after = quantised.store(written, 5).forget(0);
        assertThat(after.codes().isQuantised()).isTrue();
        assertThat(after.originals().orElseThrow())
                .isEqualTo(Matrix.wrap(7, VALUES, concat(patterns.slice(1, 6).data(), written.data())));
        Recall recall = after.recall(written);
        assertThat(recall.patterns()).as("bit for bit").isEqualTo(written);
    }

    private static float[] concat(float[] a, float[] b) {
        float[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** Rates (1, 0), (1, 1): ½ of the first's square is its own, 1 of the second's; their squared distance from the mean (1, ½) is ¼. */
    @Test
    void theAuditSaysHowMuchOfACodeIsItsOwn() {
        GenerativeNetwork network = GenerativeNetwork.of(
                Activation.LINEAR, List.of(Matrix.wrap(3, 2, 1, 0, 0, 1, 1, 1)), new float[] {0, 0}, 1);
        AttractorMemory memory = AttractorMemory.of(network, Codes.of(Matrix.wrap(2, 2, 1, 0, 1, 1)));
        double[] own = memory.audit().orElseThrow().own();
        assertThat(own[0]).isCloseTo(1, within(1e-6));
        assertThat(own[1]).isCloseTo(1, within(1e-6));
        AttractorMemory crowded = AttractorMemory.of(network, Codes.of(Matrix.wrap(3, 2, 1, 0, 1, 1, 1, 0.5f)));
        assertThat(crowded.audit().orElseThrow().crowded()).isEqualTo(3);
        assertThat(crowded.audit().orElseThrow().capacityLeft()).isZero();
        assertThat(crowded.audit().orElseThrow().isSound()).isFalse();
        assertThatThrownBy(() -> crowded.store(Matrix.zeros(1, 3), 1)).hasMessageContaining("no room");
    }

    @Test
    void whatCannotBeStoredOrForgottenIsRefused() {
        AttractorMemory memory = Form.SPANNED.learn(patterns(3, 1));
        assertThatThrownBy(() -> memory.forget(3)).hasMessageContaining("0 to 2");
        assertThatThrownBy(() -> memory.forget(-1)).hasMessageContaining("no pattern -1");
        assertThatThrownBy(() -> memory.forget(0, 1, 2)).hasMessageContaining("must stay");
        assertThatThrownBy(() -> memory.store(Matrix.zeros(1, 64), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memory.store(Matrix.zeros(0, VALUES), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memory.store(patterns(31, 2), 1))
                .hasMessageContaining("no room for another pattern beside 33: the network has 33 units");
        assertThat(memory.store(patterns(30, 2), 1).audit().orElseThrow().recalled())
                .isEqualTo(33);
    }
}
