package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.io.safetensors.TensorData;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.Shape;
import dev.engram.memory.attractor.AttractorMemory;
import dev.engram.memory.attractor.Codes;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import dev.engram.network.Activation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.optimiser.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFileTest {
    private static final Shape SHAPE = Shape.of(2, 3);

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("m.engram");
    }

    @Test
    void whatWasWrittenIsRead() {
        StoredMemory written = stored(network());
        MemoryFile.write(file, written);

        StoredMemory read = MemoryFile.read(file);

        assertThat(read.shape()).isEqualTo(SHAPE);
        assertThat(read.provenance()).isEqualTo(written.provenance());
        GenerativeNetwork network = ((PredictiveCodingMemory) read.memory()).network();
        assertThat(network.sizes()).containsExactly(6, 4, 2);
        assertThat(network.activation()).isEqualTo(Activation.TANH);
        assertThat(network.priorPrecision()).isEqualTo(0.1);
        assertThat(network.weights(1)).isEqualTo(network().weights(1));
        assertThat(network.weights(2)).isEqualTo(network().weights(2));
        assertThat(network.memoryVector()).containsExactly(0.5f, -0.25f);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void codesCalibrationAndOriginalsAreKept(boolean quantised) {
        Codes codes = Codes.of(Matrix.wrap(3, 2, 0.5f, 1, -1, 2, 0.25f, 7), new double[] {1, 1, 2});
        Matrix originals = Matrix.wrap(3, 6, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        AttractorMemory memory = AttractorMemory.of(network(), quantised ? codes.quantised() : codes)
                .with(new Calibration(0.3, 0.01, 99))
                .withOriginals(originals);
        MemoryFile.write(file, new StoredMemory(memory, SHAPE, provenance()));

        AttractorMemory read = (AttractorMemory) MemoryFile.read(file).memory();

        assertThat(read.codes().values().data())
                .containsExactly(memory.codes().values().data(), offset(1e-6f));
        assertThat(read.codes().isQuantised()).isEqualTo(quantised);
        assertThat(read.codes().weights()).containsExactly(0.25, 0.25, 0.5);
        assertThat(read.calibration()).isEqualTo(memory.calibration());
        assertThat(read.originals()).contains(originals);
        assertThat(read.network().weights(1)).isEqualTo(network().weights(1));
        assertThat(read.bytes()).isEqualTo(memory.bytes());
    }

    @Test
    void anUncalibratedMemoryWithCodesIsReadAsOne() {
        AttractorMemory memory = AttractorMemory.of(network(), Codes.of(Matrix.wrap(1, 2, 1, 2)));
        MemoryFile.write(file, new StoredMemory(memory, SHAPE, provenance()));
        AttractorMemory read = (AttractorMemory) MemoryFile.read(file).memory();
        assertThat(read.calibration()).isEqualTo(Calibration.none());
        assertThat(read.originals()).isEmpty();
    }

    @Test
    void theSameMemoryMakesTheSameBytes() throws IOException {
        MemoryFile.write(file, stored(network()));
        MemoryFile.write(folder.resolve("again.engram"), stored(network()));
        assertThat(folder.resolve("again.engram")).hasSameBinaryContentAs(file);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("created");
    }

    @Test
    void aTimeStampIsKeptWhereOneIsGiven() {
        Provenance plain = provenance();
        Provenance stamped = new Provenance(
                plain.patterns(),
                plain.dataDigest(),
                plain.seed(),
                plain.options(),
                plain.outcome(),
                plain.updates(),
                plain.audit(),
                plain.software(),
                Optional.of("2026-01-02T03:04:05Z"));
        MemoryFile.write(file, new StoredMemory(PredictiveCodingMemory.of(network()), SHAPE, stamped));
        assertThat(MemoryFile.read(file).provenance().created()).contains("2026-01-02T03:04:05Z");
    }

    @Test
    void theProvenanceNamesEveryOption() {
        assertThat(PredictiveCodingOptions.defaults().describe())
                .containsEntry("learning", "local-least-squares")
                .containsEntry("hidden", "auto")
                .containsEntry("activation", "relu")
                .containsEntry("start", "warm")
                .containsKeys("layers", "ridge", "updates", "inference_steps", "prior_precision", "memory_mean");
    }

    @Test
    void weightsThatAreNotFiniteAreNotWritten() {
        GenerativeNetwork network = network();
        network.weights(1).set(3, 1, Float.NaN);
        assertThatThrownBy(() -> MemoryFile.write(file, stored(network))).isInstanceOf(IllegalArgumentException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aModelWithoutACodecIsNotWritten() {
        StoredMemory stored = new StoredMemory(new Nameless(), SHAPE, provenance());
        assertThatThrownBy(() -> MemoryFile.write(file, stored))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a test's own");
    }

    @Test
    void shapeAndMemoryMustAgree() {
        assertThatThrownBy(() -> new StoredMemory(PredictiveCodingMemory.of(network()), Shape.of(5), provenance()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anotherProgramsFileIsForeign() {
        Safetensors.write(file, List.of(NamedTensor.ofFloats("w", new long[] {1}, 1f)), Map.of());
        assertThatThrownBy(() -> MemoryFile.read(file)).isInstanceOf(MemoryFileException.Foreign.class);
    }

    @Test
    void aNewerFormatAndAnUnknownModelAreTooNew() throws IOException {
        changed(m -> m.put("model", "tomorrows"), t -> {});
        assertThatThrownBy(() -> MemoryFile.read(file))
                .isInstanceOf(MemoryFileException.TooNew.class)
                .hasMessageContaining("tomorrows");

        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(
                file,
                text.replace("\"format_version\":\"1\"", "\"format_version\":\"9\""),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> MemoryFile.read(file)).isInstanceOf(MemoryFileException.TooNew.class);
    }

    static Stream<Arguments> inconsistencies() {
        Consumer<Map<String, String>> same = m -> {};
        Consumer<List<NamedTensor>> whole = t -> {};
        return Stream.of(
                damage("a tensor is missing", same, t -> t.remove(0)),
                damage(
                        "there is no memory vector",
                        same,
                        t -> t.removeIf(x -> x.name().equals("memory"))),
                damage(
                        "a tensor too many",
                        same,
                        t -> t.add(NamedTensor.ofFloats("layers.3.weight", new long[] {1}, 1f))),
                damage(
                        "a weight is not finite",
                        same,
                        t -> ((TensorData.Floats) t.get(0).data()).values()[0] = Float.NaN),
                damage(
                        "an infinite weight",
                        same,
                        t -> ((TensorData.Floats) t.get(0).data()).values()[1] = Float.NEGATIVE_INFINITY),
                damage("layers do not chain", m -> m.put("network.sizes", "6,5,2"), whole),
                damage("a size is 0", m -> m.put("network.sizes", "6,0,2"), whole),
                damage("there is one layer", m -> m.put("network.sizes", "2"), whole),
                damage("sizes are no numbers", m -> m.put("network.sizes", "6;4;2"), whole),
                damage("the prior precision is negative", m -> m.put("network.prior_precision", "-1"), whole),
                damage("the prior precision is missing", m -> m.remove("network.prior_precision"), whole),
                damage("the shape has other values", m -> m.put("pattern.shape", "2,2"), whole),
                damage("the shape overflows", m -> m.put("pattern.shape", "2000000000,2000000000,2000000000"), whole),
                damage("the seed is missing", m -> m.remove("seed"), whole),
                damage("a count is negative", m -> m.put("pattern.count", "-1"), whole),
                damage("the model is missing", m -> m.remove("model"), whole));
    }

    private static Arguments damage(
            String what, Consumer<Map<String, String>> text, Consumer<List<NamedTensor>> tensors) {
        return Arguments.of(what, text, tensors);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inconsistencies")
    void whatDoesNotFitTogetherIsCorrupt(
            String what, Consumer<Map<String, String>> text, Consumer<List<NamedTensor>> tensors) {
        changed(text, tensors);
        assertThatThrownBy(() -> MemoryFile.read(file))
                .isInstanceOf(MemoryFileException.Corrupt.class)
                .hasMessageContaining("m.engram");
    }

    @Test
    void anActivationThatIsNotRegisteredIsNamed() {
        changed(m -> m.put("network.activation", "sine"), tensors -> {});
        assertThatThrownBy(() -> MemoryFile.read(file))
                .isInstanceOf(MemoryFileException.TooNew.class)
                .hasMessageContaining("m.engram needs the activation sine, which is none of: relu, tanh, linear.")
                .hasMessageContaining("Maybe put its jar on ENGRAM_CLASSPATH");
    }

    @Test
    void everyFlippedBitAndEveryTruncationIsNoticed() throws IOException {
        MemoryFile.write(file, stored(network()));
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 7) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            Files.write(file, bad);
            assertThatThrownBy(() -> MemoryFile.read(file)).as("byte " + at).isInstanceOf(MemoryFileException.class);
            Files.write(file, java.util.Arrays.copyOf(good, at));
            assertThatThrownBy(() -> MemoryFile.read(file)).as("length " + at).isInstanceOf(MemoryFileException.class);
        }
    }

    /** Writes the memory with changes, and with checksums that agree with them. */
    private void changed(Consumer<Map<String, String>> text, Consumer<List<NamedTensor>> tensors) {
        MemoryFile.write(file, stored(network()));
        SafetensorsFile whole = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(whole.metadata());
        List<NamedTensor> parts = new ArrayList<>(whole.tensors());
        text.accept(metadata);
        tensors.accept(parts);
        Safetensors.write(file, parts, metadata);
    }

    /** A model that no file knows. */
    private static final class Nameless implements AssociativeMemory {
        @Override
        public String model() {
            return "a test's own";
        }

        @Override
        public int values() {
            return 6;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public Recall recall(Matrix cues, int iterations) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Recall complete(Matrix cues, Mask mask) {
            throw new UnsupportedOperationException();
        }
    }

    private static StoredMemory stored(GenerativeNetwork network) {
        return new StoredMemory(PredictiveCodingMemory.of(network), SHAPE, provenance());
    }

    private static Provenance provenance() {
        return new Provenance(
                3,
                "0123456789abcdef".repeat(4),
                -7,
                PredictiveCodingOptions.deep(3).describe(),
                Outcome.COMPLETED,
                40,
                Provenance.Audit.of(new Score(new double[] {1e-5, 2e-5, 0.5}), 0.001),
                Software.current("a test"),
                Optional.empty());
    }

    /** 6-4-2, with weights 0.01, 0.02, ... */
    private static GenerativeNetwork network() {
        Matrix first = Matrix.zeros(6, 4);
        Matrix second = Matrix.zeros(4, 2);
        for (Matrix theta : List.of(first, second)) {
            for (int i = 0; i < theta.data().length; i++) {
                theta.data()[i] = (i + 1) / 100f;
            }
        }
        return GenerativeNetwork.of(Activation.TANH, List.of(first, second), new float[] {0.5f, -0.25f}, 0.1);
    }
}
