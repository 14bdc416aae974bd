package dev.engram.inference;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.ChainEnergy;
import dev.engram.network.Clamp;
import dev.engram.network.Evaluation;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A plane through the energy of one cue, spanned by three states of the hidden value nodes, for plotting the energy around an equilibrium.
 *
 * <pre>
 *   x(s, t) = origin + s u + t v,   |u| = |v| = 1,   u·v = 0
 *   u along first - origin,   v along the part of second - origin that is not along u
 * </pre>
 *
 * <p>A state is all hidden layers, x^1 .. x^L, one after the other. Free sensory nodes stand at their prediction, where they have no
 * energy; clamped ones at the cue. A direction without length (two states are the same) is 0.
 */
public final class EnergySlice {
    private static final int POINTS_AT_ONCE = 64;

    private final LinearAlgebra la;
    private final GenerativeNetwork network;
    private final Matrix cue;
    private final Clamp clamp;
    private final float[] origin;
    private final double[] u;
    private final double[] v;

    /**
     * The plane through three states.
     *
     * @param network with the λ whose energy is wanted
     * @param cue [1, size(0)]
     * @param clamp which sensory nodes are held to the cue
     * @param origin where s and t are 0
     * @param first gives the direction of s
     * @param second gives the direction of t
     */
    public EnergySlice(
            LinearAlgebra la,
            GenerativeNetwork network,
            Matrix cue,
            Clamp clamp,
            float[] origin,
            float[] first,
            float[] second) {
        int nodes = IntStream.rangeClosed(1, network.hiddenLayers())
                .map(network::size)
                .sum();
        if (origin.length != nodes || first.length != nodes || second.length != nodes) {
            throw new IllegalArgumentException("The network has %d hidden value nodes; the states have %d, %d and %d."
                    .formatted(nodes, origin.length, first.length, second.length));
        }
        if (cue.rows() != 1 || cue.columns() != network.size(0) || clamp.values() != network.size(0)) {
            throw new IllegalArgumentException(
                    "A slice is for one cue of %d values; given was %s.".formatted(network.size(0), cue));
        }
        this.la = la;
        this.network = network;
        this.cue = cue;
        this.clamp = clamp;
        this.origin = origin.clone();
        this.u = normalised(difference(first, origin));
        double[] direction = difference(second, origin);
        double along = dot(direction, u);
        for (int i = 0; i < nodes; i++) {
            direction[i] -= along * u[i];
        }
        this.v = normalised(direction);
    }

    private static double[] difference(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] - b[i])
                .toArray();
    }

    private static double[] normalised(double[] direction) {
        double length = Math.sqrt(dot(direction, direction));
        for (int i = 0; i < direction.length; i++) {
            direction[i] = length == 0 ? 0 : direction[i] / length;
        }
        return direction;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** s and t of the point of the plane nearest to a state. */
    public double[] project(float[] state) {
        double[] direction = difference(state, origin);
        return new double[] {dot(direction, u), dot(direction, v)};
    }

    /**
     * The energy at points of the plane, all layers together.
     *
     * @param s one for each point
     * @param t as many
     */
    public double[] energy(double[] s, double[] t) {
        double[] energy = new double[s.length];
        for (int from = 0; from < s.length; from += POINTS_AT_ONCE) {
            int to = Math.min(s.length, from + POINTS_AT_ONCE);
            energies(s, t, from, to, energy);
        }
        return energy;
    }

    private void energies(double[] s, double[] t, int from, int to, double[] out) {
        int points = to - from;
        ValueNodes hidden = hidden(s, t, from, to);
        Matrix sensory = ValueNodes.predict(la, network, hidden.layer(1), 0);
        for (int p = 0; p < points; p++) {
            int row = p * sensory.columns();
            clamp.row(0).stream().forEach(i -> sensory.data()[row + i] = cue.data()[i]);
        }
        ChainEnergy energy = new ChainEnergy(la, network, Clamp.all(network.size(0)), points);
        Evaluation found = energy.newEvaluation();
        energy.evaluateErrors(hidden.withSensory(sensory), found);
        for (int p = 0; p < points; p++) {
            out[from + p] = found.total(p);
        }
    }

    private ValueNodes hidden(double[] s, double[] t, int from, int to) {
        Matrix[] layers = new Matrix[network.hiddenLayers() + 1];
        layers[0] = Matrix.zeros(to - from, 0);
        int offset = 0;
        for (int l = 1; l < layers.length; l++) {
            layers[l] = Matrix.zeros(to - from, network.size(l));
            for (int p = from; p < to; p++) {
                for (int i = 0; i < network.size(l); i++) {
                    int k = offset + i;
                    layers[l].set(p - from, i, (float) (origin[k] + s[p] * u[k] + t[p] * v[k]));
                }
            }
            offset += network.size(l);
        }
        return new ValueNodes(List.of(layers));
    }
}
