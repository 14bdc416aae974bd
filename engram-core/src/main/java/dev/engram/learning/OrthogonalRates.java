package dev.engram.learning;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The rates F of orthogonal start codes x = b + z, z zᵀ = ζ I, whose products are known but for few units: all units M whose rates are their
 * values have F_M = 1 b_Mᵀ + Z_M, and the others S, which are silent or near their kink, are taken out and put in again,
 *
 * <pre>
 *   F Fᵀ = ζ I + |b_M|² 1 1ᵀ + 1 wᵀ + w 1ᵀ - Z_S Z_Sᵀ + F_S F_Sᵀ,   w = Z_M b_M
 * </pre>
 *
 * <p>so that F Fᵀ + cI is a multiple of the unit matrix and a part of rank k = 2 + 2|S|, and Woodbury's formula inverts it: with that part
 * as P C Pᵀ and a = ζ + c,
 *
 * <pre>
 *   (F Fᵀ + cI)⁻¹ E = (E - P (C⁻¹ + PᵀP/a)⁻¹ PᵀE/a) / a
 * </pre>
 *
 * <p>That costs 4·k operations for each number of E, in place of 2·N and a factorisation.
 *
 * @param parts P, [patterns, k]: 1, w, the columns of Z_S, those columns of F_S that are not 0
 * @param memory |b_M|²
 * @param silent |S|
 * @param squaredLength ζ
 */
record OrthogonalRates(DoubleMatrix parts, double memory, int silent, double squaredLength) {
    private static final int WORTH_IT = 4; // patterns for each column of P

    /**
     * Empty where too many units are not active in every pattern.
     *
     * @param f the rates, [patterns, n]
     * @param x the values
     * @param b the memory vector
     */
    static Optional<OrthogonalRates> of(Matrix f, Matrix x, StartCodes codes, float[] b) {
        boolean[] differs = new boolean[b.length];
        boolean[] fires = new boolean[b.length];
        for (int at = 0; at < f.data().length; at++) {
            differs[at % b.length] |= f.data()[at] != x.data()[at];
            fires[at % b.length] |= f.data()[at] != 0;
        }
        int[] taken = IntStream.range(0, b.length).filter(j -> differs[j]).toArray();
        int[] put = IntStream.of(taken).filter(j -> fires[j]).toArray();
        int k = 2 + taken.length + put.length;
        if (k * WORTH_IT > f.rows()) {
            return Optional.empty();
        }
        DoubleMatrix parts = DoubleMatrix.zeros(f.rows(), k);
        double memory = 0;
        for (int j = 0; j < b.length; j++) {
            memory += differs[j] ? 0 : (double) b[j] * b[j];
        }
        for (int i = 0; i < f.rows(); i++) {
            double along = 0;
            for (int j = 0; j < b.length; j++) {
                along += differs[j] ? 0 : (double) b[j] * codes.noise().get(i, j);
            }
            parts.set(i, 0, 1);
            parts.set(i, 1, along);
            for (int s = 0; s < taken.length; s++) {
                parts.set(i, 2 + s, codes.noise().get(i, taken[s]));
            }
            for (int s = 0; s < put.length; s++) {
                parts.set(i, 2 + taken.length + s, f.get(i, put[s]));
            }
        }
        return Optional.of(new OrthogonalRates(parts, memory, taken.length, codes.squaredLength()));
    }

    /**
     * (F Fᵀ + cI)⁻¹ E.
     *
     * @param e [patterns, m]
     */
    DoubleMatrix solve(LinearAlgebra la, double c, Matrix e) {
        double a = squaredLength + c;
        int k = parts.columns();
        DoubleMatrix system = DoubleMatrix.zeros(k, k);
        la.addGramOfColumns(parts, system);
        for (int i = 0; i < system.data().length; i++) {
            system.data()[i] /= a;
        }
        // C⁻¹ of C = [|b|², 1; 1, 0], then -1 for what is taken out and 1 for what is put in
        system.set(0, 1, system.get(0, 1) + 1);
        system.set(1, 0, system.get(1, 0) + 1);
        system.set(1, 1, system.get(1, 1) - memory);
        for (int i = 2; i < k; i++) {
            system.set(i, i, system.get(i, i) + (i < 2 + silent ? -1 : 1));
        }
        DoubleMatrix result = e.toDouble();
        DoubleMatrix along = la.product(result, Transpose.YES, parts, Transpose.NO); // EᵀP, [m, k]
        la.solve(system, along);
        la.multiply(-1 / (a * a), parts, Transpose.NO, along, Transpose.YES, 1 / a, result);
        return result;
    }
}
