package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import dev.engram.memory.hopfield.Separation;
import dev.engram.memory.sequence.AsymmetricHopfield;
import dev.engram.memory.sequence.HiddenTemporalMemory;
import dev.engram.memory.sequence.HiddenTemporalOptions;
import dev.engram.memory.sequence.SequenceMemory;
import dev.engram.memory.sequence.Sequences;
import dev.engram.memory.sequence.TemporalMemory;
import dev.engram.memory.sequence.TemporalOptions;
import dev.engram.optimiser.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceFileTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();

    @TempDir
    Path folder;

    /** 6 values: kept as matrices; 60: in the span. */
    @ParameterizedTest
    @ValueSource(ints = {6, 60})
    void whatWasWrittenAnswersAsBefore(int values) throws IOException {
        Sequences sequences = Sequences.of(frames(4, values, 1), frames(3, values, 2));
        for (SequenceMemory memory : List.of(
                TemporalMemory.learn(sequences, TemporalOptions.defaults(), LA).memory(),
                HiddenTemporalMemory.learn(sequences, HiddenTemporalOptions.defaults(), LA)
                        .memory())) {
            Path file = folder.resolve(memory.model() + ".engram");
            StoredSequences written = stored(memory, values);
            SequenceFile.write(file, written);
            StoredSequences read = SequenceFile.read(file);
            assertThat(read.lengths()).containsExactly(4, 3);
            assertThat(read.longest()).isEqualTo(4);
            assertThat(read.provenance()).isEqualTo(written.provenance());
            assertThat(read.memory().model()).isEqualTo(memory.model());
            assertThat(read.memory().bytes()).isEqualTo(memory.bytes());
            Matrix cue = sequences.all().slice(0, 1);
            assertThat(read.memory().replay(cue, 5).patterns())
                    .isEqualTo(memory.replay(cue, 5).patterns());
            byte[] first = Files.readAllBytes(file);
            SequenceFile.write(file, read);
            assertThat(Files.readAllBytes(file)).isEqualTo(first);
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Sequences sequences = Sequences.of(frames(4, 6, 1), frames(3, 6, 2));
        SequenceMemory memory =
                TemporalMemory.learn(sequences, TemporalOptions.defaults(), LA).memory();
        Path file = folder.resolve("s.engram");
        SequenceFile.write(file, stored(memory, 6));
        assertThatThrownBy(() -> MemoryFile.read(file))
                .isInstanceOf(MemoryFileException.Foreign.class)
                .hasMessageContainingAll("sequences", "engram sequence replay");
        Path other = folder.resolve("o.safetensors");
        Safetensors.write(other, List.of(NamedTensor.ofFloats("a", new long[] {1}, 1f)), Map.of("format", "pt"));
        assertThatThrownBy(() -> SequenceFile.read(other))
                .isInstanceOf(MemoryFileException.Foreign.class)
                .hasMessageContaining("does not hold sequences");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 3] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> SequenceFile.read(file)).isInstanceOf(MemoryFileException.class);
    }

    @Test
    void theHopfieldNetworkIsNotWritten() {
        SequenceMemory memory = AsymmetricHopfield.learn(Sequences.of(frames(7, 6, 1)), Separation.identity(), 0.5, LA);
        assertThatThrownBy(() -> SequenceFile.write(folder.resolve("h.engram"), stored(memory, 6)))
                .hasMessageContaining("asymmetric-hopfield are not written");
        assertThatThrownBy(() -> stored(memory, 5)).hasMessageContaining("5 values");
    }

    private static StoredSequences stored(SequenceMemory memory, int values) {
        Provenance provenance = new Provenance(
                7,
                "0".repeat(64),
                3,
                HiddenTemporalOptions.defaults().describe(),
                Outcome.COMPLETED,
                10,
                new Provenance.Audit(3, 0.5, 1, 3, 0.001),
                new Software("1", "17", "os", "blas"),
                Optional.empty());
        return new StoredSequences(memory, Shape.of(values), List.of(4, 3), provenance);
    }

    private static Matrix frames(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix m = Matrix.zeros(rows, columns);
        for (int i = 0; i < m.data().length; i++) {
            m.data()[i] = (float) random.nextGaussian();
        }
        return m;
    }
}
