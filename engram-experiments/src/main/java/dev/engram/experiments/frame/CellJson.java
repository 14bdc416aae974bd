package dev.engram.experiments.frame;

import dev.engram.experiments.report.Sheet;
import dev.engram.io.file.Digests;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the numbers of a finished cell as JSON, and reads them. Numbers come back bit by bit; those that are not finite are texts.
 *
 * <pre>
 * file := '{"digest":"' SHA-256 '",' rest        of the bytes '{' rest
 * </pre>
 */
final class CellJson {
    private static final int FORMAT = 2;
    private static final String BEFORE = "{\"digest\":\"";
    private static final String AFTER = "\",";
    private static final int REST = BEFORE.length() + Digests.LENGTH + AFTER.length();
    private static final byte[] WITHOUT_DIGEST = "{\"format\":1,".getBytes(StandardCharsets.US_ASCII);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private CellJson() {}

    static byte[] write(CellRecord record, String fingerprint) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("format", FORMAT);
        map.put("fingerprint", fingerprint);
        map.put("seconds", record.seconds());
        map.put("measurements", measurements(record.measurements()));
        map.put("timings", measurements(record.timings()));
        Map<String, Object> curves = new LinkedHashMap<>();
        record.curves()
                .forEach((name, values) -> curves.put(
                        name, Arrays.stream(values).mapToObj(CellJson::number).toList()));
        map.put("curves", curves);
        Map<String, Object> sheets = new LinkedHashMap<>();
        record.sheets().forEach((name, sheet) -> sheets.put(name, sheet(sheet)));
        map.put("sheets", sheets);
        byte[] content = MAPPER.writeValueAsBytes(map);
        ByteArrayOutputStream out = new ByteArrayOutputStream(REST + content.length);
        out.writeBytes((BEFORE + digest(content, 1) + AFTER).getBytes(StandardCharsets.US_ASCII));
        out.write(content, 1, content.length - 1);
        return out.toByteArray();
    }

    /** The digest of an opening brace and the bytes from there on. */
    private static String digest(byte[] bytes, int from) {
        MessageDigest digest = Digests.sha256();
        digest.update((byte) '{');
        digest.update(bytes, from, bytes.length - from);
        return Digests.hex(digest);
    }

    /** Whether the bytes are not all as they were written. Those of versions without digests are none that can be told. */
    static boolean isDamaged(byte[] json) {
        if (json.length >= WITHOUT_DIGEST.length
                && Arrays.equals(json, 0, WITHOUT_DIGEST.length, WITHOUT_DIGEST, 0, WITHOUT_DIGEST.length)) {
            return false;
        }
        String start = new String(json, 0, Math.min(REST, json.length), StandardCharsets.ISO_8859_1);
        return json.length < REST || !start.equals(BEFORE + digest(json, REST) + AFTER);
    }

    private static List<Object> measurements(List<Measurement> all) {
        return all.stream()
                .<Object>map(m -> Map.of(
                        "setting",
                        m.setting().parts().entrySet().stream()
                                .map(e -> List.of(e.getKey(), e.getValue()))
                                .toList(),
                        "metric",
                        m.metric(),
                        "value",
                        number(m.value())))
                .toList();
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? value : String.valueOf(value);
    }

    private static Map<String, Object> sheet(Sheet sheet) {
        Base64.Encoder encoder = Base64.getEncoder();
        return Map.of(
                "labels", sheet.labels(),
                "columns", sheet.columns(),
                "shares", sheet.shares(),
                "blocks", sheet.blocks().stream().map(encoder::encodeToString).toList());
    }

    /** The cell, if these bytes, which are not damaged, hold one with that fingerprint; anything else is as good as nothing. */
    static Optional<CellRecord> read(byte[] json, String fingerprint) {
        try {
            JsonNode node = MAPPER.readTree(json);
            if (node.path("format").asInt(0) != FORMAT
                    || !fingerprint.equals(node.path("fingerprint").asString(""))) {
                return Optional.empty();
            }
            Map<String, double[]> curves = new LinkedHashMap<>();
            node.path("curves").properties().forEach(e -> curves.put(e.getKey(), numbers(e.getValue())));
            Map<String, Sheet> sheets = new LinkedHashMap<>();
            node.path("sheets").properties().forEach(e -> sheets.put(e.getKey(), sheet(e.getValue())));
            return Optional.of(new CellRecord(
                    measurements(node.path("measurements")),
                    measurements(node.path("timings")),
                    curves,
                    sheets,
                    number(node.path("seconds"))));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Measurement> measurements(JsonNode nodes) {
        List<Measurement> all = new ArrayList<>();
        for (JsonNode node : nodes) {
            Map<String, String> parts = new LinkedHashMap<>();
            node.path("setting")
                    .forEach(p -> parts.put(p.path(0).asString(), p.path(1).asString()));
            all.add(new Measurement(
                    new CellSetting(parts), node.path("metric").asString(), number(node.path("value"))));
        }
        return all;
    }

    private static Sheet sheet(JsonNode node) {
        List<String> labels = new ArrayList<>();
        node.path("labels").forEach(label -> labels.add(label.asString()));
        List<byte[]> blocks = new ArrayList<>();
        node.path("blocks").forEach(block -> blocks.add(Base64.getDecoder().decode(block.asString())));
        List<Double> shares =
                Arrays.stream(numbers(node.path("shares"))).boxed().toList();
        return new Sheet(labels, node.path("columns").asInt(), blocks, shares);
    }

    private static double[] numbers(JsonNode nodes) {
        double[] values = new double[nodes.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(nodes.path(i));
        }
        return values;
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.asString());
    }
}
