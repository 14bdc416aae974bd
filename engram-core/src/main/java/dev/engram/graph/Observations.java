package dev.engram.graph;

import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The known values of a batch of examples: which nodes are clamped, and to what. */
public final class Observations {
    private final Map<Node, Tensor> values;
    private final int batch;

    private Observations(Map<Node, Tensor> values, int batch) {
        this.values = values;
        this.batch = batch;
    }

    /** No node of a batch of that size is known. */
    public static Observations none(int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("A batch needs at least one example; given was %d.".formatted(batch));
        }
        return new Observations(Map.of(), batch);
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
        Map<Node, Tensor> more = new LinkedHashMap<>(values);
        more.put(node, value);
        return new Observations(more, batch);
    }

    public int batch() {
        return batch;
    }

    public Set<Node> nodes() {
        return Collections.unmodifiableSet(values.keySet());
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
        return new Observations(chosen, examples.length);
    }
}
