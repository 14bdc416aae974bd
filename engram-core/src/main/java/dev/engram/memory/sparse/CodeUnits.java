package dev.engram.memory.sparse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A node that sees the one-hot codes of the nodes below it: each unit counts which of their units it was active with. */
final class CodeUnits {
    private final int[] children;
    private final List<Unit> units = new ArrayList<>();

    private static final class Unit {
        private final List<Map<Integer, Integer>> together = new ArrayList<>();
        private int count;

        /** How often a unit of a child was active with this one. */
        double frequency(int child, int unit) {
            return together.get(child).getOrDefault(unit, 0) / (double) count;
        }

        double squaredLength(int child) {
            long squares = 0;
            for (int times : together.get(child).values()) {
                squares += (long) times * times;
            }
            return squares / ((double) count * count);
        }
    }

    /** @param children the nodes of the level below that this one sees */
    CodeUnits(int... children) {
        this.children = children;
    }

    int[] children() {
        return children;
    }

    int size() {
        return units.size();
    }

    long bytes() {
        long entries = 0;
        for (Unit unit : units) {
            entries += unit.together.stream().mapToInt(Map::size).sum();
        }
        return entries * 2 * Integer.BYTES;
    }

    /**
     * The cosine between a code and each unit's frequencies, over the children that say something.
     *
     * @param active per node below, its active unit
     * @param strength per node below, that unit's activity; 0 for a node that knows nothing
     */
    double[] similarities(int[] active, double[] strength) {
        double[] similarities = new double[size()];
        double length = 0;
        for (int child : children) {
            length += strength[child] * strength[child];
        }
        for (int unit = 0; unit < similarities.length; unit++) {
            double dot = 0;
            double unitLength = 0;
            for (int c = 0; c < children.length; c++) {
                if (strength[children[c]] > 0) {
                    dot += strength[children[c]] * units.get(unit).frequency(c, active[children[c]]);
                    unitLength += units.get(unit).squaredLength(c);
                }
            }
            similarities[unit] = dot == 0 ? 0 : dot / (Math.sqrt(length) * Math.sqrt(unitLength));
        }
        return similarities;
    }

    /** How often a unit of the c-th child was active with a unit of this node. */
    double frequency(int unit, int c, int childUnit) {
        return units.get(unit).frequency(c, childUnit);
    }

    /** How many codes a unit answered for. */
    int count(int unit) {
        return units.get(unit).count;
    }

    /** With which units of its c-th child a unit was active, and how often. */
    SortedMap<Integer, Integer> together(int unit, int c) {
        return new TreeMap<>(units.get(unit).together.get(c));
    }

    /** A unit that has learned before. */
    void add(int count, List<Map<Integer, Integer>> together) {
        Unit unit = new Unit();
        unit.count = count;
        unit.together.addAll(together);
        units.add(unit);
    }

    void grow(int[] active) {
        Unit unit = new Unit();
        for (int c = 0; c < children.length; c++) {
            unit.together.add(new HashMap<>());
        }
        units.add(unit);
        move(units.size() - 1, active);
    }

    void move(int unit, int[] active) {
        units.get(unit).count++;
        for (int c = 0; c < children.length; c++) {
            units.get(unit).together.get(c).merge(active[children[c]], 1, Integer::sum);
        }
    }
}
