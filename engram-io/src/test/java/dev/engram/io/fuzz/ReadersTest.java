package dev.engram.io.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Bytes that nobody meant: every reader reads them or refuses them by an exception it declares, within a second and 256 MB. {@link
 * FuzzReaders} does the same with a fuzzer that sees which branches are taken.
 *
 * <p>{@code -Dengram.fuzz=100000 -Dengram.fuzz.seed=7} tries more, or others.
 */
class ReadersTest {
    private static final int MUTATIONS = Integer.getInteger("engram.fuzz", 400);
    private static final long SEED = Long.getLong("engram.fuzz.seed", 20);
    private static final com.sun.management.OperatingSystemMXBean SYSTEM =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final long LONGEST = 1_000_000_000L;
    private static final long LARGEST = 256L << 20;
    private static final int[] TELLING = {
        0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -2, 0x3fffffff
    };

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void wellFormedFilesAreRead(Reader reader) throws IOException {
        for (byte[] bytes : Corpus.of(reader, folder)) {
            boolean isForeign = reader == Reader.MEMORY || reader == Reader.CHECKPOINT || reader == Reader.PICKLE;
            if (!isForeign) {
                assertThat(reader.reads(bytes, folder)).as(reader.name()).isTrue();
            } else {
                reader.reads(bytes, folder);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void othersAreReadOrRefused(Reader reader) throws IOException {
        List<byte[]> corpus = Corpus.of(reader, folder);
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            SplittableRandom random = new SplittableRandom(SEED * 1_000_003 + i);
            byte[] bytes = corpus.get(random.nextInt(corpus.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes = mutated(bytes, corpus, random);
            }
            read += look(reader, bytes, i) ? 1 : 0;
        }
        System.out.printf(
                "%s: %,d of %,d mutations were read, the others refused; seed %d.%n", reader, read, MUTATIONS, SEED);
    }

    private boolean look(Reader reader, byte[] bytes, int number) throws IOException {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long begun = System.nanoTime();
        long worked = SYSTEM.getProcessCpuTime();
        try {
            boolean read = reader.reads(bytes, folder);
            assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
                    .as("bytes allocated")
                    .isLessThan(LARGEST);
            // On a busy machine the clock goes on while nothing is done.
            assertThat(Math.min(System.nanoTime() - begun, SYSTEM.getProcessCpuTime() - worked))
                    .as("nanoseconds")
                    .isLessThan(LONGEST);
            return read;
        } catch (RuntimeException | Error e) {
            String shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 4_000));
            throw new AssertionError("%s, number %d of seed %d: %s%n%s".formatted(reader, number, SEED, e, shown), e);
        }
    }

    private static byte[] mutated(byte[] bytes, List<byte[]> corpus, SplittableRandom random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        byte[] changed = bytes.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> changed[at] = (byte) "0123456789,-()[]{}'\":\n\t eE.N".charAt(random.nextInt(28));
            case 3 -> number(changed, at, 4, random);
            case 4 -> number(changed, at, 2, random);
            case 5 -> changed = Arrays.copyOf(bytes, at);
            case 6 -> changed = joined(bytes, at, bytes, Math.min(bytes.length, at + 1 + random.nextInt(8)));
            case 7 -> changed = joined(bytes, at, bytes, Math.max(0, at - 1 - random.nextInt(64)));
            default -> {
                byte[] other = corpus.get(random.nextInt(corpus.size()));
                changed = joined(bytes, at, other, random.nextInt(other.length));
            }
        }
        return changed;
    }

    /** A telling number of that many bytes, in either order. */
    private static void number(byte[] bytes, int at, int length, SplittableRandom random) {
        int number = TELLING[random.nextInt(TELLING.length)];
        boolean littleEndian = random.nextBoolean();
        for (int i = 0; i < length && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (number >> Byte.SIZE * (littleEndian ? i : length - 1 - i));
        }
    }

    /** The first bytes of one and the last bytes of another. */
    private static byte[] joined(byte[] first, int length, byte[] last, int from) {
        byte[] joined = Arrays.copyOf(first, length + last.length - from);
        System.arraycopy(last, from, joined, length, last.length - from);
        return joined;
    }
}
