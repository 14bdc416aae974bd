package dev.engram.io.memory;

import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.io.safetensors.SafetensorsFile;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.Shape;
import java.nio.file.Path;

/** What a file may hold: a memory of patterns, or one of sequences. */
public sealed interface Stored permits StoredMemory, StoredSequences {
    /** The model's name as in files. */
    String model();

    /** The bytes that must be kept for the memory to answer. */
    long bytes();

    /** Of one pattern or frame. */
    Shape shape();

    Provenance provenance();

    /**
     * Reads whichever it is and verifies it, as {@link MemoryFile#read} and {@link SequenceFile#read} do.
     *
     * @throws MemoryFileException if it is damaged, foreign or too new
     * @throws InputException if there is no such file, or it may not be read
     */
    static Stored read(Path file, LinearAlgebra la) {
        SafetensorsFile content = Safetensors.read(file);
        return SequenceFile.isIn(content) ? SequenceFile.read(file, content, la) : MemoryFile.read(file, content, la);
    }

    /** {@link #read(Path, LinearAlgebra)} with the shared linear algebra. */
    static Stored read(Path file) {
        return read(file, LinearAlgebra.shared());
    }
}
