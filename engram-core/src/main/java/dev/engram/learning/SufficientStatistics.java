package dev.engram.learning;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.io.Serializable;

/**
 * All that least squares needs to know of a batch: sums over its patterns, of rates f [n] and the errors e [m] they are to predict.
 *
 * <pre>
 *   A = Σ f fᵀ,   B = Σ e fᵀ,   s = Σ |e|²
 * </pre>
 *
 * <p>The sums of two batches are the sums of both together ({@link #add(SufficientStatistics)}): the patterns need not be in memory, or on
 * one machine, at once. n² + n·m numbers in double precision, whatever the number of patterns.
 */
public final class SufficientStatistics implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int TOGETHER = 1024; // patterns widened to double precision at once

    private final DoubleMatrix ofRates;
    private final DoubleMatrix ofErrors;
    private double squares;
    private long patterns;

    /** What least squares changes, [m, n], and the Σ |e|² that it leaves. */
    record Change(DoubleMatrix weights, double squaresLeft) {}

    /**
     * The sums of no patterns.
     *
     * @param rates n
     * @param errors m
     */
    public SufficientStatistics(int rates, int errors) {
        this(DoubleMatrix.zeros(rates, rates), DoubleMatrix.zeros(errors, rates));
    }

    private SufficientStatistics(DoubleMatrix ofRates, DoubleMatrix ofErrors) {
        this.ofRates = ofRates;
        this.ofErrors = ofErrors;
    }

    /** B and s alone, for a rule that steps along B: n·m numbers. */
    static SufficientStatistics withoutRates(int rates, int errors) {
        return new SufficientStatistics(DoubleMatrix.zeros(0, 0), DoubleMatrix.zeros(errors, rates));
    }

    /**
     * Adds the patterns of a batch.
     *
     * @param f [patterns, n]
     * @param e [patterns, m]
     */
    public SufficientStatistics add(LinearAlgebra la, Matrix f, Matrix e) {
        for (int from = 0; from < f.rows(); from += TOGETHER) {
            int to = Math.min(f.rows(), from + TOGETHER);
            DoubleMatrix rates = f.slice(from, to).toDouble();
            if (ofRates.rows() > 0) {
                la.addGramOfColumns(rates, ofRates);
            }
            la.multiply(1, e.slice(from, to).toDouble(), Transpose.YES, rates, Transpose.NO, 1, ofErrors);
        }
        squares += e.squaredLength();
        patterns += f.rows();
        return this;
    }

    /** Adds the sums of other patterns. */
    public SufficientStatistics add(SufficientStatistics others) {
        ofRates.add(others.ofRates);
        ofErrors.add(others.ofErrors);
        squares += others.squares;
        patterns += others.patterns;
        return this;
    }

    /** A, [n, n]; live. */
    public DoubleMatrix ofRates() {
        return ofRates;
    }

    /** B, [m, n]; live. */
    public DoubleMatrix ofErrors() {
        return ofErrors;
    }

    /** How many patterns were added. */
    public long patterns() {
        return patterns;
    }

    /** Σ |e|². */
    public double squares() {
        return squares;
    }

    /**
     * D = B (A + cI)⁻¹, the ridge regression of e on f, with c the ridge times the mean |f|².
     *
     * @param ridge relative, positive
     */
    Change leastSquares(LinearAlgebra la, double ridge) {
        double c = LocalLeastSquares.absolute(ridge, ofRates.trace(), patterns);
        DoubleMatrix weights = ofErrors.copy();
        la.choleskyInPlace(ofRates.copy().addToDiagonal(c)).solveRows(weights);
        // Σ |e - D f|² = s - 2 D·B + D·(D A),   D A = B - c D
        double left = squares;
        for (int i = 0; i < weights.data().length; i++) {
            double d = weights.data()[i];
            left -= d * (ofErrors.data()[i] + c * d);
        }
        return new Change(weights, Math.max(0, left));
    }
}
