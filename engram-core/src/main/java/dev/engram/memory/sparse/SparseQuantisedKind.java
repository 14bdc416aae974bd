package dev.engram.memory.sparse;

import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The memory kind {@code sparse-quantised-hopfield}: sparse quantised Hopfield networks. */
public final class SparseQuantisedKind implements MemoryKind {
    private static final Setting<List<Integer>> SIDES = Setting.counts(
            "sides",
            "Nodes on a side of each level of the tree, from the patches up to the one on top, for example 8,4,1; 1 alone is one node that"
                    + " sees all");
    private static final Setting<Integer> UNITS = Setting.countOrAuto(
            "units", "The most units in a node, which patterns then share; auto takes one for each pattern");

    @Override
    public String name() {
        return usual().name();
    }

    private static SparseQuantisedOptions usual() {
        return SparseQuantisedOptions.flat(Shape.of(1));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(SIDES, UNITS);
    }

    @Override
    public SparseQuantisedOptions model(Settings settings) {
        List<Integer> sides = settings.get(SIDES).orElse(usual().sides());
        int bottom = sides.get(0);
        try {
            return SparseQuantisedOptions.tree(Shape.of(bottom, bottom), sides.toArray(Integer[]::new))
                    .withUnits(settings.get(UNITS).orElse(usual().units()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--sides %s is no tree: each number must divide the one before, and the last be 1. Maybe --sides 8,4,1."
                            .formatted(sides.stream().map(String::valueOf).collect(Collectors.joining(","))));
        }
    }

    @Override
    public Map<String, MemoryModel> variants() {
        return Map.of("sparse quantised Hopfield", usual());
    }

    @Override
    public String advice(MemoryModel model, int patterns, Shape shape) {
        return "more --units, or fewer patterns (--limit)";
    }
}
