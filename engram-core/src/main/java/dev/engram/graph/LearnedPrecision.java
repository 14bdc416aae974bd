package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The energy of a normal distribution around the prediction whose precision is learned, by its logarithm θ.
 *
 * <pre>
 *   E = π Σ_i ½ p_i (v_i - μ_i)² - ½ θ_i,   p_i = exp θ_i,   ε_i = p_i (v_i - μ_i)
 *   -∂E/∂θ_i = π (½ - ½ p_i (v_i - μ_i)²)              at rest where p is one over the mean square of v - μ
 * </pre>
 *
 * <p>E is the negative logarithm of the density but for a constant: -½ θ is what keeps precisions from falling to 0. θ may be shared: one for the
 * node (shape []), for each channel (the first axis), for each unit (the node's shape); each then answers for all numbers it is the precision
 * of.
 *
 * <p>What comes out is the precision of a node given what predicts it. Of a node that is clamped, predicted linearly by all other columns of a
 * table, it is P_jj, the diagonal of the inverse covariance: what {@code memory.covariance} has for a column given all others, by algebra
 * ({@code Surprise.deviation} = 1 / √P_jj). Predicted by a bias alone it is one over the column's variance.
 *
 * <p>Of a clamped node that clamped ones predict it is that of the data. Where inferred values have a part in the error, they are found at the top
 * of exp(-E), where errors are smaller than they are on average: the precision is then too large, and may grow without end. Sampled values
 * ({@code Langevin}, T = 1) have no such bias.
 *
 * <p>Friston 2005, "A theory of cortical responses" (precisions as parameters of the same energy); Kendall and Gal 2017 (log-variances).
 *
 * @param logPrecision θ
 */
record LearnedPrecision(Parameter logPrecision) implements NodeEnergy {
    @Override
    public String name() {
        return "of learned precision";
    }

    @Override
    public boolean isInferable() {
        return true;
    }

    @Override
    public void requireShape(int[] shape) {
        int[] own = logPrecision.shape();
        boolean fits = own.length <= shape.length && Arrays.equals(own, Arrays.copyOf(shape, own.length));
        if (!fits) {
            throw new IllegalArgumentException(
                    "parameter %s must have the first axes of %s: none for one precision, all for one of each unit"
                            .formatted(logPrecision, Arrays.toString(shape)));
        }
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(logPrecision);
    }

    @Override
    public void measure(Tensors at, ExampleRange examples) {
        double[] precisions = precisions(at);
        int plane = plane(at);
        Tensor v = at.value();
        int to = examples.end(v);
        for (int from = examples.begin(v); from < to; from += plane) {
            double p = precisions[from / plane % precisions.length];
            for (int i = from; i < from + plane; i++) {
                at.error().set(i, p * (v.get(i) - at.prediction().get(i)));
            }
        }
    }

    @Override
    public double energy(Tensors at, ExampleRange examples) {
        double[] precisions = precisions(at);
        int plane = plane(at);
        double sum = 0;
        int to = examples.end(at.value());
        for (int from = examples.begin(at.value()); from < to; from += plane) {
            int k = from / plane % precisions.length;
            sum += precisions[k] * squares(at, from, plane)
                    - plane * at.parameters().get(0).get(k);
        }
        return 0.5 * at.precision() * sum;
    }

    @Override
    public void addForce(int parameter, Tensors at, Tensor into) {
        double[] precisions = precisions(at);
        int plane = plane(at);
        double[] sums = new double[precisions.length];
        for (int from = 0; from < at.value().size(); from += plane) {
            int k = from / plane % precisions.length;
            sums[k] += plane - precisions[k] * squares(at, from, plane);
        }
        for (int k = 0; k < sums.length; k++) {
            into.set(k, into.get(k) + 0.5 * at.precision() * sums[k]);
        }
    }

    private static double[] precisions(Tensors at) {
        Tensor theta = at.parameters().get(0);
        double[] precisions = new double[theta.size()];
        Arrays.setAll(precisions, k -> Math.exp(theta.get(k)));
        return precisions;
    }

    /** How many neighbouring numbers share a precision. */
    private static int plane(Tensors at) {
        return at.value().size() / at.value().extent(0) / at.parameters().get(0).size();
    }

    /** Of v - μ, of some neighbours. */
    private static double squares(Tensors at, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            double difference = at.value().get(i) - at.prediction().get(i);
            sum += difference * difference;
        }
        return sum;
    }
}
