package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Moves values by steps of which those that raise the energy of an example are taken back for that example: its energy never rises. */
abstract class GuardedMover implements Motion.Mover {
    private final Landscape landscape;
    private final double rounding;
    private final Map<Node, Tensor> before = new LinkedHashMap<>();
    private final double[] energy;

    /** @param rounding the share of its energy by which an example's may seem to rise, 0 for none */
    GuardedMover(Landscape landscape, double rounding) {
        this.landscape = landscape;
        this.rounding = rounding;
        GraphEvaluation evaluation = landscape.evaluation();
        this.energy = new double[evaluation.batch()];
        evaluation.inferred().forEach(node -> {
            Tensor v = evaluation.value(node);
            before.put(node, Tensor.zeros(v.precision(), v.shape()));
        });
    }

    /** Moves the values along the forces. */
    abstract void step(ExampleRange examples);

    /** Told of an example whose step is taken back. */
    void refused(int example) {}

    /** The values of a node before the step. */
    final Tensor before(Node node) {
        return Objects.requireNonNull(before.get(node));
    }

    static ExampleRange one(int example) {
        return new ExampleRange(0, example, example + 1);
    }

    @Override
    public final void resume(ExampleRange examples) {
        for (int i = examples.from(); i < examples.to(); i++) {
            energy[i] = landscape.energy(one(i));
        }
    }

    @Override
    public final void move(ExampleRange examples) {
        GraphEvaluation evaluation = landscape.evaluation();
        before.forEach((node, kept) -> kept.set(evaluation.value(node), examples.begin(kept), examples.end(kept)));
        step(examples);
        landscape.look(examples);
        boolean rose = false;
        for (int i = examples.from(); i < examples.to(); i++) {
            double found = landscape.energy(one(i));
            if (found <= energy[i] + (rounding == 0 ? 0 : rounding * Math.abs(energy[i]))) {
                energy[i] = Math.min(found, energy[i]);
            } else {
                rose = true;
                refused(i);
                takeBack(one(i));
            }
        }
        if (rose) {
            landscape.look(examples);
        }
    }

    private void takeBack(ExampleRange example) {
        GraphEvaluation evaluation = landscape.evaluation();
        for (Node node : evaluation.inferred()) {
            Tensor kept = before(node);
            evaluation.value(node).set(kept, example.begin(kept), example.end(kept));
        }
    }
}
