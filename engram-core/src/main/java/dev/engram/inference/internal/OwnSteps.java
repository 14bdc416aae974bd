package dev.engram.inference.internal;

import dev.engram.inference.CueGroup;
import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Energy;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Arrays;

/**
 * A solver from outside the library on a batch of cues: it says where they go, and here is looked at what became of it. Points that are not finite
 * are not taken, clamped nodes keep their values, and energies, forces and residuals are those of the definition.
 */
final class OwnSteps implements SolverState {
    private final Solver.Own solver;
    private final LinearAlgebra la;
    private final StopRule stop;
    private final GenerativeNetwork network;
    private final Clamp clamp;
    private final double[] outside; // what a cue's energy has besides that of the network
    private final int firstLayer; // 0 where sensory nodes move, else 1
    private final ValueNodes start;
    private final ValueNodes values;
    private final Progress progress;
    private int taken;

    /**
     * Starts.
     *
     * @param start only read
     * @param outside the energy that the network leaves out, per cue
     */
    OwnSteps(
            Solver.Own solver,
            Inference options,
            GenerativeNetwork network,
            ValueNodes start,
            Clamp clamp,
            double[] outside) {
        this.solver = solver;
        this.la = options.la();
        this.stop = options.stop();
        this.network = network;
        this.clamp = clamp;
        this.outside = outside;
        this.firstLayer = clamp.isAll() ? 1 : 0;
        this.start = start;
        this.values = start.copyFrom(firstLayer);
        this.progress = new Progress(start.cues(), start.top() + 1);
    }

    @Override
    public Stage begin(double priorPrecision) {
        progress.begin();
        return new UnderOneLambda(network.withPriorPrecision(priorPrecision));
    }

    @Override
    public boolean showsBeginning() {
        return taken == 0;
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public ValueNodes values() {
        return values;
    }

    /** One stage, which is also what the solver sees. */
    private final class UnderOneLambda implements Stage, CueGroup {
        private final GenerativeNetwork now;
        private final Energy energy;
        private final Solver.Own.Steps steps;
        private Point stands;

        UnderOneLambda(GenerativeNetwork now) {
            this.now = now;
            this.energy = new ChainEnergy(la, now, clamp, values.cues());
            this.stands = at(values.copy());
            for (int cue = 0; cue < cues(); cue++) {
                if (isRunning(cue) && !isFinite(stands, cue)) {
                    progress.end(cue, Status.DIVERGED);
                } else if (isRunning(cue)) {
                    look(cue);
                }
            }
            this.steps = solver.begin(this);
        }

        @Override
        public void step() {
            ValueNodes to = values.copy();
            steps.step(stands, to);
            taken++;
            hold(to);
            stands = at(to);
            for (int cue = 0; cue < cues(); cue++) {
                if (isRunning(cue) && !isFinite(stands, cue)) {
                    progress.end(cue, Status.DIVERGED);
                    copyRow(values, to, cue);
                } else if (isRunning(cue)) {
                    double last = progress.total(cue);
                    copyRow(to, values, cue);
                    look(cue);
                    progress.stepped(cue);
                    if (progress.total(cue) > last + energy.resolution(cue, last)) {
                        progress.rose(cue);
                    }
                }
            }
        }

        /** What must not move goes back to where it was. */
        private void hold(ValueNodes to) {
            clamp.hold(start.layer(0), to.layer(0));
            for (int cue = 0; cue < cues(); cue++) {
                if (!isRunning(cue)) {
                    copyRow(values, to, cue);
                }
            }
        }

        private void copyRow(ValueNodes from, ValueNodes to, int cue) {
            for (int l = firstLayer; l <= from.top(); l++) {
                to.layer(l).setRow(cue, from.layer(l), cue);
            }
        }

        private void look(int cue) {
            progress.stands(cue, stands.energy()[cue], stands.residual()[cue], outside[cue], stop);
        }

        private boolean isFinite(Point point, int cue) {
            boolean finite = Double.isFinite(Arrays.stream(point.energy()[cue]).sum());
            for (int l = firstLayer; l <= values.top() && finite; l++) {
                Matrix layer = point.x().layer(l);
                for (int j = 0; j < layer.columns(); j++) {
                    finite &= Float.isFinite(layer.get(cue, j));
                }
            }
            return finite;
        }

        @Override
        public int cues() {
            return values.cues();
        }

        @Override
        public GenerativeNetwork network() {
            return now;
        }

        @Override
        public Energy energy() {
            return energy;
        }

        @Override
        public LinearAlgebra la() {
            return la;
        }

        @Override
        public boolean isRunning(int cue) {
            return progress.isRunning(cue);
        }

        @Override
        public Point at(ValueNodes x) {
            Evaluation found = energy.newEvaluation();
            energy.evaluate(x, found);
            Force force = new Force(network.activation(), true, firstLayer, x);
            double[] residual = new double[cues()];
            for (int cue = 0; cue < cues(); cue++) {
                force.slopes(x, cue);
                residual[cue] = force.at(x, energy, found, cue);
            }
            return new Point(x, force.direction(), found.energy(), residual);
        }
    }
}
