package dev.engram.experiments.report;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file {@code results.json} beside a report: a list of {experiment, setting, metric, value, claim, met}. */
public final class ResultsJson {
    public static final String FILE = "results.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultsJson() {}

    /** The file's text: the same rows give the same characters. */
    public static String of(List<ResultRow> rows) {
        return MAPPER.writeValueAsString(rows.stream().map(ResultRow::toMap).toList()) + "\n";
    }
}
