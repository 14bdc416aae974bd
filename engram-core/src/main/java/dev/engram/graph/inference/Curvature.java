package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The largest curvature of every example's energy over its inferred values: the size of the largest eigenvalue of H = ∂²E/∂v², by power
 * iteration on differences of forces.
 *
 * <pre>
 *   H u ≈ (F(v) - F(v + h u)) / h,   u = H u / |H u|,   λ = |H u|
 * </pre>
 *
 * <p>Gradient steps of η below 2/λ lower a quadratic energy. λ comes from below; one iteration is one pass over the graph, forward and back.
 * The first u is drawn from a fixed seed, the same for every run. Memory: three numbers more for each value.
 */
public final class Curvature {
    private static final double STEP_IN_FLOAT = 1e-2; // of a value's size: differences of forces lose half their digits
    private static final double STEP_IN_DOUBLE = 1e-5;
    private static final long SEED = 0x5eed;

    private final Landscape landscape;
    private final GraphEvaluation evaluation;
    private final Map<Node, Tensor> direction = new LinkedHashMap<>();
    private final Map<Node, Tensor> at = new LinkedHashMap<>();
    private final Map<Node, Tensor> force = new LinkedHashMap<>();
    private final double[] largest;

    Curvature(Landscape landscape) {
        this.landscape = landscape;
        this.evaluation = landscape.evaluation();
        this.largest = new double[evaluation.batch()];
        for (Node node : evaluation.inferred()) {
            direction.put(node, empty(node));
            at.put(node, empty(node));
            force.put(node, empty(node));
        }
    }

    /** Draws the first directions of some examples. */
    void begin(ExampleRange examples) {
        for (int i = examples.from(); i < examples.to(); i++) {
            SplittableRandom random = new SplittableRandom(SEED);
            for (Tensor u : direction.values()) {
                ExampleRange one = new ExampleRange(0, i, i + 1);
                for (int k = one.begin(u); k < one.end(u); k++) {
                    u.set(k, random.nextGaussian());
                }
            }
        }
    }

    private Tensor empty(Node node) {
        Tensor v = evaluation.value(node);
        return Tensor.zeros(v.precision(), v.shape());
    }

    /**
     * At the present values of an evaluation, which stay, as predictions and errors do.
     *
     * @return λ per example
     */
    public static double[] largest(GraphEvaluation evaluation, int iterations) {
        Curvature curvature = new Curvature(new Landscape(evaluation));
        evaluation.inLanes(examples -> {
            curvature.begin(examples);
            curvature.find(examples, iterations);
        });
        return curvature.largest.clone();
    }

    /** λ of one example, as last found. */
    double of(int example) {
        return largest[example];
    }

    /** Finds λ at the present values of some examples, which have been looked at; values and errors stay, and their feedback is sent. */
    void find(ExampleRange examples, int iterations) {
        landscape.send(examples);
        for (Node node : evaluation.inferred()) {
            copy(evaluation.value(node), of(at, node), examples);
            subtract(node, of(force, node), examples);
        }
        double[] steps = new double[examples.count()];
        for (int k = 0; k < iterations; k++) {
            perturb(examples, steps);
            landscape.look(examples);
            landscape.send(examples);
            for (Node node : evaluation.inferred()) {
                Tensor u = of(direction, node);
                Tensor before = of(force, node);
                subtract(node, u, examples);
                for (int i = examples.begin(u); i < examples.end(u); i++) {
                    u.set(i, (before.get(i) - u.get(i)) / steps[example(u, i) - examples.from()]);
                }
            }
            for (int i = examples.from(); i < examples.to(); i++) {
                largest[i] = norm(direction, i);
            }
        }
        for (Node node : evaluation.inferred()) {
            copy(of(at, node), evaluation.value(node), examples);
        }
        landscape.look(examples);
        landscape.send(examples);
    }

    /** v = at + h u, u of length 1; h for each example. */
    private void perturb(ExampleRange examples, double[] steps) {
        boolean isSingle = evaluation.parameters().precision() == Precision.FLOAT;
        double[] lengths = new double[steps.length];
        for (int i = examples.from(); i < examples.to(); i++) {
            int j = i - examples.from();
            steps[j] = (isSingle ? STEP_IN_FLOAT : STEP_IN_DOUBLE) * (1 + norm(at, i));
            lengths[j] = Math.max(Double.MIN_NORMAL, norm(direction, i));
        }
        for (Node node : evaluation.inferred()) {
            Tensor v = evaluation.value(node);
            Tensor start = of(at, node);
            Tensor u = of(direction, node);
            for (int i = examples.begin(v); i < examples.end(v); i++) {
                int j = example(v, i) - examples.from();
                v.set(i, start.get(i) + steps[j] * u.get(i) / lengths[j]);
            }
        }
    }

    /** F = feedback - π ε. */
    private void subtract(Node node, Tensor into, ExampleRange examples) {
        copy(evaluation.feedback(node), into, examples);
        into.addScaled(-node.precision(), evaluation.error(node), examples.begin(into), examples.end(into));
    }

    private static void copy(Tensor from, Tensor to, ExampleRange examples) {
        to.set(from, examples.begin(from), examples.end(from));
    }

    private static int example(Tensor tensor, int index) {
        return index / (tensor.size() / tensor.extent(0));
    }

    private static double norm(Map<Node, Tensor> tensors, int example) {
        double sum = 0;
        ExampleRange one = new ExampleRange(0, example, example + 1);
        for (Tensor tensor : tensors.values()) {
            for (int i = one.begin(tensor); i < one.end(tensor); i++) {
                sum += tensor.get(i) * tensor.get(i);
            }
        }
        return Math.sqrt(sum);
    }

    private static Tensor of(Map<Node, Tensor> tensors, Node node) {
        Tensor tensor = tensors.get(node);
        if (tensor == null) {
            throw new IllegalStateException("Node %s is not inferred.".formatted(node.name()));
        }
        return tensor;
    }

    @Override
    public String toString() {
        return "Curvature" + Arrays.toString(largest);
    }
}
