package dev.engram.inference.internal;

import dev.engram.inference.Equilibrium;
import dev.engram.inference.Inference;
import dev.engram.inference.InferenceObserver;
import dev.engram.inference.InferenceStep;
import dev.engram.inference.Solver;
import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The loop of inference, whatever the solver: groups of cues, stages of the annealing, steps, and after every step the observer.
 *
 * <pre>
 *   for each group of cues:                  all together, or those with the same mask
 *       state = solver.start(group)
 *       for each λ of the annealing:
 *           stage = state.begin(λ)
 *           until all are at rest, or T steps are taken, or the observer says stop:
 *               stage.step()
 *   the end, evaluated: an {@link Equilibrium}
 * </pre>
 *
 * <p>A solver is a {@link SolverState}: {@link FirstOrder} on the layers as they are, {@link Reduction} without the sensory one, {@link
 * NewtonGroup}, {@link ConstantStep}, {@link OwnSteps}. One descent is for one run.
 */
public final class Descent {
    private final Inference options;
    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final ValueNodes start;
    private final Clamp clamp;
    private final Progress progress;
    private ValueNodes values; // where all cues stand, written group by group
    private Optional<SolverState> whole = Optional.empty(); // in place of it, what solves for all cues together
    private int shown;
    private boolean cancelled;

    /** Cues that one solver was started on, in its order. */
    private record Group(SolverState solver, int[] cues) {}

    /**
     * Nothing has moved yet.
     *
     * @param start x^0 .. x^L; only read
     * @param clamp which sensory nodes keep their values
     */
    public Descent(Inference options, GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        this.options = options;
        this.la = options.la();
        this.network = network;
        this.start = start;
        this.clamp = clamp;
        this.values = start;
        this.progress = new Progress(start.cues(), start.top() + 1);
    }

    /** Steps on all layers: the reference engine. */
    public Descent written() {
        return together(layers(options, network, start, clamp, new double[start.cues()]));
    }

    /** What steps on all layers of a network, which may leave some energy of each cue outside. */
    static SolverState layers(
            Inference options, GenerativeNetwork network, ValueNodes start, Clamp clamp, double[] outside) {
        return options.solver() instanceof Solver.Own own
                ? new OwnSteps(own, options, network, start, clamp, outside)
                : new FirstOrder(options, network, start, clamp, outside);
    }

    /** The same steps with the sensory layer summed away. */
    public Descent reduced() {
        return byMask(cues -> Reduction.start(options, network, start, clamp.row(cues[0]), cues));
    }

    /**
     * Newton steps, for one hidden layer of ReLU or linear units. Where the cues start at their predicted state they go straight to the
     * last λ of the annealing, which has one equilibrium; only those that do not get there pass through the other stages.
     *
     * @param masks remembers what is worked out for a mask
     */
    public Descent newton(KnownSystem.Cache masks) {
        values = start.copyFrom(1);
        List<Double> stages = options.annealing().factors();
        List<Double> last = stages.subList(stages.size() - 1, stages.size());
        for (int[] cues : clamp.groups(start.cues())) {
            KnownSystem known = masks.get(clamp.row(cues[0]), () -> KnownSystem.of(la, network, clamp.row(cues[0])));
            descend(new Group(newton(known, cues), cues), last);
            int[] left = IntStream.of(cues)
                    .filter(cue -> !progress.status(cue).isEquilibrium() && progress.status(cue) != Status.DIVERGED)
                    .toArray();
            if (left.length > 0 && stages.size() > 1) {
                descend(new Group(newton(known, left), left), stages);
            }
        }
        return this;
    }

    private NewtonGroup newton(KnownSystem known, int[] cues) {
        Matrix hidden = start.layer(1).rows(cues);
        double tolerance = options.stop().tolerance();
        return new NewtonGroup(la, tolerance, network.forCues(cues), known, start.layer(0), cues, hidden);
    }

    /**
     * Algorithm 1's steps.
     *
     * @param steps the solver, at its start or after some steps
     */
    public Descent constant(ConstantStep steps) {
        return together(steps);
    }

    private Descent together(SolverState solver) {
        Group all = new Group(solver, IntStream.range(0, start.cues()).toArray());
        whole = Optional.of(solver);
        descend(all, options.annealing().factors());
        return this;
    }

