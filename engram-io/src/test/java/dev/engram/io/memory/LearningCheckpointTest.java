package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.Rot;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorOptions;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.boltzmann.BoltzmannOptions;
import dev.engram.memory.covariance.CovarianceOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.optimiser.LearningState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearningCheckpointTest {
    private static final Shape SHAPE = Shape.of(6, 6);

    @TempDir
    Path folder;

    static Stream<MemoryModel> models() {
        return Stream.of(
                PredictiveCodingOptions.defaults().withTolerance(0),
                PredictiveCodingOptions.deep(3).withUpdates(4).withTolerance(0),
                AttractorOptions.over(PredictiveCodingOptions.defaults().withTolerance(0)),
                AutoencoderOptions.defaults().withUpdates(4),
                BoltzmannOptions.defaults().withUpdates(4),
                CovarianceOptions.defaults());
    }

    /** Through a file the state comes back to the bit, and so does the memory file that a resumed learning ends with. */
    @ParameterizedTest
    @MethodSource("models")
    void theMemoryFileOfAResumedLearningHasTheSameBytes(MemoryModel model) {
        Path file = LearningCheckpoint.beside(folder.resolve("m.engram"));
        Matrix patterns = patterns(model.learnsMissing());
        Learned<? extends AssociativeMemory> straight = model.learn(patterns, SHAPE, 3, new MemoryModel.Watch() {
            @Override
            public void onState(Supplier<LearningState> state) {
                if (state.get().update() == 2) {
                    new LearningCheckpoint(model.describe(), state.get()).write(FileStore.REAL, file);
                }
            }

            @Override
            public boolean onUpdate(int update, int updates, double trainingError) {
                return true;
            }
        });
        LearningCheckpoint kept = LearningCheckpoint.read(file);
        assertThat(kept.difference(model.describe())).isEmpty();
        Learned<? extends AssociativeMemory> resumed = model.learn(patterns, SHAPE, 3, new MemoryModel.Watch() {
            @Override
            public Optional<LearningState> resumed() {
                return Optional.of(kept.state());
            }

            @Override
            public boolean onUpdate(int update, int updates, double trainingError) {
                assertThat(update).isGreaterThan(2);
                return true;
            }
        });
        assertThat(written(resumed, "resumed.engram")).hasSameBinaryContentAs(written(straight, "straight.engram"));
    }

    private Path written(Learned<? extends AssociativeMemory> learned, String name) {
        Path file = folder.resolve(name);
        Provenance provenance = new Provenance(
                9,
                "0123456789abcdef".repeat(4),
                3,
                Map.of(),
                learned.outcome(),
                learned.updates(),
                Provenance.Audit.of(new Score(learned.audit().errors()), 0.001),
                Software.current(LinearAlgebra.shared().description()),
                Optional.empty());
        MemoryFile.write(file, new StoredMemory(learned.memory(), SHAPE, provenance));
        return file;
    }

    @Test
    void itStandsBesideTheMemoryUnderAHiddenName() throws IOException {
        Path real = folder.toRealPath();
        assertThat(LearningCheckpoint.beside(folder.resolve("m.engram")))
                .isEqualTo(real.resolve(".m.engram.engram.checkpoint"));
    }

    @Test
    void whatItIsTheLearningOfIsComparedByName() {
        LearningCheckpoint kept = new LearningCheckpoint(ordered("hidden", "512", "seed", "1"), state());
        assertThat(kept.difference(ordered("hidden", "512", "seed", "1"))).isEmpty();
        assertThat(kept.difference(ordered("hidden", "256", "seed", "2")))
                .contains("hidden is 512 there, and 256 here");
        assertThat(kept.difference(ordered("hidden", "512", "seed", "2"))).contains("seed is 1 there, and 2 here");
        assertThat(kept.difference(ordered("hidden", "512"))).contains("seed is 1 there, and nothing here");
    }

    /** NaN and the infinities of numbers too: a learning may have them before anything is measured. */
    @Test
    void everyNumberComesBackToTheBit() {
        LearningState state = new LearningState.Draft(7)
                .with("a", 0.1)
                .with("b", Double.MIN_VALUE)
                .with("c", Double.NaN)
                .with("d", Double.POSITIVE_INFINITY)
                .with("t", Tensor.wrap(new double[] {0.1, -0.0, 1e300}, 3))
                .with("f", Tensor.wrap(new float[] {0.1f, -0f, Float.MIN_VALUE}, 3, 1))
                .state();
        Path file = folder.resolve("c");
        new LearningCheckpoint(Map.of(), state).write(FileStore.REAL, file);
        assertThat(LearningCheckpoint.read(file).state()).isEqualTo(state);
    }

    @Test
    void damageAndForeignFilesAreReported() throws IOException {
        Path file = folder.resolve("c");
        new LearningCheckpoint(Map.of("hidden", "8"), state()).write(FileStore.REAL, file);
        assertThat(Rot.silentDamage(file, LearningCheckpoint::read, Rot.some(61)))
                .isEmpty();
        assertThatThrownBy(() -> CheckpointFile.read(file)).isInstanceOf(MemoryFileException.Foreign.class);
        Path other = folder.resolve("other");
        Safetensors.write(other, List.of(), Map.of("format", "engram-checkpoint"));
        assertThatThrownBy(() -> LearningCheckpoint.read(other))
                .isInstanceOf(MemoryFileException.Foreign.class)
                .hasMessageContaining("not the checkpoint of a learning");
        Files.write(other, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> LearningCheckpoint.read(other)).isInstanceOf(MemoryFileException.class);
    }

    private static LearningState state() {
        return new LearningState.Draft(3)
                .with("weights.1", Matrix.wrap(2, 2, 1, 2, 3, 4))
                .with("left", 0.5)
                .state();
    }

    private static Map<String, String> ordered(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Matrix patterns(boolean withMissing) {
        SplittableRandom random = new SplittableRandom(5);
        Matrix patterns = Matrix.zeros(withMissing ? 60 : 9, SHAPE.values());
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = withMissing && random.nextInt(6) == 0 ? Float.NaN : (float) random.nextDouble();
        }
        return patterns;
    }
}
