package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.NearestNeighbour;
import dev.engram.optimiser.Outcome;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final Catalogue ANIMALS = new Catalogue(
            List.of("ant", "bee \"b\"", "c\u001bat\ud83d\ude00"), List.of("null", "{\"legs\":6}", "[1,\"é\"]"));

    @TempDir
    Path folder;

    private Path written(Catalogue catalogue) {
        Path file = folder.resolve("m.engram");
        MemoryFile.write(file, stored(catalogue));
        return file;
    }

    private static StoredMemory stored(Catalogue catalogue) {
        Provenance provenance = new Provenance(
                3,
                "0123456789abcdef".repeat(4),
                0,
                Map.of(),
                Outcome.COMPLETED,
                0,
                new Provenance.Audit(3, 0, 0, 3, 0.001),
                new Software("1", "17", "any", "none"),
                Optional.empty());
        NearestNeighbour memory = new NearestNeighbour(Matrix.wrap(3, 2, 1, 2, 3, 4, 5, 6));
        return new StoredMemory(memory, Shape.of(2), provenance, catalogue, Optional.empty(), Optional.empty());
    }

    @Test
    void namesAndPayloadComeBackFromTheFile() {
        Catalogue read = MemoryFile.read(written(ANIMALS)).catalogue();
        assertThat(read.names()).isEqualTo(ANIMALS.names());
        assertThat(read.payload(0)).isEmpty();
        assertThat(read.payload(1)).contains("{\"legs\":6}");
        assertThat(read.payload(2)).contains("[1,\"\\u00E9\"]");
        assertThat(read.index("bee \"b\"")).hasValue(1);
        assertThat(read.index("")).isEmpty();
    }

    @Test
    void aFileWithoutNamesHasNumbers() {
        Path file = written(Catalogue.EMPTY);
        assertThat(MemoryFile.isAt(file)).isTrue();
        assertThat(MemoryFile.isAt(folder)).isFalse();
        assertThat(MemoryFile.read(file).names()).isEmpty();
        assertThat(Safetensors.read(file).metadata()).doesNotContainKeys("pattern.names", "pattern.payload");
        assertThat(Catalogue.EMPTY.name(0)).isEmpty();
    }

    @Test
    void patternsComeAndGoWithTheirNames() {
        Catalogue more = ANIMALS.and(3, new Catalogue(List.of("dog"), List.of()), 1);
        assertThat(more.names()).containsExactly("ant", "bee \"b\"", "c\u001bat\ud83d\ude00", "dog");
        assertThat(more.payload(3)).isEmpty();
        Catalogue fewer = more.of(1, 3);
        assertThat(fewer.names()).containsExactly("bee \"b\"", "dog");
        assertThat(fewer.payload(0)).contains("{\"legs\":6}");
        Catalogue late = Catalogue.EMPTY.and(2, new Catalogue(List.of("elk"), List.of()), 1);
        assertThat(late.names()).containsExactly("", "", "elk");
        assertThat(late.name(0)).isEmpty();
        assertThat(late.of(0, 1)).isEqualTo(Catalogue.EMPTY);
        assertThatThrownBy(() -> ANIMALS.and(3, new Catalogue(List.of("ant"), List.of()), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Two patterns are called ant");
    }

    @Test
    void aNameForEachPatternOrNoneIsNeeded() {
        assertThatThrownBy(() -> stored(new Catalogue(List.of("a", "b"), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"a\",\"b\"]",
                "[\"a\",\"b\",3]",
                "[\"a\",\"b\",\"a\"]",
                "{\"0\":\"a\",\"1\":\"b\",\"2\":\"c\"}",
                "[\"a\",",
                ""
            })
    void anEntryThatMakesNoSenseIsADamagedFile(String names) {
        Path file = written(Catalogue.EMPTY);
        SafetensorsFile content = Safetensors.read(file);
        Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
        metadata.put("pattern.names", names);
        List<NamedTensor> tensors = content.tensors();
        Safetensors.write(file, tensors, metadata);
        assertThatThrownBy(() -> MemoryFile.read(file, LinearAlgebra.shared()))
                .isInstanceOf(MemoryFileException.Corrupt.class);
    }
}
