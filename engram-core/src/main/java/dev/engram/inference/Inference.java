package dev.engram.inference;

import dev.engram.inference.internal.ConstantStep;
import dev.engram.inference.internal.Descent;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Inference: lowers the energy over the value nodes while weights, memory vector and clamped sensory nodes stay fixed.
 *
 * <p>Composed of a solver (with its step size), a stop rule, an annealing of the prior precision and an observer. With everything
 * clamped this is the inference of Algorithm 1 and of denoising; with some nodes free it is Algorithm 2.
 *
 * @param solver how to go downhill
 * @param stop when to end; the steps are per stage of the annealing
 * @param annealing the prior precisions to pass through
 * @param observer called after every step
 * @param engine how it is computed
 * @param la what computes
 * @param masks what is remembered of masks between runs; for a network that does not change
 */
public record Inference(
        Solver solver,
        StopRule stop,
        Annealing annealing,
        InferenceObserver observer,
        Engine engine,
        LinearAlgebra la,
        MaskCache masks)
        implements Serializable {
    private static final double NEWTON_TOLERANCE = 1e-3;
    private static final int NEWTON_STEPS = 100;
    private static final double FIRST_ORDER_TOLERANCE = 1e-2;
    private static final int FIRST_ORDER_STEPS = 2_000;

    public Inference {
        if (engine == Engine.SPAN) {
            throw new IllegalArgumentException("The span engine is for learning. Maybe use Engine.REDUCED.");
        }
    }

    /** What goes to another process: what computes is the shared linear algebra there, and nobody observes. */
    private record Sent(Solver solver, StopRule stop, Annealing annealing, Engine engine) implements Serializable {
        private Object readResolve() {
            return of(solver, stop).withAnnealing(annealing).withEngine(engine);
        }
    }

    private Object writeReplace() {
        return new Sent(solver, stop, annealing, engine);
    }

    /** Fits the solver to the network: Newton where it applies, accelerated gradient steps elsewhere. */
    public static Inference forNetwork(GenerativeNetwork network) {
        return new Solver.Newton().appliesTo(network) ? newton() : accelerated();
    }

    /** Newton steps until the forces balance to a thousandth, at most 100 for each λ. */
    public static Inference newton() {
        return of(Solver.newton(), StopRule.balanced(NEWTON_TOLERANCE, NEWTON_STEPS));
    }

    /**
     * Accelerated steps until the forces balance to a hundredth, at most 2,000 for each λ. A thousandth takes many more and
     * completes no more (docs/decisions/002-codes-and-weights.md).
     */
    public static Inference accelerated() {
        return of(Solver.accelerated(), StopRule.balanced(FIRST_ORDER_TOLERANCE, FIRST_ORDER_STEPS));
    }

    /** T gradient steps with the curvature-bounded step size. */
    public static Inference gradient(int steps) {
        return of(Solver.gradient(), StopRule.steps(steps));
    }

    public static Inference of(Solver solver, StopRule stop) {
        LinearAlgebra la = LinearAlgebra.shared();
        return new Inference(solver, stop, Annealing.none(), InferenceObserver.NONE, Engine.AUTO, la, MaskCache.none());
    }

    public Inference withStop(StopRule newStop) {
        return new Inference(solver, newStop, annealing, observer, engine, la, masks);
    }

    public Inference withAnnealing(Annealing newAnnealing) {
        return new Inference(solver, stop, newAnnealing, observer, engine, la, masks);
    }

    public Inference withObserver(InferenceObserver newObserver) {
        return new Inference(solver, stop, annealing, newObserver, engine, la, masks);
    }

    public Inference withEngine(Engine newEngine) {
        return new Inference(solver, stop, annealing, observer, newEngine, la, masks);
    }

    public Inference withLinearAlgebra(LinearAlgebra newLa) {
        return new Inference(solver, stop, annealing, observer, engine, newLa, masks);
    }

    public Inference withMasks(MaskCache newMasks) {
        return new Inference(solver, stop, annealing, observer, engine, la, newMasks);
    }

    /**
     * Runs inference from the predicted state (x^L = b, or the cue's own prior mean, and downwards).
     *
     * @param cues [cues, size(0)]; only read. Free nodes start from their prediction, whatever the cue holds there
     * @param clamp which sensory nodes are held to the cue
     */
    public Equilibrium run(GenerativeNetwork network, Matrix cues, Clamp clamp) {
        return run(network, predicted(network, cues, clamp), clamp);
    }

    private ValueNodes predicted(GenerativeNetwork network, Matrix cues, Clamp clamp) {
        requireWidth(network, cues, clamp);
        ValueNodes start = ValueNodes.predicted(la, network, cues);
        if (clamp.isAll()) {
            return start;
        }
        Matrix sensory = ValueNodes.predict(la, network, start.layer(1), 0);
        clamp.hold(cues, sensory);
        return start.withSensory(sensory);
    }

    /**
     * Runs inference from the given value nodes.
     *
     * @param start x^0 .. x^L; only read. Clamped sensory nodes keep their values
     */
    public Equilibrium run(GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        return descend(network, start, clamp).equilibrium();
    }

    /**
     * The energies at the end of {@link #run(GenerativeNetwork, Matrix, Clamp)}, per cue and layer, without the end itself: where the sensory
     * layer is summed away, nothing is predicted at its size.
     */
    public double[][] energies(GenerativeNetwork network, Matrix cues, Clamp clamp) {
        return descend(network, predicted(network, cues, clamp), clamp).energies();
    }

    /**
     * This inference of the same patterns again and again, while the weights learn.
     *
     * @param network whose weights may change in place
     * @param patterns [patterns, size(0)], all of which is clamped; only read
     */
    public Settling settling(GenerativeNetwork network, Matrix patterns) {
        requireWidth(network, patterns, Clamp.all(network.size(0)));
        return new Settling(this, network, patterns);
    }

    /** Goes downhill by the solver and the engine that are wanted. */
    Descent descend(GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        requireWidth(network, start.layer(0), clamp);
        requireSolver(network);
        boolean reduced = uses(network, clamp, start.cues()) == Engine.REDUCED;
        Descent descent = new Descent(this, network, start, clamp);
        Optional<ConstantStep> constant = constantStep(network, start.layer(0), clamp);
        if (constant.isPresent()) {
            return descent.constant(constant.get().start(start));
        }
        if (!reduced) {
            return descent.written();
        }
        return solver instanceof Solver.Newton ? descent.newton(masks::get) : descent.reduced();
    }

    /** The steps of Algorithm 1's inference, if that is what this {@link #isConstant is}. */
    Optional<ConstantStep> constantStep(GenerativeNetwork network, Matrix cues, Clamp clamp) {
        if (!isConstant(clamp)) {
            return Optional.empty();
        }
        double gamma = constantStep().orElseThrow();
        return Optional.of(
                uses(network, clamp, cues.rows()) == Engine.REDUCED
                        ? ConstantStep.summed(la, network, cues, gamma)
                        : ConstantStep.written(la, network, cues, gamma));
    }

    /** γ, where every step is the paper's with the same one. */
    private OptionalDouble constantStep() {
        return isLiteral() && solver instanceof Solver.Gradient gradient
                ? gradient.stepSize().constant()
                : OptionalDouble.empty();
    }

    /** Whether it is Algorithm 1's inference: a given number of constant steps with every sensory node clamped. */
    boolean isConstant(Clamp clamp) {
        return constantStep().isPresent()
                && stop.equals(StopRule.steps(stop.steps()))
                && annealing.factors().equals(List.of(1.0))
                && clamp.isAll();
    }

    /** Whether every step is to be the paper's, free sensory nodes included. */
    boolean isLiteral() {
        return solver instanceof Solver.Gradient gradient
                && !gradient.stepSize().isGuarded();
    }

    /**
     * The engine this inference takes.
     *
     * @throws IllegalArgumentException if the engine it is set to does not apply
     */
    public Engine uses(GenerativeNetwork network, Clamp clamp, int cues) {
        return EngineCost.choose(InferencePlan.of(this, network, clamp, cues), engine);
    }

    private void requireSolver(GenerativeNetwork network) {
        if (solver instanceof Solver.Newton newton && !newton.appliesTo(network)) {
            throw new IllegalArgumentException(
                    "The Newton solver is for one hidden layer of ReLU or linear units; this network is %s. Maybe use Inference.accelerated()."
                            .formatted(network));
        }
    }

    private static void requireWidth(GenerativeNetwork network, Matrix cues, Clamp clamp) {
        network.priorMeans().requireFits(cues.rows());
        if (cues.columns() != network.size(0) || clamp.values() != network.size(0)) {
            throw new IllegalArgumentException(
                    "The network has %d sensory nodes; the cues have %d values and the clamp %d. Maybe the cues are pictures of another size."
                            .formatted(network.size(0), cues.columns(), clamp.values()));
        }
        if (clamp.rows().size() != 1 && clamp.rows().size() != cues.rows()) {
            throw new IllegalArgumentException(
                    "The clamp has %d rows for %d cues; it needs one for all or one for each."
                            .formatted(clamp.rows().size(), cues.rows()));
        }
    }
}
