package dev.engram.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Mask;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    private static References of(Matrix patterns) {
        return new References(LA, patterns.copy(), patterns.columns());
    }

    /** Sizes on both sides of a block of codes; one mask for all cues, one for each, none. */
    @ParameterizedTest
    @CsvSource({"1, 3", "255, 3", "256, 7", "257, 7", "700, 1"})
    void errorsAreThoseSummedValueByValue(int codes, int cues) {
        Matrix generated = values(codes, 9, 1);
        Matrix shown = values(cues, 9, 2);
        References references = of(generated);
        for (int rows : new int[] {1, cues, 0}) {
            Mask mask = rows == 0 ? Mask.all(9) : mask(rows, 9);
            Matrix errors = references.squaredErrors(shown, Trust.of(mask));
            for (int cue = 0; cue < cues; cue++) {
                for (int i = 0; i < codes; i++) {
                    double sum = 0;
                    for (int j = 0; j < 9; j++) {
                        double error = (double) shown.get(cue, j) - generated.get(i, j);
                        sum += mask.isKnown(cue, j) ? error * error : 0;
                    }
                    assertThat((double) errors.get(cue, i)).isCloseTo(sum, within(2e-5));
                }
            }
        }
    }

    @Test
    void whatACodeGeneratesIsGivenBackByItsNumber() {
        Matrix generated = values(300, 4, 5);
        Matrix two = of(generated).of(299, 0);
        for (int j = 0; j < 4; j++) {
            assertThat(two.get(0, j)).isCloseTo(generated.get(299, j), within(1e-6f));
            assertThat(two.get(1, j)).isCloseTo(generated.get(0, j), within(1e-6f));
        }
    }

    /**
     * Codes at (0, 0), (4, 0) and (0, 8), a cue at (1, 1): squared distances 2, 10 and 50. It has gone 1/4 of the way to the second (½ + (2 -
     * 10) / 2 / 16) and 1/8 to the third (½ + (2 - 50) / 2 / 64); two values are so few that the second is a fifth as probable as the first, 2/10, and
     * the third, 2/50, no candidate. Of its second value alone it has gone 1/8, the first two agree, and the third is a seventh, √(1/49), as probable.
     */
    @Test
    void noveltyByHand() {
        References references = of(Matrix.wrap(3, 2, 0, 0, 4, 0, 0, 8));
        Matrix cue = Matrix.wrap(1, 2, 1, 1);
        Trust whole = Trust.all(2);
        Judgement judged = new Judgement(references, references.squaredErrors(cue, whole), whole, 1e-3);
        assertThat(judged.novelty()[0]).isCloseTo(0.25, within(1e-6));
        assertThat(judged.answers(k -> 0.3).get(0))
                .isInstanceOfSatisfying(Answer.Recalled.class, a -> assertProbabilities(a, 0, 1 / 1.24, 1, 0.2 / 1.24));
        assertThat(judged.answers(k -> 0.2).get(0)).isInstanceOf(Answer.Unfamiliar.class);
        BitSet second = new BitSet();
        second.set(1);
        Trust part = Trust.of(Mask.known(2, List.of(second)));
        Judgement partly = new Judgement(references, references.squaredErrors(cue, part), part, 1e-3);
        assertThat(partly.novelty()[0]).isCloseTo(0.125, within(1e-6));
        assertThat(partly.answers(k -> 0.3).get(0))
                .isInstanceOfSatisfying(
                        Answer.Ambiguous.class, a -> assertProbabilities(a, 0, 7.0 / 15, 1, 7.0 / 15, 2, 1.0 / 15));
        Judgement without = new Judgement(
                references, references.squaredErrors(cue, whole), whole, 1e-3, Optional.of(new int[] {0}));
        // From the second towards the third: ½ + (10 - 50) / 2 / 80.
        assertThat(without.novelty()[0]).isCloseTo(0.25, within(1e-6));
    }

    private static void assertProbabilities(Answer answer, double... indicesAndProbabilities) {
        assertThat(answer.candidates()).hasSize(indicesAndProbabilities.length / 2);
        for (int k = 0; k < indicesAndProbabilities.length; k += 2) {
            Answer.Candidate candidate = answer.candidates().get(k / 2);
            assertThat((double) candidate.index()).isEqualTo(indicesAndProbabilities[k]);
            assertThat(candidate.probability()).isCloseTo(indicesAndProbabilities[k + 1], within(5e-3));
        }
    }

    private static Mask mask(int rows, int values) {
        SplittableRandom random = new SplittableRandom(3);
        BitSet[] sets = new BitSet[rows];
        for (int row = 0; row < rows; row++) {
            sets[row] = new BitSet();
            for (int j = 0; j < values; j++) {
                sets[row].set(j, random.nextBoolean());
            }
        }
        return Mask.known(values, List.of(sets));
    }

    private static Matrix values(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }
}
