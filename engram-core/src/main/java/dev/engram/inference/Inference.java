package dev.engram.inference;

import dev.engram.inference.internal.ActiveSetNewton;
import dev.engram.inference.internal.ConstantStep;
import dev.engram.inference.internal.Elimination;
import dev.engram.inference.internal.FirstOrder;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Inference: lowers the energy over the value nodes while weights, memory vector and clamped sensory nodes stay fixed.
 *
 * <p>Composed of a solver (with its step size), a stop rule, an annealing of the prior precision and an observer. With everything
 * clamped this is the inference of Algorithm 1 and of denoising; with some nodes free it is Algorithm 2.
 *
 * @param solver how to go downhill
 * @param stop when to end; the steps are per stage of the annealing
 * @param annealing the prior precisions to pass through
 * @param observer told of every step
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
        MaskCache masks) {
    private static final double NEWTON_TOLERANCE = 1e-3;
    private static final int NEWTON_STEPS = 100;
    private static final double FIRST_ORDER_TOLERANCE = 1e-2;
    private static final int FIRST_ORDER_STEPS = 2_000;

    public Inference {
        if (engine == Engine.SPAN) {
            throw new IllegalArgumentException("The span engine is for learning. Maybe use Engine.GRAM.");
        }
    }

    /** Fits the solver to the network: Newton where it applies, accelerated gradient steps elsewhere. */
    public static Inference forNetwork(GenerativeNetwork network) {
        return ActiveSetNewton.applies(network) ? newton() : accelerated();
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
        return new Inference(
                solver,
                stop,
                Annealing.none(),
                InferenceObserver.NONE,
                Engine.AUTO,
                LinearAlgebra.shared(),
                MaskCache.none());
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
        requireWidth(network, cues, clamp);
        ValueNodes start = ValueNodes.predicted(la, network, cues);
        if (!clamp.isAll()) {
            Matrix sensory = ValueNodes.predict(la, network, start.layer(1), 0);
            clamp.hold(cues, sensory);
            start = start.withSensory(sensory);
        }
        return run(network, start, clamp);
    }

    /**
     * Runs inference from the given value nodes.
     *
     * @param start x^0 .. x^L; only read. Clamped sensory nodes keep their values
     */
    public Equilibrium run(GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        requireWidth(network, start.layer(0), clamp);
        if (solver instanceof Solver.Newton) {
            if (!ActiveSetNewton.applies(network)) {
                throw new IllegalArgumentException(
                        "The Newton solver is for one hidden layer of ReLU or linear units; this network is %s. Maybe use Inference.accelerated()."
                                .formatted(network));
            }
            uses(network, clamp, start.cues()); // refuses an engine that Newton has no use for
            return new ActiveSetNewton(this, network).run(start, clamp);
        }
        if (isConstant(clamp)) {
            return constant(network, start);
        }
        return uses(network, clamp, start.cues()) == Engine.GRAM
                ? Elimination.run(this, network, start, clamp)
                : firstOrder(network, start, clamp);
    }

    /**
     * {@link #run(GenerativeNetwork, ValueNodes, Clamp)} for the value nodes alone: what is known of the end (prediction, energies, residual)
     * costs an evaluation of all weights, which who evaluates anyway need not pay.
     */
    public ValueNodes settle(GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        requireWidth(network, start.layer(0), clamp);
        if (isConstant(clamp)) {
            return settle(constantSteps(network, start.layer(0)), start);
        }
        if (solver instanceof Solver.Newton || uses(network, clamp, start.cues()) == Engine.GRAM) {
            return run(network, start, clamp).values();
        }
        return descended(network, start, clamp).values();
    }

    /** Whether it is Algorithm 1's inference: a given number of constant steps with every sensory node clamped. */
    boolean isConstant(Clamp clamp) {
        return isLiteral() && stop.tolerance() == 0 && annealing.factors().equals(List.of(1.0)) && clamp.isAll();
    }

    private Equilibrium constant(GenerativeNetwork network, ValueNodes start) {
        ConstantStep run = constantSteps(network, start.layer(0));
        ValueNodes settled = settle(run, start);
        int[] steps = run.steps();
        Equilibrium end = withStop(StopRule.steps(0)) // the evaluation of the end, as the definition has it
                .withObserver(step -> observer.onStep(
                        new InferenceStep(stop.steps(), step.priorPrecision(), step.energy(), step.values())))
                .firstOrder(network, settled, Clamp.all(network.size(0)));
        List<Status> status = IntStream.range(0, start.cues())
                .mapToObj(cue -> run.status(cue, end))
                .toList();
        return new Equilibrium(end.values(), end.prediction(), end.energy(), end.residual(), steps, status);
    }

    private ConstantStep constantSteps(GenerativeNetwork network, Matrix cues) {
        double gamma = ((StepSize.Fixed) ((Solver.Gradient) solver).stepSize()).gamma();
        return uses(network, Clamp.all(network.size(0)), cues.rows()) == Engine.GRAM
                ? ConstantStep.summed(la, network, cues, gamma)
                : ConstantStep.written(la, network, cues, gamma);
    }

    /**
     * What settles the same patterns again and again while the weights learn, where this is Algorithm 1's inference (a given number of
     * constant steps, nothing annealed); empty where it is not, and {@link #settle(GenerativeNetwork, ValueNodes, Clamp)} does it.
     *
     * @param patterns [patterns, size(0)], all of which is clamped
     */
    public Optional<ConstantStep> repeated(GenerativeNetwork network, Matrix patterns) {
        return isConstant(Clamp.all(network.size(0)))
                ? Optional.of(constantSteps(network, patterns))
                : Optional.empty();
    }

    /** {@link #settle(GenerativeNetwork, ValueNodes, Clamp)} by what {@link #repeated} gave. */
    public ValueNodes settle(ConstantStep repeated, ValueNodes start) {
        repeated.start(start);
        repeated.run(stop.steps(), observer);
        return repeated.values();
    }

    /** Whether every step is to be the paper's, free sensory nodes included. */
    boolean isLiteral() {
        return solver instanceof Solver.Gradient gradient && gradient.stepSize() instanceof StepSize.Fixed;
    }

    /** The engine this inference takes. */
    public Engine uses(GenerativeNetwork network, Clamp clamp, int cues) {
        return EngineCost.choose(InferencePlan.of(this, network, clamp, cues), engine);
    }

    /** Gradient or accelerated steps, with every sensory node in its place. */
    public Equilibrium firstOrder(GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        return descended(network, start, clamp).result(network);
    }

    private FirstOrder descended(GenerativeNetwork network, ValueNodes start, Clamp clamp) {
        StepSize stepSize =
                solver instanceof Solver.Gradient gradient ? gradient.stepSize() : StepSize.curvatureBound();
        boolean momentum = solver instanceof Solver.Accelerated;
        FirstOrder run =
                new FirstOrder(la, network.activation(), stepSize, momentum, stop, observer, start, !clamp.isAll());
        double lambda = network.priorPrecision();
        for (double factor : annealing.factors()) {
            GenerativeNetwork stage = network.withPriorPrecision(lambda * factor);
            run.descend(new ChainEnergy(la, stage, clamp, start.cues()), stage.priorPrecision());
        }
        return run;
    }

    /** λ of the annealing's last stage. */
    public double lastPrecision(GenerativeNetwork network) {
        return network.priorPrecision()
                * annealing.factors().get(annealing.factors().size() - 1);
    }

    /** Errors and energies as the definition has them, whatever the solver knew of them on its way. */
    public static Evaluation evaluate(LinearAlgebra la, GenerativeNetwork network, ValueNodes values, Clamp clamp) {
        ChainEnergy energy = new ChainEnergy(la, network, clamp, values.cues());
        Evaluation evaluation = energy.newEvaluation();
        energy.evaluateErrors(values, evaluation);
        return evaluation;
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
