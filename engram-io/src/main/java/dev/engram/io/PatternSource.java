package dev.engram.io;

import dev.engram.memory.Shape;
import dev.engram.memory.Spread;
import java.util.List;

/** What is known of patterns that were read, whether they are in memory or stay in their file. */
public sealed interface PatternSource permits PatternSet, PatternFile {
    /** How many patterns there are. */
    int count();

    /** The shape of one pattern. */
    Shape shape();

    /** One per pattern: the file's name, or the index. */
    List<String> names();

    /** Whether the names are more than the indices. */
    boolean isNamed();

    /** Which data they are: SHA-256 in hexadecimal digits; equal digests mean equal patterns in equal order. */
    String digest();

    /** How far their values vary. */
    Spread spread();

    /** What the user should be told, one sentence each. */
    List<String> notes();
}
