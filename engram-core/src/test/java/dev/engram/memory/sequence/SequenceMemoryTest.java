package dev.engram.memory.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.learning.GradientRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.hopfield.Separation;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceMemoryTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final TemporalOptions DIRECT = TemporalOptions.defaults();
    private static final HiddenTemporalOptions HIDDEN = HiddenTemporalOptions.defaults();

    /** Two sequences: it is told of every update and of both, and stops where it is told to. */
    @Test
    void learningIsWatchedAndCanBeStopped() {
        Sequences sequences = Sequences.of(gaussian(4, 10, 1), gaussian(3, 10, 2));
        for (boolean hidden : new boolean[] {false, true}) {
            List<String> told = new ArrayList<>();
            Learned<? extends SequenceMemory> whole = learn(sequences, hidden, new Telling(told, Integer.MAX_VALUE));
            assertThat(whole.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(told)
                    .hasSize(whole.updates() + 3)
                    .endsWith("audited 0 of 5", "audited 3 of 5", "audited 5 of 5");
            assertThat(told.get(0)).startsWith("update 1 of " + whole.updates());
            assertThat(whole.audit().errors()).hasSize(5);

            Learned<? extends SequenceMemory> stopped = learn(sequences, hidden, new Telling(new ArrayList<>(), 1));
            assertThat(stopped.outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(stopped.updates()).isEqualTo(1);
            assertThat(stopped.audit().errors()).isEmpty();
        }
    }

    /**
     * Frames e1 → e2 and then √½(e1 + e3) → e4: of the second, the weights foretell √½ e2, so ΔW = (e4 - √½ e2) √½(e1 + e3)ᵀ, and e1 is
     * followed by e2 + √½ (e4 - √½ e2) = ½ e2 + √½ e4.
     */
    @Test
    void whatIsLearnedLaterOverwritesTheEarlierAsFarAsFramesAreAlike() {
        float half = (float) Math.sqrt(0.5);
        Sequences earlier = Sequences.of(Matrix.ofRows(new float[] {1, 0, 0, 0}, new float[] {0, 1, 0, 0}));
        Sequences later = Sequences.of(Matrix.ofRows(new float[] {half, 0, half, 0}, new float[] {0, 0, 0, 1}));
        for (TemporalOptions options : List.of(DIRECT, DIRECT.withRule(GradientRule.plain(0.5), 60))) {
            TemporalMemory both = TemporalMemory.learn(earlier, DIRECT, LA)
                    .memory()
                    .store(later, options)
                    .memory();
            Matrix shown = Matrix.ofRows(new float[] {half, 0, half, 0}, new float[] {1, 0, 0, 0});
            assertThat(both.follow(shown).patterns().data())
                    .containsExactly(new float[] {0, 0, 0, 1, 0, 0.5f, 0, half}, within(1e-4f));
        }
    }

    /** Frames at right angles to all earlier ones have no part in their span. Of 200 values, so that bases are kept; of 8, a matrix. */
    @ParameterizedTest
    @CsvSource({"200, true", "8, false"})
    void whatHasNothingInCommonIsKept(int values, boolean bases) {
        Matrix first = Matrix.zeros(4, values);
        Matrix second = Matrix.zeros(4, values);
        for (int t = 0; t < 4; t++) {
            first.set(t, t, 1);
            second.set(t, 4 + t, 2);
        }
        Learned<TemporalMemory> learned =
                TemporalMemory.learn(Sequences.of(first), DIRECT, LA).memory().store(Sequences.of(second), DIRECT);
        assertThat(learned.memory().weights() instanceof LinearMap.Spanned).isEqualTo(bases);
        assertThat(learned.audit().errors()).hasSize(3);
        for (Matrix frames : List.of(first, second)) {
            assertThat(learned.memory().replay(frames.slice(0, 1), 3).patterns().data())
                    .containsExactly(frames.slice(1, 4).data(), within(1e-4f));
        }
        assertThatThrownBy(() -> learned.memory().store(Sequences.of(Matrix.zeros(2, 3)), DIRECT))
                .hasMessageContaining("frames of 3 values, those of the memory have " + values)
                .hasMessageContaining("Maybe");
    }

    private static Learned<? extends SequenceMemory> learn(
            Sequences sequences, boolean hidden, MemoryModel.Watch watch) {
        return hidden
                ? HiddenTemporalMemory.learn(sequences, HIDDEN, LA, watch)
                : TemporalMemory.learn(sequences, DIRECT, LA, watch);
    }

    /** Keeps what it is told, and goes on until it has been told so many things. */
    private record Telling(List<String> told, int most) implements MemoryModel.Watch {
        @Override
        public boolean onUpdate(int update, int updates, double trainingError) {
            assertThat(trainingError).isNotNegative();
            return tell("update %d of %d".formatted(update, updates));
        }

        @Override
        public boolean onAudit(int audited, int patterns) {
            return tell("audited %d of %d".formatted(audited, patterns));
        }

        private boolean tell(String what) {
            told.add(what);
            return told.size() < most;
        }
    }

    /** e1, e2, e3 in a row: W moves each to the next and knows of nothing else. */
    @Test
    void ofUnitVectorsTheWeightsAreTheShift() {
        Matrix frames = Matrix.ofRows(new float[] {1, 0, 0}, new float[] {0, 1, 0}, new float[] {0, 0, 1});
        TemporalMemory memory =
                TemporalMemory.learn(Sequences.of(frames), DIRECT, LA).memory();
        assertThat(memory.weights().matrix(LA).data())
                .containsExactly(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, within(1e-6f));
    }

    /** One plain step from 0: W = α/2 Σ x' tanh(x)ᵀ, with tanh(0.5) = 0.46211716 and tanh(1) = 0.76159416, α = 1. */
    @Test
    void aGradientStepIsThePapersRule() {
        Matrix frames = Matrix.ofRows(new float[] {0.5f, 1}, new float[] {1, 0}, new float[] {2, -1});
        TemporalOptions options = DIRECT.withActivation(Activation.TANH).withRule(GradientRule.plain(1), 1);
        TemporalMemory memory =
                TemporalMemory.learn(Sequences.of(frames), options, LA).memory();
        float[] expected = {0.5f * (0.46211716f + 2 * 0.76159416f), 0.5f * 0.76159416f, -0.5f * 0.76159416f, 0};
        assertThat(memory.weights().matrix(LA).data()).containsExactly(expected, within(1e-5f));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "7, 5", "63, 20", "64, 32", "65, 30", "1021, 40"})
    void independentFramesAreReplayedFromTheFirst(int values, int count) {
        Sequences sequences = Sequences.of(gaussian(count, values, values));
        for (SequenceMemory memory : List.of(
                TemporalMemory.learn(sequences, DIRECT, LA).memory(),
                HiddenTemporalMemory.learn(sequences, HIDDEN, LA).memory())) {
            Recall recall = memory.replay(sequences.all().slice(0, 1), count - 1);
            assertThat(Score.of(sequences.nexts(), recall.patterns()).recovered(1e-4))
                    .as(memory.model())
                    .isEqualTo(count - 1);
            assertThat(recall.status()).allMatch(Status::isEquilibrium);
        }
    }

    @Test
    void weightsAreKeptInTheSpanWhereThatIsLess() {
        Sequences sequences = Sequences.of(gaussian(8, 1000, 1));
        Learned<TemporalMemory> learned = TemporalMemory.learn(sequences, DIRECT, LA);
        assertThat(learned.memory().weights()).isInstanceOf(LinearMap.Spanned.class);
        assertThat(learned.memory().bytes()).isEqualTo(4L * 2 * 7 * 1000);
        assertThat(learned.audit().recovered(1e-6)).isEqualTo(7);
        assertThat(TemporalMemory.learn(Sequences.of(gaussian(8, 10, 1)), DIRECT, LA)
                        .memory()
                        .bytes())
                .isEqualTo(4 * 10 * 10);
    }

    /** A B C and D B E: after B the mean of C and E without hidden layer, the right one with it. */
    @Test
    void whatFollowsASharedFrameIsKnownToTheHiddenLayerOnly() {
        Matrix f = gaussian(5, 40, 3);
        Sequences sequences = Sequences.of(f.rows(0, 1, 2), f.rows(3, 1, 4));
        TemporalMemory direct = TemporalMemory.learn(sequences, DIRECT, LA).memory();
        HiddenTemporalMemory hidden =
                HiddenTemporalMemory.learn(sequences, HIDDEN, LA).memory();
        for (int s = 0; s < 2; s++) {
            Matrix shown = sequences.frames().get(s).slice(0, 2);
            float[] mixed = direct.follow(shown).patterns().row(1);
            float[] right = hidden.follow(shown).patterns().row(1);
            float[] offline = hidden.replay(shown.slice(0, 1), 2).patterns().row(1);
            for (int j = 0; j < 40; j++) {
                assertThat(mixed[j]).isCloseTo((f.get(2, j) + f.get(4, j)) / 2, within(1e-3f));
                assertThat(right[j]).isCloseTo(f.get(s == 0 ? 2 : 4, j), within(1e-2f));
                assertThat(offline[j]).isCloseTo(f.get(s == 0 ? 2 : 4, j), within(1e-2f));
            }
        }
        assertThat(TemporalMemory.learn(sequences, DIRECT, LA).audit().recovered(1e-3))
                .isEqualTo(2);
        assertThat(HiddenTemporalMemory.learn(sequences, HIDDEN, LA).audit().recovered(1e-3))
                .isEqualTo(4);
    }

    /**
     * One unit each: W = 2, H = 3, b = 1, λ = 1. Shown 6 and then 10: z1 = (2·6 + 0.001·1)/(4 + 0.001), the first λ being annealed by three
     * decades, μ2 = 3 z1, z2 = (2·10 + μ2)/(4 + 1).
     */
    @Test
    void aShownFrameAndThePastAreWeighedByTheirPrecisions() {
        GenerativeNetwork network =
                GenerativeNetwork.of(Activation.LINEAR, List.of(Matrix.wrap(1, 1, 2)), new float[] {1}, 1);
        HiddenTemporalMemory memory = HiddenTemporalMemory.of(network, new LinearMap.Dense(Matrix.wrap(1, 1, 3)), LA);
        double first = 12.001 / 4.001;
        double second = (20 + 3 * first) / 5;
        Recall recall = memory.follow(Matrix.wrap(2, 1, 6, 10));
        assertThat(recall.patterns().data())
                .containsExactly(new float[] {(float) (6 * first), (float) (6 * second)}, within(1e-3f));
        double energy = 0.5 * Math.pow(10 - 2 * second, 2) + 0.5 * Math.pow(second - 3 * first, 2);
        assertThat(recall.energy()[1]).isCloseTo(energy, within(1e-3));
        assertThat(memory.replay(Matrix.wrap(2, 1, 6, 10), 3).patterns().data())
                .containsExactly(
                        new float[] {(float) (6 * second), (float) (18 * second), (float) (54 * second)},
                        within(1e-2f));
    }

    @Test
    void aStrongPriorTrustsThePastMoreThanANoisyPresent() {
        Sequences sequences = Sequences.of(gaussian(30, 300, 5));
        Matrix noisy = sequences.presents();
        Matrix noise = gaussian(29, 300, 6);
        for (int i = 300; i < noisy.data().length; i++) {
            noisy.data()[i] += noise.data()[i];
        }
        HiddenTemporalMemory memory =
                HiddenTemporalMemory.learn(sequences, HIDDEN, LA).memory();
        double weak =
                Score.of(sequences.nexts(), memory.follow(noisy).patterns()).mean();
        double strong = Score.of(
                        sequences.nexts(),
                        memory.withPriorPrecision(1000).follow(noisy).patterns())
                .mean();
        assertThat(strong).isLessThan(weak / 2).isLessThan(0.02);
    }

    @Test
    void permutedValuesGivePermutedAnswers() {
        Matrix frames = gaussian(6, 12, 7);
        Matrix turned = reversed(frames);
        for (Activation f : UsualActivation.values()) {
            Recall plain = TemporalMemory.learn(Sequences.of(frames), DIRECT.withActivation(f), LA)
                    .memory()
                    .follow(frames);
            Recall other = TemporalMemory.learn(Sequences.of(turned), DIRECT.withActivation(f), LA)
                    .memory()
                    .follow(turned);
            assertThat(other.patterns().data())
                    .containsExactly(reversed(plain.patterns()).data(), within(2e-3f));
        }
    }

    @Test
    void aReplayIsItsOwnAnswersShownAgain() {
        Matrix frames = gaussian(9, 15, 8);
        for (SequenceMemory memory :
                List.of(TemporalMemory.learn(Sequences.of(frames), DIRECT, LA).memory(), hopfield(frames))) {
            Matrix replayed = memory.replay(frames.slice(2, 3), 5).patterns();
            assertThat(memory.follow(replayed).patterns().slice(0, 4).data())
                    .containsExactly(replayed.slice(1, 5).data(), within(1e-4f));
        }
    }

    @Test
    void whatGrowsOutOfRangeEndsAtItsLastFiniteFrame() {
        TemporalMemory memory = TemporalMemory.of(Activation.LINEAR, new LinearMap.Dense(Matrix.wrap(1, 1, 1e20f)), LA);
        Recall recall = memory.replay(Matrix.wrap(1, 1, 1), 3);
        assertThat(recall.status()).containsExactly(Status.CONVERGED, Status.DIVERGED, Status.DIVERGED);
        assertThat(recall.patterns().data()).containsExactly(1e20f, 1e20f, 1e20f);
    }

    @Test
    void framesOfZerosAreFollowedByZeros() {
        Sequences sequences = Sequences.of(Matrix.zeros(3, 4));
        assertThat(TemporalMemory.learn(sequences, DIRECT, LA)
                        .memory()
                        .follow(Matrix.zeros(1, 4))
                        .patterns())
                .isEqualTo(Matrix.zeros(1, 4));
        assertThat(HiddenTemporalMemory.learn(sequences, HIDDEN, LA)
                        .memory()
                        .follow(Matrix.zeros(1, 4))
                        .patterns())
                .isEqualTo(Matrix.zeros(1, 4));
    }

    /** (1,1,1,1) → (1,-1,1,-1) → (1,1,-1,-1), orthogonal: every field is 4 times the next unit. */
    @Test
    void orthogonalPatternsFollowEachOtherInAHopfieldNetwork() {
        Matrix frames = Matrix.ofRows(new float[] {1, 1, 1, 1}, new float[] {1, 0, 1, 0}, new float[] {1, 1, 0, 0});
        AsymmetricHopfield memory = hopfield(frames);
        assertThat(memory.replay(frames.slice(0, 1), 2).patterns()).isEqualTo(frames.slice(1, 3));
        assertThat(memory.bytes()).isEqualTo(4 * 16);
        float[] unknown = {0, 1, 1, 0}; // at right angles to all that is stored
        assertThat(memory.follow(Matrix.ofRows(unknown)).patterns()).isEqualTo(Matrix.zeros(1, 4));
    }

    @Test
    void separationHoldsMoreThanHebb() {
        Sequences sequences = Sequences.of(binary(60, 50, 9));
        int hebb = wholeFrames(AsymmetricHopfield.learn(sequences, Separation.identity(), 0.5, LA), sequences);
        int cubic = wholeFrames(AsymmetricHopfield.learn(sequences, Separation.polynomial(3), 0.5, LA), sequences);
        int softmax = wholeFrames(AsymmetricHopfield.learn(sequences, Separation.softmax(1), 0.5, LA), sequences);
        assertThat(hebb).isLessThan(10);
        assertThat(cubic).isGreaterThan(hebb);
        assertThat(softmax).isEqualTo(59);
    }

    private static int wholeFrames(SequenceMemory memory, Sequences sequences) {
        return memory.audit(sequences).recovered(1e-9);
    }

    @Test
    void badInputIsRefusedByName() {
        Matrix frames = gaussian(3, 4, 1);
        assertThatThrownBy(() -> Sequences.of()).hasMessageContaining("no sequence");
        assertThatThrownBy(() -> Sequences.of(frames.slice(0, 1))).hasMessageContaining("at least two frames");
        assertThatThrownBy(() -> Sequences.of(frames, gaussian(2, 5, 1))).hasMessageContainingAll("4", "5", "Maybe");
        assertThatThrownBy(() -> Sequences.of(Matrix.wrap(2, 1, 1, Float.NaN))).hasMessageContaining("NaN");
        TemporalMemory memory =
                TemporalMemory.learn(Sequences.of(frames), DIRECT, LA).memory();
        assertThatThrownBy(() -> memory.follow(Matrix.zeros(1, 3))).hasMessageContainingAll("[1, 3]", "4 values");
        assertThatThrownBy(() -> memory.replay(Matrix.zeros(0, 4), 1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> memory.replay(frames, 0)).hasMessageContaining("recall (0)");
        assertThatThrownBy(() -> DIRECT.withRule(GradientRule.adam(0.1), 3)).hasMessageContaining("Adam");
        assertThatThrownBy(() -> HIDDEN.withRule(GradientRule.adam(0.1), 3)).hasMessageContaining("Adam");
        assertThatThrownBy(() -> DIRECT.withRule(DIRECT.rule(), 0)).hasMessageContaining("updates (0)");
        assertThatThrownBy(() -> HIDDEN.withHidden(-1)).hasMessageContaining("(-1)");
        assertThatThrownBy(() -> AsymmetricHopfield.learn(Sequences.of(frames), Separation.identity(), Double.NaN, LA))
                .hasMessageContaining("threshold (NaN)");
    }

    @Test
    void aRateThatIsTooLargeDivergesAndKeepsFiniteWeights() {
        TemporalOptions options = DIRECT.withRule(GradientRule.plain(1e6), 50);
        Learned<TemporalMemory> learned = TemporalMemory.learn(Sequences.of(gaussian(5, 9, 2)), options, LA);
        assertThat(learned.outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(learned.updates()).isLessThan(50);
        assertThat(learned.memory().weights().isFinite()).isTrue();
    }

    private static AsymmetricHopfield hopfield(Matrix frames) {
        return AsymmetricHopfield.learn(Sequences.of(frames), Separation.identity(), 0.5, LA);
    }

    private static Matrix reversed(Matrix m) {
        Matrix r = Matrix.zeros(m.rows(), m.columns());
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.columns(); j++) {
                r.set(i, j, m.get(i, m.columns() - 1 - j));
            }
        }
        return r;
    }

    private static Matrix gaussian(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = (float) random.nextGaussian();
        }
        return m;
    }

    private static Matrix binary(int rows, int columns, long seed) {
        Matrix m = gaussian(rows, columns, seed);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = m.data()[i] > 0 ? 1 : 0;
        }
        return m;
    }
}
