package dev.engram.memory.attractor;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Mask;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.ValueNodes;

/**
 * The patterns that a network generates from each code alone, μ^0 with every error above it at 0, and the squared errors of cues against
 * them. Working memory of [patterns, values] floats, made from what is stored.
 */
final class Reconstructions {
    private static final int STRETCH = 256; // values summed in single precision before their sum joins the double one

    private final LinearAlgebra la;
    private final Matrix patterns; // less their mean, for the sake of rounding
    private final Matrix squares;
    private final float[] mean;

    Reconstructions(LinearAlgebra la, GenerativeNetwork network, Matrix codes) {
        this.la = la;
        Matrix nothing = Matrix.zeros(codes.rows(), 0);
        ValueNodes layers = ValueNodes.predictedFrom(la, network, nothing, codes);
        this.patterns = ValueNodes.predict(la, network, layers.layer(1), 0);
        this.mean = patterns.meanRow();
        this.squares = Matrix.zeros(patterns.rows(), patterns.columns());
        for (int at = 0; at < patterns.data().length; at++) {
            patterns.data()[at] -= mean[at % mean.length];
            squares.data()[at] = patterns.data()[at] * patterns.data()[at];
        }
    }

    int size() {
        return patterns.rows();
    }

    /** The reconstruction from a code. */
    float[] pattern(int code) {
        float[] pattern = patterns.row(code);
        for (int j = 0; j < pattern.length; j++) {
            pattern[j] += mean[j];
        }
        return pattern;
    }

    /**
     * Σ_j trust_j (cue_j - μ_j(c_i))², [cues, codes].
     *
     * @param trust the weight of every value, [cues, values]; 1 and 0 for a mask
     */
    Matrix squaredErrors(Matrix cues, Matrix trust) {
        int d = mean.length;
        Matrix weighted = Matrix.zeros(cues.rows(), d);
        double[] own = new double[cues.rows()];
        for (int cue = 0; cue < cues.rows(); cue++) {
            for (int j = 0; j < d; j++) {
                int at = cue * d + j;
                float value = cues.data()[at] - mean[j];
                weighted.data()[at] = trust.data()[at] * value;
                own[cue] += (double) weighted.data()[at] * value;
            }
        }
        Matrix errors = la.product(trust, Transpose.NO, squares, Transpose.YES);
        la.multiply(-2, weighted, Transpose.NO, patterns, Transpose.YES, 1, errors);
        for (int cue = 0; cue < cues.rows(); cue++) {
            for (int i = 0; i < size(); i++) {
                errors.set(cue, i, (float) Math.max(0, own[cue] + errors.get(cue, i)));
            }
        }
        return errors;
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

    /** 1 where the mask says known, 0 elsewhere; [cues, values]. */
    static Matrix trust(Mask mask, int cues) {
        Matrix trust = Matrix.zeros(cues, mask.values());
        for (int cue = 0; cue < cues; cue++) {
            for (int j : mask.clamp().indices(cue)) {
                trust.set(cue, j, 1);
            }
        }
        return trust;
    }
}
