package dev.engram.memory.hopfield;

import dev.engram.graph.ComputationGraph;
import dev.engram.graph.Constraint;
import dev.engram.graph.GraphBuilder;
import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Initialiser;
import dev.engram.graph.Node;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameter;
import dev.engram.graph.Parameters;
import dev.engram.graph.inference.GraphEquilibrium;
import dev.engram.graph.inference.GraphInference;
import dev.engram.graph.inference.GraphObserver;
import dev.engram.graph.inference.GraphStep;
import dev.engram.graph.inference.Schedule;
import dev.engram.graph.op.ExampleRange;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The PC-trained Hopfield network: layers in a ring, each predicted by the one before, trained by the predictive coding of any other graph,
 * without unrolling the ring in time. A ring of one is a loop: a layer that predicts itself, through symmetric weights without
 * self-connections.
 *
 * <pre>
 *   E = Σ_l ½ |x_l - W_l tanh(x_{l-1})|²        x_0 = x_L; for one layer W = Wᵀ, W_ii = 0
 *   learning:   x = the pattern;                            ΔW_l = α ε_l tanh(x_{l-1})ᵀ, for one layer off(sym(..)) of it
 *   inference:  x starts from the cue and is free;          Δx_l ~ -ε_l + tanh'(x_l) ⊙ W_{l+1}ᵀ ε_{l+1}
 * </pre>
 *
 * <p>x = 0 has no energy, whatever W is. With patterns of ±10 tanh saturates, tanh' is next to 0 and inference becomes x → W tanh(x), the
 * continuous Hopfield dynamics. A unit on its way from one sign to the other does have a slope, though: where many of them pass 0 at the
 * same time in small steps, they pull each other back and inference rests at a state between patterns. Steps of 1 jump over that, the more
 * surely if the units do not move all at once.
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
    private final List<Node> layers;

    private PredictiveHopfield(
            LinearAlgebra la, Parameters parameters, Levels levels, PredictiveHopfieldOptions options) {
        this.la = la;
        this.options = options;
        this.parameters = parameters;
        this.levels = levels;
        this.layers = parameters.graph().nodes();
    }

    private static ComputationGraph graph(List<Integer> sizes) {
        GraphBuilder g = new GraphBuilder();
        List<Node> ring = new ArrayList<>();
        for (int size : sizes) {
            ring.add(g.free("x" + (ring.size() + 1), size));
        }
        Constraint constraint = ring.size() == 1 ? Constraint.SYMMETRIC_ZERO_DIAGONAL : Constraint.NONE;
        for (int l = 0; l < ring.size(); l++) {
            Node from = ring.get((l + ring.size() - 1) % ring.size());
            Parameter w = g.parameter(weight(l), Initialiser.zeros(), constraint, sizes.get(l), from.shape()[0]);
            g.predict(ring.get(l), g.dense(g.tanh(from), w));
        }
        return g.build();
    }

    private static String weight(int layer) {
        return "w" + (layer + 1);
    }

    /**
     * Trains a loop from W = 0, all patterns at once.
     *
     * @param patterns [patterns, values], at least one, finite; binarised at the options' threshold
     * @throws IllegalArgumentException if there is no pattern or one holds NaN or infinite values
     */
    public static PredictiveHopfield learn(Matrix patterns, PredictiveHopfieldOptions options, LinearAlgebra la) {
        return learn(patterns, List.of(patterns.columns()), options, la);
    }

    /**
     * Trains a ring from W = 0, all patterns at once.
     *
     * @param patterns [patterns, values], at least one, finite; binarised at the options' threshold
     * @param sizes units of each layer, at least 1 each; the values are dealt out to them in order
     * @throws IllegalArgumentException if there is no pattern, one holds NaN or infinite values, or the sizes do not sum to the values
     */
    public static PredictiveHopfield learn(
            Matrix patterns, List<Integer> sizes, PredictiveHopfieldOptions options, LinearAlgebra la) {
        Cues.requirePatterns(patterns);
        if (sizes.stream().mapToInt(size -> size).sum() != patterns.columns()
                || sizes.stream().anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(
                    "The layers %s must have at least 1 unit each and %d in all, one for each value of a pattern."
                            .formatted(sizes, patterns.columns()));
        }
        ComputationGraph graph = graph(sizes);
        Map<Node, Tensor> scaled = dealt(graph.nodes(), patterns, options);
        Observations data = Observations.none(patterns.rows());
        double rate = Double.POSITIVE_INFINITY;
        for (Node layer : graph.nodes()) {
            Tensor values = Objects.requireNonNull(scaled.get(layer));
            data = data.and(layer, values);
            rate = Math.min(rate, rate(la, values));
        }
        Optimiser optimiser = Optimiser.momentum(rate, options.momentum());
        CreditAssignment credit = CreditAssignment.predictiveCoding(Schedule.strict(options.motion(), 0));
        GraphTrainer trainer = GraphTrainer.of(credit, optimiser, patterns.rows(), options.epochs())
                .withLinearAlgebra(la);
        GraphTrainer.Result trained =
                trainer.train(graph, trainer.begin(graph, Precision.FLOAT, 0), data, TrainingObserver.NONE);
        if (trained.outcome() == Outcome.DIVERGED) {
            throw new ArithmeticException(
                    "The training of the Hopfield network diverged. Maybe use fewer epochs or less momentum.");
        }
        Levels levels = Levels.of(patterns, options.threshold());
        return new PredictiveHopfield(la, trained.parameters(), levels, options);
    }

    /** 1 over the largest curvature of E in the weights that a layer predicts by: the largest eigenvalue of 1/P Σ tanh(x) tanh(x)ᵀ. */
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

    /** The weights between all units, [units, units], for patterns of ±scale; row i predicts unit i. A copy. */
    public Matrix weights() {
        int units = units();
        Matrix all = Matrix.zeros(units, units);
        int row = 0;
        int column = units - size(layers.get(layers.size() - 1)); // the first layer is predicted by the last
        for (int l = 0; l < layers.size(); l++) {
            float[] block = parameters.get(weight(l)).floats();
            int rows = size(layers.get(l));
            int columns = block.length / rows;
            for (int i = 0; i < rows; i++) {
                System.arraycopy(block, i * columns, all.data(), (row + i) * units + column, columns);
            }
            row += rows;
            column = (column + columns) % units;
        }
        return all;
    }

    /**
     * The same weights in a classical network, which updates signs down to a fixed point; of a loop.
     *
     * @throws IllegalArgumentException if this is a ring, whose weights are not symmetric
     */
    public HopfieldNetwork classical(HopfieldOptions classicalOptions) {
        return HopfieldNetwork.of(weights(), classicalOptions, la).withLevels(levels);
    }

    public PredictiveHopfieldOptions options() {
        return options;
    }

    private int units() {
        return layers.stream().mapToInt(PredictiveHopfield::size).sum();
    }

    private static int size(Node layer) {
        return layer.shape()[0];
    }

    /**
     * Inference from cues, of which no value is trusted: the answers are the signs of x.
     *
     * @param cues [cues, values], at least one; only read
     * @throws IllegalArgumentException if the cues have another number of values, or one is not finite
     */
    public GraphEquilibrium infer(Matrix cues, GraphObserver observer) {
        if (cues.columns() != units() || !cues.isFinite()) {
            throw new IllegalArgumentException(
                    "The cues (%s) must have %d finite values each. Maybe they are of another network."
                            .formatted(cues, units()));
        }
        return GraphInference.of(parameters, Schedule.strict(options.motion(), options.steps()))
                .withLinearAlgebra(la)
                .withObserver(observer)
                .run(Observations.none(cues.rows()), dealt(layers, cues, options));
    }

    /** The energy of every cue at a step of inference. */
    public static double[] energies(GraphStep step) {
        GraphEvaluation evaluation = step.evaluation();
        double[] energies = new double[evaluation.batch()];
        for (Node layer : evaluation.graph().nodes()) {
            for (int cue = 0; cue < energies.length; cue++) {
                energies[cue] += evaluation.energy(layer, new ExampleRange(0, cue, cue + 1));
            }
        }
        return energies;
    }

    /** The values of all layers where inference ended, [cues, units]. */
    public DoubleMatrix states(GraphEquilibrium rest) {
        int cues = rest.value(layers.get(0)).extent(0);
        DoubleMatrix all = DoubleMatrix.zeros(cues, units());
        int from = 0;
        for (Node layer : layers) {
            Tensor x = rest.value(layer);
            int size = size(layer);
            for (int i = 0; i < x.size(); i++) {
                all.set(i / size, from + i % size, x.get(i));
            }
            from += size;
        }
        return all;
    }

    /** +scale where a value is above the threshold, -scale elsewhere, dealt out to the layers. */
    private static Map<Node, Tensor> dealt(List<Node> layers, Matrix values, PredictiveHopfieldOptions options) {
        Map<Node, Tensor> dealt = new LinkedHashMap<>();
        int from = 0;
        for (Node layer : layers) {
            int size = size(layer);
            Tensor x = Tensor.zeros(Precision.FLOAT, values.rows(), size);
            for (int i = 0; i < x.size(); i++) {
                boolean isHigh = values.get(i / size, from + i % size) > options.threshold();
                x.set(i, isHigh ? options.scale() : -options.scale());
            }
            dealt.put(layer, x);
            from += size;
        }
        return dealt;
    }
}
