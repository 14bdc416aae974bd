package dev.engram.graph;

import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.List;

/**
 * The energy of a node, which measures how far its value v is from its prediction μ. The usual ones are below; another is a class that
 * implements this, or, where it depends on v - μ alone, two functions of a {@link LocationEnergy}.
 *
 * <pre>
 *   E(v, μ) = π · something of v and μ,    ε = -(∂E/∂μ) / π
 * </pre>
 *
 * <p>So π ε is the force with which a node pulls at its prediction, whatever its energy; what inference and learning send along the graph is made
 * of these.
 *
 * <table>
 *   <caption>The usual energies, per number, at π = 1</caption>
 *   <tr><th></th><th>E</th><th>ε</th><th></th></tr>
 *   <tr><td>{@link #GAUSSIAN}</td><td>½ (v - μ)²</td><td>v - μ</td><td>inferred or clamped</td></tr>
 *   <tr><td>{@link #huber}</td><td>the same up to |v - μ| = δ, then linear</td><td>v - μ, at most δ</td><td>inferred or clamped</td></tr>
 *   <tr><td>{@link #LAPLACE}</td><td>|v - μ|</td><td>its sign</td><td>inferred or clamped</td></tr>
 *   <tr><td>{@link #learnedPrecision}</td><td>½ p (v - μ)² - ½ log p</td><td>p (v - μ)</td><td>inferred or clamped</td></tr>
 *   <tr><td>{@link #CATEGORICAL}</td><td>cross-entropy of softmax(μ)</td><td>v - softmax(μ)</td><td>clamped</td></tr>
 *   <tr><td>{@link #BERNOULLI}</td><td>cross-entropy of sigmoid(μ)</td><td>v - sigmoid(μ)</td><td>clamped</td></tr>
 * </table>
 *
 * <p>{@link #GAUSSIAN} is the one whose energy is that of its error, ½ π |ε|²: schedules that move errors in the place of values take inferred nodes
 * of this energy only, and say so.
 */
public interface NodeEnergy {
    /** ½ π |v - μ|²; clamped to a target, half the squared error. */
    NodeEnergy GAUSSIAN = new Gaussian();

    /** -π Σ v log softmax(μ) over the last axis, where μ are logits and v is a distribution; clamped to a target, the cross-entropy. */
    NodeEnergy CATEGORICAL = new Categorical();

    /** -π Σ v log σ(μ) + (1 - v) log(1 - σ(μ)), where μ are logits and v are probabilities, each for itself. */
    NodeEnergy BERNOULLI = new Bernoulli();

    /** π Σ |v - μ|; clamped to a target, the absolute error. */
    NodeEnergy LAPLACE = new Laplace();

    /**
     * π Σ ρ(v - μ), quadratic up to δ and linear beyond.
     *
     * @param delta δ, positive
     */
    static NodeEnergy huber(double delta) {
        return new Huber(delta);
    }

    /**
     * A Gaussian energy with precisions that are learned, as the weights are: ½ Σ p (v - μ)² - ½ Σ log p.
     *
     * @param logPrecision log p, a parameter of the same graph: of shape [] one for the node, of the node's shape one for each unit, and of
     *     shape [channels] for a node [channels, ...] one for each channel
     */
    static NodeEnergy learnedPrecision(Parameter logPrecision) {
        return new LearnedPrecision(logPrecision);
    }

    /**
     * The tensors of a node, all live.
     *
     * @param precision π, which is constant
     * @param value v, [batch, ...]
     * @param prediction μ
     * @param error ε
     * @param parameters those of the energy
     */
    record Tensors(double precision, Tensor value, Tensor prediction, Tensor error, List<Tensor> parameters) {
        public Tensors {
            parameters = List.copyOf(parameters);
        }
    }

    /** How messages call it: a node is ... */
    String name();

    /**
     * Whether -∂E/∂v = -π ε, so that the node can be inferred and can predict others. Else it must be clamped, and predicts nothing.
     */
    boolean isInferable();

    /**
     * Checks that there may be a node of this energy and shape.
     *
     * @throws IllegalArgumentException saying what does not fit
     */
    default void requireShape(int[] shape) {}

    /**
     * Checks that a node of this energy may be clamped to these values, which are finite.
     *
     * @throws IllegalArgumentException saying what does not fit
     */
    default void requireValues(Tensor values) {}

    /** Parameters that are learned with those of the expressions; their graph is the node's. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Writes ε of some examples. */
    void measure(Tensors at, ExampleRange examples);

    /** E of some examples together, of value and prediction: a loss that counts β times has β ε in the place of ε. */
    double energy(Tensors at, ExampleRange examples);

    /**
     * Adds the force -∂E/∂θ on one of the {@link #parameters}, all examples together.
     *
     * @param into in the shape of the parameter
     */
    default void addForce(int parameter, Tensors at, Tensor into) {
        throw new UnsupportedOperationException("This energy has no parameter " + parameter + ".");
    }
}
