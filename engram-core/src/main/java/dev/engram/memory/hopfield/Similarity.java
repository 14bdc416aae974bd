package dev.engram.memory.hopfield;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import dev.engram.memory.Mask;
import java.util.Locale;

/** How alike a cue q and a stored pattern x are, over the values that are known. */
public enum Similarity {
    /** x·q. */
    DOT {
        @Override
        double of(double dot, double pattern, double cue) {
            return dot;
        }
    },
    /** x·q / (|x| |q|); 0 where either has no length. */
    COSINE {
        @Override
        double of(double dot, double pattern, double cue) {
            double lengths = Math.sqrt(pattern) * Math.sqrt(cue);
            return lengths == 0 ? 0 : dot / lengths;
        }
    },
    /** -|x - q|², the negative squared distance. */
    EUCLIDEAN {
        @Override
        double of(double dot, double pattern, double cue) {
            return Math.min(0, 2 * dot - pattern - cue);
        }
    },
    /** -Σ |x_j - q_j|. */
    MANHATTAN {
        @Override
        public String word() {
            return "l1";
        }

        @Override
        DoubleMatrix of(LinearAlgebra la, Matrix cues, Matrix patterns, Mask mask) {
            DoubleMatrix all = DoubleMatrix.zeros(cues.rows(), patterns.rows());
            la.parallel(cues.rows(), cue -> {
                int[] known = mask.clamp().indices(cue);
                for (int i = 0; i < patterns.rows(); i++) {
                    double distance = 0;
                    for (int j : known) {
                        distance += Math.abs(patterns.get(i, j) - cues.get(cue, j));
                    }
                    all.set(cue, i, -distance);
                }
            });
            return all;
        }

        @Override
        double of(double dot, double pattern, double cue) {
            throw new UnsupportedOperationException("The Manhattan distance is not a function of products.");
        }
    };

    /** As it is spelled in files and commands: dot, cosine, euclidean, l1. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** From x·q, |x|² and |q|². */
    abstract double of(double dot, double pattern, double cue);

    /** Whether a similarity may be above 0. */
    boolean mayBePositive() {
        return this == DOT || this == COSINE;
    }

    /**
     * Every cue against every pattern. In double precision: the squared distance of near-duplicates is a difference of large products.
     *
     * @return [cues, patterns]
     */
    DoubleMatrix of(LinearAlgebra la, Matrix cues, Matrix patterns, Mask mask) {
        DoubleMatrix shown = mask.blank(cues, 0).toDouble();
        DoubleMatrix stored = patterns.toDouble();
        DoubleMatrix all = la.product(shown, Transpose.NO, stored, Transpose.YES);
        DoubleMatrix known = DoubleMatrix.zeros(mask.rows(), mask.values());
        for (int row = 0; row < mask.rows(); row++) {
            for (int j : mask.clamp().indices(row)) {
                known.set(row, j, 1);
            }
        }
        square(shown);
        square(stored);
        DoubleMatrix patternLengths = la.product(known, Transpose.NO, stored, Transpose.YES);
        for (int cue = 0; cue < cues.rows(); cue++) {
            double cueLength = 0;
            for (int j = 0; j < cues.columns(); j++) {
                cueLength += shown.get(cue, j);
            }
            for (int i = 0; i < patterns.rows(); i++) {
                double patternLength = patternLengths.get(mask.rows() == 1 ? 0 : cue, i);
                all.set(cue, i, of(all.get(cue, i), patternLength, cueLength));
            }
        }
        return all;
    }

    private static void square(DoubleMatrix matrix) {
        double[] data = matrix.data();
        for (int i = 0; i < data.length; i++) {
            data[i] *= data[i];
        }
    }
}
