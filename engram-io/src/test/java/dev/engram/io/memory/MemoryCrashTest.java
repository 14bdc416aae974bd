package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.graph.training.TrainingState;
import dev.engram.io.file.BusyException;
import dev.engram.io.file.FileStore;
import dev.engram.io.file.OutputException;
import dev.engram.io.file.SimulatedDisk;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.OptimiserState;
import dev.engram.optimiser.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Memories stored into, forgotten from and checkpoints written beside crashes, failures and other writers. */
class MemoryCrashTest {
    private static final int CRASHES_EACH = 40;
    private static final int VALUES = 12;
    private static final Shape SHAPE = Shape.of(3, 4);

    @TempDir
    Path folder;

    private Path root = Path.of("");
    private Path file = Path.of("");

    /** What is done with a memory or checkpoint of a file. */
    private interface Work {
        void run(SimulatedDisk disk);
    }

    private interface Reading {
        Object of(Path file);
    }

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectory(folder.resolve("run")).toRealPath();
        file = root.resolve("m.engram");
        Matrix weights = Matrix.wrap(VALUES, 8, random(VALUES * 8, 1));
        GenerativeNetwork network = GenerativeNetwork.of(Activation.RELU, List.of(weights), random(8, 2), 0.01);
        MemoryFile.write(file, stored(AttractorMemory.learn(network, patterns(4, 3))));
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }

    private static Matrix patterns(int count, long seed) {
        return Matrix.wrap(count, VALUES, random(count * VALUES, seed));
    }

    private static StoredMemory stored(AttractorMemory memory) {
        int count = memory.codes().size();
        double[] errors = new double[count];
        return new StoredMemory(
                memory,
                SHAPE,
                new Provenance(
                        count,
                        "0123456789abcdef".repeat(4),
                        0,
                        Map.of(),
                        Outcome.COMPLETED,
                        1,
                        Provenance.Audit.of(new Score(errors), 0.001),
                        Software.current("a test"),
                        Optional.empty()));
    }

    private static AttractorMemory memory(StoredMemory stored) {
        return (AttractorMemory) stored.memory();
    }

    private MemoryEdit edit(SimulatedDisk disk) {
        return MemoryEdit.open(disk, file, LinearAlgebra.shared(), Duration.ZERO, line -> {});
    }

    private void store(SimulatedDisk disk) {
        try (MemoryEdit edit = edit(disk)) {
            edit.write(stored(memory(edit.stored()).store(patterns(2, 4), 0)));
        }
    }

    private void forget(SimulatedDisk disk) {
        try (MemoryEdit edit = edit(disk)) {
            edit.write(stored(memory(edit.stored()).forget(1, 2)));
        }
    }

    private static Object codes(Path file) {
        return Arrays.toString(memory(MemoryFile.read(file)).codes().values().data());
    }

    @Test
    void storedOrNotAfterACrashAnywhere() {
        assertOldOrNew("store", file, this::store, MemoryCrashTest::codes);
    }

    @Test
    void forgottenOrNotAfterACrashAnywhere() {
        assertOldOrNew("forget", file, this::forget, MemoryCrashTest::codes);
    }

    @Test
    void theCheckpointBeforeOrTheNewOneAfterACrashAnywhere() {
        Path checkpoint = root.resolve("c.safetensors");
        CheckpointFile.write(checkpoint, state(1));
        assertOldOrNew(
                "checkpoint",
                checkpoint,
                disk -> CheckpointFile.write(disk, checkpoint, state(2)),
                path -> CheckpointFile.read(path).epoch());
    }

    @Test
    void theStateOfALearningBeforeOrTheNewOneAfterACrashAnywhere() {
        Path checkpoint = LearningCheckpoint.beside(root.resolve("new.engram"));
        learning(1).write(FileStore.REAL, checkpoint);
        assertOldOrNew(
                "learning", checkpoint, disk -> learning(2).write(disk, checkpoint), path -> LearningCheckpoint.read(
                                path)
                        .state());
    }

    private static LearningCheckpoint learning(int update) {
        LearningState state = new LearningState.Draft(update)
                .with("weights.1", Tensor.wrap(random(50_000, update), 50_000))
                .with("first_error", 0.1)
                .state();
        return new LearningCheckpoint(Map.of("hidden", "8"), state);
    }

    private static TrainingState state(int epoch) {
        Tensor parameter = Tensor.wrap(random(50_000, epoch), 50_000);
        return new TrainingState(Map.of("w", parameter), Map.of("w", OptimiserState.of(epoch, List.of())), epoch, 0, 7);
    }

    private void assertOldOrNew(String name, Path target, Work work, Reading reading) {
        Object old = reading.of(target);
        SimulatedDisk disk = SimulatedDisk.of(root);
        work.run(disk);
        Object fresh = reading.of(target);
        assertThat(fresh).isNotEqualTo(old);
        int points = 0;
        for (int at = 0; at <= disk.operations(); at++) {
            for (int i = 0; i < CRASHES_EACH; i++) {
                Path left = folder.resolve("crash" + points++);
                disk.crash(at, points, left);
                Object found = reading.of(left.resolve(target.getFileName()));
                assertThat(found)
                        .as("%s, seed %d, after %d operations", name, points, at)
                        .isIn(at < disk.operations() ? List.of(old, fresh) : List.of(fresh));
            }
        }
        System.out.printf("%s: %d crash points, seeds 1 to %d%n", name, points, points);
    }

    @Test
    void whicheverOperationFailsTheMemoryIsWholeAndFreeForTheNext() throws IOException {
        Object old = codes(file);
        byte[] bytes = Files.readAllBytes(file);
        for (int n = 0; ; n++) {
            SimulatedDisk disk = SimulatedDisk.failingAfter(root, n);
            try {
                store(disk);
                if (disk.failed().isEmpty()) {
                    assertThat(n).isGreaterThan(3);
                    return;
                }
            } catch (OutputException e) {
                assertThat(e).hasMessageContaining("injected failure of");
            }
            Object left = codes(file);
            if (!left.equals(old)) {
                assertThat(memory(MemoryFile.read(file)).codes().size()).isEqualTo(6);
                Files.write(file, bytes);
            }
            try (Stream<Path> names = Files.list(root)) {
                assertThat(names)
                        .allMatch(path -> path.equals(file) || disk.failed().equals("Delete"));
            }
        }
    }

    /** A writer that knows no lock, as cp is one. */
    @Test
    void whatAnotherProgramWroteMeanwhileIsNotOverwritten() throws IOException {
        byte[] others = Files.readAllBytes(file);
        try (MemoryEdit edit = edit(SimulatedDisk.of(root))) {
            Files.write(file, others);

            assertThatThrownBy(() -> edit.write(stored(memory(edit.stored()).forget(0))))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("was changed by another program since it was read; nothing was written");
        }
        assertThat(file).hasBinaryContent(others);
    }

    @Test
    void oneEditsAtATimeAndReadersDoNotWait() {
        try (MemoryEdit first = edit(SimulatedDisk.of(root))) {
            assertThatThrownBy(() -> edit(SimulatedDisk.of(root))).isInstanceOf(BusyException.class);
            assertThat(codes(file)).isNotNull();
            assertThat(first.stored().provenance().patterns()).isEqualTo(4);
        }
        store(SimulatedDisk.of(root));
    }
}
