package dev.engram.io.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The readers under Jazzer, which sees which branches its bytes take. Not among the normal tests, where {@link ReadersTest} replays the same
 * corpus and changes it blindly. Run by hand, one reader after the other, for as long as one likes:
 *
 * <pre>
 * JAZZER_FUZZ=1 mvn test -pl engram-io -am -Dtest='FuzzReaders#npy' -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class FuzzReaders {
    private static final String LONGEST = "10m";

    private static final Path FOLDER = folder();

    private static Path folder() {
        try {
            return Files.createTempDirectory("engram-fuzz");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<Arguments> seeds(Reader reader) throws IOException {
        List<byte[]> corpus = Corpus.of(reader, FOLDER);
        return corpus.stream().map(bytes -> Arguments.of((Object) bytes));
    }

    static Stream<Arguments> npySeeds() throws IOException {
        return seeds(Reader.NPY);
    }

    @MethodSource("npySeeds")
    @FuzzTest(maxDuration = LONGEST)
    void npy(byte[] bytes) throws IOException {
        Reader.NPY.reads(bytes, FOLDER);
    }

    static Stream<Arguments> npzSeeds() throws IOException {
        return seeds(Reader.NPZ);
    }

    @MethodSource("npzSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void npz(byte[] bytes) throws IOException {
        Reader.NPZ.reads(bytes, FOLDER);
    }

    static Stream<Arguments> idxSeeds() throws IOException {
        return seeds(Reader.IDX);
    }

    @MethodSource("idxSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void idx(byte[] bytes) throws IOException {
        Reader.IDX.reads(bytes, FOLDER);
    }

    static Stream<Arguments> gzipSeeds() throws IOException {
        return seeds(Reader.GZIP);
    }

    @MethodSource("gzipSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void gzip(byte[] bytes) throws IOException {
        Reader.GZIP.reads(bytes, FOLDER);
    }

    static Stream<Arguments> cifarSeeds() throws IOException {
        return seeds(Reader.CIFAR);
    }

    @MethodSource("cifarSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void cifar(byte[] bytes) throws IOException {
        Reader.CIFAR.reads(bytes, FOLDER);
    }

    static Stream<Arguments> pictureSeeds() throws IOException {
        return seeds(Reader.PICTURE);
    }

    @MethodSource("pictureSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void picture(byte[] bytes) throws IOException {
        Reader.PICTURE.reads(bytes, FOLDER);
    }

    static Stream<Arguments> tableSeeds() throws IOException {
        return seeds(Reader.TABLE);
    }

    @MethodSource("tableSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void table(byte[] bytes) throws IOException {
        Reader.TABLE.reads(bytes, FOLDER);
    }

    static Stream<Arguments> pickleSeeds() throws IOException {
        return seeds(Reader.PICKLE);
    }

    @MethodSource("pickleSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void pickle(byte[] bytes) throws IOException {
        Reader.PICKLE.reads(bytes, FOLDER);
    }

    static Stream<Arguments> safetensorsSeeds() throws IOException {
        return seeds(Reader.SAFETENSORS);
    }

    @MethodSource("safetensorsSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void safetensors(byte[] bytes) throws IOException {
        Reader.SAFETENSORS.reads(bytes, FOLDER);
    }

    static Stream<Arguments> memorySeeds() throws IOException {
        return seeds(Reader.MEMORY);
    }

    @MethodSource("memorySeeds")
    @FuzzTest(maxDuration = LONGEST)
    void memory(byte[] bytes) throws IOException {
        Reader.MEMORY.reads(bytes, FOLDER);
    }

    static Stream<Arguments> checkpointSeeds() throws IOException {
        return seeds(Reader.CHECKPOINT);
    }

    @MethodSource("checkpointSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void checkpoint(byte[] bytes) throws IOException {
        Reader.CHECKPOINT.reads(bytes, FOLDER);
    }

    static Stream<Arguments> namesSeeds() throws IOException {
        return seeds(Reader.NAMES);
    }

    @MethodSource("namesSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void names(byte[] bytes) throws IOException {
        Reader.NAMES.reads(bytes, FOLDER);
    }

    static Stream<Arguments> payloadSeeds() throws IOException {
        return seeds(Reader.PAYLOAD);
    }

    @MethodSource("payloadSeeds")
    @FuzzTest(maxDuration = LONGEST)
    void payload(byte[] bytes) throws IOException {
        Reader.PAYLOAD.reads(bytes, FOLDER);
    }
}
