package dev.engram.graph.inference;

import dev.engram.graph.op.ExampleRange;

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

    private static final class Measured extends GuardedMover {
        private final Relaxation relaxation;
        private final Curvature curvature;
        private final double[] step;

        Measured(Landscape landscape) {
            super(landscape, ROUNDING);
            this.relaxation = landscape.relaxation();
            this.curvature = new Curvature(landscape);
            this.step = new double[landscape.evaluation().batch()];
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
        public boolean staysFinite(ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) {
                if (!relaxation.staysFinite(step[i], one(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        void step(ExampleRange examples) {
            for (int i = examples.from(); i < examples.to(); i++) {
                relaxation.moveValues(step[i], one(i));
            }
        }

        @Override
        void refused(int example) {
            step[example] /= 2;
        }
    }
}
