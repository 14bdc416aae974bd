package dev.engram.memory.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.Recall;
import dev.engram.memory.UnusableValuesException;
import dev.engram.memory.hopfield.Separation;
import dev.engram.optimiser.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memories of sequences, shown values that numbers have trouble with: what comes back is finite, or they say why not. */
class FiniteOrRefusedSequencesTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    private static final Map<String, Function<Sequences, Learned<? extends SequenceMemory>>> MEMORIES = Map.of(
            "direct", sequences -> TemporalMemory.learn(sequences, TemporalOptions.defaults(), LA),
            "hidden", sequences -> HiddenTemporalMemory.learn(sequences, HiddenTemporalOptions.defaults(), LA),
            "Hopfield",
                    sequences -> Learned.unaudited(
                            AsymmetricHopfield.learn(sequences, new Separation.Identity(), 0.5, LA),
                            Outcome.COMPLETED,
                            0));

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-37, 1e-30, 1e-20, 1e-10, 1e-3, 1, 1e3, 1e6, 1e10, 9e14})
    void whatIsLearnedIsReplayedInFiniteNumbers(double scale) {
        Matrix frames = frames(scale);
        MEMORIES.forEach((name, learning) -> {
            Learned<? extends SequenceMemory> learned = learning.apply(new Sequences(List.of(frames)));
            if (learned.outcome() == Outcome.DIVERGED) {
                assertThat(learned.audit().errors()).isEmpty();
                return;
            }
            assertThat(Arrays.stream(learned.audit().errors()).allMatch(Double::isFinite))
                    .as(name)
                    .isTrue();
            requireFinite(learned.memory().follow(frames), name);
            requireFinite(learned.memory().replay(frames.slice(0, 1), 7), name);
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e19, 1e30, 1e-40})
    void whatCannotBeSquaredIsRefused(double scale) {
        Matrix frames = frames(scale);
        assertThatThrownBy(() -> new Sequences(List.of(frames))).isInstanceOf(UnusableValuesException.class);
        if (scale > 1) {
            MEMORIES.forEach((name, learning) -> {
                SequenceMemory memory =
                        learning.apply(new Sequences(List.of(frames(1)))).memory();
                assertThatThrownBy(() -> memory.follow(frames)).isInstanceOf(UnusableValuesException.class);
                assertThatThrownBy(() -> memory.replay(frames, 2)).isInstanceOf(UnusableValuesException.class);
            });
        }
    }

    private static void requireFinite(Recall recall, String what) {
        assertThat(recall.patterns().isFinite()).as(what).isTrue();
        assertThat(Arrays.stream(recall.energy()).allMatch(Double::isFinite))
                .as(what + ", energy")
                .isTrue();
        assertThat(Arrays.stream(recall.residual()).allMatch(Double::isFinite))
                .as(what + ", residual")
                .isTrue();
    }

    private static Matrix frames(double scale) {
        SplittableRandom random = new SplittableRandom(4);
        Matrix frames = Matrix.zeros(5, 30);
        for (int i = 0; i < frames.data().length; i++) {
            frames.data()[i] = (float) (scale * random.nextDouble());
        }
        return frames;
    }
}
