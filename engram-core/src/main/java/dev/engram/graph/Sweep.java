package dev.engram.graph;

import dev.engram.graph.op.Accumulation;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A backward pass over a computation graph, planned once: π ε of every node enters at its prediction and is pulled back, through
 * expressions, to the feedback of target nodes, and no further. What leads to no target is left out; what receives from one place only is
 * written, not added to.
 */
public final class Sweep {
    private final GraphEvaluation evaluation;
    private final Set<Node> targets;
    private final boolean toParameters;
    private final boolean[] needed;
    private final Tensor[] deltas;
    private final Set<Tensor> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Consumer<ExampleRange>> steps = new ArrayList<>();
    private final List<Expression> parameterUses = new ArrayList<>();
    private final List<Node> energyUses; // nodes whose energies have parameters

    Sweep(GraphEvaluation evaluation, Set<Node> targets, boolean toParameters, boolean balancing) {
        this.evaluation = evaluation;
        this.targets = targets;
        this.toParameters = toParameters;
        ComputationGraph graph = evaluation.graph();
        this.needed = new boolean[graph.expressions().size()];
        this.deltas = new Tensor[needed.length];
        graph.expressions().forEach(expression -> needed[expression.index()] = isNeeded(expression));
        this.energyUses = graph.nodes().stream()
                .filter(evaluation::hasError)
                .filter(node -> !node.energy().parameters().isEmpty())
                .filter(node -> !balancing || !targets.contains(node)) // in reverse mode only the loss has parameters
                .toList();
        int[] consumers = consumers(graph);
        graph.nodes().stream().filter(node -> node.kind() == Node.Kind.FREE).forEach(node -> enter(node, consumers));
        List<Term> order = graph.order();
        for (int i = order.size() - 1; i >= 0; i--) {
            if (order.get(i) instanceof Expression expression) {
                pullBack(expression);
            } else if (order.get(i) instanceof Node node && hasItsPlace(node)) {
                if (balancing && targets.contains(node)) {
                    steps.add(examples -> balance(node, examples));
                }
                enter(node, consumers);
            }
        }
    }

    /** Whether a node's error enters in the order of creation, after all that the node predicts. */
    private static boolean hasItsPlace(Node node) {
        return node.kind() == Node.Kind.PREDICTED || node.kind() == Node.Kind.DIFFERENCE;
    }

    private boolean isNeeded(Expression expression) {
        return toParameters && !expression.parameters().isEmpty()
                || expression.inputs().stream().anyMatch(this::isNeeded);
    }

    private boolean isNeeded(Term term) {
        return term instanceof Expression expression ? needed[expression.index()] : targets.contains((Node) term);
    }

    private static int[] consumers(ComputationGraph graph) {
        int[] count = new int[graph.expressions().size()];
        for (Node node : graph.nodes()) {
            if (node.kind() != Node.Kind.INPUT) {
                count[graph.prediction(node).index()]++;
            }
        }
        for (Expression expression : graph.expressions()) {
            for (Term input : expression.inputs()) {
                if (input instanceof Expression consumed) {
                    count[consumed.index()]++;
                }
            }
        }
        return count;
    }

    /** π ε goes to the node's prediction. */
    private void enter(Node node, int[] consumers) {
        Expression prediction = evaluation.graph().prediction(node);
        int index = prediction.index();
        if (!needed[index] || !evaluation.hasError(node)) {
            return;
        }
        Tensor error = evaluation.error(node);
        if (consumers[index] == 1 && node.precision() == 1) {
            deltas[index] = error;
            return;
        }
        Tensor delta = receiver(prediction);
        Accumulation mode = modeFor(delta);
        double precision = node.precision();
        steps.add(examples -> send(precision, error, delta, mode, examples));
    }

    private void pullBack(Expression expression) {
        Tensor delta = deltas[expression.index()];
        if (!needed[expression.index()] || delta == null) {
            return;
        }
        for (int k = 0; k < expression.inputs().size(); k++) {
            Term input = expression.inputs().get(k);
            if (isNeeded(input)) {
                Tensor into = input instanceof Expression inner ? receiver(inner) : evaluation.feedback((Node) input);
                Accumulation mode = modeFor(into);
                int number = k;
                steps.add(examples -> evaluation.kernel(expression).pullBack(number, delta, into, mode, examples));
            }
        }
        if (toParameters && !expression.parameters().isEmpty()) {
            parameterUses.add(expression);
        }
    }

    private Tensor receiver(Expression expression) {
        if (deltas[expression.index()] == null) {
            deltas[expression.index()] = evaluation.delta(expression);
        }
        return deltas[expression.index()];
    }

    private Accumulation modeFor(Tensor tensor) {
        return written.add(tensor) ? Accumulation.SET : Accumulation.ADD;
    }

    private void balance(Node node, ExampleRange examples) {
        send(1 / node.precision(), evaluation.feedback(node), evaluation.error(node), Accumulation.SET, examples);
    }

    /** target = factor · source, or target += factor · source. */
    private static void send(double factor, Tensor source, Tensor target, Accumulation mode, ExampleRange examples) {
        mode.begin(target, examples);
        target.addScaled(factor, source, examples.begin(source), examples.end(source));
    }

    /** Pulls back, for the given examples. */
    public void run(ExampleRange examples) {
        for (Consumer<ExampleRange> step : steps) {
            step.accept(examples);
        }
        evaluation.balanceKnown(targets, examples);
    }

    /**
     * After a run for all examples: the forces -∂E/∂θ on the parameters, summed over the batch and projected on their constraints.
     *
     * @param forces overwritten
     * @throws IllegalStateException if this sweep does not go to parameters
     */
    public void parameterForces(Parameters forces) {
        if (!toParameters) {
            throw new IllegalStateException("This sweep does not go to parameters.");
        }
        forces.clear();
        for (Expression expression : parameterUses) {
            for (int k = 0; k < expression.parameters().size(); k++) {
                Tensor into = forces.get(expression.parameters().get(k));
                evaluation.kernel(expression).addGradient(k, deltas[expression.index()], into);
            }
        }
        energyUses.forEach(node -> evaluation.addEnergyForces(node, forces));
        forces.project();
    }
}
