package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final Matrix ONES = Matrix.wrap(1, 16, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    private static final Shape SQUARE = Shape.of(4, 4);

    @Test
    void aKnownPartIsShownAndTheRestIsMissing() {
        Damage damage = new Damage.Known("upper quarter", Region.parse("top:0.25"));
        DamagedCues cues = damage.apply(ONES, SQUARE, 0);
        assertThat(cues.cues().data()).containsExactly(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(cues.known().map(mask -> mask.knownValues(0))).hasValue(4);
        assertThat(damage.threshold()).isEqualTo(0.001);
    }

    @Test
    void aSquareInTheCentreIsMissingAndTheRestKnown() {
        DamagedCues cues = new Damage.SquareMissing("square", 0.5).apply(ONES, SQUARE, 0);
        assertThat(cues.cues().data()).containsExactly(1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1);
        Mask mask = cues.known().orElseThrow();
        assertThat(mask.isKnown(0, 4)).isTrue();
        assertThat(mask.isKnown(0, 5)).isFalse();
    }

    @Test
    void noiseIsOnEverythingAndNothingIsTrusted() {
        Damage damage = Damage.ofVariance(0.2);
        DamagedCues cues = damage.apply(ONES, SQUARE, 7);
        assertThat(cues.known()).isEmpty();
        assertThat(cues.cues()).isEqualTo(Noise.ofVariance(0.2).addTo(ONES, 7));
        assertThat(damage.threshold()).isEqualTo(0.005);
        assertThat(damage.name()).isEqualTo("noise of variance 0.2");
        assertThat(Damage.ofStandardDeviation(0.2).name()).isEqualTo("noise of std 0.2");
    }

    @Test
    void whatCoversAPartIsNotMarked() {
        Matrix pictures = Matrix.ofRows(new float[] {1, 2, 3, 4}, new float[] {5, 6, 7, 8}, new float[] {9, 9, 9, 9});
        Region right = Region.parse("right:0.5");
        DamagedCues black = new Damage.Covered("black", right, Damage.Cover.BLACK).apply(pictures, Shape.of(2, 2), 0);
        assertThat(black.known()).isEmpty();
        assertThat(black.cues())
                .isEqualTo(Matrix.ofRows(new float[] {1, 0, 3, 0}, new float[] {5, 0, 7, 0}, new float[] {9, 0, 9, 0}));
        DamagedCues pasted =
                new Damage.Covered("pasted", right, Damage.Cover.PASTED).apply(pictures, Shape.of(2, 2), 0);
        assertThat(pasted.cues())
                .isEqualTo(Matrix.ofRows(new float[] {1, 6, 3, 8}, new float[] {5, 9, 7, 9}, new float[] {9, 2, 9, 4}));
    }

    @Test
    void aCoveredSquareLiesInTheCentre() {
        DamagedCues cues = new Damage.SquareCovered("square", 0.5, Damage.Cover.BLACK).apply(ONES, SQUARE, 0);
        assertThat(cues.cues().data()).containsExactly(1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1);
        assertThatThrownBy(() -> new Damage.SquareCovered("none", 0, Damage.Cover.BLACK))
                .hasMessageContaining("Maybe 0.5");
    }

    @Test
    void someOfTheCuesKeepTheirMasks() {
        Matrix patterns = Matrix.zeros(3, 16);
        Damage each = new Damage.Known("drawn for each", Region.parse("random-each:0.5"));
        DamagedCues all = each.apply(patterns, SQUARE, 3);
        DamagedCues some = all.rows(2, 0);
        Mask mask = all.known().orElseThrow();
        Mask part = some.known().orElseThrow();
        assertThat(part.clamp().row(0)).isEqualTo(mask.clamp().row(2));
        assertThat(part.clamp().row(1)).isEqualTo(mask.clamp().row(0));
        DamagedCues same = new Damage.Known("the same for all", Region.parse("top:0.5")).apply(patterns, SQUARE, 0);
        assertThat(same.rows(1).known()).isEqualTo(same.known());
    }

    @Test
    void cuesHaveAMaskToBeCompletedAndNoneElse() {
        assertThatThrownBy(() -> new DamagedCues(ONES, DamagedCues.Way.COMPLETE, Optional.empty()))
                .hasMessageContaining("mask");
        assertThatThrownBy(() -> new DamagedCues(ONES, DamagedCues.Way.RECALL, Optional.of(Mask.all(16))))
                .hasMessageContaining("mask");
    }

    /** Half of each picture is black: the nearest neighbour believes it, the memory over codes is asked to find out. */
    @Test
    void aMemoryIsAskedWhatTheDamageCallsFor() {
        SplittableRandom random = new SplittableRandom(4);
        Matrix pictures = Matrix.zeros(5, 64);
        for (int i = 0; i < pictures.data().length; i++) {
            pictures.data()[i] = (float) random.nextDouble();
        }
        Shape shape = Shape.of(8, 8);
        NearestNeighbour nearest = new NearestNeighbour(pictures);
        Region top = Region.parse("top:0.5");
        assertThat(new Damage.Known("top", top)
                        .apply(pictures, shape, 0)
                        .ask(nearest)
                        .patterns())
                .isEqualTo(pictures);
        assertThat(Damage.ofVariance(0.01)
                        .apply(pictures, shape, 0)
                        .ask(nearest)
                        .patterns())
                .isEqualTo(pictures);

        DamagedCues black = new Damage.Covered("black", top, Damage.Cover.BLACK).apply(pictures, shape, 0);
        assertThat(black.ask(nearest).patterns()).isEqualTo(pictures);
        AttractorMemory codes = AttractorMemory.learn(
                PredictiveCodingMemory.learn(pictures, PredictiveCodingOptions.defaults(), step -> true)
                        .memory()
                        .network(),
                pictures);
        assertThat(Score.of(pictures, black.ask(codes).patterns()).mean()).isCloseTo(0, within(1e-3));
    }

    /** Of 5 x 7 pixels a square of half the side is 3 (2.5 rounded up) high and 4 wide, from row 1 and column 1. */
    @Test
    void aSquareThatDoesNotDivideIsRoundedAndLiesToTheUpperLeft() {
        Matrix ones = Matrix.zeros(2, 35);
        Arrays.fill(ones.data(), 1);
        Shape shape = Shape.of(5, 7);
        Mask known = new Damage.SquareMissing("square", 0.5)
                .apply(ones, shape, 0)
                .known()
                .orElseThrow();
        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 7; x++) {
                boolean inside = y >= 1 && y <= 3 && x >= 1 && x <= 4;
                assertThat(known.isKnown(0, 7 * y + x)).isEqualTo(!inside);
            }
        }
        assertThat(new Damage.SquareMissing("all", 1)
                        .apply(ones, shape, 0)
                        .cues()
                        .isZero())
                .isTrue();
        for (double side : new double[] {0, -1, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new Damage.SquareMissing("none", side)).hasMessageContaining("at most 1");
        }
    }

    @Test
    void coversAreDrawnForEachPictureWhereTheRegionIs() {
        Matrix patterns = Matrix.ofRows(new float[] {1, 1, 1, 1}, new float[] {2, 2, 2, 2}, new float[] {3, 3, 3, 3});
        Region each = Region.parse("random-each:0.5");
        Matrix pasted = new Damage.Covered("pasted", each, Damage.Cover.PASTED)
                .apply(patterns, Shape.of(4), 5)
                .cues();
        List<BitSet> parts = each.rows(Shape.of(4), 3, 5);
        for (int cue = 0; cue < 3; cue++) {
            for (int j = 0; j < 4; j++) {
                float next = (cue + 1) % 3 + 1;
                assertThat(pasted.get(cue, j)).isEqualTo(parts.get(cue).get(j) ? next : cue + 1);
            }
        }
        assertThat(Damage.ofVariance(0.1).threshold()).isEqualTo(0.005);
        DamagedCues unmarked = DamagedCues.unmarked(patterns).rows(2);
        assertThat(unmarked.cues()).isEqualTo(patterns.rows(2));
        assertThat(unmarked.way()).isEqualTo(DamagedCues.Way.RECOVER);
        assertThatThrownBy(() -> DamagedCues.missing(patterns, Mask.all(3))).hasMessageContaining("The mask has shape");
    }
}
