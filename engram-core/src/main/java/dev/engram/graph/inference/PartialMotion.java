package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Tensor;
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

    private final class Parts extends GuardedMover {
        private final GraphEvaluation evaluation;
        private final Relaxation relaxation;
        private final SplittableRandom[] streams;

        Parts(Landscape landscape) {
            super(landscape, 0);
            this.evaluation = landscape.evaluation();
            this.relaxation = landscape.relaxation();
            this.streams = new SplittableRandom[evaluation.batch()];
        }

        @Override
        public void begin(ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) {
                streams[i] = new SplittableRandom(new SplittableRandom(seed).nextLong() + i);
            }
            resume(examples);
        }

        @Override
        public boolean staysFinite(ExampleRange examples) {
            return relaxation.staysFinite(eta, examples);
        }

        @Override
        void step(ExampleRange examples) {
            relaxation.moveValues(eta, examples);
            for (int i = examples.from(); i < examples.to(); i++) {
                hold(i);
            }
        }

        /** Puts back the values of an example that are not to move. */
        private void hold(int example) {
            SplittableRandom random = streams[example];
            for (Node node : evaluation.inferred()) {
                Tensor v = evaluation.value(node);
                Tensor kept = before(node);
                for (int k = one(example).begin(v); k < one(example).end(v); k++) {
                    if (random.nextDouble() >= share) {
                        v.set(k, kept.get(k));
                    }
                }
            }
        }
    }
}
