package dev.engram.memory.hopfield;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Shape;
import dev.engram.memory.internal.Described;
import java.util.Map;

/**
 * Options of a modern Hopfield network: its similarity and its separation.
 *
 * @param similarity between a cue and the stored patterns
 * @param separation of the similar from the rest
 */
public record ModernHopfieldOptions(Similarity similarity, Separation separation) implements MemoryModel {
    public ModernHopfieldOptions {
        if (separation instanceof Separation.Polynomial && !similarity.mayBePositive()) {
            throw new IllegalArgumentException(
                    "A rectified polynomial keeps what is above 0, and the similarity %s never is. Maybe use DOT or COSINE, or another separation."
                            .formatted(similarity));
        }
        if (separation instanceof Separation.Epanechnikov && similarity != Similarity.EUCLIDEAN) {
            throw new IllegalArgumentException(
                    "Epanechnikov's kernel is one of squared distances, which the similarity %s is not. Maybe use EUCLIDEAN, or another separation."
                            .formatted(similarity));
        }
    }

    /** Ramsauer et al. 2021, and Table 1 of Salvatori et al. 2021 with β = 2: dot product and softmax. */
    public static ModernHopfieldOptions ramsauer(double beta) {
        return new ModernHopfieldOptions(Similarity.DOT, Separation.softmax(beta));
    }

    /** Squared distances and softmax, which suit pictures better than the dot product. */
    public static ModernHopfieldOptions euclidean(double beta) {
        return new ModernHopfieldOptions(Similarity.EUCLIDEAN, Separation.softmax(beta));
    }

    @Override
    public String name() {
        return "modern-hopfield";
    }

    @Override
    public Map<String, String> describe() {
        return Described.join(Described.of("similarity", similarity.word()), separation.describe());
    }

    @Override
    public boolean keepsPatterns() {
        return true;
    }

    @Override
    public double bytesNeeded(int patterns, Shape shape) {
        return (Float.BYTES + 2.0 * Double.BYTES) * patterns * shape.values();
    }

    @Override
    public Learned<ModernHopfield> learn(Matrix patterns, Shape shape, long seed, Watch watch, LinearAlgebra la) {
        return Learned.atOnce(ModernHopfield.learn(patterns, this, la), patterns, watch);
    }
}
