package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.file.AtomicFiles;
import dev.engram.io.numpy.NpyReader;
import dev.engram.io.numpy.NpyWriter;
import dev.engram.io.numpy.NpzFile;
import dev.engram.io.safetensors.NamedTensor;
import dev.engram.io.safetensors.Safetensors;
import dev.engram.linalg.Matrix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who reads a file while another replaces it again and again is given the old or the new, never told of damage.
 * {@code -Dengram.reads=1000000} reads that often; by default for a few seconds.
 */
class BesideAWriterTest {
    private static final int READS = Integer.getInteger("engram.reads", 5_000);
    private static final int LONGEST = 40;

    @TempDir
    Path folder;

    /** A kind of file: of n values, all n. Two sizes, so that bytes of one and the size of another do not fit. */
    enum Kind {
        NPY(
                (file, n) -> NpyWriter.write(file, new int[] {n, 1}, values(n)),
                file -> same(NpyReader.read(file).values())),
        NPZ(
                Kind::npz,
                file -> same(
                        NpzFile.readFirst(file, "images", Integer.MAX_VALUE).values())),
        IDX(
                Kind::idx,
                file -> Math.round(255
                        * PatternReader.read(file, ReadOptions.defaults())
                                .patterns()
                                .data()[0])),
        SAFETENSORS(
                (file, n) ->
                        Safetensors.write(file, List.of(NamedTensor.of("a", Matrix.wrap(1, n, values(n)))), Map.of()),
                file -> ((dev.engram.io.safetensors.TensorData.Floats)
                                Safetensors.read(file).tensors().get(0).data())
                        .values()
                        .length);

        private final ObjIntConsumer<Path> write;
        private final ToIntFunction<Path> read;

        Kind(ObjIntConsumer<Path> write, ToIntFunction<Path> read) {
            this.write = write;
            this.read = read;
        }

        private static float[] values(int n) {
            float[] values = new float[n];
            java.util.Arrays.fill(values, n);
            return values;
        }

        private static int same(float[] values) {
            for (float value : values) {
                if (value != values.length) {
                    throw new AssertionError("mixed");
                }
            }
            return values.length;
        }

        private static void idx(Path file, int n) {
            AtomicFiles.write(file, out -> {
                out.write(new byte[] {0, 0, 8, 3, 0, 0, 0, (byte) n, 0, 0, 0, 1, 0, 0, 0, 1});
                byte[] pixels = new byte[n];
                java.util.Arrays.fill(pixels, (byte) n);
                out.write(pixels);
            });
        }

        private static void npz(Path file, int n) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                zip.putNextEntry(new ZipEntry("images.npy"));
                Path array = file.resolveSibling("array.npy");
                NpyWriter.write(array, new int[] {n, 1}, values(n));
                zip.write(Files.readAllBytes(array));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            AtomicFiles.write(file, out -> out.write(bytes.toByteArray()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOldOrTheNewIsRead(Kind kind) throws IOException, InterruptedException {
        List<byte[]> contents = new ArrayList<>();
        for (int n = 1; n <= LONGEST; n++) {
            Path made = folder.resolve("made");
            kind.write.accept(made, n);
            contents.add(Files.readAllBytes(made));
        }
        Path file = Files.write(folder.resolve("f"), contents.get(0));
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            for (int n = 0; !done.get(); n++) { // as AtomicFiles does, but for the disk, which would slow it down
                replace(file, contents.get(n % LONGEST));
            }
        });
        writer.start();
        int changes = 0;
        int before = 0;
        try {
            for (int i = 0; i < READS; i++) {
                int read = kind.read.applyAsInt(file);
                assertThat(read).isBetween(1, LONGEST);
                changes += read == before ? 0 : 1;
                before = read;
            }
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(changes).isGreaterThan(1);
        System.out.printf("%s: %,d reads beside a writer, %,d changes seen%n", kind, READS, changes);
    }

    private static void replace(Path file, byte[] content) {
        try {
            Path temporary = Files.write(file.resolveSibling("next"), content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
