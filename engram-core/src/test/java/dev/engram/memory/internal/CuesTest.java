package dev.engram.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.learning.PatternBlocks;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.UnusableValuesException;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CuesTest {
    private static final AssociativeMemory OF_TWO = new NearestNeighbour(Matrix.wrap(1, 2, 0, 0));

    @Test
    void valuesUpToTheLargestAreLearnedAndShown() {
        Matrix largest = Matrix.wrap(1, 2, 1e15f, -1e15f);
        Matrix larger = Matrix.wrap(2, 2, 0, 1, 2, -2e15f);

        assertThatCode(() -> Cues.requirePatterns(largest)).doesNotThrowAnyException();
        assertThatCode(() -> Cues.require(OF_TWO, largest)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Cues.requirePatterns(larger))
                .isInstanceOf(UnusableValuesException.class)
                .hasMessageContaining("The patterns hold values like -")
                .hasMessageContaining("(number 1 of row 1, from 0)");
        assertThatThrownBy(() -> Cues.require(OF_TWO, larger))
                .isInstanceOf(UnusableValuesException.class)
                .hasMessageContaining("The cues hold values like -");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        Matrix gap = Matrix.wrap(1, 2, 1, Float.NaN);

        assertThatThrownBy(() -> Cues.requirePatterns(gap))
                .isInstanceOf(UnusableValuesException.class)
                .hasMessage("The patterns hold NaN or infinite values.");
        assertThatThrownBy(() -> Cues.require(OF_TWO, gap))
                .hasMessage("The cues hold NaN or infinite values. Maybe mark missing values with a mask instead.");
        assertThatThrownBy(() -> Cues.requireFrames(2, gap)).hasMessage("The frames hold NaN or infinite values.");
    }

    @Test
    void gapsAreAllowedWhereTheyMeanThatAValueIsMissing() {
        Matrix gap = Matrix.wrap(1, 2, 1, Float.NaN);

        assertThatCode(() -> Cues.requirePartialPatterns(gap)).doesNotThrowAnyException();
        assertThatCode(() -> Cues.requirePartial(OF_TWO, gap)).doesNotThrowAnyException();
        assertThat(gap.get(0, 1)).isNaN();
        Matrix infinite = Matrix.wrap(1, 2, Float.POSITIVE_INFINITY, Float.NaN);
        assertThatThrownBy(() -> Cues.requirePartialPatterns(infinite)).isInstanceOf(UnusableValuesException.class);
        assertThatThrownBy(() -> Cues.requirePartial(OF_TWO, infinite)).isInstanceOf(UnusableValuesException.class);
    }

    /** The least float that keeps all its digits is 2^-126. */
    @Test
    void patternsOfSubnormalNumbersAreRefusedButNoughtIsNot() {
        assertThatCode(() -> Cues.requirePatterns(Matrix.zeros(1, 2))).doesNotThrowAnyException();
        assertThatCode(() -> Cues.requirePatterns(Matrix.wrap(1, 2, 0, -0x1p-126f)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Cues.requirePatterns(Matrix.wrap(1, 2, 0, -0x1p-127f)))
                .isInstanceOf(UnusableValuesException.class)
                .hasMessageContaining("lose their digits");
    }

    @Test
    void thereMustBeSomethingToLearnAndToShow() {
        for (Matrix nothing : new Matrix[] {Matrix.zeros(0, 2), Matrix.zeros(2, 0)}) {
            assertThatThrownBy(() -> Cues.requirePatterns(nothing)).hasMessageContaining("There is nothing to learn");
        }
        assertThatThrownBy(() -> Cues.require(OF_TWO, Matrix.zeros(1, 3)))
                .hasMessageContaining("The cues have 3 values each, the memory's patterns 2");
        assertThatCode(() -> Cues.requireFrames(2, Matrix.zeros(1, 2))).doesNotThrowAnyException();
        for (Matrix frames : new Matrix[] {Matrix.zeros(0, 2), Matrix.zeros(1, 3)}) {
            assertThatThrownBy(() -> Cues.requireFrames(2, frames))
                    .hasMessageContaining("at least one of 2 values was expected");
        }
        Cues.requireIterations(1);
        Cues.requireSteps(1);
        assertThatThrownBy(() -> Cues.requireIterations(0))
                .hasMessage("The number of iterations (0) must be at least 1.");
        assertThatThrownBy(() -> Cues.requireSteps(0))
                .hasMessage("The number of frames to recall (0) must be at least 1.");
    }

    @Test
    void ofPartialCuesOnlyWhatIsKnownCounts() {
        Mask first = Mask.known(new boolean[] {true, false});
        Matrix whole = Matrix.wrap(1, 2, 1, 2);

        assertThat(Cues.known(OF_TWO, whole, first)).isSameAs(whole);
        assertThat(Cues.known(OF_TWO, Matrix.wrap(1, 2, 1, Float.NaN), first)).isEqualTo(Matrix.wrap(1, 2, 1, 0));
        assertThatThrownBy(() -> Cues.known(OF_TWO, Matrix.wrap(1, 2, Float.NaN, 1), first))
                .isInstanceOf(UnusableValuesException.class);
        assertThatThrownBy(() -> Cues.known(2, Matrix.zeros(1, 3), Mask.all(3))).hasMessageContaining("3 values each");
        assertThatThrownBy(() -> Cues.known(2, whole, Mask.all(3))).hasMessageContaining("The mask has shape");
    }

    @Test
    void everyBlockIsLookedAtWhenItIsVisited() {
        Matrix fine = Matrix.wrap(2, 2, 1, 2, 3, 4);
        List<Matrix> visited = new ArrayList<>();
        Cues.checked(PatternBlocks.of(fine)).forEach(visited::add);
        assertThat(visited).containsExactly(fine);

        PatternBlocks gaps = Cues.checked(PatternBlocks.of(Matrix.wrap(1, 2, 1, Float.NaN)));
        assertThatThrownBy(() -> gaps.forEach(block -> {})).isInstanceOf(UnusableValuesException.class);
    }
}
