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
}
