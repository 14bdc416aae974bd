package dev.engram.memory;

import java.util.Map;
import java.util.Optional;

/**
 * Options of a memory as they were given: text by name.
 *
 * @param given by {@link Setting#name}; what is not there has the library's default
 */
public record Settings(Map<String, String> given) {
    public Settings {
        given = Map.copyOf(given);
    }

    /** Nothing given. */
    public static Settings none() {
        return new Settings(Map.of());
    }

    /**
     * The value given.
     *
     * @throws IllegalArgumentException if it does not read as one
     */
    public <T> Optional<T> get(Setting<T> setting) {
        return Optional.ofNullable(given.get(setting.name())).map(setting.reader());
    }

    public boolean has(Setting<?> setting) {
        return given.containsKey(setting.name());
    }

    /**
     * Refuses a setting that has no meaning beside the others.
     *
     * @param where for example "with --separation max"
     * @param advice what to do instead
     */
    public void refuse(Setting<?> setting, String where, String advice) {
        if (has(setting)) {
            throw new IllegalArgumentException(
                    "%s has no meaning %s. Maybe %s.".formatted(setting.option(), where, advice));
        }
    }
}
