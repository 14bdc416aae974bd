package dev.engram.graph;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The known values of a batch of examples: which nodes are clamped, as a whole or in part, and to what. */
public final class Observations {
    private final Map<Node, Tensor> values;
    private final Map<Node, Tensor> known;
    private final int batch;

    private Observations(Map<Node, Tensor> values, Map<Node, Tensor> known, int batch) {
        this.values = values;
        this.known = known;
        this.batch = batch;
    }

    /** No node of a batch of that size is known. */
    public static Observations none(int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("A batch needs at least one example; given was %d.".formatted(batch));
        }
        return new Observations(Map.of(), Map.of(), batch);
    }

    /**
     * One node is known.
     *
     * @param value [batch, ...shape of the node], finite; used as it is, not copied
     */
    public static Observations of(Node node, Tensor value) {
        return none(value.rank() == 0 ? 0 : value.extent(0)).and(node, value);
    }

    /** These and one node more. */
    public Observations and(Node node, Tensor value) {
        requireFits(node, value);
        Map<Node, Tensor> more = new LinkedHashMap<>(values);
        more.put(node, value);
        return new Observations(more, known, batch);
    }

    /**
     * These and some values of one node more; its other values are inferred.
     *
     * @param value [batch, ...shape of the node], finite; used as it is, not copied; where it is not known, not looked at further
     * @param isKnown of the same shape: 1 where the value is known, 0 where not; used as it is, not copied
     */
    public Observations andPart(Node node, Tensor value, Tensor isKnown) {
        requireFits(node, value);
        if (!isKnown.hasShape(value.shape())) {
            throw new IllegalArgumentException(
                    "What is known of node %s needs the shape %s of its values; given was %s."
                            .formatted(node.name(), Arrays.toString(value.shape()), Arrays.toString(isKnown.shape())));
        }
        for (int i = 0; i < isKnown.size(); i++) {
            if (isKnown.get(i) != 0 && isKnown.get(i) != 1) {
                throw new IllegalArgumentException(
                        "What is known of node %s is told by 1 (known) and 0 (not known); given was %s."
                                .formatted(node.name(), isKnown.get(i)));
            }
        }
        if (!node.energy().isInferable()) {
            throw new IllegalArgumentException(
                    "Node %s is %s and cannot be known in part. Maybe clamp it to a whole target, or leave it out."
                            .formatted(node.name(), node.energy().name()));
        }
        Map<Node, Tensor> more = new LinkedHashMap<>(values);
        more.put(node, value);
        Map<Node, Tensor> parts = new LinkedHashMap<>(known);
        parts.put(node, isKnown);
        return new Observations(more, parts, batch);
    }

    private void requireFits(Node node, Tensor value) {
        int[] wanted = new int[node.shape().length + 1];
        wanted[0] = batch;
        System.arraycopy(node.shape(), 0, wanted, 1, wanted.length - 1);
        if (!value.hasShape(wanted)) {
            throw new IllegalArgumentException(
                    "Node %s cannot be clamped to a tensor of shape %s; it needs %s, the first axis being the batch. Maybe reshape it."
                            .formatted(node.name(), Arrays.toString(value.shape()), Arrays.toString(wanted)));
        }
        if (!value.isFinite()) {
            throw new IllegalArgumentException(
                    "Node %s cannot be clamped to NaN or infinite values. Maybe leave out the examples that lack values."
                            .formatted(node.name()));
        }
        try {
            node.energy().requireValues(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Node %s is %s and cannot be clamped to these values: %s."
                            .formatted(node.name(), node.energy().name(), e.getMessage()),
                    e);
        }
        if (values.containsKey(node)) {
            throw new IllegalArgumentException("Node %s is clamped twice.".formatted(node.name()));
        }
    }

    public int batch() {
        return batch;
    }

    /** Those that are known as a whole. */
    public Set<Node> nodes() {
        Set<Node> whole = new LinkedHashSet<>(values.keySet());
        whole.removeAll(known.keySet());
        return Collections.unmodifiableSet(whole);
    }

    /** Those of which some values are known, and which: 1 or 0, [batch, ...shape of the node]; live. */
    public Map<Node, Tensor> parts() {
        return Collections.unmodifiableMap(known);
    }

    /** What a node is clamped to; live. */
    public Tensor value(Node node) {
        Tensor value = values.get(node);
        if (value == null) {
            throw new IllegalArgumentException("Node %s is not observed.".formatted(node.name()));
        }
        return value;
    }

    /** The named examples, in the order given, copied. */
    public Observations rows(int... examples) {
        Map<Node, Tensor> chosen = new LinkedHashMap<>();
        values.forEach((node, value) -> chosen.put(node, value.rows(examples)));
        Map<Node, Tensor> parts = new LinkedHashMap<>();
        known.forEach((node, part) -> parts.put(node, part.rows(examples)));
        return new Observations(chosen, parts, examples.length);
    }
}
