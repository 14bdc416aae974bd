package dev.engram.io.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A {@link Catalogue} as entries of a memory file: a JSON list of names, and one of what is attached, {@code null} where there is nothing. */
final class CatalogueText {
    static final String NAMES = "pattern.names";
    static final String PAYLOAD = "pattern.payload";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Catalogue.LARGEST_PAYLOAD)
                            .build())
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private CatalogueText() {}

    static void describe(Catalogue catalogue, Map<String, String> metadata) {
        if (!catalogue.names().isEmpty()) {
            metadata.put(NAMES, JSON.writeValueAsString(catalogue.names()));
        }
        if (!catalogue.payload().isEmpty()) {
            metadata.put(PAYLOAD, "[" + String.join(",", catalogue.payload()) + "]");
        }
    }

    /** What a file says of that many patterns; nothing of one that was written before there were names. */
    static Catalogue read(MemoryEntries entries, int patterns) {
        List<String> names = list(entries, NAMES, patterns);
        List<String> payload = list(entries, PAYLOAD, patterns);
        return entries.made(() -> new Catalogue(names, payload));
    }

    private static List<String> list(MemoryEntries entries, String key, int patterns) {
        if (entries.optional(key).isEmpty()) {
            return List.of();
        }
        boolean isText = key.equals(NAMES);
        List<String> values = new ArrayList<>();
        JsonNode list = tree(entries, key);
        for (JsonNode value : list) {
            if (isText && !value.isString()) {
                throw entries.corrupt("the entry %s holds something that is no name".formatted(key));
            }
            values.add(isText ? value.stringValue() : JSON.writeValueAsString(value));
        }
        if (!list.isArray() || values.size() != patterns) {
            throw entries.corrupt("the entry %s does not have one for each of %d patterns".formatted(key, patterns));
        }
        return values;
    }

    private static JsonNode tree(MemoryEntries entries, String key) {
        try {
            return JSON.readTree(entries.text(key));
        } catch (JacksonException e) {
            throw entries.corrupt("the entry %s is not a JSON list".formatted(key));
        }
    }
}
