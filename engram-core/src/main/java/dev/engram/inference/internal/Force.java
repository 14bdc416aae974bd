package dev.engram.inference.internal;

import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Energy;
import dev.engram.network.Evaluation;
import dev.engram.network.ValueNodes;

/**
 * The force on every value node, which is the direction in which inference moves it: the paper's Eq. 3.
 *
 * <pre>
 *   Δx^l / γ = -∂E/∂x^l = -π_l ε^l + f'(x^l) ⊙ θ^{lᵀ} π_{l-1} ε^{l-1}      (Eq. 3)
 *   Δx^0 / γ = -ε^0 for a free sensory node, 0 for a clamped one
 * </pre>
 *
 * <table>
 *   <caption>Symbols</caption>
 *   <tr><td>ε^l</td><td>{@link Evaluation#errors()}</td><td>[cues, size(l)]</td></tr>
 *   <tr><td>θ^{lᵀ} π_{l-1} ε^{l-1}</td><td>{@link Evaluation#feedback()}</td><td>[cues, size(l)]</td></tr>
 *   <tr><td>π_l</td><td>{@link Energy#precision}</td><td>λ at the top, else 1</td></tr>
 *   <tr><td>-∂E/∂x^l</td><td>{@link #direction()}</td><td>[cues, size(l)]</td></tr>
 * </table>
 *
 * <p>On the kink of a ReLU unit the energy has a slope to either side; f'(0) = 0 is the paper's choice, the steepest way down that of
 * solvers whose energy must not rise. The constant step computes the same equation in another layout ({@link Lanes#step}); there the reason
 * is speed (docs/decisions/005-inference-one-loop.md).
 *
 * <p>Source: Salvatori et al. 2021, Eq. 3.
 */
final class Force {
    private static final Activation.Lines STRAIGHT = new Activation.Lines(1, 1);

    private final Activation activation;
    private final boolean oneSided;
    private final Activation.Lines lines;
    private final int firstLayer;
    private final ValueNodes direction;
    private final ValueNodes slope;

    /**
     * No forces yet.
     *
     * @param oneSided whether a unit on its kink feels the steeper of its two slopes
     * @param firstLayer 0 where sensory nodes may move, else 1
     * @param shape value nodes as many as there will be forces
     */
    Force(Activation activation, boolean oneSided, int firstLayer, ValueNodes shape) {
        this(activation, oneSided, firstLayer, shape.zerosFrom(firstLayer), shape.zerosFrom(1));
    }

    private Force(Activation activation, boolean oneSided, int firstLayer, ValueNodes direction, ValueNodes slope) {
        this.activation = activation;
        this.oneSided = oneSided && activation.hasKink();
        this.lines = activation.lines().orElse(STRAIGHT);
        this.firstLayer = firstLayer;
        this.direction = direction;
        this.slope = slope;
    }

    /** The forces on the named cues alone, in the order given. */
    Force rows(int... cues) {
        ValueNodes chosen = direction.rows(cues);
        return new Force(activation, oneSided, firstLayer, chosen, chosen.zerosFrom(1));
    }

    /** The forces found last; live. */
    ValueNodes direction() {
        return direction;
    }

    /**
     * f'(x) for one cue, which comes before {@link #at}. A pass of its own: where the compiler joins the two, {@link #at} takes twice as long
     * (decision 005).
     */
    void slopes(ValueNodes x, int cue) {
        for (int l = 1; l <= x.top(); l++) {
            int columns = x.layer(l).columns();
            activation.slopes(x.layer(l).data(), slope.layer(l).data(), cue * columns, (cue + 1) * columns);
        }
    }

    /**
     * Eq. 3 for one cue.
     *
     * @param x where the cue stands; its {@link #slopes} are known
     * @param found what {@code energy} found there
     * @return the residual |∂E/∂x| / (|∂E/∂x| + |π ε|), 0 where all forces are
     */
    double at(ValueNodes x, Energy energy, Evaluation found, int cue) {
        double squares = firstLayer == 0 ? sensory(energy, found.errors().get(0), cue) : 0;
        double own = 0;
        for (int l = 1; l <= x.top(); l++) {
            float[] values = x.layer(l).data();
            float[] slopes = slope.layer(l).data();
            float[] error = found.errors().get(l).data();
            float[] feedback = found.feedback().get(l).data();
            float[] force = direction.layer(l).data();
            double precision = energy.precision(l);
            int from = cue * x.layer(l).columns();
            int to = from + x.layer(l).columns();
            for (int i = from; i < to; i++) {
                double down = -precision * error[i];
                if (oneSided && values[i] == 0) {
                    double right = down + lines.right() * feedback[i];
                    double left = lines.left() == 0 ? down : down + lines.left() * feedback[i];
                    force[i] = (float) (right > 0 ? right : Math.min(left, 0));
                } else {
                    force[i] = (float) (down + slopes[i] * feedback[i]); // Eq. 3
                }
                own += down * down;
                squares += (double) force[i] * force[i];
            }
        }
        return squares == 0 ? 0 : Math.sqrt(squares) / (Math.sqrt(squares) + Math.sqrt(own));
    }

    /** The sensory layer's part; returns the sum of its squares. */
    private double sensory(Energy energy, Matrix errors, int cue) {
        float[] error = errors.data();
        float[] force = direction.layer(0).data();
        double precision = energy.precision(0);
        int from = cue * errors.columns();
        double squares = 0;
        for (int i = from; i < from + errors.columns(); i++) {
            force[i] = energy.isFree(cue, i - from) ? (float) (-precision * error[i]) : 0f;
            squares += (double) force[i] * force[i];
        }
        return squares;
    }
}
