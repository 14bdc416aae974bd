package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values that move along the forces by a step from the curvature of each example's energy, v += F / λ, with λ found where the run begins
 * ({@link Curvature}). A step that raises the energy of an example all the same (the curvature has changed on the way) is taken back and
 * halved for that example: its energy never rises.
 *
 * <p>A fixed step that fits at first collapses when the weights, and with them the curvature, have grown; this one follows.
 *
 * <p>Cost: a pass forward and back for each of the 10 iterations on λ; the energies of each example at every step; and predictions a second
 * time where a step is taken back. Memory: four numbers more for each value.
 */
record CurvatureMotion() implements Motion {
    private static final int ITERATIONS = 10;
    private static final double ROUNDING = 1e-6;

    @Override
    public Mover prepare(Landscape landscape) {
        return new Measured(landscape);
    }

    private static final class Measured implements Mover {
        private final Landscape landscape;
        private final GraphEvaluation evaluation;
        private final Curvature curvature;
        private final Map<Node, Tensor> before = new LinkedHashMap<>();
        private final double[] step;
        private final double[] energy;

        Measured(Landscape landscape) {
            this.landscape = landscape;
            this.evaluation = landscape.evaluation();
            this.curvature = new Curvature(landscape);
            this.step = new double[evaluation.batch()];
            this.energy = new double[evaluation.batch()];
            evaluation.inferred().forEach(node -> {
                Tensor v = evaluation.value(node);
                before.put(node, Tensor.zeros(v.precision(), v.shape()));
            });
        }

        @Override
        public void begin(ExampleRange examples) {
            curvature.begin(examples);
            curvature.find(examples, ITERATIONS);
            for (int i = examples.from(); i < examples.to(); i++) {
                double lambda = curvature.of(i);
                step[i] = lambda > 0 && Double.isFinite(1 / lambda) ? 1 / lambda : 1;
            }
            resume(examples);
        }

        @Override
        public void resume(ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) {
                energy[i] = landscape.energy(one(i));
            }
        }

        private static ExampleRange one(int example) {
            return new ExampleRange(0, example, example + 1);
        }

        @Override
        public boolean staysFinite(ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) {
                if (!landscape.relaxation().staysFinite(step[i], one(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void move(ExampleRange examples) {
            before.forEach((node, kept) -> kept.set(evaluation.value(node), examples.begin(kept), examples.end(kept)));
            for (int i = examples.from(); i < examples.to(); i++) {
                landscape.relaxation().moveValues(step[i], one(i));
            }
            landscape.look(examples);
            boolean rose = false;
            for (int i = examples.from(); i < examples.to(); i++) {
                double found = landscape.energy(one(i));
                if (found <= energy[i] + ROUNDING * Math.abs(energy[i])) {
                    energy[i] = Math.min(found, energy[i]);
                } else {
                    rose = true;
                    step[i] /= 2;
                    takeBack(one(i));
                }
            }
            if (rose) {
                landscape.look(examples);
            }
        }

        private void takeBack(ExampleRange example) {
            for (Node node : evaluation.inferred()) {
                Tensor kept = Objects.requireNonNull(before.get(node));
                evaluation.value(node).set(kept, example.begin(kept), example.end(kept));
            }
        }
    }
}
