package dev.engram.memory.attractor;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;

/**
 * The patterns that a network generates from each code alone, μ^0 with every error above it at 0, and the squared errors of cues against
 * them. Working memory of [patterns, values] floats, made from what is stored; of [patterns, coordinates] where the sensory layer is the
 * coordinates of {@link WholeCues}.
 */
final class Reconstructions {
    private static final int STRETCH = 256; // values summed in single precision before their sum joins the double one
    private static final int BLOCK = 256; // codes whose squares are there at once

    private final LinearAlgebra la;
    private final Matrix patterns; // less their mean, for the sake of rounding
    private final float[] lengths; // |μ_i|² of what is left
    private final float[] mean;

    Reconstructions(LinearAlgebra la, GenerativeNetwork network, Matrix codes) {
        this.la = la;
        this.patterns = Matrix.zeros(codes.rows(), network.size(0));
        for (int from = 0; from < codes.rows(); from += BLOCK) {
            Matrix block = codes.slice(from, Math.min(codes.rows(), from + BLOCK));
            ValueNodes layers = ValueNodes.predictedFrom(la, network, Matrix.zeros(block.rows(), 0), block);
            Matrix generated = ValueNodes.predict(la, network, layers.layer(1), 0);
            System.arraycopy(generated.data(), 0, patterns.data(), from * values(), generated.data().length);
        }
        this.mean = patterns.meanRow();
        this.lengths = new float[size()];
        la.parallel(size(), i -> {
            for (int j = 0; j < mean.length; j++) {
                patterns.data()[i * mean.length + j] -= mean[j];
            }
            lengths[i] = (float) patterns.squaredLength(i);
        });
    }

    LinearAlgebra la() {
        return la;
    }

    int size() {
        return patterns.rows();
    }

    private int values() {
        return patterns.columns();
    }

    /** The reconstructions from the named codes, [codes, values]. */
    Matrix of(int... named) {
        Matrix rows = patterns.rows(named);
        for (int at = 0; at < rows.data().length; at++) {
            rows.data()[at] += mean[at % mean.length];
        }
        return rows;
    }

    /** Σ_j trust_j (cue_j - μ_j(c_i))², [cues, codes]. */
    Matrix squaredErrors(Matrix cues, Trust trust) {
        Matrix centred = cues.copy();
        for (int at = 0; at < centred.data().length; at++) {
            centred.data()[at] -= mean[at % mean.length];
        }
        Matrix weighted = trust.times(centred);
        Matrix errors = la.product(weighted, Transpose.NO, patterns, Transpose.YES);
        float[] ofCodes = trust.weights().map(this::weightedLengths).orElse(lengths);
        int n = size();
        la.parallel(cues.rows(), cue -> {
            double own = 0;
            for (int at = cue * mean.length; at < (cue + 1) * mean.length; at++) {
                own += (double) weighted.data()[at] * centred.data()[at];
            }
            float[] out = errors.data();
            int of = ofCodes.length == n ? 0 : cue * n;
            for (int i = 0; i < n; i++) {
                float error = ofCodes[of + i] - 2 * out[cue * n + i];
                out[cue * n + i] = (float) Math.max(0, own + error);
            }
        });
        return errors;
    }

    /** Σ_j weight_j μ_j(c_i)², row by row of [rows, codes]: one product for each block of codes. */
    private float[] weightedLengths(Matrix weights) {
        int rows = weights.rows();
        int n = size();
        float[] sums = new float[rows * n];
        la.parallel((n + BLOCK - 1) / BLOCK, block -> {
            int from = block * BLOCK;
            Matrix squares = patterns.slice(from, Math.min(n, from + BLOCK));
            for (int at = 0; at < squares.data().length; at++) {
                squares.data()[at] *= squares.data()[at];
            }
            Matrix part = la.product(weights, Transpose.NO, squares, Transpose.YES);
            for (int row = 0; row < rows; row++) {
                System.arraycopy(part.data(), row * part.columns(), sums, row * n + from, part.columns());
            }
        });
        return sums;
    }

    /**
     * Σ_j min((cue_j - μ_j(c_i))², most), [cues, codes]: an error that no single value can dominate.
     */
    DoubleMatrix truncatedErrors(Matrix cues, float most) {
        int d = mean.length;
        DoubleMatrix errors = DoubleMatrix.zeros(cues.rows(), size());
        float[] all = patterns.data();
        la.parallel(cues.rows(), cue -> {
            float[] centred = new float[d];
            for (int j = 0; j < d; j++) {
                centred[j] = cues.get(cue, j) - mean[j];
            }
            for (int i = 0; i < size(); i++) {
                double sum = 0;
                for (int from = 0; from < d; from += STRETCH) {
                    float part = 0;
                    for (int j = from; j < Math.min(d, from + STRETCH); j++) {
                        float error = centred[j] - all[i * d + j];
                        part += Math.min(error * error, most);
                    }
                    sum += part;
                }
                errors.set(cue, i, sum);
            }
        });
        return errors;
    }
}
