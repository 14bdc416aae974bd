package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Node;
import dev.engram.graph.op.ExampleRange;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Values that move with inertia: Polyak's heavy ball, or Nesterov's, which takes the force where inertia leads. With m for the last move,
 *
 * <pre>
 *   heavy ball:  m = β m + η F(v),  v += m
 *   Nesterov:    m = β m + η F(v),  v += β m + η F(v)       v: the point ahead, that of Motion's x' + β (x' - x)
 * </pre>
 *
 * <p>Memory: one number more for each value.
 *
 * @param eta η, positive
 * @param beta β, from 0 to below 1
 * @param looksAhead Nesterov's
 */
record MomentumMotion(double eta, double beta, boolean looksAhead) implements Motion {
    MomentumMotion {
        Checks.eta(eta);
        Checks.fraction("momentum", beta);
    }

    @Override
    public Mover prepare(Landscape landscape) {
        return new Rolling(landscape);
    }

    private final class Rolling implements Mover {
        private final Landscape landscape;
        private final GraphEvaluation evaluation;
        private final Map<Node, Tensor> moves = new LinkedHashMap<>();

        Rolling(Landscape landscape) {
            this.landscape = landscape;
            this.evaluation = landscape.evaluation();
            evaluation.inferred().forEach(node -> {
                Tensor v = evaluation.value(node);
                moves.put(node, Tensor.zeros(v.precision(), v.shape()));
            });
        }

        @Override
        public void begin(ExampleRange examples) {
            moves.values().forEach(move -> move.clear(examples.begin(move), examples.end(move)));
        }

        @Override
        public boolean staysFinite(ExampleRange examples) {
            for (Node node : evaluation.inferred()) {
                Tensor m = move(node);
                m.addScaled(beta - 1, m, examples.begin(m), examples.end(m));
                landscape.relaxation().move(eta, node, m, examples);
                if (!leavesFinite(node, examples)) {
                    return false;
                }
            }
            return true;
        }

        private Tensor move(Node node) {
            return Objects.requireNonNull(moves.get(node));
        }

        /** Whether v + m, or v + β m + η F, is finite everywhere: x * 0 is 0 for finite x and NaN otherwise. */
        private boolean leavesFinite(Node node, ExampleRange examples) {
            Tensor v = evaluation.value(node);
            Tensor m = move(node);
            Tensor feedback = evaluation.feedback(node);
            Tensor error = evaluation.error(node);
            double inertia = looksAhead ? beta : 1;
            double push = looksAhead ? eta : 0;
            boolean isSingle = v.precision() == Precision.FLOAT;
            double sum = 0;
            for (int i = examples.begin(v); i < examples.end(v); i++) {
                double force = feedback.get(i) - node.precision() * error.get(i);
                double next = v.get(i) + inertia * m.get(i) + push * force;
                sum += (isSingle ? (float) next : next) * 0;
            }
            return sum == 0;
        }

        @Override
        public void move(ExampleRange examples) {
            for (Node node : evaluation.inferred()) {
                Tensor v = evaluation.value(node);
                int from = examples.begin(v);
                int to = examples.end(v);
                v.addScaled(looksAhead ? beta : 1, move(node), from, to);
                if (looksAhead) {
                    landscape.relaxation().move(eta, node, v, examples);
                }
            }
            landscape.look(examples);
        }
    }
}
