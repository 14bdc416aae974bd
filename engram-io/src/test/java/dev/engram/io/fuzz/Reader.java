package dev.engram.io.fuzz;

import dev.engram.io.PatternNames;
import dev.engram.io.PatternReader;
import dev.engram.io.Payload;
import dev.engram.io.ReadOptions;
import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import dev.engram.io.image.ImageDecoder;
import dev.engram.io.memory.CheckpointFile;
import dev.engram.io.memory.Stored;
import dev.engram.io.pickle.PickleReader;
import dev.engram.io.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Everything that reads bytes somebody else may have written. What it does not understand it refuses by an exception it declares. */
enum Reader {
    NPY("a.npy"),
    NPZ("a.npz"),
    IDX("a.idx"),
    GZIP("a.gz"),
    CIFAR("a.bin"),
    PICTURE("a.png") {
        @Override
        void use(Path file) {
            ImageDecoder.decode(file);
        }
    },
    TABLE("a.csv") {
        @Override
        void use(Path file) {
            PatternReader.read(file, ReadOptions.defaults().withMissing(ReadOptions.Missing.KEPT));
        }
    },
    PICKLE("a.pickle") {
        @Override
        void use(Path file) throws IOException {
            new PickleReader("a pickle", Files.readAllBytes(file)).readArray("data");
        }
    },
    SAFETENSORS("a.safetensors") {
        @Override
        void use(Path file) {
            Safetensors.readAny(file);
        }
    },
    MEMORY("a.engram") {
        @Override
        void use(Path file) {
            Stored.read(file);
        }
    },
    CHECKPOINT("b.safetensors") {
        @Override
        void use(Path file) {
            CheckpointFile.read(file);
        }
    },
    NAMES("names.txt") {
        @Override
        void use(Path file) {
            PatternNames.read(file, 3, true);
        }
    },
    PAYLOAD("payload.jsonl") {
        @Override
        void use(Path file) {
            Payload.read(file, 3, true);
        }
    };

    private final String fileName;

    Reader(String fileName) {
        this.fileName = fileName;
    }

    String fileName() {
        return fileName;
    }

    /** Reads all of the file; patterns in both ways in which they are read. */
    void use(Path file) throws IOException {
        PatternReader.read(file, ReadOptions.defaults());
        Optional.of(file)
                .flatMap(f ->
                        PatternReader.readInBlocks(f, ReadOptions.defaults().withLimit(1)))
                .ifPresent(patterns -> patterns.forEach(block -> {}));
    }

    /**
     * Whether the bytes are read; otherwise they are refused as they should.
     *
     * @param folder where a file of them is made
     */
    boolean reads(byte[] bytes, Path folder) throws IOException {
        Path file = Files.write(folder.resolve(fileName), bytes);
        try {
            use(file);
            return true;
        } catch (InputException | MemoryFileException e) {
            String message = String.valueOf(e.getMessage());
            if (message.length() > 2_000 || message.chars().anyMatch(c -> c < ' ')) {
                throw new AssertionError("a message of %d characters: %s".formatted(message.length(), message), e);
            }
            return false;
        }
    }
}
