package dev.engram.memory.hopfield;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Constraint;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.training.CreditAssignment;
import dev.engram.graph.training.GraphTrainer;
import dev.engram.graph.training.TrainingObserver;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import dev.engram.memory.internal.Cues;
import dev.engram.optimiser.Optimiser;
import dev.engram.optimiser.Outcome;
import java.util.Map;

/**
 * The PC-trained Hopfield network: a layer that predicts itself through symmetric weights without self-connections, trained by the
 * predictive coding of any other graph.
 *
 * <pre>
 *   E = ½ |x - W tanh(x)|²        W = Wᵀ, W_ii = 0
 *   learning:   x = the pattern;                          ΔW = α off(sym(ε tanh(x)ᵀ))
 *   inference:  x starts from the cue and is free;        Δx = η (-ε + tanh'(x) ⊙ Wᵀε)
 * </pre>
 *
 * <p>x = 0 has no energy, whatever W is. With patterns of ±10 tanh saturates, tanh' is next to 0 and inference becomes x → W tanh(x), the
 * continuous Hopfield dynamics. A unit on its way from one sign to the other does have a slope, though: it disturbs what it predicts, is
 * held back, and inference often rests at a state between patterns. {@link #classical} goes from sign to sign and does not.
 *
 * <p>Patterns and cues are binarised at a threshold.
 *
 * <p>Source: Ganjidoost, Snow and Orchard 2024.
 */
public final class PredictiveHopfield {
    private final LinearAlgebra la;
    private final PredictiveHopfieldOptions options;
    private final Parameters parameters;
    private final Levels levels;
    private final Node x;

    private PredictiveHopfield(
            LinearAlgebra la, Parameters parameters, Levels levels, PredictiveHopfieldOptions options) {
        this.la = la;
        this.options = options;
        this.parameters = parameters;
        this.levels = levels;
        this.x = parameters.graph().node("x");
    }

    private static ComputationGraph graph(int units) {
        GraphBuilder g = new GraphBuilder();
        Node x = g.free("x", units);
        Parameter w = g.parameter("w", Initialiser.zeros(), Constraint.SYMMETRIC_ZERO_DIAGONAL, units, units);
        g.predict(x, g.dense(g.tanh(x), w));
        return g.build();
    }

    /**
     * Trains a network from W = 0, all patterns at once.
     *
     * @param patterns [patterns, values], at least one, finite; binarised at the options' threshold
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static PredictiveHopfield learn(Matrix patterns, PredictiveHopfieldOptions options, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        ComputationGraph graph = graph(patterns.columns());
        Tensor scaled = scaled(patterns, options);
        Optimiser optimiser = Optimiser.momentum(rate(la, scaled), options.momentum());
        CreditAssignment credit = CreditAssignment.predictiveCoding(Schedule.strict(options.eta(), 0));
        GraphTrainer trainer = GraphTrainer.of(credit, optimiser, patterns.rows(), options.epochs())
                .withLinearAlgebra(la);
        Observations data = Observations.of(graph.node("x"), scaled);
        GraphTrainer.Result trained =
                trainer.train(graph, trainer.begin(graph, Precision.FLOAT, 0), data, TrainingObserver.NONE);
        if (trained.outcome() == Outcome.DIVERGED) {
            throw new ArithmeticException(
                    "The training of the Hopfield network diverged. Maybe use fewer epochs or less momentum.");
        }
        Levels levels = Levels.of(patterns, options.threshold());
        return new PredictiveHopfield(la, trained.parameters(), levels, options);
    }

    /** 1 over the largest curvature of E in W: the largest eigenvalue of 1/P Σ tanh(x) tanh(x)ᵀ. */
    private static double rate(LinearAlgebra la, Tensor scaled) {
        DoubleMatrix f = DoubleMatrix.zeros(scaled.extent(0), scaled.extent(1));
        for (int i = 0; i < scaled.size(); i++) {
            f.data()[i] = Math.tanh(scaled.get(i));
        }
        boolean fewPatterns = f.rows() < f.columns();
        DoubleMatrix gram = la.product(
                f, fewPatterns ? Transpose.NO : Transpose.YES, f, fewPatterns ? Transpose.YES : Transpose.NO);
        double[] eigenvalues = la.eigen(gram).values();
        return scaled.extent(0) / eigenvalues[eigenvalues.length - 1];
    }

    /** W, [units, units], for patterns of ±scale; a copy. */
    public Matrix weights() {
        return Matrix.wrap(values(), values(), parameters.get("w").copy().floats());
    }

    /** The same weights in a classical network, which updates signs down to a fixed point. */
    public HopfieldNetwork classical(HopfieldOptions classicalOptions) {
        return HopfieldNetwork.of(weights(), classicalOptions, la).withLevels(levels);
    }

    private int values() {
        return x.shape()[0];
    }

    /**
     * Inference from cues, of which no value is trusted: the answers are the signs of x.
     *
     * @param cues [cues, values], at least one; only read
     * @throws IllegalArgumentException if the cues have another number of values, or one is not finite
     */
    public GraphEquilibrium infer(Matrix cues, GraphObserver observer) {
        if (cues.columns() != values() || !cues.isFinite()) {
            throw new IllegalArgumentException(
                    "The cues (%s) must have %d finite values each. Maybe they are of another network."
                            .formatted(cues, values()));
        }
        return GraphInference.of(parameters, Schedule.strict(options.eta(), options.steps()))
                .withLinearAlgebra(la)
                .withObserver(observer)
                .run(Observations.none(cues.rows()), Map.of(x, scaled(cues, options)));
    }

    /** x, the one node. */
    public Node node() {
        return x;
    }

    private static Tensor scaled(Matrix values, PredictiveHopfieldOptions options) {
        Tensor scaled = Tensor.zeros(Precision.FLOAT, values.rows(), values.columns());
        for (int i = 0; i < scaled.size(); i++) {
            scaled.set(i, values.data()[i] > options.threshold() ? options.scale() : -options.scale());
        }
        return scaled;
    }
}
