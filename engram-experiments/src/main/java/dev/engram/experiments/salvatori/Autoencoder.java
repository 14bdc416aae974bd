package dev.engram.experiments.salvatori;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.learning.CreditAssignment;
import dev.engram.learning.GradientRule;
import dev.engram.learning.GraphTrainer;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The paper's rival of figure 3: an autoencoder of three layers (pictures, n ReLU units, pictures) that backpropagation teaches to return
 * what it is shown.
 *
 * <p>The paper's supplement with the training is not public. Here it is Adam on all pictures at once, from the usual initialisation.
 */
final class Autoencoder {
    private static final double LEARNING_RATE = 1e-3;

    private final Parameters parameters;
    private final Node shown;
    private final Node returned;

    private Autoencoder(Parameters parameters, ComputationGraph graph) {
        this.parameters = parameters;
        this.shown = graph.node("shown");
        this.returned = graph.node("returned");
    }

    /**
     * Teaches a new one.
     *
     * @param goesOn asked at every step; false ends the training there
     */
    static Autoencoder learn(Matrix patterns, int hidden, int steps, long seed, BooleanSupplier goesOn) {
        ComputationGraph graph = graph(patterns.columns(), hidden);
        Tensor pictures = Tensor.of(patterns);
        Observations data = Observations.of(graph.node("shown"), pictures).and(graph.node("returned"), pictures);
        GraphTrainer trainer = GraphTrainer.of(
                CreditAssignment.backpropagation(), GradientRule.adam(LEARNING_RATE), patterns.rows(), steps);
        GraphTrainer.Result result = trainer.train(
                graph, trainer.begin(graph, Precision.FLOAT, seed), data, progress -> goesOn.getAsBoolean());
        return new Autoencoder(result.parameters(), graph);
    }

    private static ComputationGraph graph(int values, int hidden) {
        GraphBuilder g = new GraphBuilder();
        Node shown = g.input("shown", values);
        Node code = g.value(
                "code",
                g.relu(g.dense(
                        shown,
                        g.parameter("encoder", Initialiser.fanIn(), hidden, values),
                        g.parameter("encoder bias", Initialiser.zeros(), hidden))));
        g.value(
                "returned",
                g.dense(
                        code,
                        g.parameter("decoder", Initialiser.fanIn(), values, hidden),
                        g.parameter("decoder bias", Initialiser.zeros(), values)));
        return g.build();
    }

    /** What it makes of cues, [cues, values]. */
    Matrix answer(Matrix cues) {
        GraphEvaluation evaluation =
                new GraphEvaluation(LinearAlgebra.shared(), parameters, cues.rows(), Set.of(shown, returned));
        Tensor pictures = Tensor.of(cues);
        // An output must be observed; its prediction does not depend on what is observed there.
        evaluation.clamp(Observations.of(shown, pictures).and(returned, pictures));
        evaluation.begin(Map.of());
        evaluation.inLanes(evaluation::feedForward);
        return Matrix.wrap(
                cues.rows(),
                cues.columns(),
                evaluation.prediction(returned).floats().clone());
    }

    /** Bytes of its parameters. */
    long bytes() {
        long hidden = parameters.graph().node("code").shape()[0];
        long values = returned.shape()[0];
        return Float.BYTES * (2 * hidden * values + hidden + values);
    }
}
