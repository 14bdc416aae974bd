package dev.engram.memory.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Options as words and numbers that read back unchanged. */
public final class Described {
    private Described() {}

    /** Names and values in turn, in their order. */
    public static Map<String, String> of(Object... namesAndValues) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            named.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        return Collections.unmodifiableMap(named);
    }

    /** The options of several parts, one after the other. */
    @SafeVarargs
    public static Map<String, String> join(Map<String, String>... parts) {
        Map<String, String> named = new LinkedHashMap<>();
        for (Map<String, String> part : parts) {
            named.putAll(part);
        }
        return Collections.unmodifiableMap(named);
    }

    /** A constant in lower case, with hyphens. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A number, or the word for 0, which leaves the choice open. */
    public static String orWord(int number, String word) {
        return number == 0 ? word : String.valueOf(number);
    }
}
