package dev.engram.inference.internal;

import dev.engram.linalg.Cholesky;
import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Transpose;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Solves y = (λI + J_A J_Aᵀ)⁻¹ (x̃ - J_A b_A) for many cues, each with active units A of its own, from one factorisation.
 *
 * <p>The units A₀ that are active at rest are the base, with L Lᵀ = λI + J_A₀ J_A₀ᵀ. A cue exchanges few units E against it; with S their
 * signs (1 for those that enter, -1 for those that leave), B = L⁻¹ J_E and z = L⁻¹ (x̃ - J_A₀ b_A₀),
 *
 * <pre>
 *   y = L⁻ᵀ (z - B (S b_E + q)),   (S + BᵀB) q = Bᵀ (z - B S b_E)
 * </pre>
 *
 * <p>The columns L⁻ᵀB and Jᵀ L⁻ᵀB are worked out once for every unit that any cue exchanges. What is left for an active set is a system as
 * small as E, and products over all cues as narrow as the units exchanged.
 */
final class Resolvent {
    private final LinearAlgebra la;
    private final DoubleMatrix sent; // Jᵀ, [n, r]
    private final Cholesky base; // L
    private final boolean[] atRest; // A₀
    private Columns columns;

    /**
     * The units exchanged so far.
     *
     * @param place of each unit among them, or -1
     * @param whitened Bᵀ, [units, r]
     * @param overlaps BᵀB, [units, units]
     * @param dual (L⁻ᵀB)ᵀ, [units, r]
     * @param up (Jᵀ L⁻ᵀB)ᵀ, [units, n]
     */
    private record Columns(
            int[] place, DoubleMatrix whitened, DoubleMatrix overlaps, DoubleMatrix dual, DoubleMatrix up) {}

    /**
     * y of some cues, and what it sends up.
     *
     * @param y [cues, r]
     * @param up Jᵀy, [cues, n]
     */
    record Solution(DoubleMatrix y, DoubleMatrix up) {}

    Resolvent(LinearAlgebra la, DoubleMatrix sent, Cholesky base, boolean[] atRest) {
        this.la = la;
        this.sent = sent;
        this.base = base;
        this.atRest = atRest;
        int[] place = new int[atRest.length];
        Arrays.fill(place, -1);
        int r = sent.columns();
        DoubleMatrix none = DoubleMatrix.zeros(0, r);
        this.columns = new Columns(place, none, DoubleMatrix.zeros(0, 0), none, DoubleMatrix.zeros(0, sent.rows()));
    }

    /** Whether a unit is of A₀. */
    boolean isAtRest(int j) {
        return atRest[j];
    }

    /** The units of an active set that are exchanged: those that enter, then those that leave. */
    int[] exchanged(boolean[] active) {
        int[] units = new int[active.length];
        int count = 0;
        for (int j = 0; j < active.length; j++) {
            if (active[j] && !atRest[j]) {
                units[count++] = j;
            }
        }
        for (int j = 0; j < active.length; j++) {
            if (!active[j] && atRest[j]) {
                units[count++] = j;
            }
        }
        return Arrays.copyOf(units, count);
    }

    /**
     * For right sides of one batch of cues, whose active sets may then be tried again and again: r² + n·r operations for each cue here.
     *
     * @param right x̃ - J_A₀ b_A₀, [cues, r]; its contents are lost
     */
    Batch batch(DoubleMatrix right) {
        DoubleMatrix z = base.forward(right);
        DoubleMatrix y = base.backward(z.copy());
        return new Batch(z, new Solution(y, la.product(y, Transpose.NO, sent, Transpose.YES)));
    }

    /** Right sides z, and their solutions with the units at rest active. */
    final class Batch {
        private final DoubleMatrix z;
        private final Solution atBase;

        private Batch(DoubleMatrix z, Solution atBase) {
            this.z = z;
            this.atBase = atBase;
        }

