package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which sensory nodes are held to the cue while inference runs; the others are free. One row for all cues, or one for each.
 *
 * @param values the size of the sensory layer
 * @param rows per row the set of clamped nodes; a single row serves every cue
 */
public record Clamp(int values, List<BitSet> rows) {
    public Clamp {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("A clamp needs at least one row.");
        }
        for (BitSet row : rows) {
            if (row.length() > values) {
                throw new IllegalArgumentException("A clamp names node %d; the sensory layer has %d nodes, 0 to %d."
                        .formatted(row.length() - 1, values, values - 1));
            }
        }
        rows = rows.stream().map(r -> (BitSet) r.clone()).toList();
    }

    /** Every sensory node held to the cue. */
    public static Clamp all(int values) {
        BitSet all = new BitSet(values);
        all.set(0, values);
        return new Clamp(values, List.of(all));
    }

    /** The named nodes held, for every cue. */
    public static Clamp known(int values, int... nodes) {
        BitSet row = new BitSet(values);
        Arrays.stream(nodes).forEach(row::set);
        return new Clamp(values, List.of(row));
    }

    /** The clamped nodes of one cue. */
    public BitSet row(int cue) {
        return rows.get(rows.size() == 1 ? 0 : cue);
    }

    /** Whether no sensory node of any cue is free. */
    public boolean isAll() {
        return rows.stream().allMatch(r -> r.cardinality() == values);
    }

    /** The indices of the clamped nodes of one cue, ascending. */
    public int[] indices(int cue) {
        return row(cue).stream().toArray();
    }

    /** Writes the cues' clamped values, and no others, over {@code values}; both are [cues, values]. */
    public void hold(Matrix cues, Matrix values) {
        int columns = cues.columns();
        for (int cue = 0; cue < cues.rows(); cue++) {
            int offset = cue * columns;
            row(cue).stream().forEach(i -> values.data()[offset + i] = cues.data()[offset + i]);
        }
    }

    /** The cues 0 to {@code cues}, grouped by equal sets of clamped nodes, in the order of their first appearance. */
    public List<int[]> groups(int cues) {
        if (rows.size() == 1) {
            return List.of(IntStream.range(0, cues).toArray());
        }
        Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
        for (int cue = 0; cue < cues; cue++) {
            groups.computeIfAbsent(row(cue), row -> new ArrayList<>()).add(cue);
        }
        return groups.values().stream()
                .map(group -> group.stream().mapToInt(i -> i).toArray())
                .toList();
    }

    /** The clamp of the chosen cues only. */
    public Clamp cues(int... cues) {
        return rows.size() == 1
                ? this
                : new Clamp(values, Arrays.stream(cues).mapToObj(rows::get).toList());
    }
}
