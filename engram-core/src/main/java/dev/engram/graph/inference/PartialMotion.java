package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Values of which a random part moves at each step, the others waiting: v += η F for those, drawn again for every step and example. A step
 * that raises the energy of an example is taken back for that example; its energy never rises.
 *
 * <p>Units that all move at once meet each other's changes a step late, or halfway; those that move in turn do not. With η = 1, a unit that
 * predicts nothing of the others goes to its own prediction: the asynchronous updates of a Hopfield network.
 *
 * <p>η stays as it is: where the curvature along every step is above 2/η nothing moves at all. Then a smaller one is needed, or {@link
 * CurvatureMotion}.
 *
 * <p>Cost: the energies of each example at every step, and predictions a second time where a step is taken back. Memory: one number more for
 * each value.
 *
 * @param eta η, positive
 * @param share of the values that move, on average; above 0, up to 1
 * @param seed of what moves when
 */
record PartialMotion(double eta, double share, long seed) implements Motion {
    PartialMotion {
        Checks.eta(eta);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "The share of values that move (%s) must be above 0 and at most 1.".formatted(share));
        }
    }

    @Override
    public Mover prepare(Landscape landscape) {
        return new Parts(landscape);
    }

    private final class Parts implements Mover {
        private final Landscape landscape;
        private final GraphEvaluation evaluation;
        private final Map<Node, Tensor> before = new LinkedHashMap<>();
        private final SplittableRandom[] streams;
        private final double[] energy;

        Parts(Landscape landscape) {
            this.landscape = landscape;
            this.evaluation = landscape.evaluation();
            this.streams = new SplittableRandom[evaluation.batch()];
            this.energy = new double[evaluation.batch()];
            evaluation.inferred().forEach(node -> {
                Tensor v = evaluation.value(node);
                before.put(node, Tensor.zeros(v.precision(), v.shape()));
            });
        }

        @Override
        public void begin(ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) {
                streams[i] = new SplittableRandom(new SplittableRandom(seed).nextLong() + i);
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
            return landscape.relaxation().staysFinite(eta, examples);
        }

        @Override
        public void move(ExampleRange examples) {
            before.forEach((node, kept) -> kept.set(evaluation.value(node), examples.begin(kept), examples.end(kept)));
            landscape.relaxation().moveValues(eta, examples);
            for (int i = examples.from(); i < examples.to(); i++) {
                hold(i);
            }
            landscape.look(examples);
            boolean rose = false;
            for (int i = examples.from(); i < examples.to(); i++) {
                double found = landscape.energy(one(i));
                if (found <= energy[i]) {
                    energy[i] = found;
                } else {
                    rose = true;
                    takeBack(one(i));
                }
            }
            if (rose) {
                landscape.look(examples);
            }
        }

        /** Puts back the values of an example that are not to move. */
        private void hold(int example) {
            SplittableRandom random = streams[example];
            for (Node node : evaluation.inferred()) {
                Tensor v = evaluation.value(node);
                Tensor kept = Objects.requireNonNull(before.get(node));
                for (int k = one(example).begin(v); k < one(example).end(v); k++) {
                    if (random.nextDouble() >= share) {
                        v.set(k, kept.get(k));
                    }
                }
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
