package dev.engram.io.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Columns as text for a memory file, in JSON:
 *
 * <pre>
 * columns  := { "id": string?, "columns": [ number | category, ... ] }
 * number   := { "name": string, "mean": number, "deviation": number }
 * category := { "name": string, "levels": [ { "text": string, "frequency": number }, ... ] }
 * </pre>
 */
public final class ColumnsText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ColumnsText() {}

    public static String write(Columns columns) {
        Map<String, Object> all = new LinkedHashMap<>();
        columns.id().ifPresent(id -> all.put("id", id));
        all.put("columns", columns.columns().stream().map(ColumnsText::plain).toList());
        return MAPPER.writeValueAsString(all);
    }

    private static Map<String, Object> plain(Column column) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", column.name());
        if (column instanceof Column.Category category) {
            one.put("levels", category.levels().stream().map(ColumnsText::plain).toList());
        } else {
            one.put("mean", column.mean(0));
            one.put("deviation", column.deviation(0));
        }
        return one;
    }

    private static Map<String, Object> plain(Column.Level level) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("text", level.text());
        one.put("frequency", level.frequency());
        return one;
    }

    /** @throws IllegalArgumentException if that is not what {@link #write} wrote */
    public static Columns read(String text) {
        try {
            JsonNode all = MAPPER.readTree(text);
            List<Column> columns = new ArrayList<>();
            for (JsonNode one : entry(all, "columns")) {
                columns.add(column(one));
            }
            return new Columns(columns, Optional.ofNullable(all.get("id")).map(JsonNode::stringValue));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The text is not what columns are written as.", e);
        }
    }

    private static Column column(JsonNode one) {
        String name = entry(one, "name").stringValue();
        if (!one.has("levels")) {
            return new Column.Number(
                    name,
                    entry(one, "mean").doubleValue(),
                    entry(one, "deviation").doubleValue());
        }
        List<Column.Level> levels = new ArrayList<>();
        for (JsonNode level : one.get("levels")) {
            levels.add(new Column.Level(
                    entry(level, "text").stringValue(),
                    entry(level, "frequency").doubleValue()));
        }
        return new Column.Category(name, levels);
    }

    private static JsonNode entry(JsonNode of, String name) {
        JsonNode found = of.get(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no %s.".formatted(name));
        }
        return found;
    }
}