    private Descent byMask(Function<int[], SolverState> solver) {
        values = start.copyFrom(1);
        for (int[] cues : clamp.groups(start.cues())) {
            descend(new Group(solver.apply(cues), cues), options.annealing().factors());
        }
        return this;
    }

    private void descend(Group group, List<Double> stages) {
        if (cancelled) {
            return;
        }
        for (double factor : stages) {
            if (!cancelled) {
                stage(group, network.priorPrecision() * factor);
            }
        }
        if (!cancelled) {
            group.solver.finish();
        }
        place(group);
    }

    private void stage(Group group, double priorPrecision) {
        SolverState.Stage stage = group.solver.begin(priorPrecision);
        Progress ofGroup = group.solver.progress();
        if (group.solver.showsBeginning()) {
            show(group, priorPrecision);
        }
        for (int t = 0; ofGroup.isUnderWay() && t < options.stop().steps() && !cancelled; t++) {
            stage.step();
            show(group, priorPrecision);
        }
        if (cancelled) {
            ofGroup.cancel();
        }
    }

    private void show(Group group, double priorPrecision) {
        if (options.observer() != InferenceObserver.NONE) {
            place(group);
            InferenceStep step = new InferenceStep(shown++, priorPrecision, progress.energies(), present());
            cancelled = !options.observer().onStep(step);
        }
    }

    /** Brings what is known of all cues up to date with one group. */
    private void place(Group group) {
        progress.set(group.cues, group.solver);
        if (whole.isEmpty()) {
            ValueNodes moved = group.solver.values();
            for (int l = 1; l <= values.top(); l++) {
                values.layer(l).setRows(group.cues, moved.layer(l));
            }
        }
    }

    private ValueNodes present() {
        return whole.map(SolverState::values).orElse(values);
    }

    /** Whether the values of any cue left the range of finite numbers; the last finite ones are kept. */
    public boolean hasDiverged() {
        return progress.hasDiverged();
    }

    /** Where the value nodes ended. What else is known of the end may cost an evaluation of all weights: {@link #equilibrium}. */
    public ValueNodes values() {
        return isWritten() ? present() : withFreeNodesAt(predicted());
    }

    /** Whether the sensory layer is where the solver left it, not to be read off the hidden ones. */
    private boolean isWritten() {
        return whole.isPresent() || clamp.isAll();
    }

    /** Where inference ended, and all that is known of it. */
    public Equilibrium equilibrium() {
        if (whole.isPresent() && whole.get().evaluateEnd()) {
            Group all = new Group(whole.get(), IntStream.range(0, start.cues()).toArray());
            place(all);
            if (!cancelled) {
                show(all, network.priorPrecision());
            }
        }
        Matrix prediction = whole.flatMap(SolverState::endErrors)
                .map(error -> present().layer(0).minus(error)) // μ^0 = x^0 - ε^0
                .orElseGet(this::predicted);
        ValueNodes end = isWritten() ? present() : withFreeNodesAt(prediction);
        // Solvers without the sensory layer know energies that are the definition's but for rounding.
        double[][] energy = whole.isPresent() ? progress.energies() : energies(end, prediction);
        return progress.equilibrium(end, prediction, energy);
    }

    /** The energies where inference ended, per cue and layer. */
    public double[][] energies() {
        return whole.isPresent() ? equilibrium().energy() : progress.energies();
    }

    private double[][] energies(ValueNodes end, Matrix prediction) {
        double factor =
                options.annealing().factors().get(options.annealing().factors().size() - 1);
        GenerativeNetwork last = network.withPriorPrecision(network.priorPrecision() * factor);
        ChainEnergy energy = new ChainEnergy(la, last, clamp, end.cues());
        Evaluation found = energy.newEvaluation();
        energy.evaluateErrors(end, prediction, found);
        return found.energy();
    }

    /** μ^0 = θ^1 f(x^1). */
    private Matrix predicted() {
        return ValueNodes.predict(la, network, present().layer(1), 0);
    }

    /** The end with its free sensory nodes at their prediction, where they carry no force. */
    private ValueNodes withFreeNodesAt(Matrix prediction) {
        Matrix sensory = prediction.copy();
        clamp.hold(start.layer(0), sensory);
        return values.withSensory(sensory);
    }
}
