package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Sweep;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The energy that values descend on, with the forces -∂/∂v on them: that of the graph, or one with a loss that counts β times, or with
 * multipliers λ on the errors.
 *
 * <pre>
 *   β L + Σ_i ½ π_i |ε_i + λ_i / π_i|²          i: the inferred nodes, L: the energy of the observed ones
 * </pre>
 *
 * <p>While values move, the error tensors of the evaluation hold ε + λ/π at inferred nodes and β ε at observed ones, so that its sweeps send the
 * forces of this energy; {@link GraphEvaluation#measure} puts ε back.
 */
public final class Landscape {
    private final GraphEvaluation evaluation;
    private final Sweep toNodes;
    private final Relaxation relaxation;
    private final Set<Node> observed;
    private final Map<Node, Tensor> multipliers = new HashMap<>();
    private final boolean parametersMove;
    private double beta = 1;

    Landscape(GraphEvaluation evaluation) {
        this(evaluation, false);
    }

    /** @param parametersMove between one look and the next */
    Landscape(GraphEvaluation evaluation, boolean parametersMove) {
        this.evaluation = evaluation;
        this.parametersMove = parametersMove;
        this.toNodes = evaluation.sweepTo(Set.copyOf(evaluation.inferred()));
        this.relaxation = new Relaxation(evaluation);
        this.observed = new HashSet<>(evaluation.observed());
    }

    /** The tensors: values to move, and what was found at them. */
    public GraphEvaluation evaluation() {
        return evaluation;
    }

    Relaxation relaxation() {
        return relaxation;
    }

    /** Whether parameters move between one look and the next. */
    boolean parametersMove() {
        return parametersMove;
    }

    void countLoss(double times) {
        this.beta = times;
    }

    /** λ of an inferred node, 0 at first; live. */
    Tensor multiplier(Node node) {
        return multipliers.computeIfAbsent(node, one -> {
            Tensor like = evaluation.error(one);
            return Tensor.zeros(like.precision(), like.shape());
        });
    }

    /** Predictions and errors at the present values. */
    public void look(ExampleRange examples) {
        evaluation.hold(examples);
        if (parametersMove) {
            evaluation.predict(examples);
        } else {
            evaluation.predictMoved(examples);
        }
        evaluation.measure(examples);
        amend(examples);
    }

    /** What the errors found by {@link #look} send back to the inferred nodes: their {@link GraphEvaluation#feedback}. */
    public void send(ExampleRange examples) {
        toNodes.run(examples);
    }

    /** Makes errors that were measured those of this energy. */
    void amend(ExampleRange examples) {
        multipliers.forEach((node, lambda) -> {
            Tensor error = evaluation.error(node);
            error.addScaled(1 / node.precision(), lambda, examples.begin(error), examples.end(error));
        });
        if (beta != 1) {
            for (Node node : observed) {
                Tensor error = evaluation.error(node);
                error.addScaled(beta - 1, error, examples.begin(error), examples.end(error));
            }
        }
    }

    /** The energy of some examples. */
    public double energy(ExampleRange examples) {
        double sum = 0;
        for (Node node : evaluation.graph().nodes()) {
            double own = evaluation.energy(node, examples);
            if (!observed.contains(node)) {
                sum += own;
            } else {
                sum += node.energy().equals(NodeEnergy.GAUSSIAN) ? own / beta : own * beta; // the errors there are β ε
            }
        }
        return sum;
    }

    /** The energy of all examples. */
    double energy() {
        return energy(new ExampleRange(0, 0, evaluation.batch()));
    }
}
