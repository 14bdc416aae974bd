package dev.engram.memory.autoencoder;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.Metrics;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.graph.training.TrainingProgress;
import dev.engram.graph.training.TrainingState;
import dev.engram.learning.PatternSpan;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.memory.internal.Stream;
import dev.engram.optimiser.LearningState;
import dev.engram.optimiser.Outcome;
import java.util.Map;
import java.util.Optional;

/**
 * An autoencoder's training, in coordinates of the span of the patterns.
 *
 * <pre>
 *   X = Z U, U orthonormal            U, Z of PatternSpan, its axes those along which the patterns are longest
 *   first layer:  A = W Uᵀ;           W = W_start + (A - W_start Uᵀ) U
 *   last layer:   B = U W, k = U c;   W = Uᵀ B, c = Uᵀ k
 * </pre>
 *
 * <p>Outside the span the gradient of the first layer is 0 and its start remains; the last layer starts inside and stays there. Lengths and
 * angles are kept, so backpropagation with plain steps or momentum makes the same network as on the values themselves, r/d as expensive.
 * Adam's steps depend on the axes: along these, in which the patterns' second moments are diagonal, it needs fewer.
 */
final class AutoencoderLearning {
    private final LinearAlgebra la;
    private final AutoencoderOptions options;
    private final Matrix basis;
    private final Matrix coordinates;
    private final Parameters start;
    private final ComputationGraph graph;
    private int updates;
    private boolean stopped;

    AutoencoderLearning(LinearAlgebra la, Matrix patterns, AutoencoderOptions options) {
        this.la = la;
        this.options = options;
        int hidden = options.hiddenFor(patterns.rows());
        this.start = Autoencoder.graph(patterns.columns(), hidden, options)
                .initialise(Stream.LEARNING.of(options.seed()).nextLong(), Precision.FLOAT);
        PatternSpan span = PatternSpan.of(la, patterns);
        boolean nothing = span.dimensions() == 0; // all patterns are 0: any one axis will do
        this.basis = nothing ? axis(patterns.columns()) : span.basis();
        this.coordinates = nothing ? Matrix.zeros(patterns.rows(), 1) : span.coordinates();
        this.graph = Autoencoder.graph(basis.rows(), hidden, options);
    }

    private static Matrix axis(int values) {
        Matrix axis = Matrix.zeros(1, values);
        axis.set(0, 0, 1);
        return axis;
    }

    /**
     * Trains; the parameters of the result are those on coordinates.
     *
     * @param from where to resume; see {@link TrainingState#asLearning}
     */
    GraphTrainer.Result run(TrainingObserver observer, Optional<LearningState> from) {
        int batch = options.batchFor(coordinates.rows());
        int batches = (coordinates.rows() + batch - 1) / batch;
        int epochs = (options.updates() + batches - 1) / batches;
        GraphTrainer trainer = GraphTrainer.of(CreditAssignment.backpropagation(), options.optimiser(), batch, epochs)
                .withLinearAlgebra(la);
        Tensor shown = Tensor.of(coordinates);
        Observations data =
                Observations.of(graph.node(Autoencoder.SHOWN), shown).and(graph.node(Autoencoder.RETURNED), shown);
        long seed = Stream.UPDATES.of(options.seed()).nextLong();
        TrainingState begun = trainer.begin(project(), seed);
        TrainingState start = from.map(begun::resumed).orElse(begun);
        updates = from.map(LearningState::update).orElse(0);
        if (updates >= options.updates()) {
            Parameters learned = Parameters.of(graph, Precision.FLOAT, start.parameters());
            Metrics none = new Metrics(Double.NaN, Double.NaN, Double.NaN, 0);
            return new GraphTrainer.Result(learned, start, Outcome.COMPLETED, none);
        }
        GraphTrainer.Result result = trainer.train(graph, start, data, progress -> goesOn(progress, observer));
        boolean complete = updates == options.updates() && !stopped;
        return new GraphTrainer.Result(
                result.parameters(), result.state(), complete ? Outcome.COMPLETED : result.outcome(), result.metrics());
    }

    private boolean goesOn(TrainingProgress progress, TrainingObserver observer) {
        updates++;
        stopped = !observer.onBatch(progress);
        return !stopped && updates < options.updates();
    }

    /** The parameters on values before any training. */
    Parameters start() {
        return start;
    }

    /** How many updates there were. */
    int updates() {
        return updates;
    }

    private Parameters project() {
        Map<String, Tensor> projected = start.snapshot();
        String last = Autoencoder.weight(options.hiddenLayers());
        projected.put(Autoencoder.weight(0), tensor(inside()));
        projected.put(last, tensor(la.product(basis, Transpose.NO, matrix(start.get(last)), Transpose.NO)));
        projected.put(
                Autoencoder.bias(options.hiddenLayers()), Tensor.zeros(Precision.FLOAT, basis.rows())); // as all biases
        return Parameters.of(graph, Precision.FLOAT, projected);
    }

    /** What the first layer's first weights are in the span, [hidden, r]. */
    private Matrix inside() {
        return la.product(matrix(start.get(Autoencoder.weight(0))), Transpose.NO, basis, Transpose.YES);
    }

    /** The parameters on values that those on coordinates stand for. */
    Parameters expand(Parameters onCoordinates) {
        Map<String, Tensor> expanded = onCoordinates.snapshot();
        int top = options.hiddenLayers();
        Matrix first = matrix(start.get(Autoencoder.weight(0)).copy());
        Matrix moved = matrix(onCoordinates.get(Autoencoder.weight(0)).copy());
        Matrix before = inside();
        for (int i = 0; i < moved.data().length; i++) {
            moved.data()[i] -= before.data()[i];
        }
        la.multiply(1, moved, Transpose.NO, basis, Transpose.NO, 1, first);
        expanded.put(Autoencoder.weight(0), tensor(first));
        Matrix last = matrix(onCoordinates.get(Autoencoder.weight(top)));
        expanded.put(Autoencoder.weight(top), tensor(la.product(basis, Transpose.YES, last, Transpose.NO)));
        Tensor bias = onCoordinates.get(Autoencoder.bias(top));
        Matrix row = Matrix.wrap(1, bias.size(), bias.floats());
        expanded.put(
                Autoencoder.bias(top),
                tensor(la.product(row, Transpose.NO, basis, Transpose.NO)).reshaped(basis.columns()));
        return Parameters.of(start.graph(), Precision.FLOAT, expanded);
    }

    private static Matrix matrix(Tensor tensor) {
        return Matrix.wrap(tensor.extent(0), tensor.extent(1), tensor.floats());
    }

    private static Tensor tensor(Matrix matrix) {
        return Tensor.of(matrix);
    }
}
