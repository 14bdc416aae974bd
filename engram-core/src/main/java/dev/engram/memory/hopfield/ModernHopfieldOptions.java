package dev.engram.memory.hopfield;

/**
 * Which modern Hopfield network.
 *
 * @param similarity between a cue and the stored patterns
 * @param separation of the similar from the rest
 */
public record ModernHopfieldOptions(Similarity similarity, Separation separation) {
    public ModernHopfieldOptions {
        if (separation instanceof Separation.Polynomial && !similarity.mayBePositive()) {
            throw new IllegalArgumentException(
                    "A rectified polynomial keeps what is above 0, and the similarity %s never is. Maybe use DOT or COSINE, or another separation."
                            .formatted(similarity));
        }
    }

    /** Ramsauer et al. 2021, and Table 1 of Salvatori et al. 2021 with β = 2: dot product and softmax. */
    public static ModernHopfieldOptions ramsauer(double beta) {
        return new ModernHopfieldOptions(Similarity.DOT, Separation.softmax(beta));
    }

    /** Squared distances and softmax: what the dot product spoils for pictures, the distance mends. */
    public static ModernHopfieldOptions euclidean(double beta) {
        return new ModernHopfieldOptions(Similarity.EUCLIDEAN, Separation.softmax(beta));
    }
}
