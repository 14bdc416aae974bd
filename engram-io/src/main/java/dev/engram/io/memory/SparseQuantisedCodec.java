package dev.engram.io.memory;

import dev.engram.io.safetensors.NamedTensor;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Shape;
import dev.engram.memory.sparse.SparseQuantisedHopfield;
import dev.engram.memory.sparse.SparseQuantisedOptions;
import dev.engram.memory.sparse.SparseQuantisedTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sparse quantised Hopfield network in a memory file; {@link SparseQuantisedTree} says what is in the tensors.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><td>{@code levels.0.means} [units of all nodes, values of a patch]</td><td>the nodes at the bottom</td></tr>
 * <tr><td>{@code levels.l.units} [nodes], {@code levels.l.counts} [units of all nodes]</td><td>at level l, from 0</td></tr>
 * <tr><td>{@code levels.l.entries}, {@code levels.l.together}</td><td>at level l, from 1</td></tr>
 * <tr><td>{@code network.sides}</td><td>nodes on a side of each level, bottom first</td></tr>
 * <tr><td>{@code network.most_units}</td><td>the most units of a node; 0 for one a pattern</td></tr>
 * <tr><td>{@code network.novelty}, {@code network.bottom_up}</td><td>{@link SparseQuantisedOptions}</td></tr>
 * </table>
 */
final class SparseQuantisedCodec implements MemoryCodec<SparseQuantisedHopfield> {
    private static final String MEANS = "levels.0.means";
    private static final String SIDES = "network.sides";
    private static final String MOST_UNITS = "network.most_units";
    private static final String NOVELTY = "network.novelty";
    private static final String BOTTOM_UP = "network.bottom_up";

    @Override
    public String model() {
        return "sparse-quantised-hopfield";
    }

    @Override
    public Class<SparseQuantisedHopfield> type() {
        return SparseQuantisedHopfield.class;
    }

    @Override
    public List<NamedTensor> tensors(SparseQuantisedHopfield memory) {
        SparseQuantisedTree tree = memory.tree();
        List<NamedTensor> tensors = new ArrayList<>();
        tensors.add(NamedTensor.of(MEANS, tree.patches().means()));
        tensors.add(ints(0, "units", tree.patches().units()));
        tensors.add(ints(0, "counts", tree.patches().counts()));
        for (int l = 1; l <= tree.levels().size(); l++) {
            SparseQuantisedTree.Codes codes = tree.levels().get(l - 1);
            tensors.add(ints(l, "units", codes.units()));
            tensors.add(ints(l, "counts", codes.counts()));
            tensors.add(ints(l, "entries", codes.entries()));
            tensors.add(ints(l, "together", codes.together()));
        }
        return tensors;
    }

    private static NamedTensor ints(int level, String what, int[] values) {
        return NamedTensor.ofInts(name(level, what), new long[] {values.length}, values);
    }

    private static String name(int level, String what) {
        return "levels.%d.%s".formatted(level, what);
    }

    @Override
    public Map<String, String> definition(SparseQuantisedHopfield memory) {
        SparseQuantisedOptions options = memory.options();
        Map<String, String> definition = new LinkedHashMap<>();
        definition.put(SIDES, options.sides().stream().map(String::valueOf).collect(Collectors.joining(",")));
        definition.put(MOST_UNITS, String.valueOf(options.units()));
        definition.put(NOVELTY, String.valueOf(options.novelty()));
        definition.put(BOTTOM_UP, String.valueOf(options.bottomUp()));
        return definition;
    }

    @Override
    public SparseQuantisedHopfield read(MemoryEntries entries) {
        List<Integer> sides = entries.layers(SIDES);
        List<String> names = new ArrayList<>(List.of(MEANS, name(0, "units"), name(0, "counts")));
        for (int l = 1; l < sides.size(); l++) {
            for (String what : List.of("units", "counts", "entries", "together")) {
                names.add(name(l, what));
            }
        }
        entries.requireTensors(names);
        return entries.made(() -> {
            SparseQuantisedOptions options = new SparseQuantisedOptions(
                    new Shape(entries.sizes(MemoryFile.SHAPE)),
                    sides,
                    entries.integer(MOST_UNITS),
                    entries.extended(NOVELTY),
                    entries.number(BOTTOM_UP));
            return SparseQuantisedHopfield.of(options, tree(entries, options), entries.la());
        });
    }

    private static SparseQuantisedTree tree(MemoryEntries entries, SparseQuantisedOptions options) {
        int[] units = entries.ints(name(0, "units"));
        int[] counts = entries.ints(name(0, "counts"));
        int values = options.shape().values() / units.length;
        Matrix means = entries.matrix(MEANS, counts.length, values);
        List<SparseQuantisedTree.Codes> levels = IntStream.range(
                        1, options.sides().size())
                .mapToObj(l -> new SparseQuantisedTree.Codes(
                        entries.ints(name(l, "units")),
                        entries.ints(name(l, "counts")),
                        entries.ints(name(l, "entries")),
                        entries.ints(name(l, "together"))))
                .toList();
        return new SparseQuantisedTree(new SparseQuantisedTree.Patches(units, counts, means), levels);
    }
}
