package dev.engram.inference;

import dev.engram.inference.internal.ConstantStep;
import dev.engram.inference.internal.Descent;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Tensor;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.Map;
import java.util.Optional;

/**
 * Repeats the inference of the same patterns while the weights of their network learn, as Algorithm 1 does.
 *
 * <pre>
 *   settling = inference.settling(network, patterns)
 *   for every update:
 *       x = settling.settle(x)
 *       settling.weightsMove(rate, x, errors)       or weightsChange()
 *       network's weights are changed in place
 * </pre>
 *
 * <p>Where the inference is a given number of constant steps (nothing annealed, no tolerance), its arrays and its sums over the weights are
 * kept through all updates; the sums are updated when the weights move by Algorithm 1's step. Any other inference starts again each time.
 *
 * <p>The result is value nodes only: energies and residual of the end would cost another evaluation of all weights, and learning evaluates
 * them anyway. For one thread.
 *
 * <p>Source: Salvatori et al. 2021, Algorithm 1.
 */
public final class Settling {
    private final Inference inference;
    private final GenerativeNetwork network;
    private final Clamp clamp;
    private final Optional<ConstantStep> constant;
    private final Matrix patterns;
    private Optional<ValueNodes> values =
            Optional.empty(); // where it stands, or where its constant steps started; at first the predicted state
    private boolean diverged;

    Settling(Inference inference, GenerativeNetwork network, Matrix patterns) {
        this(inference, network, patterns, inference.constantStep(network, patterns, Clamp.all(network.size(0))));
    }

    private Settling(Inference inference, GenerativeNetwork network, Matrix patterns, Optional<ConstantStep> constant) {
        this.inference = inference;
        this.network = network;
        this.clamp = Clamp.all(network.size(0));
        this.constant = constant;
        this.patterns = patterns;
    }

    /**
     * The same inference of other cues by the same weights, which {@code sameNetwork} may keep in another way (as a matrix, or in a span);
     * sums over the weights are shared.
     *
     * @param cues [cues, size(0)]; only read
     */
    public Settling forCues(GenerativeNetwork sameNetwork, Matrix cues) {
        return new Settling(inference, sameNetwork, cues, constant.map(steps -> steps.forCues(sameNetwork, cues)));
    }

    /**
     * Runs the inference from the given value nodes.
     *
     * @param from x^0 .. x^L, x^0 being the patterns; only read
     * @return where they end
     */
    public ValueNodes settle(ValueNodes from) {
        start(from);
        advance(inference.stop().steps());
        return values();
    }

    /** Goes to the given value nodes, x^0 being the patterns. */
    public void start(ValueNodes from) {
        constant.ifPresent(steps -> steps.start(from));
        values = Optional.of(from);
        diverged = false;
    }

    /** Takes up to that many steps from where it stands. */
    public void advance(int steps) {
        Inference these = inference.withStop(inference.stop().withSteps(steps));
        Descent descent = constant.isPresent()
                ? new Descent(these, network, standing(), clamp).constant(constant.get())
                : these.descend(network, standing(), clamp);
        diverged = descent.hasDiverged();
        if (constant.isEmpty()) {
            values = Optional.of(descent.values());
        }
    }

    /** Where it stands. */
    public ValueNodes values() {
        return constant.map(ConstantStep::values).orElseGet(this::standing);
    }

    private ValueNodes standing() {
        if (values.isEmpty()) {
            values = Optional.of(ValueNodes.predicted(inference.la(), network, patterns));
        }
        return values.get();
    }

    /** Whether the values of any pattern left the range of finite numbers in the last steps; it stays at the last finite ones. */
    public boolean hasDiverged() {
        return diverged;
    }

    /**
     * Must be called before the weights move by rate · Σ ε fᵀ (Eq. 4), from where an inference ended. Sums over the weights are then
     * updated in 6·N·size(1)·(size(0) + size(1)) operations or fewer, instead of size(1)²·size(0).
     *
     * @param rate α/N
     * @param end where the inference ended
     * @param errors ε⁰ there, [patterns, size(0)]
     */
    public void weightsMove(double rate, ValueNodes end, Matrix errors) {
        constant.ifPresent(steps -> steps.weightsMove(rate, end, errors));
    }

    /**
     * The sums over the weights, live, between two updates: what they have gathered of rounding while the weights moved is part of them. Empty
     * where there are none, or they will be formed again.
     */
    public Map<String, Tensor> sums() {
        return constant.map(ConstantStep::sums).orElse(Map.of());
    }

    /**
     * Takes over {@link #sums} as they were under the weights as they are.
     *
     * @throws IllegalArgumentException if they are of another network
     */
    public void restore(Map<String, Tensor> sums) {
        constant.ifPresent(steps -> steps.restore(sums));
    }

    /** Must be called when the weights change in another way; sums over them are computed again when they are next needed. */
    public void weightsChange() {
        constant.ifPresent(ConstantStep::weightsChange);
    }
}
