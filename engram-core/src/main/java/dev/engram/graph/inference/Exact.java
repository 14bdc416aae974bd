package dev.engram.graph.inference;

import dev.engram.graph.GraphEvaluation;
import dev.engram.graph.Parameters;
import dev.engram.graph.Sweep;
import dev.engram.inference.Status;
import java.util.function.Consumer;

/**
 * The end of {@link FixedPrediction} in one pass: where it is with η = 1/π after as many steps as the graph is deep, and from then on
 * nothing changes. Each node is visited once, when all that it predicts have settled; its earlier steps would be overwritten by that one.
 *
 * <p>Millidge, Tschantz and Buckley 2022, section 3.
 */
public record Exact() implements Schedule {
    @Override
    public Settling prepare(GraphEvaluation evaluation) {
        return new Reverse(evaluation);
    }

    @Override
    public boolean holdsPredictions() {
        return true;
    }

    private static final class Reverse implements Settling {
        private final GraphEvaluation evaluation;
        private final Sweep sweep;
        private final Relaxation relaxation;

        Reverse(GraphEvaluation evaluation) {
            Checks.feedForward(evaluation, "Fixed predictions");
            Checks.gaussian(evaluation, "Fixed predictions");
            this.evaluation = evaluation;
            this.sweep = evaluation.reverseSweep();
            this.relaxation = new Relaxation(evaluation);
        }

        @Override
        public Settled run(GraphObserver observer, Consumer<Sweep> onForces) {
            evaluation.inLanes(evaluation::feedForwardAndMeasure);
            if (!observer.onStep(new GraphStep(0, evaluation, sweep))) {
                return new Settled(relaxation.residual(), 0, Status.CANCELLED);
            }
            evaluation.inLanes(sweep::run);
            observer.onStep(new GraphStep(1, evaluation, sweep));
            return new Settled(relaxation.residual(), 1, Status.CONVERGED);
        }

        @Override
        public void parameterForces(Parameters forces) {
            sweep.parameterForces(forces);
        }

        @Override
        public void adoptValues() {
            evaluation.inLanes(relaxation::adoptErrors);
        }
    }
}
