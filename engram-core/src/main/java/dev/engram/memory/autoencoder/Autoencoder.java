package dev.engram.memory.autoencoder;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Parameters;
import dev.engram.graph.Term;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.internal.Cues;
import dev.engram.network.UsualActivation;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An autoencoder: backpropagation teaches it to return what it is shown, and a pattern so stored may attract what is near it.
 *
 * <pre>
 *   g(x) = W_K h_K + c_K,   h_{k+1} = f(W_k h_k + c_k),   h_0 = x
 *   learning:    least ½ |x - g(x)|², mean over the patterns
 *   recall:      x ← g(x), F times
 *   completion:  x ← g(x) where missing, x = the cue where known, until x is at rest; the missing values start at 0
 * </pre>
 *
 * <p>The energy of an answer is ½ |x - g(x)|², its residual the length of g(x) - x over the values that may change, as a fraction of the
 * longer of the two. Its status is {@code CONVERGED} where the residual is within the tolerance, {@code STEPS_USED} where it is not, and
 * {@code DIVERGED} where the next answer would not be finite; a step is an iteration.
 *
 * <p>Weights are [outputs, inputs], {@code layers.0.weight} the first; cues and answers [patterns, values]. Learning takes place in the span
 * of the patterns ({@link AutoencoderLearning}).
 *
 * <p>Sources: Salvatori et al. 2021, figures 3 and 8; Radhakrishnan, Belkin and Uhler 2020, "Overparameterized neural networks implement
 * associative memory".
 */
public final class Autoencoder implements AssociativeMemory {
    static final String SHOWN = "shown";
    static final String RETURNED = "returned";

    private final LinearAlgebra la;
    private final Parameters parameters;
    private final AutoencoderOptions options;
    private final List<Layer> layers;

    private record Layer(Matrix weight, float[] bias) {}

    private Autoencoder(LinearAlgebra la, Parameters parameters, AutoencoderOptions options) {
        this.la = la;
        this.parameters = parameters;
        this.options = options;
        this.layers = IntStream.rangeClosed(0, options.hiddenLayers())
                .mapToObj(k -> {
                    Tensor weight = parameters.get(weight(k));
                    return new Layer(
                            Matrix.wrap(weight.extent(0), weight.extent(1), weight.floats()),
                            parameters.get(bias(k)).floats());
                })
                .toList();
    }

    /**
     * An autoencoder with ready-made parameters, which are copied.
     *
     * @param parameters {@code layers.k.weight} [outputs, inputs] and {@code layers.k.bias} [outputs], k from 0 to the number of hidden layers
     * @param options whose layers they must fit
     * @throws IllegalArgumentException if they do not, or are not finite
     */
    public static Autoencoder of(Map<String, Tensor> parameters, AutoencoderOptions options, LinearAlgebra la) {
        Tensor first = parameters.get(weight(0));
        if (first == null || first.rank() != 2) {
            throw new IllegalArgumentException(
                    "An autoencoder needs the matrix %s; given were %s.".formatted(weight(0), parameters.keySet()));
        }
        int hidden = first.extent(0);
        if (options.hidden() != 0 && options.hidden() != hidden) {
            throw new IllegalArgumentException(
                    "The parameters have %d hidden units, the options %d.".formatted(hidden, options.hidden()));
        }
        Parameters ours = Parameters.of(graph(first.extent(1), hidden, options), Precision.FLOAT, parameters);
        if (!ours.isFinite()) {
            throw new IllegalArgumentException("The parameters hold NaN or infinite values.");
        }
        return new Autoencoder(la, ours, options);
    }

    /**
     * Stores patterns in a new autoencoder.
     *
     * @param patterns [patterns, values], at least one, finite; values are best in [0, 1]
     * @param observer called after every update, with parameters in the coordinates of {@link AutoencoderLearning}; may stop the learning
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static Learned<Autoencoder> learn(Matrix patterns, AutoencoderOptions options, TrainingObserver observer) {
        return learn(patterns, options, observer, LinearAlgebra.shared());
    }

    /** {@link #learn(Matrix, AutoencoderOptions, TrainingObserver)} on the given linear algebra. */
    public static Learned<Autoencoder> learn(
            Matrix patterns, AutoencoderOptions options, TrainingObserver observer, LinearAlgebra la) {
        return learn(patterns, options, observer, Optional.empty(), la);
    }

