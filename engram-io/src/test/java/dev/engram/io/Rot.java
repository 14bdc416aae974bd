package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.file.MemoryFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * What storage does to files in time: a bit turned over, an end cut off. Every such damage is tried, and must be reported or change nothing.
 *
 * <p>{@code -Dengram.rot=1} tries all where a test leaves some out.
 */
public final class Rot {
    private final Path file;
    private final Function<Path, ?> reading;
    private final byte[] whole;
    private final Object expected;
    private final List<String> silent = new ArrayList<>();
    private int reported;
    private int same;

    private Rot(Path file, Function<Path, ?> reading) throws IOException {
        this.file = file;
        this.reading = reading;
        this.whole = Files.readAllBytes(file);
        this.expected = reading.apply(file);
    }

    /**
     * Damages a file in every way, and leaves it as it was.
     *
     * @param reading what is made of the file, compared by {@code equals}
     * @param bits which bits are turned over, by number: 8 times the byte and the bit within it; at whose bytes' first bits the file is cut
     * @return every damage that changed what was read without a word, in words
     */
    public static List<String> silentDamage(Path file, Function<Path, ?> reading, IntPredicate bits)
            throws IOException {
        Rot rot = new Rot(file, reading);
        for (int bit = 0; bit < rot.whole.length * Byte.SIZE; bit++) {
            if (bits.test(bit)) {
                byte[] flipped = rot.whole.clone();
                flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                rot.look(flipped, "bit %d of byte %d".formatted(bit % Byte.SIZE, bit / Byte.SIZE));
            }
        }
        for (int length = 0; length < rot.whole.length; length++) {
            if (bits.test(length * Byte.SIZE)) {
                rot.look(Arrays.copyOf(rot.whole, length), "cut to %d bytes".formatted(length));
            }
        }
        Files.write(file, rot.whole);
        System.out.printf(
                "Damage to %s (%d bytes): %d reported, %d without effect, %d silent.%n",
                file.getFileName(), rot.whole.length, rot.reported, rot.same, rot.silent.size());
        return rot.silent;
    }

    /** Every bit. */
    public static List<String> silentDamage(Path file, Function<Path, ?> reading) throws IOException {
        return silentDamage(file, reading, bit -> true);
    }

    /** Every bit, or every n-th where that takes too long for a normal test. */
    public static IntPredicate some(int every) {
        int step = Integer.getInteger("engram.rot", every);
        return bit -> bit % step == 0;
    }

    private void look(byte[] damaged, String how) throws IOException {
        Files.write(file, damaged);
        try {
            if (reading.apply(file).equals(expected)) {
                same++;
            } else {
                silent.add(how);
            }
        } catch (InputException | MemoryFileException e) {
            reported++;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("%s, %s: %s".formatted(file.getFileName(), how, e), e);
        }
    }
}
