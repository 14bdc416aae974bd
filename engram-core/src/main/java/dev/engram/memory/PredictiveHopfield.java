package dev.engram.memory;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Constraint;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.inference.GraphEquilibrium;
import dev.engram.inference.GraphInference;
import dev.engram.inference.GraphObserver;
import dev.engram.inference.Schedule;
import dev.engram.inference.Status;
import dev.engram.learning.CreditAssignment;
import dev.engram.learning.GradientRule;
import dev.engram.learning.GraphTrainer;
import dev.engram.learning.Optimiser;
import dev.engram.learning.TrainingObserver;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.Map;

/**
 * The PC-trained Hopfield network: a layer that predicts itself through symmetric weights without self-connections, trained and asked by
 * the predictive coding of any other graph.
 *
 * <pre>
 *   E = ½ |x - W tanh(h)|²,   h = cue + missing ⊙ x        W = Wᵀ, W_ii = 0
 *   learning:  x = the pattern (every value missing);  ΔW = α off(sym(ε tanh(x)ᵀ))
 *   recall:    x starts from the cue and is free;      Δx = η (-ε + missing ⊙ tanh'(h) ⊙ Wᵀε)
 * </pre>
 *
 * <p>x = 0 has no energy, whatever W is. With patterns of ±10 tanh saturates, tanh' is next to 0 and inference becomes x → W tanh(x), the
 * continuous Hopfield dynamics, but for units on their way from one sign to the other.
 *
 * <p>Patterns and cues are binarised at a threshold, and answers are 0 or 1, by the sign of x. Completion starts missing values at 0, and
 * known ones, which come back as they were shown, count no error of their own at rest.
 *
 * <p>Source: Ganjidoost, Snow and Orchard 2024.
 */
public final class PredictiveHopfield implements AssociativeMemory {
    private final LinearAlgebra la;
    private final PredictiveHopfieldOptions options;
    private final Parameters parameters;
    private final Node x;

    private PredictiveHopfield(LinearAlgebra la, Parameters parameters, PredictiveHopfieldOptions options) {
        this.la = la;
        this.options = options;
        this.parameters = parameters;
        this.x = parameters.graph().node("x");
    }

