package dev.engram.experiments.kit;

import dev.engram.experiments.report.ContactSheet;
import dev.engram.experiments.report.Sheet;
import dev.engram.linalg.Matrix;
import dev.engram.memory.DamagedCues;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The answers of several memories to the same damaged pictures.
 *
 * @param recalls by the memory's name
 */
public record Answers(Shape shape, Matrix originals, DamagedCues cues, Map<String, Recall> recalls) {
    public Answers {
        recalls = Collections.unmodifiableMap(new LinkedHashMap<>(recalls));
    }

    public Recall of(String memory) {
        return Optional.ofNullable(recalls.get(memory))
                .orElseThrow(() -> new IllegalArgumentException(
                        "No memory is named \"%s\"; there are %s.".formatted(memory, recalls.keySet())));
    }

    /** The first pictures: original, cue, and the answers of all memories. */
    public Sheet sheet(int pictures) {
        return sheet(pictures, List.copyOf(recalls.keySet()));
    }

    /** The same with the answers of the memories named. */
    public Sheet sheet(int pictures, List<String> memories) {
        int[] first = IntStream.range(0, Math.min(pictures, originals.rows())).toArray();
        ContactSheet sheet = new ContactSheet(shape, pictures)
                .row("original", originals.rows(first))
                .row("cue", cues.cues().rows(first));
        memories.forEach(name -> sheet.row(name, of(name).patterns().rows(first)));
        return sheet.sheet();
    }
}
