package dev.engram.io.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.io.PatternSet;
import dev.engram.memory.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small files of every kind, as earlier versions wrote them: whatever becomes of the code, it reads them, and they answer as they did.
 *
 * <p>What a file holds (parameters, options, where it came from) is the same everywhere. What it answers is the same to the bit where BLAS and
 * Java's exponentials round as they did when the answers were written down, which {@link Arithmetic} finds out. That depends on the kernels
 * that OpenBLAS takes for the processor (or for the environment variable {@code OPENBLAS_CORETYPE}): the answers of those for Haswell, which
 * are Zen's too, and of those for SkylakeX, which are those of other processors with AVX-512 too, are written down. It does not depend on
 * the version of Java (17 and 25 were tried), on compiled or interpreted code, or on the number of threads: products of this size are never
 * split. Elsewhere (older kernels, pure Java, other processors) answers were seen to differ by up to 4e-6; there they may by 2e-5. Among
 * the older kernels are some, Sandybridge's for one, that round by where an array happens to lie and never give the same bits for sure.
 */
class KeptFilesTest {
    private static final String ARITHMETIC = Arithmetic.fingerprint();
    private static final double TOLERANCE = 2e-5;
    private static final String COMPUTED_OTHERWISE = "(covariance|pcn|sequences)-.*"; // since, see README.txt

    @TempDir
    Path folder;

    static List<String> files() throws IOException {
        return KeptFiles.in(KeptFiles.FOLDER).stream()
                .map(f -> f.getFileName().toString())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsReadAndAnswersAsItDid(String name) throws IOException {
        Path file = KeptFiles.FOLDER.resolve(name);
        Map<String, Map<String, String>> kept = KeptFiles.answers(file);
        Map<String, String> then =
                kept.getOrDefault(ARITHMETIC, kept.values().iterator().next());
        boolean toTheBit = kept.containsKey(ARITHMETIC) && !name.matches(COMPUTED_OTHERWISE);
        assertSame(KeptAnswers.of(file), then, toTheBit);
    }

    private static void assertSame(Map<String, String> now, Map<String, String> then, boolean toTheBit) {
        assertThat(now.keySet()).containsExactlyElementsOf(then.keySet());
        then.forEach((line, value) -> {
            if (toTheBit) {
                assertThat(now.get(line)).as(line).isEqualTo(value);
            } else {
                assertNear(line, String.valueOf(now.get(line)), value);
            }
        });
    }

    private static void assertNear(String line, String now, String then) {
        String[] a = now.split(" ");
        String[] b = then.split(" ");
        switch (b[0]) {
            case "f32", "f64" -> {
                assertThat(a).as(line).hasSameSizeAs(b);
                assertThat(a[0]).as(line).isEqualTo(b[0]);
                for (int i = 1; i < b.length; i++) {
                    double expected = number(b[0], b[i]);
                    assertThat(number(a[0], a[i]))
                            .as("%s, number %d", line, i)
                            .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
                }
            }
            case "end" -> assertThat(a[0]).as(line).isEqualTo(b[0]);
            default -> assertThat(now).as(line).isEqualTo(then);
        }
    }

    private static double number(String kind, String bits) {
        return kind.equals("f32")
                ? Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16))
                : Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    }

    @ParameterizedTest
    @MethodSource("files")
    void writtenAgainItSaysTheSame(String name) throws IOException {
        Path file = KeptFiles.FOLDER.resolve(name);
        Path again = folder.resolve(name);
        if (name.endsWith(KeptAnswers.CHECKPOINT)) {
            CheckpointFile.write(again, CheckpointFile.read(file));
        } else {
            Stored stored = Stored.read(file);
            if (stored instanceof StoredMemory patterns) {
                MemoryFile.write(again, patterns);
            } else if (stored instanceof StoredSequences sequences) {
                SequenceFile.write(again, sequences);
            }
        }
        boolean toTheBit = KeptFiles.answers(file).containsKey(ARITHMETIC);
        assertSame(KeptAnswers.of(again), KeptAnswers.of(file), toTheBit);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theDigestIsStillThatOfThePatterns(String name) {
        if (!name.endsWith(KeptAnswers.CHECKPOINT)) {
            Stored stored = Stored.read(KeptFiles.FOLDER.resolve(name));
            Shape shape = stored.shape();
            int count = stored.provenance().patterns();
            PatternSet patterns =
                    PatternSet.of(KeptAnswers.patterns(count, shape), shape, PatternSet.indexNames(count), List.of());
            assertThat(patterns.digest()).isEqualTo(stored.provenance().dataDigest());
        }
    }

    /** Each with the answers of Haswell's and SkylakeX's kernels, and nothing else lies there. */
    @Test
    void everyKindOfFileIsKept() throws IOException {
        Set<String> kinds = new TreeSet<>();
        List<Path> files = KeptFiles.in(KeptFiles.FOLDER);
        for (Path file : files) {
            kinds.add(
                    file.toString().endsWith(KeptAnswers.CHECKPOINT)
                            ? "checkpoint"
                            : Stored.read(file).model());
            assertThat(KeptFiles.answers(file)).as(file.toString()).containsOnlyKeys("365998fb", "affa9bec");
        }
        assertThat(kinds)
                .containsExactly(
                        "affine-span",
                        "autoencoder",
                        "checkpoint",
                        "covariance",
                        "hopfield",
                        "modern-hopfield",
                        "nearest-neighbour",
                        "pcn",
                        "sparse-quantised-hopfield",
                        "tpc",
                        "tpc-hidden");
        List<Path> expected = new ArrayList<>(List.of(KeptFiles.FOLDER.resolve("README.txt")));
        files.forEach(file -> expected.addAll(List.of(file, KeptFiles.answersOf(file))));
        try (Stream<Path> all = Files.list(KeptFiles.FOLDER)) {
            assertThat(all.toList()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
