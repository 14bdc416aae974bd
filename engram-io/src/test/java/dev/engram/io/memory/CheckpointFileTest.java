package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.graph.training.TrainingState;
import dev.engram.io.Python;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.Precision;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.OptimiserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointFileTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("c.safetensors");
    }

    /** 7 examples in batches of 3: three updates an epoch, so 4 updates end within the second. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingGoesOnFromTheFileToTheSameBits(Precision precision) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.input("x", 4);
        Node h = g.value("h", g.tanh(g.dense(x, g.parameter("w1", Initialiser.fanIn(), 5, 4))));
        Node y = g.value("y", g.dense(h, g.parameter("w2", Initialiser.fanIn(), 2, 5)));
        Node z =
                g.value("z", g.dropout(h, 0.5), NodeEnergy.learnedPrecision(g.parameter("log p", Initialiser.zeros())));
        ComputationGraph graph = g.build();
        Observations data = Observations.of(x, random(precision, 1, 7, 4))
                .and(y, random(precision, 2, 7, 2))
                .and(z, random(precision, 3, 7, 5));
        for (Optimiser optimiser : List.of(Optimiser.sgd(0.1), Optimiser.momentum(0.1, 0.9), Optimiser.adam(0.01))) {
            GraphTrainer trainer =
                    GraphTrainer.of(CreditAssignment.predictiveCoding(Schedule.strict(0.1, 20)), optimiser, 3, 4);
            TrainingState begin = trainer.begin(graph, precision, -5);
            int[] seen = new int[1];
            TrainingState stopped =
                    trainer.train(graph, begin, data, progress -> ++seen[0] < 4).state();

            CheckpointFile.write(file, stopped);
            TrainingState read = CheckpointFile.read(file);

            assertThat(read).isEqualTo(stopped);
            assertThat(read.epoch()).isEqualTo(1);
            assertThat(read.batch()).isEqualTo(1);
            assertThat(trainer.train(graph, read, data, TrainingObserver.NONE).state())
                    .isEqualTo(trainer.train(graph, begin, data, TrainingObserver.NONE)
                            .state());
        }
    }

    private static dev.engram.linalg.Tensor random(Precision precision, long seed, int... shape) {
        SplittableRandom random = new SplittableRandom(seed);
        dev.engram.linalg.Tensor tensor = dev.engram.linalg.Tensor.zeros(precision, shape);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.set(i, 2 * random.nextDouble() - 1);
        }
        return tensor;
    }

    /** Names with dots and digits, as in {@code layer.0}, are told apart from the averages' numbers; a scalar and doubles are kept. */
    private static TrainingState state() {
        dev.engram.linalg.Tensor a = dev.engram.linalg.Tensor.wrap(new float[] {1, -2, 0.5f, 3}, 2, 2);
        dev.engram.linalg.Tensor a0 = dev.engram.linalg.Tensor.wrap(new double[] {Math.PI});
        return new TrainingState(
                Map.of("a", a, "a.0", a0),
                Map.of(
                        "a",
                        OptimiserState.of(7, List.of(dev.engram.linalg.Tensor.wrap(new float[] {4, 5, 6, 7}, 2, 2))),
                        "a.0",
                        OptimiserState.of(1L << 40, List.of())),
                3,
                2,
                Long.MIN_VALUE);
    }

    @Test
    void whatWasWrittenIsReadAndMakesTheSameBytes() {
        CheckpointFile.write(file, state());
        assertThat(CheckpointFile.read(file)).isEqualTo(state());
        CheckpointFile.write(folder.resolve("again"), CheckpointFile.read(file));
        assertThat(folder.resolve("again")).hasSameBinaryContentAs(file);
    }

    @Test
    void pythonOpensIt() throws Exception {
        CheckpointFile.write(file, state());
        String seen = Python.run(folder, List.of("numpy", "safetensors"), """
                from safetensors import safe_open
                with safe_open(sys.argv[1], framework="np") as f:
                    for name in sorted(f.keys()):
                        t = f.get_tensor(name)
                        print(name, t.dtype, t.shape, t.ravel().tolist())
                    m = f.metadata()
                    print(m["format"], m["epoch"], m["batch"], m["seed"], m["updates.a"], m["updates.a.0"])
                """, file);
        assertThat(seen.lines())
                .containsExactly(
                        "optimiser.a.0 float32 (2, 2) [4.0, 5.0, 6.0, 7.0]",
                        "parameters.a float32 (2, 2) [1.0, -2.0, 0.5, 3.0]",
                        "parameters.a.0 float64 () [3.141592653589793]",
                        "engram-checkpoint 3 2 -9223372036854775808 7 1099511627776");
    }

    @Test
    void otherFilesAreForeign() throws IOException {
        Safetensors.write(file, List.of(), Map.of("format", "engram-memory"));
        assertThatThrownBy(() -> CheckpointFile.read(file))
                .isInstanceOf(MemoryFileException.Foreign.class)
                .hasMessageContainingAll("not the checkpoint of a graph's training", "Maybe");
        CheckpointFile.write(file, state());
        assertThatThrownBy(() -> MemoryFile.read(file))
                .isInstanceOf(MemoryFileException.Foreign.class)
                .hasMessageContaining("not a memory");
        Files.writeString(file, "not a safetensors file at all");
        assertThatThrownBy(() -> CheckpointFile.read(file)).isInstanceOf(MemoryFileException.Foreign.class);
        assertThatThrownBy(() -> CheckpointFile.read(folder.resolve("none"))).isInstanceOf(InputException.class);
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsNoticed() throws IOException {
        CheckpointFile.write(file, state());
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(file, bad);
            assertThatThrownBy(() -> CheckpointFile.read(file))
                    .as("byte " + at)
                    .isInstanceOf(MemoryFileException.class);
            Files.write(file, Arrays.copyOf(good, at));
            assertThatThrownBy(() -> CheckpointFile.read(file))
                    .as("length " + at)
                    .isInstanceOf(MemoryFileException.class);
        }
    }

    static Stream<Arguments> inconsistencies() {
        Consumer<Map<String, String>> same = m -> {};
        Consumer<List<NamedTensor>> whole = t -> {};
        return Stream.of(
                damage("no epoch", m -> m.remove("epoch"), whole),
                damage("a negative batch", m -> m.put("batch", "-1"), whole),
                damage("a seed in words", m -> m.put("seed", "seven"), whole),
                damage("negative updates", m -> m.put("updates.a", "-3"), whole),
                damage("no updates", m -> m.remove("updates.a"), whole),
                damage("an average too few", m -> m.put("averages.a", "2"), whole),
                damage("an average too many", m -> m.put("averages.a", "0"), whole),
                damage("no parameter", same, t -> t.removeIf(x -> x.name().equals("parameters.a.0"))),
                damage("an unknown tensor", same, t -> t.add(NamedTensor.ofFloats("other", new long[] {1}, 1))),
                damage("integers", same, t -> t.add(NamedTensor.ofInts("parameters.n", new long[] {1}, 1))),
                damage("another shape", same, t -> {
                    t.removeIf(x -> x.name().equals("optimiser.a.0"));
                    t.add(NamedTensor.ofFloats("optimiser.a.0", new long[] {4}, 4, 5, 6, 7));
                }),
                damage("another precision", same, t -> {
                    t.removeIf(x -> x.name().equals("optimiser.a.0"));
                    t.add(NamedTensor.ofDoubles("optimiser.a.0", new long[] {2, 2}, 4, 5, 6, 7));
                }),
                damage("not finite", same, t -> {
                    t.removeIf(x -> x.name().equals("parameters.a"));
                    t.add(NamedTensor.ofFloats("parameters.a", new long[] {2, 2}, 1, Float.NaN, 0, 0));
                }));
    }

    private static Arguments damage(
            String what, Consumer<Map<String, String>> text, Consumer<List<NamedTensor>> tensors) {
        return Arguments.of(what, text, tensors);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inconsistencies")
    void whatDoesNotFitTogetherIsCorrupt(
            String what, Consumer<Map<String, String>> text, Consumer<List<NamedTensor>> tensors) {
        CheckpointFile.write(file, state());
        SafetensorsFile whole = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
        List<NamedTensor> parts = new ArrayList<>(whole.tensors());
        text.accept(metadata);
        tensors.accept(parts);
        Safetensors.write(file, parts, metadata);
        assertThatThrownBy(() -> CheckpointFile.read(file))
                .isInstanceOf(MemoryFileException.Corrupt.class)
                .hasMessageContaining("c.safetensors");
    }

    @Test
    void whatCannotBeResumedIsNotWritten() {
        dev.engram.linalg.Tensor bad = dev.engram.linalg.Tensor.wrap(new float[] {Float.NaN}, 1);
        OptimiserState none = OptimiserState.of(0, List.of());
        assertThatThrownBy(() ->
                        CheckpointFile.write(file, new TrainingState(Map.of("w", bad), Map.of("w", none), 0, 0, 0)))
                .hasMessageContainingAll("parameters.w", "Maybe");
        assertThatThrownBy(() ->
                        CheckpointFile.write(file, new TrainingState(Map.of("w", bad), Map.of("v", none), 0, 0, 0)))
                .hasMessageContainingAll("[w]", "[v]");
        assertThat(file).doesNotExist();
    }
}
