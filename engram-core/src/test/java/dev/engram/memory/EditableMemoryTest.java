package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.memory.hopfield.ModernHopfield;
import dev.engram.memory.hopfield.ModernHopfieldOptions;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memories that keep the patterns themselves: with some stored or forgotten they are those that learned just these. */
class EditableMemoryTest {
    private static final Matrix PATTERNS = random(300, 7);
    private static final Matrix CUES = random(40, 7);
    private static final Mask HALF = Mask.known(new boolean[] {true, true, false, true, false, false, true});

    static Stream<Named<Function<Matrix, EditableMemory>>> models() {
        return Stream.of(
                Named.of("nearest neighbour", NearestNeighbour::new),
                Named.of(
                        "modern Hopfield",
                        patterns -> ModernHopfield.learn(patterns, ModernHopfieldOptions.euclidean(50))));
    }

    private static Matrix random(int rows, int values) {
        SplittableRandom random = new SplittableRandom(rows);
        Matrix matrix = Matrix.zeros(rows, values);
        for (int at = 0; at < matrix.data().length; at++) {
            matrix.data()[at] = (float) random.nextDouble();
        }
        return matrix;
    }

    private static Identifier identifier(AssociativeMemory memory) {
        return memory.identifier().orElseThrow();
    }

    private static void assertEqual(AssociativeMemory memory, AssociativeMemory expected) {
        assertThat(memory.recall(CUES).patterns())
                .isEqualTo(expected.recall(CUES).patterns());
        assertThat(memory.complete(CUES, HALF).patterns())
                .isEqualTo(expected.complete(CUES, HALF).patterns());
        assertThat(identifier(memory).identify(CUES, HALF))
                .isEqualTo(identifier(expected).identify(CUES, HALF));
        assertThat(identifier(memory).calibration(HALF))
                .isEqualTo(identifier(expected).calibration(HALF));
    }

    @ParameterizedTest
    @MethodSource("models")
    void storedIsAsIfLearnedWithTheOthers(Function<Matrix, EditableMemory> model) {
        EditableMemory few = model.apply(PATTERNS.slice(0, 200));
        EditableMemory more = few.store(PATTERNS.slice(200, 300), 0);
        assertEqual(more, model.apply(PATTERNS));
        assertEqual(few, model.apply(PATTERNS.slice(0, 200)));
        assertThat(more.room()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("models")
    void forgottenIsAsIfNeverLearnedAndTheRateStays(Function<Matrix, EditableMemory> model) {
        AssociativeMemory fewer = ((EditableMemory) model.apply(PATTERNS).calibrated(0.05)).forget(1, 299, 1);
        assertEqual(
                fewer,
                model.apply(PATTERNS.slice(0, 1).below(PATTERNS.slice(2, 299))).calibrated(0.05));
    }

    @ParameterizedTest
    @MethodSource("models")
    void whatCannotBeIsRefused(Function<Matrix, EditableMemory> model) {
        EditableMemory memory = model.apply(PATTERNS.slice(0, 2));
        assertThatThrownBy(() -> memory.store(random(2, 6), 0)).hasMessageContaining("6");
        assertThatThrownBy(() -> memory.store(Matrix.wrap(1, 7, new float[] {Float.NaN, 0, 0, 0, 0, 0, 0}), 0))
                .isInstanceOf(UnusableValuesException.class);
        assertThatThrownBy(() -> memory.forget(2)).hasMessage("There is no pattern 2: the memory holds 0 to 1.");
        assertThatThrownBy(() -> memory.forget(-1)).hasMessageContaining("no pattern -1");
        assertThatThrownBy(() -> memory.forget(0, 1)).hasMessageContaining("at least one of 2 must stay");
    }
}