    private static ComputationGraph graph(int units) {
        GraphBuilder g = new GraphBuilder();
        Node cue = g.input("cue", units);
        Node missing = g.input("missing", units);
        Node x = g.free("x", units);
        Parameter w = g.parameter("w", Initialiser.zeros(), Constraint.SYMMETRIC_ZERO_DIAGONAL, units, units);
        g.predict(x, g.dense(g.tanh(g.add(cue, g.multiply(missing, x))), w));
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
        GradientRule rule = new GradientRule(Optimiser.momentum(rate(la, scaled), options.momentum()));
        GraphTrainer trainer = new GraphTrainer(
                CreditAssignment.predictiveCoding(Schedule.strict(options.eta(), 0)),
                rule,
                patterns.rows(),
                options.epochs(),
                la);
        Observations data = missingOf(graph, Mask.known(new boolean[patterns.columns()]), scaled)
                .and(graph.node("x"), scaled);
        GraphTrainer.Result trained =
                trainer.train(graph, trainer.begin(graph, Precision.FLOAT, 0), data, TrainingObserver.NONE);
        return new PredictiveHopfield(la, trained.parameters(), options);
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

    /**
     * A network over ready-made weights, for example those of {@link HopfieldRule#PREDICTIVE_CODING}, which are for patterns of ±1 and are
     * multiplied by the options' scale.
     *
     * @throws IllegalArgumentException if they are not square, finite and symmetric with a zero diagonal
     */
    public static PredictiveHopfield of(HopfieldNetwork network, PredictiveHopfieldOptions options, LinearAlgebra la) {
        Tensor w = Tensor.of(network.weights().copy());
        w.scale(options.scale());
        return new PredictiveHopfield(
                la, Parameters.of(graph(network.values()), Precision.FLOAT, Map.of("w", w)), options);
    }

    /** W, [units, units], for patterns of ±scale; a copy. */
    public Matrix weights() {
        return Matrix.wrap(values(), values(), parameters.get("w").copy().floats());
    }

    /** The same weights in a classical network, which updates signs down to a fixed point. */
    public HopfieldNetwork classical(HopfieldOptions classicalOptions) {
        return HopfieldNetwork.of(weights(), classicalOptions, la);
    }

    @Override
    public String model() {
        return "pc-hopfield";
    }

    @Override
    public int values() {
        return x.shape()[0];
    }

    @Override
    public long bytes() {
        return (long) Float.BYTES * values() * (values() - 1) / 2;
    }

    /** Every iteration allows as many inference steps again, from the signs that the one before ended with. */
    @Override
    public Recall recall(Matrix cues, int iterations) {
        Cues.requireIterations(iterations);
        Recall recall = recall(cues, GraphObserver.NONE);
        for (int i = 1; i < iterations; i++) {
            recall = recall(recall.patterns(), GraphObserver.NONE);
        }
        return recall;
    }

    /** {@link #recall(Matrix)}, watched. */
    public Recall recall(Matrix cues, GraphObserver observer) {
        Cues.require(this, cues);
        return settle(cues, Mask.known(new boolean[values()]), observer, scaled(cues, options));
    }

    @Override
    public Recall complete(Matrix cues, Mask mask) {
        Cues.require(this, cues, mask);
        Tensor start = scaled(cues, options);
        for (int i = 0; i < start.size(); i++) {
            if (!mask.isKnown(i / values(), i % values())) {
                start.set(i, 0);
            }
        }
        Recall recall = settle(cues, mask, GraphObserver.NONE, start);
        for (int cue = 0; cue < cues.rows(); cue++) {
            for (int j : mask.clamp().indices(cue)) {
                recall.patterns().set(cue, j, cues.get(cue, j));
            }
        }
        return recall;
    }

    private Recall settle(Matrix cues, Mask mask, GraphObserver observer, Tensor start) {
        if (cues.rows() == 0) {
            return Recall.closedForm(cues.copy(), new double[0]);
        }
        GraphEquilibrium end = GraphInference.of(parameters, Schedule.strict(options.eta(), options.steps()))
                .withLinearAlgebra(la)
                .withObserver(observer)
                .run(missingOf(parameters.graph(), mask, start), Map.of(x, start));
        Matrix answers = Matrix.zeros(cues.rows(), values());
        double[] energy = new double[cues.rows()];
        Tensor values = end.values().get(x);
        Tensor errors = end.errors().get(x);
        for (int i = 0; i < values.size(); i++) {
            answers.data()[i] = values.get(i) > 0 ? 1 : 0;
            energy[i / values()] += 0.5 * errors.get(i) * errors.get(i);
        }
        double[] residual = new double[cues.rows()];
        int[] steps = new int[cues.rows()];
        Status[] status = new Status[cues.rows()];
        Arrays.fill(residual, end.residual());
        Arrays.fill(steps, end.steps());
        Arrays.fill(status, end.status());
        return new Recall(answers, energy, residual, steps, Arrays.asList(status));
    }

    /** The inputs of the graph: what is missing, and the known part of the values. */
    private static Observations missingOf(ComputationGraph graph, Mask mask, Tensor values) {
        Tensor cue = Tensor.zeros(Precision.FLOAT, values.shape());
        Tensor missing = Tensor.zeros(Precision.FLOAT, values.shape());
        int units = values.extent(1);
        for (int i = 0; i < values.size(); i++) {
            boolean known = mask.isKnown(i / units, i % units);
            cue.set(i, known ? values.get(i) : 0);
            missing.set(i, known ? 0 : 1);
        }
        return Observations.of(graph.node("cue"), cue).and(graph.node("missing"), missing);
    }

    private static Tensor scaled(Matrix values, PredictiveHopfieldOptions options) {
        Tensor scaled = Tensor.zeros(Precision.FLOAT, values.rows(), values.columns());
        for (int i = 0; i < scaled.size(); i++) {
            scaled.set(i, values.data()[i] > options.threshold() ? options.scale() : -options.scale());
        }
        return scaled;
    }
}
