package dev.engram.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object, built in order.
 *
 * <p>Numbers are numbers; one that is not finite is {@code null}. All ASCII, whatever the locale.
 */
public final class JsonOutput {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final Map<String, Object> entries = new LinkedHashMap<>();

    public static JsonOutput of(String command) {
        return new JsonOutput().with("command", command);
    }

    /** The entry's value is text, a number, a boolean, a path, a {@link JsonOutput}, an enum or a list or map of these. */
    public JsonOutput with(String name, Object value) {
        entries.put(name, plain(value));
        return this;
    }

    /** The entry is a list whose items are made when they are printed, one at a time. */
    public JsonOutput withItems(String name, Iterator<JsonOutput> items) {
        entries.put(name, new Iterator<Object>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return items.next().entries;
            }
        });
        return this;
    }

    /** All entries of another object, after those that are there. */
    public JsonOutput withAll(JsonOutput more) {
        entries.putAll(more.entries);
        return this;
    }

    /** The whole object on standard output. */
    public void print(Terminal terminal) {
        terminal.result(writer -> MAPPER.writeValue(writer, entries));
    }

    @Override
    public String toString() {
        return MAPPER.writeValueAsString(entries);
    }

    private static @Nullable Object plain(Object value) {
        if (value instanceof JsonOutput json) {
            return json.entries;
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : null;
        }
        if (value instanceof Path || value instanceof Enum) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((k, v) -> copy.put(String.valueOf(k), plain(v)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(v -> copy.add(plain(v)));
            return copy;
        }
        return value;
    }
}
