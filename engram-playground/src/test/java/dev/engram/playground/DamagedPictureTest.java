package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DamagedPictureTest {
    private static final Matrix STORED = Matrix.ofRows(
            new float[] {0, 0, 0, 0, 0, 0, 0, 0, 0}, new float[] {.1f, .2f, .3f, .4f, .5f, .6f, .7f, .8f, .9f});

    private final DamagedPicture damage = new DamagedPicture(Shape.of(3, 3), 0, "black", STORED.row(0));

    private void apply(String kind, List<List<Double>> points, List<Integer> box, double variance, long seed) {
        damage.apply(new DamagedPicture.Change(kind, Optional.empty(), points, 1, box, variance, seed, 1), STORED);
    }

    private void box(String kind, Integer... box) {
        apply(kind, List.of(), List.of(box), 0, 0);
    }

    private void noise(double variance, long seed) {
        apply("noise", List.of(), List.of(), variance, seed);
    }

    private BitSet missing() {
        BitSet missing = (BitSet) damage.mask().clamp().row(0).clone();
        missing.flip(0, 9);
        return missing;
    }

    private static BitSet pixels(int... pixels) {
        BitSet set = new BitSet();
        for (int pixel : pixels) {
            set.set(pixel);
        }
        return set;
    }

    @Test
    void aRoundBrushErasesThePixelsWhoseMiddleItTouches() {
        apply("erase", List.of(List.of(1.5, 1.5)), List.of(), 0, 0); // the middle of the picture, radius 1: a cross
        assertThat(missing()).isEqualTo(pixels(1, 3, 4, 5, 7));

        apply("restore", List.of(List.of(1.5, 0.2)), List.of(), 0, 0);
        assertThat(missing()).isEqualTo(pixels(3, 4, 5, 7));
    }

    @Test
    void aPastedPartIsThereAgain() {
        box("box", 0, 0, 2, 1);
        box("paste", 1, 0, 2, 2);

        assertThat(missing()).isEqualTo(pixels(0));
        assertThat(damage.cue().row(0)).containsExactly(0, .2f, .3f, 0, .5f, .6f, 0, 0, 0);
        assertThat(damage.original().row(0)).containsOnly(0);
    }

    @Test
    void everyChangeIsTakenBackByItself() {
        box("box", 0, 0, 1, 1);
        box("box", 2, 2, 1, 1);
        box("undo");
        assertThat(missing()).isEqualTo(pixels(0));
        box("undo");
        assertThat(missing()).isEqualTo(pixels());
        box("undo");
        assertThat(damage.view().canUndo()).isFalse();
    }

    @Test
    void allOfOneMoveOfTheNoiseSliderIsOneChange() {
        noise(0.1, 7);
        noise(0.2, 7);
        noise(0.3, 7);
        noise(0.4, 8);
        assertThat(damage.view().deviation()).isEqualTo(Math.sqrt(0.4), within(1e-9));
        box("undo");
        assertThat(damage.view().variance()).isEqualTo(0.3, within(1e-9));
        box("undo");
        assertThat(damage.view().variance()).isZero();
        assertThat(damage.view().canUndo()).isFalse();
    }

    @Test
    void theSameNoiseAfterAnotherChangeIsAChangeOfItsOwn() {
        noise(0.1, 7);
        box("box", 0, 0, 1, 1);
        noise(0.2, 7);
        box("undo");
        assertThat(missing()).isEqualTo(pixels(0));
        assertThat(damage.view().variance()).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void whatMakesNoSenseIsRefusedAndChangesNothing() {
        assertThatThrownBy(() -> box("shred")).hasMessageContaining("\"shred\" is no damage");
        assertThatThrownBy(() -> box("box", 1, 2)).hasMessageContaining("x, y, width and height");
        assertThatThrownBy(() -> noise(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(damage.view().canUndo()).isFalse();
    }
}
