package dev.engram.playground;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON in and out; records are objects. */
final class PageJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build();

    private PageJson() {}

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** @throws Refusal if the text is not such an object */
    static <T> T read(String text, Class<T> type) {
        try {
            return Optional.ofNullable(MAPPER.readValue(text, type))
                    .orElseThrow(() -> Refusal.unusable("The request is null; an object was expected."));
        } catch (JacksonException e) {
            throw Refusal.unusable("The request could not be read: %s".formatted(e.getOriginalMessage()));
        }
    }
}
