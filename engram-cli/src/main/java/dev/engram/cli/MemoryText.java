package dev.engram.cli;

import dev.engram.io.Provenance;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parts of a memory's description that several commands show. */
final class MemoryText {
    private MemoryText() {}

    static Json audit(Provenance provenance) {
        Provenance.Audit audit = provenance.audit();
        return new Json()
                .with("recovered", audit.recovered())
                .with("patterns", provenance.patterns())
                .with("threshold", audit.threshold())
                .with("mean_mse", audit.meanError())
                .with("worst_mse", audit.worstError());
    }

    /** The options with numbers as numbers. */
    static Map<String, Object> typed(Map<String, String> options) {
        Map<String, Object> typed = new LinkedHashMap<>();
        options.forEach((name, text) -> typed.put(name, typed(text)));
        return typed;
    }

    private static Object typed(String text) {
        if (text.matches("-?\\d{1,18}")) {
            return Long.valueOf(text);
        }
        return text.matches("-?[\\d.]+([eE]-?\\d+)?") ? Double.valueOf(text) : text;
    }
}
