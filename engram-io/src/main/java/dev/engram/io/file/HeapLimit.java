package dev.engram.io.file;

/** Checks that an array fits into Java's memory before it is allocated, with a message that says what to do. */
public final class HeapLimit {
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private HeapLimit() {}

    /**
     * Checks that an array of that many floats can exist.
     *
     * @return the number as an int
     * @throws InputException if one Java array, or the heap, cannot hold them
     */
    public static int floats(String what, long values) {
        if (values > LONGEST_ARRAY) {
            throw new InputException("%s holds %,d values; at most %,d fit into one array. Maybe use --limit N."
                    .formatted(what, values, LONGEST_ARRAY));
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (values * Float.BYTES > heap) {
            throw new InputException(
                    ("%s needs %,d MB of memory; Java has %,d MB. Maybe use --limit N or give Java more "
                                    + "(ENGRAM_JAVA_OPTS=-Xmx...).")
                            .formatted(what, values * Float.BYTES >> 20, heap >> 20));
        }
        return (int) values;
    }
}
