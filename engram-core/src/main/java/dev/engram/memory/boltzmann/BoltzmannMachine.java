package dev.engram.memory.boltzmann;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.RationalTanh;
import dev.engram.linalg.Tensor;
import dev.engram.linalg.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A deep Boltzmann machine: one energy says how likely what is perceived and all hidden units are together.
 *
 * <pre>
 *   E(y, s) = |y|² / 2ν - Σ_l s_l·u_l,     u_1 = c_1 + W_1 y / ν,  u_l = c_l + W_l s_{l-1},     p(y, s) ∝ exp(-E)
 *   p(y | s)          = N(W_1ᵀ s_1, ν)
 *   p(s_lj = 1 | ..)  = ½ (1 + tanh a_lj),      a_l = u_l + W_{l+1}ᵀ s_{l+1}
 *   mean field        m_l = tanh(a_l / T),      s replaced by m in a_l
 *   free energy       F(y, m) = E(y, m) - Σ entropy of m;  at least -log Σ_s exp(-E(y, s)), and equal to it with one hidden layer at rest
 * </pre>
 *
 * <p>y is the perception, [rows, values], as a deviation from its bias; s_l are hidden units of layer l, -1 or 1 each, [rows, units]. Two
 * values about 0 are what Montavon and Müller 2012 call centred: layers above say nothing as long as they know nothing, and all layers learn
 * together. A state is a list: the perception, then the layers.
 *
 * <p>Source: Salakhutdinov and Hinton 2009, "Deep Boltzmann machines", eq. 1 to 6, with Gaussian values at the bottom.
 */
final class BoltzmannMachine {
    private final LinearAlgebra la;
    private final List<Matrix> weights;
    private final List<float[]> biases;
    private final double noise;

    /**
     * @param weights W_1 .. W_L, each [units, units below]; the live arrays
     * @param biases c_1 .. c_L; the live arrays
     * @param noise ν, positive
     */
    BoltzmannMachine(LinearAlgebra la, List<Matrix> weights, List<float[]> biases, double noise) {
        this.la = la;
        this.weights = List.copyOf(weights);
        this.biases = List.copyOf(biases);
        this.noise = noise;
    }

    /** L. */
    int layers() {
        return weights.size();
    }

    Matrix weight(int layer) {
        return weights.get(layer - 1);
    }

    float[] bias(int layer) {
        return biases.get(layer - 1);
    }

    double noise() {
        return noise;
    }

    /** A state with this perception, which it shares, and hidden units of which nothing is known. */
    List<Matrix> state(Matrix perception) {
        List<Matrix> state = new ArrayList<>(List.of(perception));
        weights.forEach(w -> state.add(Matrix.zeros(perception.rows(), w.rows())));
        return state;
    }

    /** W_1ᵀ s_1, what the first layer expects to be perceived. */
    Matrix expected(List<Matrix> state) {
        return la.product(state.get(1), Transpose.NO, weight(1), Transpose.NO);
    }

    /** u_l, what the layer below says. */
    private Matrix fromBelow(List<Matrix> state, int layer) {
        Matrix u = Matrix.zeros(state.get(0).rows(), weight(layer).rows());
        u.setRows(bias(layer));
        float scale = layer == 1 ? (float) (1 / noise) : 1;
        la.multiply(scale, state.get(layer - 1), Transpose.NO, weight(layer), Transpose.YES, 1, u);
        return u;
    }

    /** tanh(a_l / T). */
    private Matrix means(List<Matrix> state, int layer, double temperature) {
        Matrix a = fromBelow(state, layer);
        if (layer < layers()) {
            la.multiply(1, state.get(layer + 1), Transpose.NO, weight(layer + 1), Transpose.NO, 1, a);
        }
        float[] values = a.data();
        for (int i = 0; i < values.length && temperature != 1; i++) {
            values[i] = (float) (values[i] / temperature);
        }
        RationalTanh.values(values, values, 0, values.length);
        return a;
    }

