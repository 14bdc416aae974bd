package dev.engram.io;

import static dev.engram.io.TestFiles.bytes;
import static dev.engram.io.TestFiles.dict;
import static dev.engram.io.TestFiles.npy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.engram.io.file.InputException;
import dev.engram.linalg.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read in blocks is what is read at once: values, digest, notes and errors. */
class PatternFileTest {
    private static final int COUNT = 1_300; // two blocks
    private static final int VALUES = 6;
    private static final ReadOptions ALL = ReadOptions.defaults();

    @TempDir
    Path folder;

    private enum Format {
        NPY_BYTES,
        NPY_FLOATS,
        NPZ,
        IDX,
        IDX_GZ;

        Path write(Path folder) throws IOException {
            Path file = folder.resolve(name());
            return switch (this) {
                case NPY_BYTES -> Files.write(file, npyBytes());
                case NPY_FLOATS -> Files.write(file, npyFloats(0.5f));
                case NPZ -> TestFiles.npz(file, "labels.npy", npy(dict("|u1", "(2,)"), 1, 2), "images.npy", npyBytes());
                case IDX -> Files.write(file, idx());
                case IDX_GZ -> Files.write(file, gzip(idx()));
            };
        }
    }

    private static byte[] values() {
        byte[] values = new byte[COUNT * VALUES];
        new SplittableRandom(1).nextBytes(values);
        return values;
    }

    private static byte[] joined(byte[] header, byte[] data) {
        return ByteBuffer.allocate(header.length + data.length)
                .put(header)
                .put(data)
                .array();
    }

    private static byte[] npyBytes() {
        return joined(npy(dict("|u1", "(%d, 3, 2)".formatted(COUNT))), values());
    }

    /** Values -1, 0, 1, ..., and one of the second block. */
    private static byte[] npyFloats(float special) {
        ByteBuffer data = ByteBuffer.allocate(COUNT * VALUES * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < COUNT * VALUES; i++) {
            data.putFloat(i == 1_100 * VALUES + 4 ? special : i - 1);
        }
        return joined(npy(dict("<f4", "(%d, 6)".formatted(COUNT))), data.array());
    }

