package dev.engram.io.file;

/**
 * The most that a file may claim, whatever its checksums say: claims are compared with these bounds, and with what the file holds, before
 * anything is allocated or computed.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>{@link #ENTRIES}</td><td>100,000</td><td>entries of metadata in a memory file</td></tr>
 * <tr><td>{@link #TENSORS}</td><td>10,000</td><td>tensors in a memory file</td></tr>
 * <tr><td>{@link #LAYERS}</td><td>1,000</td><td>layers of a network</td></tr>
 * <tr><td>{@link #DIMENSIONS}</td><td>64</td><td>dimensions of an array or tensor, as in NumPy</td></tr>
 * <tr><td>{@link #NUMBERS}</td><td>1,000,000</td><td>numbers in one entry, such as the lengths of sequences</td></tr>
 * <tr><td>{@link #ITERATIONS}</td><td>100,000</td><td>steps that a memory may ask for to answer one cue</td></tr>
 * <tr><td>{@link #MAGNITUDE}</td><td>10<sup>9</sup></td><td>a number among the weights or patterns of a memory, without its sign; its square where doubles are kept</td></tr>
 * <tr><td>{@link #SCALE}</td><td>10<sup>15</sup></td><td>a number among the entries, such as a precision; it is 0 or at least 10<sup>-100</sup></td></tr>
 * <tr><td>{@link #PIXELS}</td><td>134,217,728</td><td>pixels of a picture (of one with more, {@code --resize} reads every k-th)</td></tr>
 * <tr><td>{@link #MESSAGE}</td><td>2,000</td><td>printable characters of a message, of whatever length what it quotes is</td></tr>
 * </table>
 */
public final class Bounds {
    public static final int ENTRIES = 100_000;
    public static final int TENSORS = 10_000;
    public static final int LAYERS = 1_000;
    public static final int DIMENSIONS = 64;
    public static final int NUMBERS = 1_000_000;
    public static final int ITERATIONS = 100_000;
    public static final double MAGNITUDE = 1e9;
    public static final double SCALE = 1e15;
    public static final double SMALLEST = 1e-100;
    public static final long PIXELS = 1 << 27;
    public static final int MESSAGE = 2_000;

    private static final String CUT = " ... ";
    private static final int END = 600; // where the advice stands

    private Bounds() {}

    /**
     * Checks what is to be written, so that what was written can be read.
     *
     * @param what as a message names it, for example "The number of layers"
     * @throws IllegalArgumentException if it is more than the bound
     */
    public static void require(String what, long value, long most) {
        if (value > most) {
            throw new IllegalArgumentException(
                    "%s (%,d) is more than a file may have: %,d.".formatted(what, value, most));
        }
    }

    /** The text as one line of printable characters, its middle left out where it is too long; other characters as {@code \\u001b}. */
    static String message(String text) {
        StringBuilder line = new StringBuilder();
        cut(text).codePoints().forEach(c -> {
            if (isPrintable(c)) {
                line.appendCodePoint(c);
            } else {
                line.append(Character.isWhitespace(c) ? " " : "\\u%04x".formatted(c));
            }
        });
        return cut(line.toString());
    }

    private static String cut(String text) {
        return text.length() <= MESSAGE
                ? text
                : text.substring(0, MESSAGE - END - CUT.length()) + CUT + text.substring(text.length() - END);
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
