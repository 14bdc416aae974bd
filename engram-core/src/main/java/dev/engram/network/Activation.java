package dev.engram.network;

import dev.engram.linalg.Matrix;
import java.io.Serializable;
import java.util.Optional;

/**
 * The non-linearity f of Eq. 1, applied to a layer's value nodes before they predict the layer below. The usual ones are {@link #RELU}, {@link
 * #TANH} and {@link #LINEAR}; another is a class that implements this.
 *
 * <p>One's own is best a record or an enum: two that compute the same must be equal, several threads call it at once, and it is sent where
 * patterns are. Its loops should be over flat arrays with the same index throughout and without branches, so that the compiler vectorises them.
 *
 * <p>Memory files hold its {@link #word}. To be read back (and to be chosen on the command line) its class, public and with a public
 * constructor without arguments, is named in {@code META-INF/services/dev.engram.network.Activation} of its jar; what that constructor makes is
 * what its word means, and one with other parameters is not written.
 */
public interface Activation extends UsualActivations, Serializable {
    /** Its name in files and on the command line: lower case, with hyphens, for example {@code relu}. */
    String word();

    /**
     * Writes f(x) to {@code out} at the indices {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @param out may be {@code x} itself
     */
    void values(float[] x, float[] out, int from, int to);

    /**
     * Writes f'(x) to {@code out} at the indices {@code from} (inclusive) to {@code to} (exclusive). Where f has a kink it may be the slope to either
     * side.
     *
     * @param out may be {@code x} itself
     */
    void slopes(float[] x, float[] out, int from, int to);

    /**
     * The largest |f'(x)|, positive and finite, which bounds the step of inference. An f that is as steep as one likes states that of the
     * values it expects; a step that proves too long is taken back and halved.
     */
    double steepest();

    /**
     * The two lines that f is made of, where it is: a guarded step then stops on the kink between them, and {@code 0, 1} and {@code 1, 1} are
     * solved by Newton's method. Empty, as by default, for any other f.
     */
    default Optional<Lines> lines() {
        return Optional.empty();
    }

    /**
     * f(x) = left · x below 0 and right · x above.
     *
     * @param left slope below 0, finite
     * @param right slope above 0, finite
     */
    record Lines(double left, double right) {}

    /** Whether f is two lines with a kink at 0 between them. */
    default boolean hasKink() {
        return lines().filter(lines -> lines.left() != lines.right()).isPresent();
    }

    /** Writes f(x) to {@code out}, which is at least as long as {@code x}. */
    default void values(float[] x, float[] out) {
        values(x, out, 0, x.length);
    }

    /** f(x), as a new matrix. */
    default Matrix values(Matrix x) {
        Matrix f = Matrix.zeros(x.rows(), x.columns());
        values(x.data(), f.data());
        return f;
    }

    /** Writes f'(x) to {@code out}, which is at least as long as {@code x}. */
    default void slopes(float[] x, float[] out) {
        slopes(x, out, 0, x.length);
    }
}