    private static byte[] idx() {
        return joined(bytes(0, 0, 8, 3, 0, 0, COUNT >> 8, COUNT & 0xff, 0, 0, 0, 3, 0, 0, 0, 2), values());
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static PatternFile open(Path file, ReadOptions options) {
        return PatternReader.readInBlocks(file, options).orElseThrow();
    }

    private static List<Matrix> visited(PatternFile file) {
        List<Matrix> blocks = new ArrayList<>();
        file.forEach(blocks::add);
        return blocks;
    }

    private static float[] joined(List<Matrix> blocks) {
        float[] all = new float[blocks.stream().mapToInt(b -> b.data().length).sum()];
        int at = 0;
        for (Matrix block : blocks) {
            System.arraycopy(block.data(), 0, all, at, block.data().length);
            at += block.data().length;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void holdsWhatIsReadAtOnceAtEveryVisit(Format format) throws IOException {
        Path path = format.write(folder);
        for (ReadOptions options : List.of(ALL, ALL.withLimit(1_100), ALL.withLimit(7))) {
            PatternSet atOnce = PatternReader.read(path, options);

            PatternFile file = open(path, options);

            assertThat(file.count()).isEqualTo(atOnce.count());
            assertThat(file.shape()).isEqualTo(atOnce.shape());
            for (int visit = 0; visit < 2; visit++) {
                List<Matrix> blocks = visited(file);
                assertThat(blocks).allMatch(block -> block.rows() <= 1_024).hasSize(atOnce.count() > 1_024 ? 2 : 1);
                assertThat(joined(blocks)).isEqualTo(atOnce.patterns().data());
                assertThat(file.digest()).isEqualTo(atOnce.digest());
                assertThat(file.notes())
                        .isEqualTo(atOnce.notes().stream()
                                .filter(note -> !note.contains("used as names")) // which are not read in blocks
                                .toList());
            }
        }
    }

    @Test
    void notesAreOfAllBlocks() throws IOException {
        PatternFile file = open(Files.write(folder.resolve("f.npy"), npyFloats(1e6f)), ALL);
        visited(file);

        assertThat(file.notes()).singleElement().asString().contains("from -1.0 to 1000000.0");
    }

    @Test
    void namedRowsAreThoseOfTheFile() throws IOException {
        Path path = Format.NPZ.write(folder);

        assertThat(open(path, ALL).rows(3, 1_023, 1_024, 1_299))
                .isEqualTo(PatternReader.read(path, ALL).patterns().rows(new int[] {3, 1_023, 1_024, 1_299}));
    }

    @Test
    void valuesThatAreNotFiniteAreFoundInEveryBlock() throws IOException {
        Path path = Files.write(folder.resolve("nan.npy"), npyFloats(Float.NaN));

        assertSameError(path);
        assertThatThrownBy(() -> visited(open(path, ALL)))
                .hasMessageContaining("value 4 of pattern 1100 (1100) is NaN");
    }

    @ParameterizedTest
    @EnumSource
    void truncatedFilesAreReportedAlike(Format format) throws IOException {
        Path path = format.write(folder);
        byte[] whole = Files.readAllBytes(path);
        for (int length : new int[] {1, 9, 20, whole.length / 2, whole.length - 20}) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertSameError(path);
        }
    }

    @Test
    void whatHoldsNoPatternsIsReportedAlike() throws IOException {
        assertSameError(Files.write(folder.resolve("labels"), bytes(0, 0, 8, 1, 0, 0, 0, 2, 5, 0)));
        assertSameError(Files.write(folder.resolve("row.npy"), npy(dict("|u1", "(3,)"), 1, 2, 3)));
        assertSameError(Files.write(folder.resolve("none.npy"), npy(dict("|u1", "(0, 3)"))));
        assertSameError(Files.write(folder.resolve("text.gz"), gzip(bytes(1, 2, 3, 4, 5))));
        assertSameError(Files.write(folder.resolve("empty.npy"), new byte[0]));
        assertSameError(folder.resolve("absent.npy"));
    }

    private static void assertSameError(Path path) {
        InputException atOnce = catchThrowableOfType(InputException.class, () -> PatternReader.read(path, ALL));
        assertThat(atOnce).as(path.toString()).isNotNull();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> {
                    visited(PatternReader.readInBlocks(path, ALL)
                            .orElseThrow(() -> atOnce)); // what cannot be read in blocks is read at once
                })
                .withMessage(atOnce.getMessage());
    }

    @Test
    void aFileThatChangesBetweenVisitsIsRefused() throws IOException {
        Path path = Format.NPY_BYTES.write(folder);
        PatternFile file = open(path, ALL);
        visited(file);

        Files.setLastModifiedTime(path, FileTime.fromMillis(0));
        assertThatThrownBy(() -> visited(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("NPY_BYTES changed while it was read");

        Files.delete(path);
        assertThatThrownBy(() -> visited(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aFileThatChangesDuringAVisitIsRefused() throws IOException {
        Path path = Format.NPY_BYTES.write(folder);
        PatternFile file = open(path, ALL);

        assertThatThrownBy(() -> file.forEach(block -> touch(path)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("changed while it was read");
        assertThatThrownBy(file::digest).isInstanceOf(IllegalStateException.class);
    }

    private static void touch(Path path) {
        try {
            Files.setLastModifiedTime(path, FileTime.fromMillis(0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheVisitorThrowsIsNotTakenForDamage(Format format) throws IOException {
        PatternFile file = open(format.write(folder), ALL);
        IllegalArgumentException thrown = new IllegalArgumentException("enough");

        assertThatThrownBy(() -> file.forEach(block -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThatThrownBy(file::notes).isInstanceOf(IllegalStateException.class);
        assertThat(visited(file)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void laterVisitsBeginAnywhereInBlocksOfAnySize(Format format) throws IOException {
        Path path = format.write(folder);
        float[] all = PatternReader.read(path, ALL).patterns().data();
        PatternFile file = open(path, ALL);
        assertThatThrownBy(() -> file.forEach(1, 7, block -> {})).isInstanceOf(IllegalStateException.class);
        visited(file);
        String digest = file.digest();
        for (int first : new int[] {0, 1, 1_024, COUNT - 1, COUNT}) {
            List<Matrix> blocks = new ArrayList<>();
            file.forEach(first, 7, blocks::add);
            assertThat(blocks).hasSize((COUNT - first + 6) / 7);
            assertThat(joined(blocks)).isEqualTo(Arrays.copyOfRange(all, first * VALUES, all.length));
            assertThat(file.digest()).isEqualTo(digest);
        }
    }

    @Test
    void cuesMayLackValuesButNotBeInfinite() throws IOException {
        ReadOptions cues = ALL.withMissing(ReadOptions.Missing.KEPT);
        PatternFile lacking = open(Files.write(folder.resolve("n.npy"), npyFloats(Float.NaN)), cues);
        assertThat(joined(visited(lacking))[1_100 * VALUES + 4]).isNaN();
        PatternFile infinite = open(Files.write(folder.resolve("i.npy"), npyFloats(Float.NEGATIVE_INFINITY)), cues);
        assertThatThrownBy(() -> visited(infinite)).hasMessageContaining("value 4 of pattern 1100 (1100) is -Infinity");
    }

    @Test
    void namesAreThoseOfTheFileOrTheNumbers() throws IOException {
        Path named = TestFiles.npz(
                folder.resolve("l.npz"),
                "labels.npy",
                npy(dict("|u1", "(3,)"), 7, 7, 5),
                "images.npy",
                npy(dict("|u1", "(3, 2)"), 1, 2, 3, 4, 5, 6));
        PatternFile file = PatternReader.readNamedInBlocks(named, ALL).orElseThrow();
        assertThat(file.names()).isEqualTo(PatternReader.read(named, ALL).names());
        assertThat(file.isNamed()).isTrue();

        PatternFile plain = PatternReader.readNamedInBlocks(Format.NPY_BYTES.write(folder), ALL)
                .orElseThrow();
        assertThat(plain.names()).hasSize(COUNT).startsWith("0", "1").endsWith(String.valueOf(COUNT - 1));
        assertThat(plain.isNamed()).isFalse();
    }

    @Test
    void whatMustBeReadAtOnceIsNotReadInBlocks() throws IOException {
        Path picture = TestFiles.grey(folder.resolve("a.png"), 2, 2, 255);
        String fortran = dict("|u1", "(2, 2)").replace("False", "True");
        Path transposed = Files.write(folder.resolve("f.npy"), npy(fortran, 1, 2, 3, 4));

        assertThat(PatternReader.readInBlocks(folder, ALL)).isEmpty();
        assertThat(PatternReader.readInBlocks(picture, ALL)).isEmpty();
        assertThat(PatternReader.readInBlocks(transposed, ALL)).isEmpty();
        assertThat(PatternReader.readInBlocks(Format.IDX.write(folder), ALL.withResize(2, 2)))
                .isEmpty();
    }
}
