package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import dev.engram.io.image.ImageWriter;
import dev.engram.memory.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with checksums: whatever bit turns over, the patterns are the same or the damage is reported. */
class RotTest {
    private static final byte[] NPY = npy();
    private static final byte[] NAMES = TestFiles.npy(TestFiles.dict("|S2", "(3,)"), 'a', 'b', 'c', 'd', 'e', 'f');
    private static final byte[] IDX = idx();

    @TempDir
    Path folder;

    /** Three patterns of two by four bytes. */
    private static byte[] npy() {
        return TestFiles.npy(TestFiles.dict("|u1", "(3, 2, 4)"), noise(24));
    }

    private static byte[] idx() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(TestFiles.bytes(0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 4));
        out.writeBytes(TestFiles.bytes(noise(24)));
        return out.toByteArray();
    }

    private static int[] noise(int count) {
        SplittableRandom random = new SplittableRandom(5);
        return random.ints(count, 0, 256).toArray();
    }

    /** All that a reader hands on. */
    private static Object patterns(Path file) {
        PatternSet set = TestFiles.read(file);
        return List.of(set.digest(), set.shape(), set.names(), set.count());
    }

    private static byte[] gzip(byte[]... members) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
                zip.write(member);
            }
        }
        return out.toByteArray();
    }

    @Test
    void gzip() throws IOException {
        Path file = Files.write(folder.resolve("one.gz"), gzip(IDX));

        assertThat(Rot.silentDamage(file, RotTest::patterns)).isEmpty();
    }

    @Test
    void gzipOfSeveralMembers() throws IOException {
        Path plain = Files.write(folder.resolve("plain"), IDX);
        byte[] parts = gzip(Arrays.copyOf(IDX, 21), Arrays.copyOfRange(IDX, 21, 25), Arrays.copyOfRange(IDX, 25, 40));
        Path file = Files.write(folder.resolve("three.gz"), parts);

        assertThat(patterns(file)).isEqualTo(patterns(plain));
        assertThat(Rot.silentDamage(file, RotTest::patterns)).isEmpty();
    }

    /** As np.savez_compressed writes it, and as np.savez does. */
    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.DEFLATED, ZipEntry.STORED})
    void npzWithNames(int method) throws IOException {
        Path file = npz(folder.resolve("a.npz"), method);

        assertThat(TestFiles.read(file).names()).containsExactly("ab", "cd", "ef");
        assertThat(Rot.silentDamage(file, RotTest::patterns)).isEmpty();
    }

    private static Path npz(Path file, int method) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (List<Object> part : List.of(List.<Object>of("images.npy", NPY), List.<Object>of("names.npy", NAMES))) {
                byte[] bytes = (byte[]) part.get(1);
                ZipEntry entry = new ZipEntry((String) part.get(0));
                CRC32 checksum = new CRC32();
                checksum.update(bytes);
                entry.setMethod(method);
                entry.setSize(bytes.length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.closeEntry();
            }
        }
        return file;
    }

    @Test
    void png() throws IOException {
        int[] noise = noise(5 * 4 * 3);
        float[] values = new float[noise.length];
        for (int i = 0; i < noise.length; i++) {
            values[i] = noise[i] / 255f;
        }
        Path file = folder.resolve("a.png");
        ImageWriter.writePng(file, values, Shape.of(4, 5, 3));

        assertThat(Rot.silentDamage(file, RotTest::patterns)).isEmpty();
    }

    @Test
    void damageIsReportedWithItsPlace() throws IOException {
        Path npz = npz(folder.resolve("a.npz"), ZipEntry.STORED);
        byte[] bytes = Files.readAllBytes(npz);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("(3, 2, 4)") + 30; // among the values
        bytes[at] ^= 1;
        Files.write(npz, bytes);
        Path png = TestFiles.grey(folder.resolve("b.png"), 3, 3, 7);
        byte[] picture = Files.readAllBytes(png);
        picture[45] ^= 1;
        Files.write(png, picture);

        assertThatThrownBy(() -> TestFiles.read(npz))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.npz (entry images.npy) is damaged: its length or its checksum does not agree");
        assertThatThrownBy(() -> TestFiles.read(png))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("b.png is damaged: the checksum of its part IDAT at byte 33 does not agree");
    }

    /** Where only the first patterns are wanted, the rest must be whole too. */
    @Test
    void theRestIsCheckedWhereOnlyTheFirstPatternsAreRead() throws IOException {
        byte[] bytes = gzip(IDX);
        bytes[bytes.length - 6] ^= 1; // of the checksum
        Path file = Files.write(folder.resolve("a.gz"), bytes);

        assertThatThrownBy(() -> PatternReader.read(file, ReadOptions.defaults().withLimit(1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("damaged or truncated gzip file: Corrupt GZIP trailer");
    }

    /** What Python's gzip and zipfile take for whole is whole. */
    @Test
    void whatPythonWrites() throws Exception {
        Path npy = Files.write(folder.resolve("a.npy"), NPY);
        Python.run(folder, List.of("numpy", "gzip", "io", "zipfile"), """
                folder = sys.argv[1]
                a = numpy.load(folder + "/a.npy")
                numpy.savez(folder + "/stored.npz", images=a, names=numpy.array(["ab", "cd", "ef"]))
                numpy.savez_compressed(folder + "/packed.npz", a)
                class Pipe(io.RawIOBase):
                    def __init__(self): self.bytes = b""
                    def writable(self): return True
                    def write(self, b): self.bytes += bytes(b); return len(b)
                pipe = Pipe()
                with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as z:
                    z.comment = b"PK" + bytes([5, 6]) + b" in the comment"
                    z.writestr("images.npy", open(folder + "/a.npy", "rb").read())
                open(folder + "/streamed.npz", "wb").write(pipe.bytes)
                open(folder + "/prefixed.npz", "wb").write(b"PK before it" + pipe.bytes)
                idx = bytes([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0, 0, 4]) + a.tobytes()
                with gzip.GzipFile(folder + "/named.gz", "wb") as f:
                    f.write(idx)
                open(folder + "/members.gz", "wb").write(
                    gzip.compress(idx[:7]) + gzip.compress(b"") + gzip.compress(idx[7:]) + bytes(40))
                """, folder);

        String digest = TestFiles.read(npy).digest();
        for (String name :
                List.of("stored.npz", "packed.npz", "streamed.npz", "prefixed.npz", "named.gz", "members.gz")) {
            assertThat(TestFiles.read(folder.resolve(name)).digest()).as(name).isEqualTo(digest);
        }
    }

    /**
     * These carry no checksum. What their headers claim must be what is there, to the byte; only another type of the same size, or another
     * order of bytes, cannot be told from the right one.
     */
    @Test
    void headersWithoutChecksums() throws IOException {
        Path npy = Files.write(folder.resolve("a.npy"), NPY);
        Path idx = Files.write(folder.resolve("a.idx"), IDX);

        assertThat(Rot.silentDamage(npy, RotTest::patterns, bit -> bit < (NPY.length - 24) * Byte.SIZE))
                .isEmpty();
        assertThat(Rot.silentDamage(idx, RotTest::patterns, bit -> bit < (IDX.length - 24) * Byte.SIZE))
                .containsExactly("bit 0 of byte 2"); // 8-bit numbers with a sign
    }
}
