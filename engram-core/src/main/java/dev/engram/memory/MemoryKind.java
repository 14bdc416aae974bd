package dev.engram.memory;

import java.util.List;
import java.util.Map;

/**
 * A kind of memory that can be chosen by name, its options given as text. Command line, comparison and help texts know memories by their
 * kinds alone.
 *
 * <p>Kinds are found by {@link java.util.ServiceLoader}: the library's are listed in
 * {@code META-INF/services/dev.engram.memory.MemoryKind}, and one's own takes part when its class, public and with a public constructor
 * without arguments, is listed in such a file of one's own. A memory that is to be written to files needs a codec too, see {@code dev.engram.io.memory.MemoryCodec}.
 */
public interface MemoryKind {
    /** In lower case, with hyphens. */
    String name();

    /** The options it takes. */
    default List<Setting<?>> settings() {
        return List.of();
    }

    /**
     * The model with the options given, and the library's defaults for the others.
     *
     * @throws IllegalArgumentException if a value does not read as one, or options do not go together
     */
    MemoryModel model(Settings settings);

    /** What takes part in a comparison of all memories, by the name in its tables: the defaults of variants that differ in kind. */
    default Map<String, MemoryModel> variants() {
        return Map.of(name().replace('-', ' '), model(Settings.none()));
    }

    /** Whether it is one that every other is measured against, and so comes first in a comparison. */
    default boolean isBaseline() {
        return false;
    }

    /**
     * Settings under which other settings have other defaults.
     *
     * @param words when, for example "with --learning gradient"
     * @param together the same words where the default is that of the variation before, and both are described as one; empty for none
     */
    record Variation(String words, String together, Map<String, String> given) {}

    /** For help texts: when defaults differ. */
    default List<Variation> variations() {
        return List.of();
    }

    /** How large the memory of such patterns gets, in words; empty where the options say all. */
    default String size(MemoryModel model, int patterns, Shape shape) {
        return "";
    }

    /** What may help where learning diverged. */
    default String adviceOnDivergence(MemoryModel model) {
        return "values brought into the range 0..1";
    }

    /** What to think of patterns that do not come back where that is as it should be; empty where it is not. */
    default String remark(MemoryModel model, int patterns, Shape shape) {
        return "";
    }

    /** What may help where patterns do not come back; empty where nothing is known to. */
    default String advice(MemoryModel model, int patterns, Shape shape) {
        return "";
    }
}
