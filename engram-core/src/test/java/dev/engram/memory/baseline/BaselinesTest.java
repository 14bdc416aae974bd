package dev.engram.memory.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.memory.UnusableValuesException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final int N = 8;
    private static final Matrix RANDOM = random(N, 60);

    @Test
    void theNearestNeighbourIsTheOriginalItself() {
        NearestNeighbour memory = new NearestNeighbour(RANDOM);
        Matrix cues = Noise.ofStandardDeviation(0.2).addTo(RANDOM, 1);
        assertThat(memory.recall(cues).patterns()).isEqualTo(RANDOM);
        assertThat(memory.bytes()).isEqualTo(4L * 8 * 60);
    }

    @Test
    void onlyKnownValuesDecideWhoIsNearest() {
        Matrix originals = Matrix.ofRows(new float[] {0, 0}, new float[] {1, 1});
        Mask first = Mask.known(new boolean[] {true, false});
        Recall recall = new NearestNeighbour(originals).complete(Matrix.wrap(1, 2, 0.9f, -100), first);
        assertThat(recall.patterns().row(0)).containsExactly(1, 1);
        assertThat(recall.energy()[0]).isCloseTo(0.005, within(1e-6));
    }

    /** The affine span of N patterns in general position has N - 1 dimensions: so many known values fix a point of it. */
    @Test
    void theAffineSpanCompletesIffThereAreEnoughKnownValues() {
        AffineSpan memory = new AffineSpan(LinearAlgebra.shared(), RANDOM);
        for (int known = N - 3; known <= N + 1; known++) {
            boolean[] row = new boolean[60];
            IntStream.range(0, known).forEach(i -> row[7 * i % 60] = true);
            Score score =
                    Score.of(RANDOM, memory.complete(RANDOM, Mask.known(row)).patterns());
            assertThat(score.recovered(1e-6)).as("%d known values", known).isEqualTo(known >= N - 1 ? N : 0);
        }
    }

    /** A projection on r dimensions keeps r/d of white noise. */
    @Test
    void theAffineSpanKeepsTheNoiseOfItsDimensions() {
        Matrix many = Matrix.zeros(400, 60);
        for (int i = 0; i < 400; i++) {
            System.arraycopy(RANDOM.data(), (i % N) * 60, many.data(), i * 60, 60);
        }
        Recall recall = new AffineSpan(LinearAlgebra.shared(), RANDOM)
                .recall(Noise.ofVariance(0.04).addTo(many, 2));
        double expected = 0.04 * (N - 1) / 60;
        assertThat(Score.of(many, recall.patterns()).mean()).isCloseTo(expected, within(0.15 * expected));
    }

    @Test
    void dependentPatternsAndASinglePatternAreSpannedToo() {
        Matrix twins = RANDOM.rows(0, 1, 0, 1);
        Mask half = Mask.known(Region.parse("left:0.5"), Shape.of(60), 4, 0);
        AffineSpan span = new AffineSpan(LinearAlgebra.shared(), twins);
        assertThat(Score.of(twins, span.complete(twins, half).patterns()).recovered(1e-6))
                .isEqualTo(4);
        AffineSpan point = new AffineSpan(LinearAlgebra.shared(), RANDOM.rows(3));
        assertThat(Score.of(RANDOM.rows(3), point.recall(RANDOM.rows(5)).patterns())
                        .errors()[0])
                .isLessThan(1e-9);
    }

    @Test
    void aMaskForEachCueGivesWhatOneAtATimeGives() {
        Mask each = Mask.known(Region.parse("random-each:0.5"), Shape.of(60), N, 4);
        for (AssociativeMemory memory :
                new AssociativeMemory[] {new AffineSpan(LinearAlgebra.shared(), RANDOM), new NearestNeighbour(RANDOM)
                }) {
            Matrix together = memory.complete(RANDOM, each).patterns();
            assertThat(Score.of(RANDOM, together).recovered(1e-6)).isEqualTo(N);
        }
    }

    @Test
    void anEmptyMemoryIsRefused() {
        assertThatThrownBy(() -> new NearestNeighbour(Matrix.zeros(0, 4))).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new AffineSpan(LinearAlgebra.shared(), Matrix.zeros(0, 4)))
                .hasMessageContaining("at least one");
    }

    @Test
    void scoresCountWhatIsBelowTheThreshold() {
        Score score = Score.of(
                Matrix.ofRows(new float[] {0, 0}, new float[] {1, 1}),
                Matrix.ofRows(new float[] {0, 0.02f}, new float[] {1, 1.2f}));
        assertThat(score.errors()).containsExactly(new double[] {0.0002, 0.02}, within(1e-7));
        assertThat(score.recovered(0.001)).isEqualTo(1);
        assertThat(score.recoveredFraction(0.001)).isEqualTo(0.5);
        assertThat(score.mean()).isCloseTo(0.0101, within(1e-7));
        assertThatThrownBy(() -> Score.of(RANDOM, Matrix.zeros(N, 59))).hasMessageContaining("[8, 59]");
    }

    /** The span of (0, 0, 0) and (2, 0, 0) is the first axis: (1, 3, 4) is nearest to (1, 0, 0), at a squared distance of 25. */
    @Test
    void theAffineSpanOfTwoPointsIsTheLineThroughThem() {
        Matrix line = Matrix.wrap(2, 3, 0, 0, 0, 2, 0, 0);
        AffineSpan span = new AffineSpan(LinearAlgebra.shared(), line);

        Recall nearest = span.recall(Matrix.wrap(1, 3, 1, 3, 4));
        assertThat(nearest.patterns().row(0)).containsExactly(new float[] {1, 0, 0}, within(1e-6f));
        assertThat(nearest.energy()[0]).isCloseTo(12.5, within(1e-6));
        // Of two known values, 5 and 3, the first says where on the line it is; the second comes back as it was shown.
        Recall known = span.complete(Matrix.wrap(1, 3, 5, 3, 9), Mask.known(new boolean[] {true, true, false}));
        assertThat(known.patterns().row(0)).containsExactly(new float[] {5, 3, 0}, within(1e-6f));
        assertThat(known.energy()[0]).isCloseTo(4.5, within(1e-6));
        assertThat(span.originals()).isSameAs(line);
        assertThat(span.bytes()).isEqualTo(4 * 3 * 3);
        assertThat(span.model()).isEqualTo("affine-span");
    }

    @Test
    void whatDependsIsSeenAtAnyScale() {
        Matrix twins = RANDOM.rows(0, 1, 0, 1);
        for (int i = 0; i < twins.data().length; i++) {
            twins.data()[i] *= 1e5f;
        }
        AffineSpan span = new AffineSpan(LinearAlgebra.shared(), twins);
        Score score = Score.of(twins, span.recall(twins).patterns());
        assertThat(score.recovered(1e-3)).isEqualTo(4);
    }

    @Test
    void theNearestNeighbourSaysWhichItIs() {
        NearestNeighbour memory = new NearestNeighbour(RANDOM);
        Matrix third = RANDOM.rows(3);

        Recall recovered = memory.recover(third);
        assertThat(recovered.patterns()).isEqualTo(third);
        assertThat(recovered.energy()).containsExactly(0);
        assertThat(recovered.trust()).isPresent();
        assertThat(recovered.answers()).first().isInstanceOfSatisfying(Answer.Recalled.class, said -> assertThat(
                        said.index())
                .isEqualTo(3));
        assertThat(memory.recall(third).answers()).hasSize(1);
        assertThat(memory.regenerated(third).errors()).containsExactly(0);
        assertThat(memory.identifier().orElseThrow().patterns()).isEqualTo(N);
        assertThat(memory.calibrated(0.3).originals()).isSameAs(RANDOM);
        assertThat(memory.model()).isEqualTo("nearest-neighbour");
    }

    @Test
    void cuesThatAreNoneAreRefused() {
        Matrix gap = Matrix.zeros(1, 60);
        gap.set(0, 7, Float.NaN);
        NearestNeighbour nearest = new NearestNeighbour(RANDOM);
        for (AssociativeMemory memory :
                new AssociativeMemory[] {new AffineSpan(LinearAlgebra.shared(), RANDOM), nearest}) {
            assertThatThrownBy(() -> memory.recall(gap)).isInstanceOf(UnusableValuesException.class);
            assertThatThrownBy(() -> memory.recover(gap)).isInstanceOf(UnusableValuesException.class);
            assertThatThrownBy(() -> memory.recall(RANDOM, 0)).hasMessageContaining("iterations (0)");
            assertThatThrownBy(() -> memory.regenerated(gap)).isInstanceOf(UnusableValuesException.class);
        }
    }

    @Test
    void bothAreKindsWithoutOptionsThatKeepThePatterns() {
        Matrix nothing = Matrix.zeros(0, 4);
        Shape shape = Shape.of(2, 2);
        for (MemoryKind kind : new MemoryKind[] {new AffineSpanKind(), new NearestNeighbourKind()}) {
            MemoryModel model = kind.model(Settings.none());
            assertThat(kind.isBaseline()).isTrue();
            assertThat(model.name()).isEqualTo(kind.name());
            assertThat(model.keepsPatterns()).isTrue();
            assertThat(model.describe()).isEmpty();
            assertThat(model.learn(RANDOM, Shape.of(60), 0, MemoryModel.Watch.NONE)
                            .memory()
                            .model())
                    .isEqualTo(kind.name());
            assertThatThrownBy(() -> model.learn(nothing, shape, 0, MemoryModel.Watch.NONE))
                    .hasMessageContaining("There is nothing to learn");
        }
        MemoryModel nearest = new NearestNeighbourOptions();
        assertThat(nearest.name()).isEqualTo("nearest-neighbour");
        assertThat(nearest.bytesNeeded(3, shape)).isEqualTo(48);
        assertThat(new NearestNeighbourKind().advice(nearest, 3, shape)).isEqualTo("fewer patterns (--limit)");
        MemoryModel span = new AffineSpanOptions();
        assertThat(span.name()).isEqualTo("affine-span");
        // 2.5 copies of the patterns and four of their products, in doubles
        assertThat(span.bytesNeeded(3, shape)).isEqualTo(8 * (2.5 * 12 + 4 * 9));
        assertThat(new AffineSpanKind().advice(span, 3, shape)).isEqualTo("--model nearest-neighbour");
    }

    private static Matrix random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(5);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }
}