    /** One sweep of the mean field: every hidden layer, from the first, given the others. */
    void settle(List<Matrix> state, double temperature) {
        for (int layer = 1; layer <= layers(); layer++) {
            state.get(layer).set(means(state, layer, temperature));
        }
    }

    /** Draws hidden units whose means are in the state, each for itself. */
    void drawUnits(List<Matrix> state, SplittableRandom random) {
        for (int layer = 1; layer <= layers(); layer++) {
            draw(state.get(layer), random);
        }
    }

    /** One sweep of Gibbs sampling: the perception and then every hidden layer, each drawn given the others. */
    void sample(List<Matrix> state, SplittableRandom random) {
        Matrix y = state.get(0);
        y.set(expected(state));
        double deviation = Math.sqrt(noise);
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] += (float) (deviation * random.nextGaussian());
        }
        for (int layer = 1; layer <= layers(); layer++) {
            state.get(layer).set(means(state, layer, 1));
            draw(state.get(layer), random);
        }
    }

    private static void draw(Matrix means, SplittableRandom random) {
        float[] values = means.data();
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextDouble() < 1 + values[i] ? 1 : -1;
        }
    }

    /**
     * The forces on the parameters that make one state likelier than another: W_1, c_1, W_2, c_2 and so on.
     *
     * <pre>
     *   on W_1 = (⟨m_1 y⟩ - ⟨s_1 W_1ᵀ s_1⟩) / ν,   on W_l = ⟨m_l m_{l-1}⟩ - ⟨s_l s_{l-1}⟩,   on c_l = ⟨m_l⟩ - ⟨s_l⟩
     * </pre>
     *
     * <p>The gradient of the mean of -F less log Z, which is the log likelihood of y with one hidden layer and a bound of it with more, where
     * the mean field is at rest and s is drawn from the machine.
     *
     * @param held patterns, and the mean field given them
     * @param free units drawn; its perception does not count, since the mean of y given s_1 is known
     */
    List<Tensor> forces(List<Matrix> held, List<Matrix> free) {
        List<Matrix> dreamt = new ArrayList<>(free);
        dreamt.set(0, expected(free));
        List<Tensor> forces = new ArrayList<>();
        for (int layer = 1; layer <= layers(); layer++) {
            double factor = layer == 1 ? 1 / noise : 1;
            Matrix force = Matrix.zeros(weight(layer).rows(), weight(layer).columns());
            add(factor, held, layer, force);
            add(-factor, dreamt, layer, force);
            forces.add(Tensor.of(force));
            Tensor onBias = Tensor.wrap(held.get(layer).meanRow(), force.rows());
            onBias.addScaled(-1, Tensor.wrap(free.get(layer).meanRow(), force.rows()), 0, force.rows());
            forces.add(onBias);
        }
        return forces;
    }

    private void add(double factor, List<Matrix> state, int layer, Matrix force) {
        Matrix units = state.get(layer);
        float each = (float) (factor / units.rows());
        la.multiply(each, units, Transpose.YES, state.get(layer - 1), Transpose.NO, 1, force);
    }

    /** F of every row. */
    double[] freeEnergy(List<Matrix> state) {
        double[] energy = new double[state.get(0).rows()];
        for (int row = 0; row < energy.length; row++) {
            energy[row] = state.get(0).squaredLength(row) / (2 * noise);
        }
        for (int layer = 1; layer <= layers(); layer++) {
            Matrix u = fromBelow(state, layer);
            Matrix m = state.get(layer);
            la.parallel(energy.length, row -> {
                for (int j = 0; j < m.columns(); j++) {
                    double mean = m.get(row, j);
                    energy[row] -= mean * u.get(row, j) + entropy(mean);
                }
            });
        }
        return energy;
    }

    /** Of a unit that is 1 or -1, with this mean. */
    private static double entropy(double mean) {
        return part((1 + mean) / 2) + part((1 - mean) / 2);
    }

    private static double part(double probability) {
        return probability <= 0 ? 0 : -probability * Math.log(probability);
    }
}
