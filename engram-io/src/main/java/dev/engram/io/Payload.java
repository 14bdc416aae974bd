package dev.engram.io;

import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a user attaches to patterns, to have it back with the answer: a JSON value for each, on a line of its own (JSON lines). */
public final class Payload {
    /** The most characters a value has as compact JSON. */
    public static final int LONGEST = 100_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Payload() {}

    /**
     * Reads the values.
     *
     * @param count how many there must be
     * @param limited whether there may be more, of which the first are taken
     * @return each as compact JSON
     * @throws InputException if there are more or fewer, or a line is not one JSON value
     */
    public static List<String> read(Path file, int count, boolean limited) {
        List<String> lines = PatternNames.lines(file);
        if (lines.size() < count || lines.size() > count && !limited) {
            throw new InputException("%s holds %s for %s; each pattern needs one JSON value, on a line of its own."
                    .formatted(file, NumberText.count(lines.size(), "line"), NumberText.count(count, "pattern")));
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(compact(file, i + 1, lines.get(i)));
        }
        return values;
    }

    private static String compact(Path file, int line, String text) {
        if (text.isBlank()) {
            throw new InputException(
                    "%s, line %d is empty; a JSON value was expected. Maybe write null.".formatted(file, line));
        }
        try {
            String compact = JSON.writeValueAsString(JSON.readTree(text));
            if (compact.length() > LONGEST) {
                throw new InputException("%s, line %d has %,d characters; at most %,d were expected."
                        .formatted(file, line, compact.length(), LONGEST));
            }
            return compact;
        } catch (JacksonException e) {
            throw new InputException(
                    "%s, line %d is not one JSON value: %s.".formatted(file, line, Inputs.reason(e)), e);
        }
    }
}