        /**
         * The solutions of the named cues of this batch.
         *
         * @param exchanged per named cue
         * @param means b_E, per named cue and exchanged unit
         */
        Solution solve(int[] named, List<int[]> exchanged, List<double[]> means) {
            Columns of = including(exchanged);
            DoubleMatrix y = atBase.y.rows(named);
            DoubleMatrix up = atBase.up.rows(named);
            if (of.whitened.rows() > 0) {
                DoubleMatrix along = la.product(z.rows(named), Transpose.NO, of.whitened, Transpose.YES);
                la.parallel(named.length, cue -> mix(of, along, cue, exchanged.get(cue), means.get(cue)));
                la.multiply(1, along, Transpose.NO, of.dual, Transpose.NO, 1, y);
                la.multiply(1, along, Transpose.NO, of.up, Transpose.NO, 1, up);
            }
            return new Solution(y, up);
        }
    }

    /** Overwrites row {@code cue}, which holds Bᵀz, with -(S b_E + q). */
    private void mix(Columns of, DoubleMatrix along, int cue, int[] units, double[] means) {
        int k = units.length;
        double[] system = new double[k * k];
        double[] right = new double[k];
        double[] signed = new double[k]; // -S b
        for (int i = 0; i < k; i++) {
            signed[i] = atRest[units[i]] ? means[i] : -means[i];
        }
        for (int i = 0; i < k; i++) {
            int place = of.place[units[i]];
            right[i] = along.get(cue, place);
            for (int j = 0; j < k; j++) {
                double overlap = of.overlaps.get(place, of.place[units[j]]);
                right[i] += overlap * signed[j];
                system[i * k + j] = overlap;
            }
            system[i * k + i] += atRest[units[i]] ? -1 : 1;
        }
        solveQuasiDefinite(system, right);
        Arrays.fill(along.data(), cue * along.columns(), (cue + 1) * along.columns(), 0);
        for (int i = 0; i < k; i++) {
            along.set(cue, of.place[units[i]], signed[i] - right[i]);
        }
    }

    /** The columns of all these units, and of those before. */
    private synchronized Columns including(List<int[]> exchanged) {
        BitSet missing = new BitSet(atRest.length);
        exchanged.forEach(
                units -> IntStream.of(units).filter(j -> columns.place[j] < 0).forEach(missing::set));
        if (missing.isEmpty()) {
            return columns;
        }
        int[] added = missing.stream().toArray();
        int before = columns.whitened.rows();
        int after = before + added.length;
        int[] place = columns.place.clone();
        IntStream.range(0, added.length).forEach(i -> place[added[i]] = before + i);
        DoubleMatrix fresh = base.forward(sent.rows(added));
        DoubleMatrix whitened = columns.whitened.below(fresh);
        DoubleMatrix across = la.product(fresh, Transpose.NO, whitened, Transpose.YES);
        DoubleMatrix overlaps = DoubleMatrix.zeros(after, after);
        for (int i = 0; i < before; i++) {
            System.arraycopy(columns.overlaps.data(), i * before, overlaps.data(), i * after, before);
        }
        System.arraycopy(across.data(), 0, overlaps.data(), before * after, across.data().length);
        for (int i = 0; i < before; i++) {
            for (int j = before; j < after; j++) {
                overlaps.set(i, j, overlaps.get(j, i));
            }
        }
        DoubleMatrix back = base.backward(fresh);
        DoubleMatrix up = la.product(back, Transpose.NO, sent, Transpose.YES);
        columns = new Columns(place, whitened, overlaps, columns.dual.below(back), columns.up.below(up));
        return columns;
    }

    /**
     * Solves M q = b in place, M = [P, Kᵀ; K, -N] with P and N positive definite: L D Lᵀ exists in any order (Vanderbei 1995).
     *
     * @param m [k, k]; its contents are lost
     * @param b becomes q
     */
    private static void solveQuasiDefinite(double[] m, double[] b) {
        int k = b.length;
        for (int j = 0; j < k; j++) {
            double pivot = m[j * k + j];
            for (int i = j + 1; i < k; i++) {
                double factor = m[j * k + i] / pivot;
                if (factor != 0) {
                    for (int c = i; c < k; c++) { // the upper triangle is enough
                        m[i * k + c] -= factor * m[j * k + c];
                    }
                    b[i] -= factor * b[j];
                }
            }
        }
        for (int i = k - 1; i >= 0; i--) {
            for (int c = i + 1; c < k; c++) {
                b[i] -= m[i * k + c] * b[c];
            }
            b[i] /= m[i * k + i];
        }
    }
}
