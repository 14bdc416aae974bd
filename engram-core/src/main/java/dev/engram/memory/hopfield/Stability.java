package dev.engram.memory.hopfield;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Transpose;

/**
 * How a network of units that predict each other behaves near one of its states: the eigenvalues of its inference there, and of its map.
 *
 * <pre>
 *   E = ½ |ε|²,   ε = x - W f(x),   f = tanh,   D = diag f'(x),   J = I - W D
 *   inference   dx/dt = -∇E,  ∇E = Jᵀ ε       ∇²E = JᵀJ - diag(f''(x) ⊙ Wᵀε)
 *   map         x → W f(x)                    W D, here as D^½ ½(W + Wᵀ) D^½
 * </pre>
 *
 * <p>Where ∇E = 0, an eigenvalue of ∇²E above 0 is a direction that inference comes back from, one below 0 a direction that it leaves by,
 * and along one near 0 it hardly moves. If W is symmetric, the matrix for the map has the eigenvalues of W D: the map comes back from
 * directions between -1 and 1. If it is not (a ring), these bound their real parts from above.
 *
 * <p>Errors may have dynamics of their own, dx/dt = -Jᵀε and dε/dt = x - W f(x) - ε. Where ε = 0, every eigenvalue h of ∇²E gives two of
 * those, the roots of μ² + μ + h = 0: both come back if h is above 0.
 *
 * @param energy E
 * @param force |∇E|
 * @param curvatures eigenvalues of ∇²E, [units], ascending
 * @param gains those of the map, [units], ascending
 */
public record Stability(double energy, double force, double[] curvatures, double[] gains) {
    /**
     * @param weights W, [units, units]; row i predicts unit i
     * @param state x, [units]
     */
    public static Stability at(double[] state, DoubleMatrix weights, LinearAlgebra la) {
        int n = state.length;
        if (weights.rows() != n || weights.columns() != n) {
            throw new IllegalArgumentException(
                    "A state of %d units needs weights [%d, %d]; given were %s. Maybe it is of another network."
                            .formatted(n, n, n, weights));
        }
        double[] f = new double[n];
        double[] slope = new double[n];
        for (int i = 0; i < n; i++) {
            f[i] = Math.tanh(state[i]);
            slope[i] = 1 - f[i] * f[i];
        }
        double[] error = new double[n];
        DoubleMatrix jacobian = DoubleMatrix.zeros(n, n);
        DoubleMatrix map = DoubleMatrix.zeros(n, n);
        double energy = 0;
        for (int i = 0; i < n; i++) {
            error[i] = state[i];
            for (int j = 0; j < n; j++) {
                double w = weights.get(i, j);
                error[i] -= w * f[j];
                jacobian.set(i, j, (i == j ? 1 : 0) - w * slope[j]);
                map.set(i, j, 0.5 * (w + weights.get(j, i)) * Math.sqrt(slope[i] * slope[j]));
            }
            energy += 0.5 * error[i] * error[i];
        }
        DoubleMatrix hessian = la.product(jacobian, Transpose.YES, jacobian, Transpose.NO);
        double force = 0;
        for (int i = 0; i < n; i++) {
            double fed = 0;
            for (int j = 0; j < n; j++) {
                fed += weights.get(j, i) * error[j];
            }
            double gradient = error[i] - slope[i] * fed;
            force += gradient * gradient;
            hessian.set(i, i, hessian.get(i, i) + 2 * f[i] * slope[i] * fed);
        }
        return new Stability(
                energy,
                Math.sqrt(force),
                la.eigen(hessian.symmetrise()).values(),
                la.eigen(map).values());
    }

    /** How many curvatures are at most this. */
    public int below(double curvature) {
        int count = 0;
        while (count < curvatures.length && curvatures[count] <= curvature) {
            count++;
        }
        return count;
    }
}
