package dev.engram.io.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.PatternReader;
import dev.engram.io.ReadOptions;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.linalg.LinearAlgebra;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that claim more than anything may have are refused at once, whatever their checksums say. */
class BoundsTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void loadWhatIsNotMeasured() {
        LinearAlgebra.shared();
    }

    /** A memory file with right checksums. */
    private Path memory(List<NamedTensor> tensors, Map<String, String> entries) {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("format", "engram-memory"));
        metadata.putAll(entries);
        Path file = folder.resolve("m.engram");
        Safetensors.write(file, tensors, metadata);
        return file;
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(
                        () -> Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> MemoryFile.read(file)))
                .isInstanceOf(MemoryFileException.Corrupt.class)
                .hasMessageContaining(message);
    }

    /** 17 GB, if they were allocated. */
    @Test
    void covarianceOfClaimedSizes() {
        Path file = memory(
                List.of(NamedTensor.ofDoubles("directions", new long[] {1, 1}, 1)),
                Map.of("model", "covariance", "network.sizes", "46001,46000"));

        assertRefused(file, "Tensor[directions F64 [1, 1]] is where F64 [46000, 46000] was expected");
    }

    @Test
    void layers() {
        int layers = 2_000;
        List<NamedTensor> tensors = IntStream.rangeClosed(1, layers)
                .mapToObj(l -> NamedTensor.ofFloats("layers.%d.weight".formatted(l), new long[] {1, 1}, 1))
                .toList();
        String sizes = String.join(",", Collections.nCopies(layers + 1, "1"));

        assertRefused(
                memory(
                        tensors,
                        Map.of(
                                "model", "pcn",
                                "network.sizes", sizes,
                                "network.activation", "relu",
                                "network.span", "0")),
                "the entry network.sizes has more than 1,001 numbers");
    }

    @Test
    void tensors() throws IOException {
        String entries = IntStream.range(0, 40_000)
                .mapToObj("\"layers.%d.weight\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}"::formatted)
                .collect(Collectors.joining(",", "{", "}"));
        assertRefused(header(entries), "its header has more than 10,000 tensors");
    }

    @Test
    void iterations() {
        Map<String, String> entries = Map.of(
                "model", "autoencoder",
                "network.sizes", "1,1,1",
                "network.activation", "relu",
                "network.tolerance", "0.0",
                "network.iterations", "2147483647");
        List<NamedTensor> tensors = List.of(
                NamedTensor.ofFloats("layers.0.weight", new long[] {1, 1}, 1),
                NamedTensor.ofFloats("layers.0.bias", new long[] {1}, 1),
                NamedTensor.ofFloats("layers.1.weight", new long[] {1, 1}, 1),
                NamedTensor.ofFloats("layers.1.bias", new long[] {1}, 1));

        assertRefused(memory(tensors, entries), "the entry network.iterations is 2,147,483,647, not from 1 to 100,000");
    }

    @Test
    void entriesOfMetadata() throws IOException {
        String entries = IntStream.range(0, 1_000_000)
                .mapToObj("\"k%d\":\"\""::formatted)
                .collect(Collectors.joining(",", "{\"__metadata__\":{", "}}"));
        assertRefused(header(entries), "its header has more than 100,000 entries of metadata");
        assertThatThrownBy(() -> memory(
                        List.of(),
                        IntStream.range(0, 100_000).boxed().collect(Collectors.toMap(String::valueOf, i -> ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dimensions() throws IOException {
        String shape = String.join(",", Collections.nCopies(65, "1"));
        assertRefused(
                header("{\"a\":{\"dtype\":\"U8\",\"shape\":[%s],\"data_offsets\":[0,1]}}".formatted(shape)),
                "more than 64 dimensions of a tensor");
    }

    private Path header(String json) throws IOException {
        byte[] bytes = new byte[Long.BYTES + json.length()];
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[i] = (byte) (json.length() >> Byte.SIZE * i);
        }
        System.arraycopy(
                json.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, Long.BYTES, json.length());
        return Files.write(folder.resolve("h.engram"), bytes);
    }

    @Test
    void messagesAreOneLineOfPrintableCharacters() {
        String text = "It is \u001b[31m\u202e" + "x".repeat(3_000_000) + "\n damaged. Maybe copy it again.";

        String message = new InputException(text).getMessage();

        assertThat(message)
                .hasSize(2_000)
                .startsWith("It is \\u001b[31m\\u202exxx")
                .contains("xxx ... xxx")
                .endsWith("x  damaged. Maybe copy it again.");
        assertThat(new MemoryFileException.Corrupt(text)).hasMessage(message);
        assertThat(new OutputException(text)).hasMessage(message);
        assertThat(new InputException("Größe 3 × 4 → “ok”")).hasMessage("Größe 3 × 4 → “ok”");
    }

    /** Whoever opens one for reading waits until somebody writes to it. */
    @Test
    void pipes() throws Exception {
        Path pipe = folder.resolve("pipe");
        Process process;
        try {
            process = new ProcessBuilder("mkfifo", pipe.toString()).start();
        } catch (IOException e) {
            Assumptions.abort("skipped: no mkfifo here");
            return;
        }
        Assumptions.assumeTrue(process.waitFor() == 0, "skipped: no pipes here");

        assertThatThrownBy(() -> Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> PatternReader.read(pipe, ReadOptions.defaults())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a pipe, a socket or a device; a file was expected");
        assertThatThrownBy(
                        () -> Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> MemoryFile.read(pipe)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is a pipe, a socket or a device; a file was expected");
    }
}
