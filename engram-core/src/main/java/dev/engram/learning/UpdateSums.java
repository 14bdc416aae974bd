package dev.engram.learning;

import dev.engram.linalg.Matrix;
import dev.engram.network.GenerativeNetwork;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * All that an update of weights and memory vector takes of the patterns, where these are added up in parts: of every layer l ≥ 1 the sums over
 * its rates f(x^l) and the errors ε^{l-1} that they leave, and Σ ε^L. Sums of different patterns add up to those of both together.
 */
public final class UpdateSums implements Serializable {
    private static final long serialVersionUID = 1;

    private final SufficientStatistics[] layers;
    private final double[] priorErrors;
    private final double[] energies;

    private UpdateSums(SufficientStatistics[] layers, int top) {
        this.layers = layers;
        this.priorErrors = new double[top];
        this.energies = new double[layers.length + 1];
    }

    /**
     * The sums of no patterns.
     *
     * @param rates whether Σ f fᵀ is needed, too
     */
    static UpdateSums none(GenerativeNetwork network, boolean rates) {
        int top = network.hiddenLayers();
        SufficientStatistics[] layers = IntStream.rangeClosed(1, top)
                .mapToObj(l -> rates
                        ? new SufficientStatistics(network.size(l), network.size(l - 1))
                        : SufficientStatistics.withoutRates(network.size(l), network.size(l - 1)))
                .toArray(SufficientStatistics[]::new);
        return new UpdateSums(layers, network.size(top));
    }

    /** Of the rates of layer l ≥ 1 and the errors below it; live. */
    public SufficientStatistics layer(int l) {
        return layers[l - 1];
    }

    /** How many patterns were added. */
    public long patterns() {
        return layers[0].patterns();
    }

    /** Adds x^L - b of some patterns. */
    void addPriorErrors(Matrix x, float[] memory) {
        for (int at = 0; at < x.data().length; at++) {
            int j = at % memory.length;
            priorErrors[j] += x.data()[at] - memory[j];
        }
    }

    /** The mean ε^L. */
    public float[] meanPriorError() {
        float[] mean = new float[priorErrors.length];
        for (int j = 0; j < mean.length; j++) {
            mean[j] = (float) (priorErrors[j] / patterns());
        }
        return mean;
    }

    void addEnergies(double... perLayer) {
        for (int l = 0; l < energies.length; l++) {
            energies[l] += perLayer[l];
        }
    }

    /** The energy of every layer, 0 .. L; 0 where it was not asked for. */
    double[] energies() {
        return energies.clone();
    }

    UpdateSums add(UpdateSums others) {
        for (int l = 1; l <= layers.length; l++) {
            layer(l).add(others.layer(l));
        }
        for (int j = 0; j < priorErrors.length; j++) {
            priorErrors[j] += others.priorErrors[j];
        }
        addEnergies(others.energies);
        return this;
    }
}