    /** The same, resumed at a state of the same learning. */
    static Learned<Autoencoder> learn(
            Matrix patterns,
            AutoencoderOptions options,
            TrainingObserver observer,
            Optional<LearningState> from,
            LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        AutoencoderLearning learning = new AutoencoderLearning(la, patterns, options);
        GraphTrainer.Result result = learning.run(observer, from);
        Autoencoder memory = new Autoencoder(la, learning.expand(result.parameters()), options);
        Score audit = Score.of(patterns, memory.pass(patterns));
        double before = Score.of(patterns, new Autoencoder(la, learning.start(), options).pass(patterns))
                .mean();
        double ofZeros = patterns.squaredLength() / patterns.data().length;
        return result.outcome() == Outcome.DIVERGED
                        || Outcome.byError(before, audit.mean(), ofZeros) == Outcome.DIVERGED
                ? Learned.unaudited(memory, Outcome.DIVERGED, learning.updates())
                : new Learned<>(memory, result.outcome(), learning.updates(), audit);
    }

    static ComputationGraph graph(int values, int hidden, AutoencoderOptions options) {
        GraphBuilder g = new GraphBuilder();
        Node below = g.input(SHOWN, values);
        for (int k = 0; k <= options.hiddenLayers(); k++) {
            int inputs = below.shape()[0];
            boolean last = k == options.hiddenLayers();
            int outputs = last ? values : hidden;
            Initialiser draw = Initialiser.normal(Math.sqrt(options.gain() / inputs));
            Term sum = g.dense(
                    below,
                    g.parameter(weight(k), draw, outputs, inputs),
                    g.parameter(bias(k), Initialiser.zeros(), outputs));
            below = last ? g.value(RETURNED, sum) : g.value("hidden " + (k + 1), active(g, sum, options));
        }
        return g.build();
    }

    private static Term active(GraphBuilder g, Term sum, AutoencoderOptions options) {
        return switch ((UsualActivation) options.activation()) {
            case RELU -> g.relu(sum);
            case TANH -> g.tanh(sum);
            case LINEAR -> sum;
        };
    }

    static String weight(int layer) {
        return "layers.%d.weight".formatted(layer);
    }

    static String bias(int layer) {
        return "layers.%d.bias".formatted(layer);
    }

    /** All parameters by name, in the order of the layers; copies. */
    public Map<String, Tensor> parameters() {
        return parameters.snapshot();
    }

    public AutoencoderOptions options() {
        return options;
    }

    @Override
    public String model() {
        return "autoencoder";
    }

    @Override
    public int values() {
        return layers.get(0).weight().columns();
    }

    @Override
    public long bytes() {
        long count = 0;
        for (Layer layer : layers) {
            count += layer.weight().data().length + layer.bias().length;
        }
        return Float.BYTES * count;
    }

    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.require(this, cues);
        Cues.requireIterations(iterations);
        return new MapIteration(this::pass, cues, Mask.known(new boolean[values()]), options.tolerance())
                .run(iterations, false);
    }

    @Override
    public Recall complete(Matrix given, Mask mask) {
        Matrix cues = Cues.known(this, given, mask);
        return new MapIteration(this::pass, mask.blank(cues, 0), mask, options.tolerance())
                .run(options.iterations(), true);
    }

    /** g, of every row. */
    private Matrix pass(Matrix shown) {
        Matrix h = shown;
        for (int k = 0; k < layers.size(); k++) {
            Layer layer = layers.get(k);
            Matrix sum = Matrix.zeros(h.rows(), layer.weight().rows());
            sum.setRows(layer.bias());
            la.multiply(1, h, Transpose.NO, layer.weight(), Transpose.YES, 1, sum);
            if (k < options.hiddenLayers()) {
                options.activation().values(sum.data(), sum.data());
            }
            h = sum;
        }
        return h;
    }
}
