package dev.engram.memory.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.hopfield.Similarity;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseQuantisedHopfieldTest {
    private static final Shape SHAPE = Shape.of(16, 16, 3);
    private static final Matrix PATTERNS = random(20, SHAPE.values(), 1);
    private static final SparseQuantisedOptions TREE = SparseQuantisedOptions.tree(SHAPE, 4, 1);

    /** Cue (1, 1), a direction of 45°, between the units (1, ½), along the first axis, and (0, 1), at 135°: cosines √½ and 0. */
    @Test
    void aSingleNodeTakesTheUnitOfTheNearestDirectionFromTheMiddle() {
        Matrix patterns = Matrix.ofRows(new float[] {0, 1}, new float[] {1, 0.5f});
        SparseQuantisedHopfield memory =
                SparseQuantisedHopfield.learn(patterns, SparseQuantisedOptions.flat(Shape.of(2)));
        Recall recall = memory.recall(Matrix.wrap(1, 2, 1, 1));
        assertThat(recall.patterns().row(0)).containsExactly(1, 0.5f);
        assertThat(recall.energy()[0]).isCloseTo(-0.5 * (1 + Math.sqrt(0.5)), within(1e-6));
        assertThat(recall.status()).containsExactly(Status.CONVERGED);
        assertThat(memory.bytes()).as("four values, two counts").isEqualTo(4 * 4 + 2 * 4);
    }

    /** The same memory said otherwise: cosine and max on values less ½. */
    @Test
    void aSingleNodeIsTheModernNetworkOfShiftedCosines() {
        Matrix cues = random(30, SHAPE.values(), 2);
        Mask mask = Mask.known(Region.parse("random-each:0.1"), SHAPE, 30, 3);
        SparseQuantisedHopfield memory = SparseQuantisedHopfield.learn(PATTERNS, SparseQuantisedOptions.flat(SHAPE));
        ModernHopfield modern = ModernHopfield.learn(
                shifted(PATTERNS, -0.5f), new ModernHopfieldOptions(Similarity.COSINE, Separation.max()));
        assertThat(shifted(memory.complete(cues, mask).patterns(), -0.5f).data())
                .containsExactly(
                        modern.complete(shifted(cues, -0.5f), mask).patterns().data(), within(1e-6f));
        assertThat(shifted(memory.recall(cues).patterns(), -0.5f).data())
                .containsExactly(modern.recall(shifted(cues, -0.5f)).patterns().data(), within(1e-6f));
    }

    /**
     * Four patches of one value. Both patterns are 1 at the upper left, so only the lower left tells them apart; the right half is decided
     * from above.
     */
    @Test
    void whatIsMissingIsDecidedFromAbove() {
        Matrix patterns = Matrix.ofRows(new float[] {1, 0, 1, 0}, new float[] {1, 1, 0, 1});
        SparseQuantisedHopfield memory =
                SparseQuantisedHopfield.learn(patterns, SparseQuantisedOptions.tree(Shape.of(2, 2), 2, 1));
        Mask left = Mask.known(new boolean[] {true, false, true, false});
        Recall recall = memory.complete(patterns, left);
        assertThat(recall.patterns()).isEqualTo(patterns);
        assertThat(recall.energy()).containsExactly(-1, -1);
        assertThat(memory.bytes())
                .as("eight values, eight counts, eight pairs above")
                .isEqualTo(8 * 4 + 8 * 4 + 8 * 8);
        boolean[] nothing = new boolean[4];
        assertThat(memory.complete(patterns, Mask.known(nothing)).patterns().row(1))
                .containsExactly(1, 0, 1, 0);
    }

    /** A patch that looks like another pattern's is overruled as long as it is trusted less than the node above. */
    @Test
    void theNodeAboveCorrectsAPatch() {
        Matrix cue = PATTERNS.rows(3);
        for (int y = 0; y < 4; y++) {
            for (int j = 0; j < 12; j++) {
                cue.set(0, 48 * y + j, PATTERNS.get(7, 48 * y + j));
            }
        }
        assertThat(SparseQuantisedHopfield.learn(PATTERNS, TREE.withBottomUp(0.4))
                        .recall(cue)
                        .patterns())
                .isEqualTo(PATTERNS.rows(3));
        assertThat(SparseQuantisedHopfield.learn(PATTERNS, TREE.withBottomUp(1))
                        .recall(cue)
                        .patterns())
                .isEqualTo(cue);
    }

    @ParameterizedTest
    @ValueSource(strings = {"top:0.5", "left:0.25", "random:0.1", "random-each:0.1", "box:0,0,4,4"})
    void storedPatternsComeBackThroughTreesOfAnyDepth(String region) {
        Mask mask = Mask.known(Region.parse(region), SHAPE, 20, 5);
        for (Integer[] sides : new Integer[][] {{1}, {2, 1}, {4, 1}, {8, 4, 2, 1}}) {
            SparseQuantisedHopfield memory =
                    SparseQuantisedHopfield.learn(PATTERNS, SparseQuantisedOptions.tree(SHAPE, sides));
            assertThat(memory.complete(mask.blank(PATTERNS, 0.5f), mask).patterns())
                    .isEqualTo(PATTERNS);
            assertThat(memory.recall(Noise.ofStandardDeviation(0.2).addTo(PATTERNS, 6), 2)
                            .patterns())
                    .isEqualTo(PATTERNS);
        }
    }

    @Test
    void knownValuesComeBackUntouchedAndMissingOnesAreNeverRead() {
        SparseQuantisedHopfield memory = SparseQuantisedHopfield.learn(PATTERNS, TREE);
        Matrix cues = Noise.ofStandardDeviation(0.1).addTo(PATTERNS, 7);
        Mask mask = Mask.known(Region.parse("top:0.5"), SHAPE, 20, 0);
        Matrix black = memory.complete(mask.blank(cues, 0), mask).patterns();
        assertThat(memory.complete(mask.blank(cues, 1), mask).patterns()).isEqualTo(black);
        assertThat(black.get(4, 10)).isEqualTo(cues.get(4, 10));
        assertThat(black.get(4, 700)).isEqualTo(PATTERNS.get(4, 700));
    }

    @Test
    void unitsThatAreSharedHoldTheMeanOfTheirPatterns() {
        Matrix patterns =
                Matrix.ofRows(new float[] {1, 0}, new float[] {0, 1}, new float[] {0.9f, 0}, new float[] {0.8f, 0.3f});
        SparseQuantisedOptions options = SparseQuantisedOptions.flat(Shape.of(2));
        Recall one =
                SparseQuantisedHopfield.learn(patterns, options.withUnits(1)).recall(patterns);
        for (int i = 0; i < 4; i++) {
            assertThat(one.patterns().row(i)).containsExactly(new float[] {0.675f, 0.325f}, within(1e-6f));
        }
        SparseQuantisedHopfield two = SparseQuantisedHopfield.learn(patterns, options.withNovelty(0.9));
        assertThat(two.bytes()).as("two units suffice").isEqualTo(2 * (2 * 4 + 4));
        assertThat(two.recall(patterns).patterns().row(3)).containsExactly(new float[] {0.9f, 0.1f}, within(1e-6f));
        assertThat(two.recall(patterns).patterns().row(1)).containsExactly(0, 1);
        assertThat(SparseQuantisedHopfield.learn(
                                patterns, options.withNovelty(0.9).withUnits(1))
                        .bytes())
                .isEqualTo(2 * 4 + 4);
    }

    /** Two clusters of like pictures: each level shares its units, and the frequencies above still tell the clusters apart. */
    @Test
    void sharedUnitsWorkInEveryLevel() {
        Matrix clusters = Noise.ofStandardDeviation(0.02).addTo(PATTERNS.rows(0, 1, 0, 1, 1, 0, 0, 1), 8);
        SparseQuantisedHopfield memory = SparseQuantisedHopfield.learn(clusters, TREE.withNovelty(0.9));
        Mask half = Mask.known(Region.parse("top:0.5"), SHAPE, 2, 0);
        Score score = Score.of(
                PATTERNS.rows(0, 1), memory.complete(PATTERNS.rows(0, 1), half).patterns());
        assertThat(score.mean())
                .as("the mean of four noisy ones on the missing half")
                .isBetween(0.7 * 0.0004 / 4 / 2, 1.3 * 0.0004 / 4 / 2);
        assertThat(memory.bytes()).isEqualTo(2 * (4 * 768L + 4 * 16) + 2 * 16 * 8);
    }

    @Test
    void permutedPatternsAndCuesGivePermutedResults() {
        int[] order = {3, 0, 5, 1, 4, 2};
        Matrix patterns = PATTERNS.slice(0, 6);
        Matrix cues = random(6, SHAPE.values(), 9);
        Matrix answers =
                SparseQuantisedHopfield.learn(patterns, TREE).recall(cues).patterns();
        assertThat(SparseQuantisedHopfield.learn(patterns.rows(order), TREE)
                        .recall(cues)
                        .patterns())
                .isEqualTo(answers);
        assertThat(SparseQuantisedHopfield.learn(patterns, TREE)
                        .recall(cues.rows(order))
                        .patterns())
                .isEqualTo(answers.rows(order));
    }

    @Test
    void badInputIsRefusedByName() {
        assertThatThrownBy(() -> SparseQuantisedHopfield.learn(Matrix.zeros(0, 768), TREE))
                .hasMessageContaining("nothing to learn");
        assertThatThrownBy(() -> SparseQuantisedHopfield.learn(Matrix.zeros(1, 5), TREE))
                .hasMessageContaining("5 values")
                .hasMessageContaining("16x16x3");
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(SHAPE, 5, 1))
                .hasMessageContaining("[5, 1]")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(SHAPE, 4, 3, 1)).hasMessageContaining("[4, 3, 1]");
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(SHAPE, 4)).hasMessageContaining("end with 1");
        assertThatThrownBy(() -> SparseQuantisedOptions.tree(Shape.of(64), 2, 1))
                .hasMessageContaining("64");
        assertThatThrownBy(() -> TREE.withUnits(-1)).hasMessageContaining("(-1)");
        assertThatThrownBy(() -> TREE.withNovelty(0)).hasMessageContaining("novelty (0.0)");
        assertThatThrownBy(() -> TREE.withBottomUp(1.5)).hasMessageContaining("(1.5)");
        SparseQuantisedHopfield memory = SparseQuantisedHopfield.learn(PATTERNS, TREE);
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 3))).hasMessageContaining("3 values each");
        assertThatThrownBy(() -> memory.recall(PATTERNS, 0)).hasMessageContaining("iterations (0)");
    }

    private static Matrix shifted(Matrix m, float by) {
        Matrix shifted = m.copy();
        for (int i = 0; i < shifted.data().length; i++) {
            shifted.data()[i] += by;
        }
        return shifted;
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }
}
