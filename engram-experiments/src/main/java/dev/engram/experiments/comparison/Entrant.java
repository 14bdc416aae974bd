package dev.engram.experiments.comparison;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A memory that takes part in a comparison.
 *
 * @param name in the tables
 */
public record Entrant(String name, MemoryModel model) {
    /** Every kind of memory with its default options, the baselines first; of those with variants that differ in kind, each. */
    public static List<Entrant> all() {
        List<Entrant> all = new ArrayList<>();
        List<MemoryKind> kinds = MemoryKinds.all();
        kinds.sort(Comparator.comparing(kind -> !kind.isBaseline()));
        for (MemoryKind kind : kinds) {
            kind.variants().forEach((name, model) -> all.add(new Entrant(name, model)));
        }
        return all;
    }
}
