package dev.engram.network;

/**
 * How the parameters of a new network are drawn, all from normal distributions.
 *
 * @param memoryMean mean of the memory vector b; 1 leaves most ReLU units active at rest, which completion needs
 * @param memoryStd standard deviation of b; with 0 (and mean 0) a ReLU network would never start to move
 * @param sensoryStd standard deviation of the weights that predict the sensory layer
 * @param hiddenGain the weights that predict a hidden layer from n nodes have variance hiddenGain / n
 */
public record Initialisation(double memoryMean, double memoryStd, double sensoryStd, double hiddenGain) {
    public Initialisation {
        if (!(memoryStd >= 0) || !(sensoryStd >= 0) || !(hiddenGain >= 0) || !Double.isFinite(memoryMean)) {
            throw new IllegalArgumentException(
                    "An initialisation needs a finite mean and standard deviations of at least 0; given were memoryMean %s, memoryStd %s, sensoryStd %s, hiddenGain %s."
                            .formatted(memoryMean, memoryStd, sensoryStd, hiddenGain));
        }
    }

    double hiddenStd(int inputs) {
        return Math.sqrt(hiddenGain / inputs);
    }
}
