package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartsTest {
    private static final Parts PARTS = Parts.of("picture", Shape.of(1, 3)).and("label", Shape.of(2));

    @Test
    void partsLieOneBehindTheOther() {
        Matrix joined = PARTS.join(
                Matrix.ofRows(new float[] {1, 2, 3}, new float[] {4, 5, 6}),
                Matrix.ofRows(new float[] {7, 8}, new float[] {9, 10}));
        assertThat(joined).isEqualTo(Matrix.ofRows(new float[] {1, 2, 3, 7, 8}, new float[] {4, 5, 6, 9, 10}));
        assertThat(PARTS.only("picture", joined))
                .isEqualTo(Matrix.ofRows(new float[] {1, 2, 3}, new float[] {4, 5, 6}));
        assertThat(PARTS.only("label", joined)).isEqualTo(Matrix.ofRows(new float[] {7, 8}, new float[] {9, 10}));
        assertThat(PARTS.from("label")).isEqualTo(3);
        assertThat(PARTS.shape()).isEqualTo(Shape.of(5));
        assertThat(PARTS).hasToString("picture 1x3, label 2");
    }

    @Test
    void whatIsNotShownIsMissing() {
        Matrix cues = PARTS.cues("label", Matrix.ofRows(new float[] {7, 8}));
        assertThat(cues.row(0)).containsExactly(Float.NaN, Float.NaN, Float.NaN, 7, 8);
        Mask present = Mask.present(cues);
        Mask known = PARTS.known("label");
        for (int j = 0; j < 5; j++) {
            assertThat(known.isKnown(0, j)).isEqualTo(j > 2).isEqualTo(present.isKnown(0, j));
        }
    }

    @Test
    void aMaskOfOnePartSaysNothingOfTheOthers() {
        Mask half = PARTS.known("picture", Mask.known(new boolean[] {false, true, true}));
        assertThat(Stream.of(0, 1, 2, 3, 4).map(j -> half.isKnown(0, j)))
                .containsExactly(false, true, true, false, false);
        Mask both = half.or(PARTS.known("label"));
        assertThat(Stream.of(0, 1, 2, 3, 4).map(j -> both.isKnown(0, j)))
                .containsExactly(false, true, true, true, true);
    }

    static Stream<MemoryModel> memories() {
        return Stream.of(
                new NearestNeighbourOptions(),
                AttractorOptions.over(PredictiveCodingOptions.defaults().withHidden(64)));
    }

    /** Hetero-association: 20 random pictures of 48 values with random labels of 8. */
    @ParameterizedTest
    @MethodSource("memories")
    void aLabelBringsBackItsPictureAndHalfThePictureItsLabel(MemoryModel model) {
        Matrix pictures = uniform(20, 48, 1);
        Matrix labels = uniform(20, 8, 2);
        Parts parts = Parts.of("picture", Shape.of(6, 8)).and("label", Shape.of(8));
        AssociativeMemory memory = model.learn(parts.join(pictures, labels), parts.shape(), 0, MemoryModel.Watch.NONE)
                .memory();
        Matrix fromLabel = memory.complete(parts.cues("label", labels), parts.known("label"))
                .patterns();
        assertThat(Score.of(pictures, parts.only("picture", fromLabel)).recovered(1e-3))
                .isEqualTo(20);
        Mask upper = parts.known("picture", Mask.known(Region.parse("top:0.5"), Shape.of(6, 8), 1, 0));
        Matrix fromHalf =
                memory.complete(parts.cues("picture", pictures), upper).patterns();
        assertThat(Score.of(labels, parts.only("label", fromHalf)).recovered(1e-3))
                .isEqualTo(20);
    }

    private static Matrix uniform(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix values = Matrix.zeros(rows, columns);
        for (int i = 0; i < values.data().length; i++) {
            values.data()[i] = (float) random.nextDouble();
        }
        return values;
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        assertThatThrownBy(() -> PARTS.and("label", Shape.of(1))).hasMessageContaining("Two parts are called label");
        assertThatThrownBy(() -> PARTS.known("lable")).hasMessageContaining("Maybe it is one of: picture, label");
        assertThatThrownBy(() -> PARTS.join(Matrix.zeros(2, 3), Matrix.zeros(1, 2)))
                .hasMessageContaining("The part label is a matrix of 1 x 2; 2 x 2 was expected");
        assertThatThrownBy(() -> PARTS.join(Matrix.zeros(2, 3))).hasMessageContaining("need 2 matrices; given were 1");
        assertThatThrownBy(() -> PARTS.only("label", Matrix.zeros(1, 4))).hasMessageContaining("have 5");
        assertThatThrownBy(() -> Parts.of("a=b", Shape.of(1)))
                .hasMessageContaining("\"a=b\" cannot be the name of a part");
    }
}
