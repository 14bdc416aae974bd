package dev.engram.experiments.frame;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The setting of a cell or a number: what was varied, by name and in order: {@code data CIFAR-10, patterns 50}.
 *
 * @param parts name to value
 */
public record CellSetting(Map<String, String> parts) {
    public CellSetting {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /** @param value its text counts, so numbers of different types that look alike are alike */
    public static CellSetting of(String name, Object value) {
        return new CellSetting(Map.of(name, String.valueOf(value)));
    }

    /** This and one more part. */
    public CellSetting with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(parts);
        if (more.putIfAbsent(name, String.valueOf(value)) != null) {
            throw new IllegalArgumentException("The setting %s has a part named \"%s\" already.".formatted(this, name));
        }
        return new CellSetting(more);
    }

    /** The value of a part; empty where there is no such part. */
    public String get(String name) {
        return parts.getOrDefault(name, "");
    }

    boolean has(String name, Object value) {
        return String.valueOf(value).equals(parts.get(name));
    }

    /** A file name of ASCII letters and digits, for example {@code data-cifar-10_patterns-50}. */
    String fileName() {
        return parts.entrySet().stream()
                .map(e -> (e.getKey() + "-" + e.getValue())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.]+", "-"))
                .collect(Collectors.joining("_"));
    }

    /** In words: numbers with their names, the rest speaks for itself. For example {@code CIFAR-10, patterns 50}. */
    @Override
    public String toString() {
        return parts.entrySet().stream()
                .map(e -> e.getValue().matches("[-+0-9.eE/]+") ? e.getKey() + " " + e.getValue() : e.getValue())
                .collect(Collectors.joining(", "));
    }
}
