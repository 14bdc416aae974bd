package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    private static final Shape PICTURE = Shape.of(4, 6, 3);

    @Test
    void knownAndMissingAreEachOthersOpposite() {
        Mask known = Mask.known(new boolean[] {true, false, true});
        Mask missing = Mask.missing(new boolean[] {false, true, false});
        assertThat(known.isKnown(0, 0)).isTrue();
        assertThat(known.isKnown(0, 1)).isFalse();
        assertThat(missing.clamp()).isEqualTo(known.clamp());
        assertThat(known.knownValues(0)).isEqualTo(2);
    }

    @Test
    void oneRowServesEveryCueOrThereIsOneForEach() {
        Mask one = Mask.known(new boolean[] {true, false});
        Mask two = Mask.known(new boolean[] {true, false}, new boolean[] {false, true});
        assertThat(one.isKnown(5, 0)).isTrue();
        assertThat(two.isKnown(1, 0)).isFalse();
        assertThat(two.blank(Matrix.ofRows(new float[] {1, 2}, new float[] {3, 4}), 9))
                .isEqualTo(Matrix.ofRows(new float[] {1, 9}, new float[] {9, 4}));
        assertThatThrownBy(() -> two.requireFits(Matrix.zeros(3, 2))).hasMessageContaining("[2, 2]");
        assertThatThrownBy(() -> one.requireFits(Matrix.zeros(3, 4))).hasMessageContaining("Maybe");
        assertThatThrownBy(() -> Mask.known(new boolean[2], new boolean[3])).hasMessageContaining("agree in length");
    }

    /** Drawn on squared paper: 4 rows of 6 pixels of 3 values. */
    @Test
    void regionsAreWhereTheyAreDrawn() {
        assertThat(pixels("top:0.5")).containsExactly(range(0, 12));
        assertThat(pixels("bottom:0.25")).containsExactly(range(18, 24));
        assertThat(pixels("left:0.5")).containsExactly(0, 1, 2, 6, 7, 8, 12, 13, 14, 18, 19, 20);
        assertThat(pixels("right:0.1666")).containsExactly(5, 11, 17, 23);
        assertThat(pixels("box:4,1,2,2")).containsExactly(10, 11, 16, 17);
    }

    @Test
    void aRandomRegionHasItsSizeAndIsTheSameForASeedHoweverManyPictures() {
        Region random = Region.parse("random:0.25");
        assertThat(random.rows(PICTURE, 7, 3)).hasSize(1);
        assertThat(pixels("random:0.25")).hasSize(6);
        assertThat(random.values(PICTURE, 0, 3)).isEqualTo(random.values(PICTURE, 4, 3));
        assertThat(random.values(PICTURE, 0, 3)).isNotEqualTo(random.values(PICTURE, 0, 4));

        Region each = Region.parse("random-each:0.25");
        assertThat(each.rows(PICTURE, 5, 3).subList(0, 2)).isEqualTo(each.rows(PICTURE, 2, 3));
        assertThat(each.rows(PICTURE, 5, 3).stream().distinct()).hasSize(5);
        assertThat(each.rows(PICTURE, 5, 3)).allMatch(row -> row.cardinality() == 18);
    }

    @Test
    void everyPixelIsChosenAboutAsOftenAsEveryOther() {
        int[] counts = new int[24];
        for (int seed = 0; seed < 2000; seed++) {
            for (int pixel : Region.parse("random:0.25").values(PICTURE, 0, seed).stream()
                    .filter(v -> v % 3 == 0)
                    .map(v -> v / 3)
                    .toArray()) {
                counts[pixel]++;
            }
        }
        // 2000 draws of probability 1/4: mean 500, standard deviation 19.4; five of them.
        assertThat(IntStream.of(counts)).allMatch(c -> Math.abs(c - 500) < 97);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "top",
                "top:",
                "top:x",
                "middle:0.5",
                "box:1,2,3",
                "top:0",
                "top:1.5",
                "random:-1",
                "box:0,0,0,1"
            })
    void nonsenseIsRefusedWithAWayOut(String text) {
        assertThatThrownBy(() -> Region.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .matches(m -> m.contains("Maybe") || m.contains("at least 1"));
    }

    @Test
    void aBoxOutsideThePictureIsRefused() {
        assertThatThrownBy(() -> Region.parse("box:4,0,3,1").values(PICTURE, 0, 0))
                .hasMessageContaining("outside the 6 x 4 picture");
    }

    @Test
    void shapesKnowPicturesFromVectors() {
        assertThat(Shape.of(28, 28).isPicture()).isTrue();
        assertThat(Shape.of(28, 28).channels()).isEqualTo(1);
        assertThat(Shape.of(784).isPicture()).isFalse();
        assertThat(Shape.of(784).width()).isEqualTo(784);
        assertThat(Shape.of(5, 6, 7).isPicture()).isFalse();
        assertThat(Shape.of(5, 6, 7).values()).isEqualTo(210);
        assertThat(PICTURE).hasToString("4x6x3");
        assertThat(PICTURE.withCount(9)).containsExactly(9, 4, 6, 3);
        assertThatThrownBy(() -> Shape.of(3, 0)).hasMessageContaining("at least 1");
    }

    @Test
    void noiseHasTheVarianceItIsNamedBy() {
        Matrix zeros = Matrix.zeros(50, 2000);
        double squares = 0;
        for (float v : Noise.ofVariance(0.2).addTo(zeros, 1).data()) {
            squares += v * v;
        }
        // 100,000 squares of variance 2·0.2²: standard error of their mean 0.0009; five of them.
        assertThat(squares / 100_000).isCloseTo(0.2, within(0.0045));
        assertThat(Noise.ofStandardDeviation(0.2).variance()).isCloseTo(0.04, within(1e-12));
        assertThatThrownBy(() -> Noise.ofVariance(-0.1)).hasMessageContaining("variance of noise (-0.1)");
        assertThatThrownBy(() -> Noise.ofStandardDeviation(Double.NaN)).hasMessageContaining("NaN");
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static int[] pixels(String region) {
        BitSet values = Region.parse(region).values(PICTURE, 0, 3);
        return values.stream().filter(v -> v % 3 == 0).map(v -> v / 3).toArray();
    }

    /** Of 10 x 8 pixels a fifth is a square of 4 x 4, rounded; two channels go together, and places differ. */
    @Test
    void aSquareIsDrawnForEachPicture() {
        Shape shape = Shape.of(8, 10, 2);
        List<BitSet> rows = Region.parse("square-each:0.2").rows(shape, 40, 3);
        assertThat(rows).hasSize(40).allMatch(row -> row.cardinality() == 4 * 4 * 2);
        assertThat(rows.stream().distinct().count()).isGreaterThan(20);
        for (BitSet row : rows) {
            int first = row.nextSetBit(0);
            for (int line = 0; line < 4; line++) {
                assertThat(row.get(first + line * 20, first + line * 20 + 8).cardinality())
                        .isEqualTo(8);
            }
        }
        assertThat(new Region.SquareEach(1).rows(shape, 1, 0).get(0).cardinality())
                .isEqualTo(8 * 9 * 2);
    }

    @Test
    void whatIsPresentIsWhatIsNoGap() {
        float gap = Float.NaN;
        Mask alike = Mask.present(Matrix.ofRows(new float[] {1, gap, 3}, new float[] {4, gap, 6}));
        assertThat(alike.rows()).isEqualTo(1);
        assertThat(alike.clamp())
                .isEqualTo(Mask.known(new boolean[] {true, false, true}).clamp());
        Mask each = Mask.present(Matrix.ofRows(new float[] {1, gap, 3}, new float[] {4, 5, gap}));
        assertThat(each.rows()).isEqualTo(2);
        assertThat(each.clamp().indices(0)).containsExactly(0, 2);
        assertThat(each.clamp().indices(1)).containsExactly(0, 1);
        assertThat(each).hasToString("Mask[2 rows of 3 values, 2 known in the first]");
        assertThat(alike).hasToString("Mask[1 row of 3 values, 2 known in the first]");
    }

    @Test
    void inBothIsWhatIsInEither() {
        Mask one = Mask.known(new boolean[] {true, true, false});
        Mask two = Mask.known(new boolean[] {true, false, true}, new boolean[] {false, true, true});
        for (Mask both : new Mask[] {one.and(two), two.and(one)}) {
            assertThat(both.rows()).isEqualTo(2);
            assertThat(both.clamp().indices(0)).containsExactly(0);
            assertThat(both.clamp().indices(1)).containsExactly(1);
        }
        assertThat(one.clamp().indices(0))
                .as("the masks given stay as they are")
                .containsExactly(0, 1);
        assertThat(Mask.all(2).knownValues(0)).isEqualTo(2);
        assertThatThrownBy(Mask::known).hasMessage("A mask needs at least one row.");
        assertThatThrownBy(() -> two.blank(Matrix.zeros(2, 4), 0)).hasMessageContaining("[2, 3]");
    }

    @Test
    void allOfAPictureMayBeARegion() {
        assertThat(pixels("top:1")).containsExactly(range(0, 24));
        assertThat(pixels("RIGHT: 1")).containsExactly(range(0, 24));
        assertThat(pixels("random:1")).containsExactly(range(0, 24));
        assertThat(pixels("box:0,0,6,4")).containsExactly(range(0, 24));
        assertThat(Region.parse("present").values(PICTURE, 0, 3).cardinality()).isEqualTo(72);
        assertThat(Region.parse("present").rows(PICTURE, 9, 3)).hasSize(1);
        assertThatThrownBy(() -> Region.parse("present:1")).hasMessageContaining("is not a region");
        for (String none : new String[] {"box:-1,0,1,1", "box:0,-1,1,1", "box:0,0,1,0", "left:0", "random:NaN"}) {
            assertThatThrownBy(() -> Region.parse(none)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Region.parse("box:0,3,1,2").values(PICTURE, 0, 0))
                .hasMessageContaining("reaches outside");
        assertThat(Region.parse("square-each:0.2").rows(PICTURE, 5, 3).subList(0, 2))
                .isEqualTo(Region.parse("square-each:0.2").rows(PICTURE, 2, 3));
    }

    /** Over many draws a square of 2 x 2 in 4 x 6 pixels stands in every one of its 3 x 5 places. */
    @Test
    void aSquareMayStandInEveryPlace() {
        List<BitSet> rows = new Region.SquareEach(4 / 24.0).rows(PICTURE, 600, 1);
        assertThat(rows.stream().map(row -> row.nextSetBit(0) / 3).distinct().sorted())
                .containsExactly(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16);
    }

    @Test
    void shapesHaveAsManyValuesAsAnIntCanCount() {
        assertThat(Shape.of(2, 3, 4).isPicture()).isTrue();
        assertThat(Shape.of(2, 3, 4).channels()).isEqualTo(4);
        assertThat(Shape.of(2, 3, 5).isPicture()).isFalse();
        assertThat(Shape.of(2, 3, 5).height()).isEqualTo(1);
        assertThat(Shape.of(2, 3, 5).width()).isEqualTo(30);
        assertThat(Shape.of(2, 3, 5).channels()).isEqualTo(1);
        assertThat(Shape.of(1, 2, 3, 4).isPicture()).isFalse();
        assertThat(Shape.of(1, 1).values()).isEqualTo(1);
        assertThat(Shape.of(2, 3).height()).isEqualTo(2);
        assertThat(Shape.of(2, 3).width()).isEqualTo(3);
        assertThatThrownBy(() -> Shape.of(65_536, 65_536)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(Shape::of).hasMessageContaining("at least one dimension");
    }

    @Test
    void noNoiseChangesNothing() {
        Matrix ones = Matrix.wrap(1, 2, 1, 1);
        assertThat(Noise.ofVariance(0).addTo(ones, 3)).isEqualTo(ones);
        assertThat(Noise.ofStandardDeviation(0).variance()).isZero();
        assertThatThrownBy(() -> Noise.ofVariance(Double.POSITIVE_INFINITY)).hasMessageContaining("finite");
        assertThatThrownBy(() -> Noise.ofStandardDeviation(-1)).hasMessageContaining("at least 0");
        assertThatThrownBy(() -> Noise.ofStandardDeviation(Double.POSITIVE_INFINITY))
                .hasMessageContaining("finite");
        assertThat(Noise.ofVariance(1).addTo(ones, 3)).isNotEqualTo(ones);
        assertThat(ones).as("what is given is only read").isEqualTo(Matrix.wrap(1, 2, 1, 1));
    }
}
