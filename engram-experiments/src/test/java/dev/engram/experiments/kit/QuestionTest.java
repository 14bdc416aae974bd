package dev.engram.experiments.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.Shape;
import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void settingsNameWhatTheNumberMeans() {
        CellSetting cell = CellSetting.of("data", "flags");
        assertThat(Question.ofVariance(0.2).on(cell)).hasToString("flags, variance 0.2");
        assertThat(Question.ofStandardDeviation(0.2).on(cell)).hasToString("flags, standard deviation 0.2");
        assertThat(Question.known(0.25).on(cell)).hasToString("flags, known 0.25");
        assertThat(Question.centreMissing(0.5).on(cell)).hasToString("flags, covered 0.5");
        assertThat(Question.unmarked(Damage.Cover.PASTED).on(cell)).hasToString("flags, pasted");
        assertThat(Question.brief("standard deviation 0.2")).isEqualTo("std 0.2");
        assertThat(Fractions.words(0.0625)).isEqualTo("1/16");
    }

    @Test
    void aKnownPartIsTheUpperOne() {
        Matrix picture = Matrix.wrap(1, 8, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(Question.known(0.25)
                        .damage()
                        .apply(picture, Shape.of(4, 2), 0)
                        .cues()
                        .data())
                .containsExactly(1, 2, 0, 0, 0, 0, 0, 0);
    }

    /** √0.4·10 = 6.3: six pixels by six. */
    @Test
    void theSquareIsBlackOrTheNextPictures() {
        Matrix pictures = Matrix.zeros(2, 100);
        for (int j = 0; j < 100; j++) {
            pictures.set(0, j, 1);
            pictures.set(1, j, 2);
        }
        Shape shape = Shape.of(10, 10);
        Matrix black = Question.unmarked(Damage.Cover.BLACK)
                .damage()
                .apply(pictures, shape, 0)
                .cues();
        Matrix pasted = Question.unmarked(Damage.Cover.PASTED)
                .damage()
                .apply(pictures, shape, 0)
                .cues();
        int covered = 0;
        for (int j = 0; j < 100; j++) {
            boolean inside = j / 10 >= 2 && j / 10 < 8 && j % 10 >= 2 && j % 10 < 8;
            covered += inside ? 1 : 0;
            assertThat(black.get(0, j)).isEqualTo(inside ? 0 : 1);
            assertThat(pasted.get(0, j)).isEqualTo(inside ? 2 : 1);
            assertThat(pasted.get(1, j)).isEqualTo(inside ? 1 : 2);
        }
        assertThat(covered).isEqualTo(36);
    }

    @Test
    void onlyNoiseHasAVariance() {
        assertThat(Question.ofStandardDeviation(0.5).noise().variance()).isEqualTo(0.25);
        assertThat(Question.known(0.5).noise().variance()).isZero();
    }
}
