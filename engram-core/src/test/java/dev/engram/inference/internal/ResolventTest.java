package dev.engram.inference.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.DoubleMatrix;
import dev.engram.linalg.LinearAlgebra;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems of units that differ from cue to cue, against what they say. */
class ResolventTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final double LAMBDA = 0.3;
    private static final int UNITS = 7;
    private static final int R = 4;

    private final SplittableRandom random = new SplittableRandom(1);
    private final DoubleMatrix sent = random(UNITS, R); // Jᵀ
    private final DoubleMatrix means = random(3, UNITS); // b of every cue
    private final DoubleMatrix coordinates = random(3, R); // x̃ of every cue

    private DoubleMatrix random(int rows, int columns) {
        DoubleMatrix matrix = DoubleMatrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = random.nextDouble(-1, 1);
        }
        return matrix;
    }

    /** λI + J_A J_Aᵀ. */
    private DoubleMatrix system(boolean[] active) {
        DoubleMatrix system = DoubleMatrix.zeros(R, R);
        for (int a = 0; a < R; a++) {
            for (int b = 0; b < R; b++) {
                double sum = a == b ? LAMBDA : 0;
                for (int j = 0; j < UNITS; j++) {
                    sum += active[j] ? sent.get(j, a) * sent.get(j, b) : 0;
                }
                system.set(a, b, sum);
            }
        }
        return system;
    }

    /** x̃ - J_A b_A. */
    private double left(int cue, boolean[] active, int c) {
        double left = coordinates.get(cue, c);
        for (int j = 0; j < UNITS; j++) {
            left -= active[j] ? sent.get(j, c) * means.get(cue, j) : 0;
        }
        return left;
    }

    private static boolean[] set(int... units) {
        boolean[] set = new boolean[UNITS];
        IntStream.of(units).forEach(j -> set[j] = true);
        return set;
    }

    private void requireSolved(Resolvent.Solution found, int k, int cue, boolean[] active) {
        DoubleMatrix system = system(active);
        for (int a = 0; a < R; a++) {
            double sum = 0;
            for (int b = 0; b < R; b++) {
                sum += system.get(a, b) * found.y().get(k, b);
            }
            assertThat(sum).isCloseTo(left(cue, active, a), within(1e-9));
        }
        for (int j = 0; j < UNITS; j++) {
            double up = 0;
            for (int c = 0; c < R; c++) {
                up += sent.get(j, c) * found.y().get(k, c);
            }
            assertThat(found.up().get(k, j)).isCloseTo(up, within(1e-9));
        }
    }

    /** Units that enter, that leave, both, none and all; again with other sets, when some of their columns are known. */
    @ParameterizedTest
    @ValueSource(strings = {"0246", "", "0123456", "15"})
    void everyCueHasItsOwnUnits(String base) {
        boolean[] atRest = set(base.chars().map(c -> c - '0').toArray());
        Resolvent resolvent = new Resolvent(LA, sent, LA.cholesky(system(atRest)), atRest);
        IntStream.range(0, UNITS).forEach(j -> assertThat(resolvent.isAtRest(j)).isEqualTo(atRest[j]));
        DoubleMatrix right = DoubleMatrix.zeros(3, R);
        for (int cue = 0; cue < 3; cue++) {
            for (int c = 0; c < R; c++) {
                right.set(cue, c, left(cue, atRest, c));
            }
        }
        Resolvent.Batch batch = resolvent.batch(right);
        List<List<boolean[]>> rounds = List.of(
                List.of(atRest, atRest, atRest),
                List.of(set(0, 1, 4, 6), set(2, 4), atRest),
                List.of(set(0, 1, 2, 3, 4, 5, 6), set(), set(1, 3, 5)),
                List.of(set(0, 4, 6), set(0, 2, 5), set(6)));
        for (List<boolean[]> active : rounds) {
            for (int[] named : new int[][] {{0, 1, 2}, {2, 0}, {1}}) {
                List<int[]> exchanged = IntStream.of(named)
                        .mapToObj(cue -> resolvent.exchanged(active.get(cue)))
                        .toList();
                List<double[]> theirs = IntStream.range(0, named.length)
                        .mapToObj(k -> IntStream.of(exchanged.get(k))
                                .mapToDouble(j -> means.get(named[k], j))
                                .toArray())
                        .toList();
                Resolvent.Solution found = batch.solve(named, exchanged, theirs);
                for (int k = 0; k < named.length; k++) {
                    requireSolved(found, k, named[k], active.get(named[k]));
                }
            }
        }
        assertThat(resolvent.exchanged(set(1, 2)))
                .as("those that enter, then those that leave")
                .containsExactly(IntStream.concat(
                                IntStream.of(1, 2).filter(j -> !atRest[j]),
                                IntStream.of(0, 3, 4, 5, 6).filter(j -> atRest[j]))
                        .toArray());
    }
}
