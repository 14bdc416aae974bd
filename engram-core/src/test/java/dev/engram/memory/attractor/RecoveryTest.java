package dev.engram.memory.attractor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Recall;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recovery with a recall whose answers are given; an error of less than 0.1 is trusted. */
class RecoveryTest {
    private static final Matrix CUES = Matrix.wrap(1, 3, 1, 5, 2);
    private static final Matrix GUESS = Matrix.wrap(1, 3, 1.05f, 1, 2.2f);

    private final List<Matrix> shown = new ArrayList<>();

    private Recovery.Result recovered(int rounds, Matrix... answers) {
        return new Recovery(rounds, 0.01, repaired -> {
                    shown.add(repaired);
                    return Recall.closedForm(answers[shown.size() - 1], new double[] {shown.size()});
                })
                .run(CUES, GUESS);
    }

    @Test
    void whatIsNotTrustedIsShownAsItWasPredicted() {
        Matrix answer = Matrix.wrap(1, 3, 0.98f, 3, 2.3f);
        Recovery.Result result = recovered(4, answer);
        assertThat(shown)
                .as("the same values are trusted: it has settled")
                .containsExactly(Matrix.wrap(1, 3, 1, 1, 2.2f));
        assertThat(result.recall().patterns()).isEqualTo(answer);
        assertThat(result.trust()).isEqualTo(Matrix.wrap(1, 3, 1, 0, 0));
    }

    @Test
    void eachRoundTrustsWhatTheOneBeforeFound() {
        Matrix last = Matrix.wrap(1, 3, 1, 4, 2.01f);
        Recovery.Result result =
                recovered(5, Matrix.wrap(1, 3, 1.4f, 2, 2.04f), Matrix.wrap(1, 3, 1.01f, 3, 2.02f), last);
        assertThat(shown)
                .containsExactly(
                        Matrix.wrap(1, 3, 1, 1, 2.2f), Matrix.wrap(1, 3, 1.4f, 2, 2), Matrix.wrap(1, 3, 1, 3, 2));
        assertThat(result.recall().patterns()).isEqualTo(last);
        assertThat(result.trust()).isEqualTo(Matrix.wrap(1, 3, 1, 0, 1));
    }

    @Test
    void whatDoesNotSettleEndsWithItsRounds() {
        Matrix one = Matrix.wrap(1, 3, 1, 1, 2.2f);
        Matrix other = Matrix.wrap(1, 3, 2, 5, 2.2f);
        Recovery.Result result = recovered(3, other, one, other, one, other);
        assertThat(shown).hasSize(3);
        assertThat(result.recall().energy()).containsExactly(3);
        assertThat(result.trust()).isEqualTo(Matrix.wrap(1, 3, 0, 1, 0));
    }
}
