package dev.engram.inference.internal;

import dev.engram.inference.Inference;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.inference.StepSize;
import dev.engram.inference.StopRule;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Energy;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Gradient descent and accelerated gradient descent on the value nodes of a batch of cues: steps along the {@link Force} of Eq. 3.
 *
 * <p>Each cue has its own step size, momentum and end ({@link Walkers}). Cues that have come to rest cost nothing more: when a quarter of
 * them have, the others form a smaller batch.
 *
 * <p>Sources: Salvatori et al. 2021, Eq. 3; for the momentum O'Donoghue and Candès 2015.
 */
final class FirstOrder implements SolverState {
    private static final double WORTH_GATHERING = 0.75; // of the cues still run

    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final Clamp clamp;
    private final Rule rule;
    private final ValueNodes values;
    private final Progress progress;
    private final double[] outside; // what a cue's energy has besides that of the network
    private Walkers walkers;
    private Optional<Evaluation> last = Optional.empty();
    private int taken;

    /**
     * What kind of steps are taken.
     *
     * @param stop when a cue has come to rest
     * @param firstLayer the lowest layer that moves: 0 where sensory nodes do, else 1
     */
    record Rule(Activation activation, StepSize stepSize, boolean momentum, StopRule stop, int firstLayer) {
        static Rule of(Inference options, Activation activation, Clamp clamp) {
            Solver solver = options.solver();
            return new Rule(
                    activation,
                    solver instanceof Solver.Gradient gradient ? gradient.stepSize() : new WholeBound(),
                    solver instanceof Solver.Accelerated,
                    options.stop(),
                    clamp.isAll() ? 1 : 0);
        }

        /** Whether a step that would raise the energy is taken back. */
        boolean guarded() {
            return stepSize.isGuarded();
        }
    }

    /** The curvature-bounded step of momentum, the same for all layers. */
    private record WholeBound() implements StepSize {
        @Override
        public double gamma(Moment before) {
            return 1 / before.curvature();
        }
    }

    /**
     * Starts.
     *
     * @param start only read
     * @param outside the energy that the network leaves out, per cue
     */
    FirstOrder(Inference options, GenerativeNetwork network, ValueNodes start, Clamp clamp, double[] outside) {
        this.la = options.la();
        this.network = network;
        this.clamp = clamp;
        this.rule = Rule.of(options, network.activation(), clamp);
        this.values = start.copyFrom(rule.firstLayer());
        this.progress = new Progress(values.cues(), values.top() + 1);
        this.outside = outside;
        this.walkers = Walkers.all(la, rule, values, progress, outside);
    }

    @Override
    public Stage begin(double priorPrecision) {
        if (walkers.count() < values.cues()) {
            walkers.writeTo(values);
            walkers = Walkers.all(la, rule, values, progress, outside);
        }
        progress.begin();
        GenerativeNetwork now = network.withPriorPrecision(priorPrecision);
        Landscape all = Landscape.of(new ChainEnergy(la, now, clamp, values.cues()));
        walkers.begin(all);
        last = Optional.of(all.found());
        return new Stage() {
            private Landscape landscape = all;
            private int t;

            @Override
            public void step() {
                int[] left = walkers.running();
                if (rule.guarded() && left.length <= WORTH_GATHERING * walkers.count()) {
                    walkers.writeTo(values);
                    landscape = landscape.rows(left);
                    last = Optional.empty();
                    walkers = walkers.rows(left);
                }
                walkers.step(landscape, t++);
                taken++;
            }
        };
    }

    /**
     * An energy, a place for what is found of it, and what bounds the steps.
     *
     * @param bounds of the energy of all cues
     */
    record Landscape(Energy energy, Evaluation found, Bounds bounds) {
        static Landscape of(Energy energy) {
            return new Landscape(energy, energy.newEvaluation(), new Bounds(energy));
        }

        Landscape rows(int... cues) {
            Energy ofCues = energy.cues(cues);
            return new Landscape(ofCues, ofCues.newEvaluation(), bounds);
        }

        /** γ of a cue with these energies. */
        double gamma(StepSize stepSize, int t, int layer, double[] energies) {
            double gamma = stepSize.gamma(new Moment(t, layer, energies, bounds));
            if (gamma < 0) {
                throw new IllegalArgumentException(
                        "The step size %s is %s in step %d for layer %d; it must be at least 0."
                                .formatted(stepSize, gamma, t, layer));
            }
            return gamma;
        }
    }

    /** The bounds of an energy's curvature, each worked out once, if it is asked for; for one thread. */
    private static final class Bounds {
        private final Energy energy;
        private double[] ofLayers = {};
        private double ofAll = Double.NaN;

        Bounds(Energy energy) {
            this.energy = energy;
        }

        double of(int layer) {
            if (ofLayers.length == 0) {
                ofLayers = energy.curvatureBounds();
            }
            return ofLayers[layer];
        }

        double ofAll() {
            if (Double.isNaN(ofAll)) {
                ofAll = energy.curvatureBound();
            }
            return ofAll;
        }
    }

    /** What a step size may know. */
    private record Moment(int step, int layer, double[] energies, Bounds bounds) implements StepSize.Moment {
        @Override
        public double[] energy() {
            return energies.clone();
        }

        @Override
        public double layerCurvature() {
            return bounds.of(layer);
        }

        @Override
        public double curvature() {
            return bounds.ofAll();
        }
    }

    /** Where a later stage begins, the last step of the one before it ended. */
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
        walkers.writeTo(values);
        return values;
    }

    /** Unguarded steps are always accepted: the last evaluation is that of the end. */
    @Override
    public Optional<Matrix> endErrors() {
        boolean known = !rule.guarded()
                && IntStream.range(0, values.cues()).noneMatch(cue -> progress.status(cue) == Status.DIVERGED);
        return known ? last.map(found -> found.errors().get(0)) : Optional.empty();
    }
}
