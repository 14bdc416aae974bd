package dev.engram.spark;

import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Calibration;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A memory file in memory: what goes to the executors, each of which reads it once. */
final class MemoryBytes implements Serializable {
    private static final long serialVersionUID = 1;

    /** Those that this process has read, as long as somebody uses them. */
    private static final Map<String, WeakReference<Asked>> READ = new ConcurrentHashMap<>();

    private final byte[] file;
    private final String digest;
    private final double rate; // of false alarms; NaN for that of the memory
    private transient @Nullable Asked asked; // holds it while this is held, by Spark's store of broadcasts

    /**
     * A memory that is asked.
     *
     * @param memory with the rate of false alarms that was wanted
     * @param rate for a memory that judges rows as a whole
     */
    record Asked(AssociativeMemory memory, StoredMemory stored, double rate) {}

    private MemoryBytes(byte[] file, String digest, double rate) {
        this.file = file;
        this.digest = digest;
        this.rate = rate;
    }

    static MemoryBytes of(StoredMemory memory) {
        return throughFile(path -> {
            MemoryFile.write(path, memory);
            return of(path);
        });
    }

    /** Of a memory file of the local file system. */
    static MemoryBytes of(Path path) {
        try {
            return new MemoryBytes(Files.readAllBytes(path), MemoryFile.digest(path), Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException("The memory file %s cannot be read.".formatted(path), e);
        }
    }

    long size() {
        return file.length;
    }

    StoredMemory read(LinearAlgebra la) {
        return throughFile(path -> {
            Files.write(path, file);
            return MemoryFile.read(path, la);
        });
    }

    /** What {@link #throughFile} does with its file. */
    interface Use<T> {
        T of(Path path) throws IOException;
    }

    /** Uses a file of this process that is there no more afterwards. */
    static <T> T throughFile(Use<T> use) {
        try {
            Path path = Files.createTempFile("engram-", ".engram");
            try {
                return use.of(path);
            } finally {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The memory cannot be written to or read from %s, where temporary files are. Maybe it is full."
                            .formatted(System.getProperty("java.io.tmpdir")),
                    e);
        }
    }

    void write(Path path) throws IOException {
        Files.write(path, file);
    }

    /** The same memory, asked at this rate of false alarms. */
    MemoryBytes at(double falseAlarmRate) {
        return new MemoryBytes(file, digest, falseAlarmRate);
    }

    /** The memory as this process has it, read once. */
    synchronized Asked asked(LinearAlgebra la) {
        if (asked == null) {
            asked = shared("%s %s %d".formatted(digest, rate, la.threads()), la);
        }
        return asked;
    }

    private Asked shared(String key, LinearAlgebra la) {
        synchronized (READ) {
            READ.values().removeIf(reference -> reference.get() == null);
            WeakReference<Asked> known = READ.get(key);
            @Nullable Asked found = known == null ? null : known.get();
            if (found == null) {
                StoredMemory stored = read(la);
                found = Double.isNaN(rate)
                        ? new Asked(stored.memory(), stored, Calibration.FALSE_ALARM_RATE)
                        : new Asked(stored.memory().calibrated(rate), stored, rate);
                READ.put(key, new WeakReference<>(found));
            }
            return found;
        }
    }
}
