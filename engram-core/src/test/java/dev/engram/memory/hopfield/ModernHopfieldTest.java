package dev.engram.memory.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.inference.Status;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModernHopfieldTest {
    private static final int N = 12;
    private static final Matrix RANDOM = random(N, 65, 5);

    @Test
    void softmaxIsTheOneWorkedOutByHand() {
        double[] weights = {Math.log(1), Math.log(2), Math.log(5)};
        Separation.softmax(1).weigh(weights);
        assertThat(weights).containsExactly(new double[] {1 / 8.0, 2 / 8.0, 5 / 8.0}, within(1e-12));
        double[] squared = {Math.log(1), Math.log(2), Math.log(5)};
        Separation.softmax(2).weigh(squared);
        assertThat(squared).containsExactly(new double[] {1 / 30.0, 4 / 30.0, 25 / 30.0}, within(1e-12));
        double[] huge = {-1e6, 0, -1e6};
        Separation.softmax(1e3).weigh(huge);
        assertThat(huge).containsExactly(0, 1, 0);
    }

    /** Projections on the simplex: of (0.5, 0.3, 0) each gets 0.2/3 more; (2, 0, 0) ends in the corner; (1, 0.6, -1) on an edge. */
    @Test
    void sparsemaxIsTheProjectionOnTheSimplex() {
        assertSparsemax(1, new double[] {0.5, 0.3, 0}, 0.5 + 0.2 / 3, 0.3 + 0.2 / 3, 0.2 / 3);
        assertSparsemax(1, new double[] {2, 0, 0}, 1, 0, 0);
        assertSparsemax(1, new double[] {1, 0.6, -1}, 0.7, 0.3, 0);
        assertSparsemax(2, new double[] {0.5, 0.3, -0.5}, 0.7, 0.3, 0);
        assertSparsemax(1, new double[] {-7, -7}, 0.5, 0.5);
    }

    private static void assertSparsemax(double beta, double[] s, double... expected) {
        Separation.sparsemax(beta).weigh(s);
        assertThat(s).containsExactly(expected, within(1e-12));
    }

    /**
     * Expected values from SLSQP on the definitions, and to more digits from bisection, both in NumPy and SciPy; s and β as here:
     *
     * <pre>
     *   minimize(lambda p: -(b*p@s + (1 - (p**a).sum())/(a*(a-1))), ...)        entmax: agrees to 1e-7
     *   minimize(lambda p: -(b*p@s - ((p**a).sum())**(1/a)), ...)               normmax: likewise
     *   lo, hi = u.max() - 1, u.max()                                           u = (a-1)*b*s, q = 1/(a-1); normmax: u = b*s, q = a/(a-1)
     *   for _ in range(200):
     *       m = (lo + hi)/2
     *       lo, hi = (m, hi) if (np.maximum(u - m, 0)**q).sum() >= 1 else (lo, m)
     *   w = np.maximum(u - lo, 0)**(1/(a-1)); w/w.sum()
     * </pre>
     */
    @Test
    void entmaxAndNormmaxAreWhatNumPyFindsByBisection() {
        assertSparse(
                Separation.entmax(1.2, 1.3),
                0.110957761367,
                0.449519496505,
                0.021097212894,
                0.328122699034,
                0.0903028302);
        assertSparse(Separation.entmax(1.5, 1.3), 0.049406886699, 0.55097455021, 0, 0.374882634332, 0.02473592876);
        assertSparse(Separation.entmax(2, 1.3), 0, 0.63, 0, 0.37, 0);
        assertSparse(Separation.entmax(4, 1.3), 0, 0.920712445348, 0, 0.079287554652, 0);
        assertSparse(Separation.normmax(1.2, 1.3), 0, 0.824719121777, 0, 0.175280878223, 0);
        assertSparse(Separation.normmax(1.5, 1.3), 0, 0.663667648177, 0, 0.336332351823, 0);
        assertSparse(Separation.normmax(2, 1.3), 0, 0.593517919806, 0, 0.406482080194, 0);
        assertSparse(Separation.normmax(4, 1.3), 0, 0.537278347841, 0, 0.462721652159, 0);
    }

    private static void assertSparse(Separation separation, double... expected) {
        double[] s = {0.3, 1.1, -0.4, 0.9, 0.2};
        separation.weigh(s);
        assertThat(s).as(separation.toString()).containsExactly(expected, within(1e-11));
    }

    /** At α → 1 the weights of entmax are those of softmax, at α = 2 those of sparsemax, whatever the way of computing them. */
    @Test
    void entmaxLeadsFromSoftmaxToSparsemax() {
        double[] s = Arrays.copyOf(RANDOM.toDouble().data(), 63);
        double[] soft = s.clone();
        Separation.softmax(3).weigh(soft);
        double[] almost = s.clone();
        Separation.entmax(1 + 1e-7, 3).weigh(almost);
        assertThat(almost).containsExactly(soft, within(1e-6));
        double[] sparse = s.clone();
        Separation.sparsemax(3).weigh(sparse);
        for (double alpha : new double[] {2, 2 + 1e-12}) {
            double[] entmax = s.clone();
            Separation.entmax(alpha, 3).weigh(entmax);
            assertThat(entmax).containsExactly(sparse, within(1e-9));
        }
        double[] sorted = s.clone();
        Separation.entmax(1.5, 3).weigh(sorted);
        double[] halved = s.clone();
        Separation.entmax(1.5 + 1e-12, 3).weigh(halved);
        assertThat(sorted).containsExactly(halved, within(1e-9));
    }

    /** Whatever the similarities, the weights are at least 0 and sum to 1; those of equal similarities are equal. */
    @Test
    void sparseWeightsAreFractionsHoweverLargeTheSimilarities() {
        for (double alpha : new double[] {1 + 1e-9, 1.01, 1.5, 2, 3, 1e3, 1e9}) {
            for (Separation separation :
                    List.of(Separation.entmax(alpha, 7), Separation.normmax(alpha, 7), Separation.epanechnikov(7))) {
                for (double size : new double[] {0, 1e-300, 1, 1e300}) {
                    double[] s = {-size, -size, -2 * size, -1e3 * size, -size};
                    separation.weigh(s);
                    assertThat(Arrays.stream(s).sum())
                            .as("%s, %s", separation, size)
                            .isCloseTo(1, within(1e-12));
                    assertThat(Arrays.stream(s).min().orElseThrow()).isNotNegative();
                    assertThat(s[1]).isEqualTo(s[0]).isEqualTo(s[4]);
                }
            }
        }
    }

    /** β = 1/2: in reach is what is nearer than 2; of squared distances 1 and 2 the kernels are 3/4 and 1/2. */
    @Test
    void epanechnikovsKernelIsTheOneWorkedOutByHand() {
        double[] s = {-1, -2, -4, -9};
        Separation.epanechnikov(0.5).weigh(s);
        assertThat(s).containsExactly(new double[] {0.6, 0.4, 0, 0}, within(1e-15));
        double[] outOfReach = {-4, -9};
        Separation.epanechnikov(0.5).weigh(outOfReach);
        assertThat(outOfReach).containsExactly(0.5, 0.5);
    }

    static List<Separation> exact() {
        return List.of(
                Separation.sparsemax(0.25),
                Separation.entmax(1.25, 1),
                Separation.entmax(1.5, 0.5),
                Separation.entmax(2, 0.25),
                Separation.entmax(5, 0.0625),
                Separation.normmax(1.25, 0.25),
                Separation.normmax(2, 0.25),
                Separation.normmax(5, 0.25),
                Separation.epanechnikov(0.5));
    }

    /**
     * A margin of 4 each: patterns 2 apart are at squared distances of exactly 4, and come back to the last bit; 1.9 apart they are mixed
     * with one another. So are weights a thousandth below the margin.
     */
    @ParameterizedTest
    @MethodSource("exact")
    void atTheMarginExactlyOnePatternComesBackAndJustBelowItDoesNot(Separation separation) {
        assertThat(separation.margin()).isEqualTo(4);
        double[] at = {0, -4, -4};
        separation.weigh(at);
        assertThat(at).containsExactly(1, 0, 0);
        double[] below = {0, -3.996, -4};
        separation.weigh(below);
        assertThat(below[1]).isBetween(1e-15, 0.5);
        assertThat(below[2]).isZero();

        ModernHopfieldOptions options = new ModernHopfieldOptions(Similarity.EUCLIDEAN, separation);
        Matrix apart = Matrix.ofRows(new float[] {0, 0, 3}, new float[] {2, 0, 3}, new float[] {0, 2, 3});
        assertThat(ModernHopfield.learn(apart, options).recall(apart).patterns())
                .isEqualTo(apart);
        assertThat(ModernHopfield.learn(apart, options).recall(apart).status()).containsOnly(Status.CONVERGED);

        Matrix nearer = Matrix.ofRows(new float[] {0, 0, 3}, new float[] {1.9f, 0, 3}, new float[] {0, 2, 3});
        Matrix mixed = ModernHopfield.learn(nearer, options).recall(nearer).patterns();
        assertThat(mixed.get(0, 0)).isBetween(1e-6f, 0.95f);
        assertThat(mixed.get(1, 0)).isBetween(0.95f, 1.9f - 1e-6f);
        assertThat(mixed.row(2)).containsExactly(0, 2, 3);
    }

    /** No excess is enough for these, and any for the maximum. */
    @Test
    void theOthersHaveNoMarginOfTheirOwn() {
        assertThat(Separation.max().margin()).isZero();
        for (Separation none : List.of(Separation.softmax(5), Separation.polynomial(9), Separation.identity())) {
            assertThat(none.margin()).isInfinite();
        }
    }

    /** Reach 1. A cue 0.5 from the first pattern, all others 1.5 from that: led to the first in one step. One out of reach gets the mean. */
    @Test
    void aCueInReachOfOnePatternIsLedToItAndOneOutOfReachToTheMean() {
        Matrix patterns = Matrix.ofRows(new float[] {0, 0}, new float[] {1.5f, 0}, new float[] {0, -1.5f});
        ModernHopfield memory = ModernHopfield.learn(
                patterns, new ModernHopfieldOptions(Similarity.EUCLIDEAN, Separation.epanechnikov(2)));
        assertThat(memory.recall(Matrix.wrap(1, 2, 0.5f, 0)).patterns().row(0)).containsExactly(0, 0);
        Recall far = memory.complete(Matrix.wrap(1, 2, 7, 7), Mask.known(new boolean[] {false, true}));
        assertThat(far.patterns().row(0)).containsExactly(new float[] {1.5f / 3, 7}, within(1e-6f));
        assertThat(far.energy()[0]).as("squared distance, at least 2/β = 1").isEqualTo(49);
        assertThat(memory.recall(Matrix.wrap(1, 2, 7, 7)).patterns().row(0))
                .containsExactly(new float[] {1.5f / 3, -1.5f / 3}, within(1e-6f));
    }

    @Test
    void theOtherSeparationsAreTheOnesWorkedOutByHand() {
        double[] first = {1, 3, 3};
        Separation.max().weigh(first);
        assertThat(first).containsExactly(0, 1, 0);
        double[] cubes = {1, 2, -5};
        Separation.polynomial(3).weigh(cubes);
        assertThat(cubes).containsExactly(new double[] {1 / 9.0, 8 / 9.0, 0}, within(1e-12));
        double[] nothing = {-1, 0};
        Separation.polynomial(2).weigh(nothing);
        assertThat(nothing).containsExactly(0.5, 0.5);
        double[] same = {-1, 4};
        Separation.identity().weigh(same);
        assertThat(same).containsExactly(-1, 4);
    }

    /** Patterns (0, 0) and (3, 4), cue (3, 0): squared distances 9 and 16, |differences| 3 and 4, products 0 and 9, cosine 9/15. */
    @Test
    void similaritiesAreTheOnesWorkedOutByHand() {
        Matrix patterns = Matrix.ofRows(new float[] {0, 0}, new float[] {3, 4});
        Matrix cue = Matrix.wrap(1, 2, 3, 0);
        double[][] expected = {{0, 9}, {0, 0.6}, {-9, -16}, {-3, -4}};
        double[][] firstValueOnly = {{0, 9}, {0, 1}, {-9, 0}, {-3, 0}};
        Mask first = Mask.known(new boolean[] {true, false});
        for (Similarity similarity : Similarity.values()) {
            assertThat(similarity
                            .of(LinearAlgebra.shared(), cue, patterns, Mask.all(2))
                            .data())
                    .containsExactly(expected[similarity.ordinal()], within(1e-12));
            assertThat(similarity
                            .of(LinearAlgebra.shared(), cue, patterns, first)
                            .data())
                    .containsExactly(firstValueOnly[similarity.ordinal()], within(1e-12));
        }
    }

    /** Patterns (1, 0), (0, 1), cue (1, 0), β = ln 3: weights 3/4 and 1/4. E = -log(4)/β + ½ + log(2)/β + ½ at the cue. */
    @Test
    void oneStepAndItsEnergyAreTheOnesWorkedOutByHand() {
        double beta = Math.log(3);
        ModernHopfield memory = ModernHopfield.learn(
                Matrix.ofRows(new float[] {1, 0}, new float[] {0, 1}), ModernHopfieldOptions.ramsauer(beta));
        Matrix cue = Matrix.wrap(1, 2, 1, 0);
        Recall once = memory.recall(cue);
        assertThat(once.patterns().row(0)).containsExactly(new float[] {0.75f, 0.25f}, within(1e-6f));
        double sum = Math.pow(3, 0.75) + Math.pow(3, 0.25);
        assertThat(once.energy()[0]).isCloseTo(-Math.log(sum / 2) / beta + 0.5 * (0.5625 + 0.0625) + 0.5, within(1e-6));
        assertThat(once.status()).containsExactly(Status.STEPS_USED);
        assertThat(memory.complete(cue, Mask.all(2)).energy()[0]).isCloseTo(1 - Math.log(2) / beta, within(1e-9));
        Recall rest = memory.recall(cue, 200);
        assertThat(rest.patterns().row(0))
                .as("β below 2: the only fixed point is the mean")
                .containsExactly(new float[] {0.5f, 0.5f}, within(1e-3f));
        assertThat(rest.status()).containsExactly(Status.CONVERGED);
        assertThat(rest.steps()).containsExactly(200);
    }

    @Test
    void ramsauersEnergyFallsWithEveryIterationAndIsNeverNegative() {
        Matrix cues = Noise.ofStandardDeviation(0.3).addTo(RANDOM, 3);
        for (double beta : new double[] {0.1, 1, 8}) {
            ModernHopfield memory = ModernHopfield.learn(RANDOM, ModernHopfieldOptions.ramsauer(beta));
            double[] before = memory.complete(cues, Mask.all(65)).energy();
            for (int iterations = 1; iterations < 8; iterations++) {
                double[] now = memory.recall(cues, iterations).energy();
                for (int cue = 0; cue < N; cue++) {
                    assertThat(now[cue]).isNotNegative().isLessThanOrEqualTo(before[cue] + 1e-6);
                }
                before = now;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"random:0.3", "random-each:0.3"})
    void theLimitOfALargeBetaIsTheNearestNeighbour(String region) {
        Matrix cues = Noise.ofStandardDeviation(0.4).addTo(RANDOM, 1);
        Mask mask = Mask.known(Region.parse(region), Shape.of(65), N, 2);
        AssociativeMemory nearest = new NearestNeighbour(RANDOM);
        Matrix expected = nearest.complete(cues, mask).patterns();
        for (int cue = 0; cue < N; cue++) {
            for (int j : mask.clamp().indices(cue)) {
                expected.set(cue, j, cues.get(cue, j));
            }
        }
        for (Separation separation :
                new Separation[] {Separation.max(), Separation.softmax(1e7), Separation.sparsemax(1e7)}) {
            ModernHopfield memory =
                    ModernHopfield.learn(RANDOM, new ModernHopfieldOptions(Similarity.EUCLIDEAN, separation));
            assertThat(memory.recall(cues).patterns())
                    .isEqualTo(nearest.recall(cues).patterns());
            Recall completed = memory.complete(cues, mask);
            assertThat(completed.patterns()).isEqualTo(expected);
            assertThat(completed.energy()[3])
                    .isCloseTo(2 * nearest.complete(cues, mask).energy()[3], within(1e-6));
            assertThat(completed.status()).containsOnly(Status.CONVERGED);
        }
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void theLimitOfASmallBetaIsTheMean(Similarity similarity) {
        Matrix answer = ModernHopfield.learn(RANDOM, new ModernHopfieldOptions(similarity, Separation.softmax(1e-9)))
                .recall(RANDOM.rows(4))
                .patterns();
        for (int j = 0; j < 65; j++) {
            double mean = 0;
            for (int i = 0; i < N; i++) {
                mean += RANDOM.get(i, j) / N;
            }
            assertThat(answer.get(0, j)).isCloseTo((float) mean, within(1e-5f));
        }
    }

    /** A bright picture is more like any cue than the cue's own original, by the dot product: Table 1's failure. */
    @Test
    void theDotProductPrefersBrightPatternsAndTheDistanceDoesNot() {
        Matrix patterns = Matrix.ofRows(new float[] {0.2f, 0.1f, 0.2f}, new float[] {1, 0.9f, 1});
        Matrix cue = patterns.rows(0);
        assertThat(ModernHopfield.learn(patterns, new ModernHopfieldOptions(Similarity.DOT, Separation.max()))
                        .recall(cue)
                        .patterns())
                .isEqualTo(patterns.rows(1));
        for (Similarity distance : new Similarity[] {Similarity.EUCLIDEAN, Similarity.MANHATTAN}) {
            assertThat(ModernHopfield.learn(patterns, new ModernHopfieldOptions(distance, Separation.softmax(1e4)))
                            .recall(cue)
                            .patterns())
                    .isEqualTo(cue);
        }
    }

    @Test
    void theDotProductOverKnownValuesIsThatOfACueWithZeros() {
        ModernHopfield memory = ModernHopfield.learn(RANDOM, ModernHopfieldOptions.ramsauer(2));
        Mask mask = Mask.known(Region.parse("left:0.4"), Shape.of(65), N, 0);
        Matrix completed = memory.complete(RANDOM, mask).patterns();
        Matrix whole = memory.recall(mask.blank(RANDOM, 0)).patterns();
        assertThat(memory.complete(mask.blank(RANDOM, 1), mask).patterns()).isEqualTo(completed);
        for (int j = 0; j < 65; j++) {
            assertThat(completed.get(2, j)).isEqualTo(mask.isKnown(2, j) ? RANDOM.get(2, j) : whole.get(2, j));
        }
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void permutedPatternsPixelsAndCuesGivePermutedResults(Similarity similarity) {
        ModernHopfieldOptions options = new ModernHopfieldOptions(similarity, Separation.softmax(0.5));
        int[] order = {3, 0, 5, 1, 4, 2, 11, 10, 6, 7, 9, 8};
        Matrix cues = random(N, 65, 9);
        Matrix answers = ModernHopfield.learn(RANDOM, options).recall(cues, 2).patterns();
        assertClose(
                ModernHopfield.learn(RANDOM.rows(order), options)
                        .recall(cues, 2)
                        .patterns(),
                answers);
        assertClose(
                ModernHopfield.learn(RANDOM, options)
                        .recall(cues.rows(order), 2)
                        .patterns(),
                answers.rows(order));
        assertClose(
                ModernHopfield.learn(turned(RANDOM), options)
                        .recall(turned(cues), 2)
                        .patterns(),
                turned(answers));
    }

    /** The identity is the correlation matrix memory XᵀX q: exact for orthonormal patterns, growing without bound for others. */
    @Test
    void theIdentityIsTheCorrelationMatrixMemory() {
        ModernHopfieldOptions options = new ModernHopfieldOptions(Similarity.DOT, Separation.identity());
        Matrix orthonormal = Matrix.ofRows(new float[] {0.6f, 0.8f, 0}, new float[] {-0.8f, 0.6f, 0});
        ModernHopfield memory = ModernHopfield.learn(orthonormal, options);
        assertThat(memory.recall(Matrix.wrap(1, 3, 5, -2, 9)).patterns().row(0))
                .containsExactly(new float[] {5, -2, 0}, within(1e-5f));
        Recall runaway = ModernHopfield.learn(RANDOM, options).recall(RANDOM, 100);
        assertThat(runaway.status()).containsOnly(Status.DIVERGED);
        assertThat(runaway.patterns().isFinite()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 63, 64, 65, 1021})
    void everySizeOfPatternIsRecalled(int d) {
        Matrix patterns = random(7, d, d);
        for (Similarity similarity : new Similarity[] {Similarity.EUCLIDEAN, Similarity.MANHATTAN}) {
            ModernHopfield memory =
                    ModernHopfield.learn(patterns, new ModernHopfieldOptions(similarity, Separation.max()));
            assertThat(memory.recall(patterns, 3).patterns()).isEqualTo(patterns);
            assertThat(memory.recall(Matrix.zeros(0, d)).patterns().rows()).isZero();
            assertThat(memory.bytes()).isEqualTo(4L * 7 * d);
        }
    }

    @Test
    void badInputIsRefusedByName() {
        ModernHopfieldOptions options = ModernHopfieldOptions.euclidean(1);
        assertThatThrownBy(() -> ModernHopfield.learn(Matrix.zeros(0, 4), options))
                .hasMessageContaining("nothing to learn");
        assertThatThrownBy(() -> ModernHopfield.learn(Matrix.wrap(1, 1, Float.NaN), options))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Separation.softmax(0)).hasMessageContaining("β (0.0)");
        assertThatThrownBy(() -> Separation.sparsemax(Double.NaN)).hasMessageContaining("β (NaN)");
        assertThatThrownBy(() -> Separation.polynomial(0)).hasMessageContaining("polynomial (0)");
        assertThatThrownBy(() -> new ModernHopfieldOptions(Similarity.MANHATTAN, Separation.polynomial(2)))
                .hasMessageContaining("MANHATTAN")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> new ModernHopfieldOptions(Similarity.DOT, Separation.epanechnikov(2)))
                .hasMessageContaining("DOT")
                .hasMessageContaining("Maybe use EUCLIDEAN");
        for (double alpha : new double[] {1, 0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Separation.entmax(alpha, 2))
                    .hasMessageContaining("α (" + alpha + ") must be above 1");
            assertThatThrownBy(() -> Separation.normmax(alpha, 2)).hasMessageContaining("Maybe");
        }
        ModernHopfield memory = ModernHopfield.learn(RANDOM, options);
        assertThatThrownBy(() -> memory.recall(Matrix.zeros(1, 3))).hasMessageContaining("3 values each");
        assertThatThrownBy(() -> memory.recall(RANDOM, 0)).hasMessageContaining("iterations (0)");
        Matrix infinite = RANDOM.copy();
        infinite.set(0, 0, Float.POSITIVE_INFINITY);
        assertThatThrownBy(() -> memory.complete(infinite, Mask.all(65))).hasMessageContaining("NaN or infinite");
    }

    private static void assertClose(Matrix actual, Matrix expected) {
        assertThat(actual.data()).containsExactly(expected.data(), within(1e-5f));
    }

    /** Columns in reverse order. */
    private static Matrix turned(Matrix m) {
        Matrix turned = Matrix.zeros(m.rows(), m.columns());
        for (int i = 0; i < m.rows(); i++) {
            for (int j = 0; j < m.columns(); j++) {
                turned.set(i, m.columns() - 1 - j, m.get(i, j));
            }
        }
        return turned;
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble();
        }
        return matrix;
    }
}
