package dev.engram.inference.internal;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.linalg.Transpose;
import java.util.BitSet;
import java.util.stream.IntStream;

/** The {@link KnownPart} with G kept as a matrix [n, n], whose shifted inverse is computed for every λ: n³ operations each. */
record DenseKnownPart(LinearAlgebra la, DoubleMatrix gram, DoubleMatrix drive, double[] squares) implements KnownPart {
    static DenseKnownPart of(LinearAlgebra la, Matrix w, Matrix sensory, BitSet known, int[] cues) {
        int n = w.columns();
        DoubleMatrix gram = DoubleMatrix.zeros(n, n);
        DoubleMatrix drive = DoubleMatrix.zeros(cues.length, n);
        KnownRows.forEach(known, nodes -> {
            DoubleMatrix block = w.rows(nodes).toDouble();
            la.multiply(1, block, Transpose.YES, block, Transpose.NO, 1, gram);
            DoubleMatrix values = KnownRows.values(sensory, nodes, cues);
            la.multiply(1, values, Transpose.NO, block, Transpose.NO, 1, drive);
        });
        double[] squares = KnownRows.halfSquares(sensory, known, cues);
        return new DenseKnownPart(la, gram.symmetrise(), drive, squares);
    }

    @Override
    public int size() {
        return gram.rows();
    }

    @Override
    public double drive(int cue) {
        return drive.length(cue);
    }

    @Override
    public double resolution(int cue, double energy) {
        return 1e-13 * (energy + squares[cue]);
    }

    @Override
    public DoubleMatrix pull(int[] cues, DoubleMatrix rates, double[] energy) {
        int n = size();
        DoubleMatrix pull = drive.rows(cues);
        la.multiply(-1, rates, Transpose.NO, gram, Transpose.NO, 1, pull);
        for (int i = 0; i < cues.length; i++) {
            // ½|x|² - C·r + ½ r·Gr = ½|x|² - ½ r·(C + (C - Gr))
            double sum = squares[cues[i]];
            for (int j = 0; j < n; j++) {
                sum -= 0.5 * rates.data()[i * n + j] * (drive.get(cues[i], j) + pull.data()[i * n + j]);
            }
            energy[cues[i]] = Math.max(0, sum);
        }
        return pull;
    }

    @Override
    public Resolvent resolvent(double lambda) {
        DoubleMatrix inverse =
                la.choleskyInPlace(gram.copy().addToDiagonal(lambda)).inverse();
        return new Resolvent() {
            @Override
            public DoubleMatrix times(DoubleMatrix rows) {
                return la.product(rows, Transpose.NO, inverse, Transpose.NO);
            }

            @Override
            public void keepFixed(double[] step, int[] outside) {
                int n = size();
                double[] nu = IntStream.of(outside).mapToDouble(i -> step[i]).toArray();
                la.choleskyInPlace(inverse.rows(outside).columns(outside)).solve(nu);
                for (int i = 0; i < nu.length; i++) {
                    int row = outside[i] * n;
                    for (int j = 0; j < n; j++) {
                        step[j] -= inverse.data()[row + j] * nu[i];
                    }
                }
            }

            @Override
            public double[] solveActive(double[] gradient, int[] active) {
                double[] right =
                        IntStream.of(active).mapToDouble(i -> gradient[i]).toArray();
                DoubleMatrix system = gram.rows(active).columns(active).addToDiagonal(lambda);
                la.choleskyInPlace(system).solve(right);
                double[] step = new double[size()];
                for (int i = 0; i < right.length; i++) {
                    step[active[i]] = right[i];
                }
                return step;
            }
        };
    }
}
