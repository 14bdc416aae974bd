package dev.engram.memory.pcn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Annealing;
import dev.engram.inference.Inference;
import dev.engram.inference.Invariants;
import dev.engram.inference.Status;
import dev.engram.learning.LearningObserver;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.network.Activation;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictiveCodingMemoryTest {
    private static final Shape SHAPE = Shape.of(12, 12, 3);
    private static final Matrix PATTERNS = blobs(20, 1);

    private static final PredictiveCodingMemory MEMORY = learn(PredictiveCodingOptions.defaults());

    private static PredictiveCodingMemory learn(PredictiveCodingOptions options) {
        Learned<PredictiveCodingMemory> learned =
                PredictiveCodingMemory.learn(PATTERNS, options, LearningObserver.NONE);
        assertThat(learned.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(audit(learned).recovered(Score.COMPLETION_THRESHOLD)).isEqualTo(20);
        return learned.memory();
    }

    private static Score audit(Learned<PredictiveCodingMemory> learned) {
        return Score.of(PATTERNS, learned.memory().recall(PATTERNS).patterns());
    }

    @ParameterizedTest
    @ValueSource(strings = {"top:0.5", "left:0.25", "random:0.125", "random-each:0.125", "box:3,3,6,6"})
    void everyPatternComesBackFromAPartOfItself(String region) {
        Mask mask = Mask.known(Region.parse(region), SHAPE, 20, 5);
        Invariants invariants = new Invariants();
        Recall recall = MEMORY.watchedBy(invariants).complete(mask.blank(PATTERNS, 0), mask);
        assertThat(invariants.steps()).isPositive();
        assertThat(Score.of(PATTERNS, recall.patterns()).recovered(Score.COMPLETION_THRESHOLD))
                .isEqualTo(20);
        assertThat(recall.status()).allMatch(Status::isEquilibrium);
        assertThat(Arrays.stream(recall.residual())).allMatch(r -> r >= 0 && r < 1);
    }

    @Test
    void knownValuesComeBackUntouchedAndMissingOnesAreNeverRead() {
        Mask mask = Mask.known(Region.parse("top:0.5"), SHAPE, 20, 0);
        Matrix black = MEMORY.complete(mask.blank(PATTERNS, 0), mask).patterns();
        Matrix white = MEMORY.complete(mask.blank(PATTERNS, 1), mask).patterns();
        assertThat(white).isEqualTo(black);
        for (int i = 0; i < SHAPE.values() / 2; i++) {
            assertThat(black.get(3, i)).isEqualTo(PATTERNS.get(3, i));
        }
    }

    /** A well-trained memory projects on the span of its patterns: of the noise about the fraction N/d is left. */
    @Test
    void noiseIsProjectedOut() {
        Noise noise = Noise.ofVariance(0.05);
        Score score = Score.of(PATTERNS, MEMORY.recall(noise.addTo(PATTERNS, 3)).patterns());
        double expected = noise.variance() * 20 / SHAPE.values();
        assertThat(score.mean()).isBetween(0.5 * expected, 1.3 * expected);
    }

    @Test
    void iteratingTheRecallShowsItsAnswerAgain() {
        Matrix cues = Noise.ofVariance(0.05).addTo(PATTERNS, 4);
        Matrix twice = MEMORY.recall(MEMORY.recall(cues).patterns()).patterns();
        assertThat(MEMORY.recall(cues, 2).patterns()).isEqualTo(twice);
    }

    @ParameterizedTest
    @EnumSource(UsualActivation.class)
    void everyActivationStoresAndCompletes(Activation activation) {
        PredictiveCodingMemory memory = learn(PredictiveCodingOptions.defaults().withActivation(activation));
        PredictiveCodingMemory patient = memory.withInference(
                Inference.forNetwork(memory.network()),
                activation == Activation.TANH
                        ? Inference.accelerated().withAnnealing(Annealing.decades(4))
                        : Inference.newton().withAnnealing(Annealing.decades(4)));
        Mask mask = Mask.known(Region.parse("top:0.5"), SHAPE, 20, 0);
        Score score = Score.of(PATTERNS, patient.complete(PATTERNS, mask).patterns());
        assertThat(score.recovered(Score.COMPLETION_THRESHOLD)).isGreaterThanOrEqualTo(19);
    }

    @Test
    void deeperNetworksStoreAndComplete() {
        PredictiveCodingMemory memory = learn(PredictiveCodingOptions.deep(4).withHidden(64));
        assertThat(memory.network().sizes()).containsExactly(432, 64, 64, 64);
        Mask mask = Mask.known(Region.parse("top:0.5"), SHAPE, 20, 0);
        Score score = Score.of(PATTERNS, memory.complete(PATTERNS, mask).patterns());
        assertThat(score.recovered(Score.COMPLETION_THRESHOLD)).isGreaterThanOrEqualTo(19);
    }

    @Test
    void theHiddenLayerIsWhatThePatternsSpanAndAMarginUnlessSaid() {
        assertThat(MEMORY.network().sizes()).containsExactly(432, 38);
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults();
        assertThat(options.hiddenFor(3, 432)).isEqualTo(32);
        assertThat(options.hiddenFor(2_000, 12_288)).isEqualTo(2_216);
        assertThat(options.hiddenFor(60_000, 784)).isEqualTo(784 + 79 + 16);
        assertThat(options.withHidden(7).hiddenFor(2_000, 12_288)).isEqualTo(7);
        assertThat(PredictiveCodingOptions.deep(3).hiddenFor(60_000, 784)).isEqualTo(2 * 784);
        assertThat(MEMORY.bytes()).as("a basis, a factor, b").isEqualTo(4L * (20 * (432 + 38) + 38));
    }

    @Test
    void learningIsTheSameForASeed() {
        PredictiveCodingMemory again = learn(PredictiveCodingOptions.defaults());
        assertThat(again.network().map(1)).isEqualTo(MEMORY.network().map(1));
        PredictiveCodingMemory other = learn(PredictiveCodingOptions.defaults().withSeed(1));
        assertThat(other.network().map(1)).isNotEqualTo(MEMORY.network().map(1));
    }

    @Test
    void fewerUnitsThanPatternsIsSeenInTheAudit() {
        Learned<PredictiveCodingMemory> crowded = PredictiveCodingMemory.learn(
                PATTERNS, PredictiveCodingOptions.defaults().withHidden(5), LearningObserver.NONE);
        assertThat(audit(crowded).recovered(Score.COMPLETION_THRESHOLD)).isLessThan(20);
    }

    @Test
    void whatCannotBeLearnedOrRecalledIsRefusedByName() {
        PredictiveCodingOptions options = PredictiveCodingOptions.defaults();
        assertThatThrownBy(() -> PredictiveCodingMemory.learn(Matrix.zeros(0, 5), options, LearningObserver.NONE))
                .hasMessageContaining("nothing to learn");
        assertThatThrownBy(() ->
                        PredictiveCodingMemory.learn(Matrix.wrap(1, 1, Float.NaN), options, LearningObserver.NONE))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> MEMORY.recall(Matrix.zeros(1, 7)))
                .hasMessageContaining("7 values each")
                .hasMessageContaining("432");
        assertThatThrownBy(() -> MEMORY.recall(PATTERNS, 0)).hasMessageContaining("iterations (0)");
        Mask three = Mask.known(Region.parse("random-each:0.5"), SHAPE, 3, 0);
        assertThatThrownBy(() -> MEMORY.complete(PATTERNS, three)).hasMessageContaining("[3, 432]");
    }

    /** Pictures of a few soft coloured discs. */
    static Matrix blobs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(count, SHAPE.values());
        for (int p = 0; p < count; p++) {
            double[] background = random.doubles(3, 0.1, 0.9).toArray();
            double[][] discs = IntStream.range(0, 5)
                    .mapToObj(i -> random.doubles(6).toArray())
                    .toArray(double[][]::new);
            for (int i = 0; i < SHAPE.values(); i++) {
                int column = i / 3 % 12;
                int row = i / 36;
                double x = column / 12.0;
                double y = row / 12.0;
                double value = background[i % 3];
                for (double[] disc : discs) {
                    double distance = Math.hypot(x - disc[0], y - disc[1]);
                    double weight = 1 / (1 + Math.exp(40 * (distance - 0.25 * disc[2])));
                    value += weight * (disc[3 + i % 3] - value);
                }
                m.set(p, i, (float) value);
            }
        }
        return m;
    }

    /** Of one layer, in the span, from sums in the span and from sums: the audit is what recalling the patterns shows. */
    @ParameterizedTest
    @CsvSource({"20, 24, 2", "20, 24, 3", "20, 6, 2", "600, 24, 2"})
    void theAuditSaysWhatRecallShows(int count, int hidden, int layers) {
        Matrix patterns = blobs(count, 1);
        PredictiveCodingOptions options =
                PredictiveCodingOptions.forLayers(layers).withHidden(hidden);
        Learned<PredictiveCodingMemory> learned =
                PredictiveCodingMemory.learnAudited(patterns, options, MemoryModel.Watch.NONE, LinearAlgebra.shared());
        Score shown = Score.of(patterns, learned.memory().recall(patterns).patterns());
        double rounding = 5e-8;
        assertThat(learned.audit().mean())
                .isCloseTo(shown.mean(), within((layers == 2 ? 0.01 : 0.2) * shown.mean() + rounding));
        assertThat(learned.memory().regenerated(patterns).mean())
                .isCloseTo(shown.mean(), within(0.01 * shown.mean() + rounding));
        assertThat(learned.memory().model()).isEqualTo("pcn");
    }

    @Test
    void nothingButZerosIsLearnedToo() {
        Matrix zeros = Matrix.zeros(3, 12);
        Learned<PredictiveCodingMemory> learned =
                PredictiveCodingMemory.learn(zeros, PredictiveCodingOptions.defaults(), LearningObserver.NONE);
        assertThat(learned.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(Score.of(zeros, learned.memory().recall(zeros).patterns()).mean())
                .isLessThan(1e-6);
    }
}
