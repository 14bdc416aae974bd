package dev.engram.memory.sparse;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * What a sparse quantised Hopfield network has learned, laid out flat: the nodes of a level one after the other, of each node its units in
 * the order in which they grew.
 *
 * @param patches the nodes at the bottom
 * @param levels the nodes above, from below to above
 */
public record SparseQuantisedTree(Patches patches, List<Codes> levels) {
    public SparseQuantisedTree {
        levels = List.copyOf(levels);
    }

    /**
     * Nodes that see patches.
     *
     * @param units per node, how many it has
     * @param counts per unit, how many patches it answered for
     * @param means [units of all nodes, values of a patch]
     */
    public record Patches(int[] units, int[] counts, Matrix means) {}

    /**
     * Nodes that see the active units of the nodes below them.
     *
     * @param units per node, how many it has
     * @param counts per unit, how many codes it answered for
     * @param entries per unit and node below it, with how many of that node's units it was active
     * @param together two numbers for each entry: the unit of the node below, ascending, and how often
     */
    public record Codes(int[] units, int[] counts, int[] entries, int[] together) {}

    static SparseQuantisedTree of(List<PatchUnits> patches, List<List<CodeUnits>> levels) {
        int[] units = patches.stream().mapToInt(PatchUnits::size).toArray();
        int[] counts = new int[IntStream.of(units).sum()];
        Matrix means = Matrix.zeros(counts.length, patches.get(0).values());
        int row = 0;
        for (PatchUnits node : patches) {
            for (int unit = 0; unit < node.size(); unit++) {
                counts[row] = node.count(unit);
                System.arraycopy(node.mean(unit), 0, means.data(), row * means.columns(), means.columns());
                row++;
            }
        }
        return new SparseQuantisedTree(
                new Patches(units, counts, means),
                levels.stream().map(SparseQuantisedTree::codes).toList());
    }

    private static Codes codes(List<CodeUnits> nodes) {
        List<Integer> counts = new ArrayList<>();
        List<Integer> entries = new ArrayList<>();
        List<Integer> together = new ArrayList<>();
        for (CodeUnits node : nodes) {
            for (int unit = 0; unit < node.size(); unit++) {
                counts.add(node.count(unit));
                for (int c = 0; c < node.children().length; c++) {
                    SortedMap<Integer, Integer> times = node.together(unit, c);
                    entries.add(times.size());
                    times.forEach((other, often) -> together.addAll(List.of(other, often)));
                }
            }
        }
        return new Codes(
                nodes.stream().mapToInt(CodeUnits::size).toArray(), array(counts), array(entries), array(together));
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(i -> i).toArray();
    }

    /** Fills nodes that have no units yet. */
    void copyTo(List<PatchUnits> bottom, List<List<CodeUnits>> above) {
        requireUnits(patches.units, patches.counts, bottom.size());
        if (patches.means.rows() != patches.counts.length
                || patches.means.columns() != bottom.get(0).values()
                || !patches.means.isFinite()) {
            throw new IllegalArgumentException("The means %s must be finite, %d of %d values."
                    .formatted(
                            patches.means, patches.counts.length, bottom.get(0).values()));
        }
        int row = 0;
        for (int node = 0; node < bottom.size(); node++) {
            for (int unit = 0; unit < patches.units[node]; unit++) {
                bottom.get(node).add(patches.means.row(row), patches.counts[row]);
                row++;
            }
        }
        if (levels.size() != above.size()) {
            throw new IllegalArgumentException(
                    "There are %d levels above the patches; %d were expected.".formatted(levels.size(), above.size()));
        }
        int[] below = patches.units;
        for (int l = 0; l < above.size(); l++) {
            new Reader(levels.get(l), below).fill(above.get(l));
            below = levels.get(l).units;
        }
    }

    private static void requireUnits(int[] units, int[] counts, int nodes) {
        long all = 0;
        for (int count : units) {
            if (count < 1) {
                throw new IllegalArgumentException("A node has %d units; each needs one.".formatted(count));
            }
            all += count;
        }
        if (units.length != nodes
                || all != counts.length
                || IntStream.of(counts).anyMatch(c -> c < 1)) {
            throw new IllegalArgumentException(
                    "%d nodes with %d units and %d counts do not fit a level of %d nodes, or a count is below 1."
                            .formatted(units.length, all, counts.length, nodes));
        }
    }

    /** Reads the entries of one level from their first to their last. */
    private static final class Reader {
        private final Codes codes;
        private final int[] below;
        private int entry;
        private int at;

        Reader(Codes codes, int[] below) {
            this.codes = codes;
            this.below = below;
        }

        void fill(List<CodeUnits> nodes) {
            requireUnits(codes.units, codes.counts, nodes.size());
            int expected = 0;
            for (int node = 0; node < nodes.size(); node++) {
                expected += codes.units[node] * nodes.get(node).children().length;
            }
            if (codes.entries.length != expected) {
                throw new IllegalArgumentException(
                        "There are %d numbers of entries; %d were expected.".formatted(codes.entries.length, expected));
            }
            int unit = 0;
            for (int node = 0; node < nodes.size(); node++) {
                for (int k = 0; k < codes.units[node]; k++) {
                    List<Map<Integer, Integer>> together = new ArrayList<>();
                    for (int child : nodes.get(node).children()) {
                        together.add(next(below[child], codes.counts[unit]));
                    }
                    nodes.get(node).add(codes.counts[unit], together);
                    unit++;
                }
            }
            if (at != codes.together.length) {
                throw new IllegalArgumentException("%d numbers are left over.".formatted(codes.together.length - at));
            }
        }

        private Map<Integer, Integer> next(int units, int count) {
            int size = codes.entries[entry++];
            if (size < 1 || size > (codes.together.length - at) / 2) {
                throw new IllegalArgumentException("A unit has %d entries for a node below it.".formatted(size));
            }
            Map<Integer, Integer> times = new HashMap<>();
            long all = 0;
            for (int k = 0; k < size; k++, at += 2) {
                int other = codes.together[at];
                int often = codes.together[at + 1];
                if (other < 0 || other >= units || often < 1 || times.put(other, often) != null) {
                    throw new IllegalArgumentException("A unit cannot have been active %d times with unit %d of %d."
                            .formatted(often, other, units));
                }
                all += often;
            }
            if (all != count) {
                throw new IllegalArgumentException(
                        "A unit that answered %d times was active %d times with a node below.".formatted(count, all));
            }
            return times;
        }
    }
}
