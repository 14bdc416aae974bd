package dev.engram.memory.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Noise;
import dev.engram.memory.Shape;
import dev.engram.memory.sparse.SparseQuantisedTree.Codes;
import dev.engram.memory.sparse.SparseQuantisedTree.Patches;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Four patches of one value under one node, two units in each; the third pattern is nearer to the first and shares its unit on top. */
class SparseQuantisedTreeTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final SparseQuantisedOptions OPTIONS =
            SparseQuantisedOptions.tree(Shape.of(2, 2), 2, 1).withUnits(2);
    private static final Matrix PATTERNS =
            Matrix.ofRows(new float[] {1, 0, 1, 0}, new float[] {1, 1, 0, 1}, new float[] {1, 0, 1, 1});

    private static final int[] UNITS = {2, 2, 2, 2};
    private static final int[] COUNTS = {2, 1, 2, 1, 2, 1, 1, 2};
    private static final Matrix MEANS = Matrix.wrap(8, 1, 1, 1, 0, 1, 1, 0, 0, 1);

    /** The upper left is 1 in all patterns, which its first unit answers for. */
    private static final Codes ABOVE =
            new Codes(new int[] {2}, new int[] {2, 1}, new int[] {1, 1, 1, 2, 1, 1, 1, 1}, new int[] {
                0,
                2,
                0,
                2,
                0,
                2,
                0,
                1,
                1,
                1, // the first unit: patterns 0 and 2
                0,
                1,
                1,
                1,
                1,
                1,
                1,
                1 // the second: pattern 1
            });

    private static SparseQuantisedTree tree(Patches patches, Codes... above) {
        return new SparseQuantisedTree(patches, List.of(above));
    }

    private static Patches patches(int[] units, int[] counts, Matrix means) {
        return new Patches(units, counts, means);
    }

    private static void assertEqual(SparseQuantisedTree actual, SparseQuantisedTree expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void whatWasLearnedIsLaidOutNodeByNode() {
        assertEqual(
                SparseQuantisedHopfield.learn(PATTERNS, OPTIONS).tree(), tree(patches(UNITS, COUNTS, MEANS), ABOVE));
    }

    @Test
    void aTreeIsTheMemoryItWasTakenFrom() {
        Matrix patterns = Noise.ofStandardDeviation(0.3).addTo(Matrix.zeros(7, 64), 1);
        Matrix cues = Noise.ofStandardDeviation(0.3).addTo(patterns, 2);
        for (Integer[] sides : new Integer[][] {{1}, {4, 1}, {4, 2, 1}}) {
            for (int units : new int[] {0, 1, 3}) {
                SparseQuantisedOptions options =
                        SparseQuantisedOptions.tree(Shape.of(8, 8), sides).withUnits(units);
                SparseQuantisedHopfield memory = SparseQuantisedHopfield.learn(patterns, options);
                SparseQuantisedHopfield again = SparseQuantisedHopfield.of(options, memory.tree(), LA);
                assertEqual(again.tree(), memory.tree());
                assertThat(again.recall(cues).patterns())
                        .isEqualTo(memory.recall(cues).patterns());
                assertThat(again.recall(cues).energy())
                        .isEqualTo(memory.recall(cues).energy());
                assertThat(again.bytes()).isEqualTo(memory.bytes());
            }
        }
    }

    static Stream<Arguments> contradictions() {
        Patches fine = patches(UNITS, COUNTS, MEANS);
        String below = " do not fit a level of 4 nodes, or a count is below 1.";
        String means = "must be finite, 8 of 1 values.";
        return Stream.of(
                Arguments.of(
                        tree(patches(new int[] {2, 2, 4, 0}, COUNTS, MEANS), ABOVE),
                        "A node has 0 units; each needs one."),
                Arguments.of(
                        tree(patches(new int[] {2, 2, 4}, COUNTS, MEANS), ABOVE),
                        "3 nodes with 8 units and 8 counts" + below),
                Arguments.of(
                        tree(patches(new int[] {2, 2, 2, 3}, COUNTS, MEANS), ABOVE),
                        "4 nodes with 9 units and 8 counts" + below),
                Arguments.of(
                        tree(patches(UNITS, new int[] {2, 1, 2, 1, 2, 1, 0, 3}, MEANS), ABOVE),
                        "4 nodes with 8 units and 8 counts" + below),
                Arguments.of(tree(patches(UNITS, COUNTS, Matrix.zeros(7, 1)), ABOVE), means),
                Arguments.of(tree(patches(UNITS, COUNTS, Matrix.zeros(8, 2)), ABOVE), means),
                Arguments.of(
                        tree(patches(UNITS, COUNTS, Matrix.wrap(8, 1, 1, 1, 0, 1, 1, 0, 0, Float.NaN)), ABOVE), means),
                Arguments.of(tree(fine), "There are 0 levels above the patches; 1 were expected."),
                Arguments.of(tree(fine, ABOVE, ABOVE), "There are 2 levels above the patches; 1 were expected."),
                Arguments.of(
                        tree(fine, above(new int[] {1, 1}, 0, 0)),
                        "2 nodes with 2 units and 2 counts do not fit a level of 1"),
                Arguments.of(
                        tree(fine, new Codes(ABOVE.units(), ABOVE.counts(), new int[7], ABOVE.together())),
                        "There are 7 numbers of entries; 8 were expected."),
                Arguments.of(
                        tree(fine, new Codes(ABOVE.units(), ABOVE.counts(), new int[8], ABOVE.together())),
                        "A unit has 0 entries for a node below it."),
                Arguments.of(
                        tree(
                                fine,
                                new Codes(
                                        ABOVE.units(),
                                        ABOVE.counts(),
                                        new int[] {1, 1, 1, 2, 1, 1, 1, 2},
                                        ABOVE.together())),
                        "A unit has 2 entries for a node below it."),
                Arguments.of(
                        tree(fine, new Codes(ABOVE.units(), ABOVE.counts(), ABOVE.entries(), new int[] {
                            0, 2, 0, 2, 0, 2, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1
                        })),
                        "2 numbers are left over."),
                Arguments.of(tree(fine, above(new int[] {2}, 0, -1)), "active 2 times with unit -1 of 2."),
                Arguments.of(tree(fine, above(new int[] {2}, 0, 2)), "active 2 times with unit 2 of 2."),
                Arguments.of(tree(fine, above(new int[] {2}, 1, 0)), "active 0 times with unit 0 of 2."),
                Arguments.of(tree(fine, above(new int[] {2}, 8, 0)), "active 1 times with unit 0 of 2."),
                Arguments.of(
                        tree(fine, above(new int[] {2}, 1, 3)),
                        "A unit that answered 2 times was active 3 times with a node below."));
    }

    /** The level above with one of the numbers of {@code together} changed. */
    private static Codes above(int[] units, int at, int number) {
        int[] together = ABOVE.together().clone();
        together[at] = number;
        return new Codes(units, ABOVE.counts(), ABOVE.entries(), together);
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void partsThatContradictEachOtherAreRefused(SparseQuantisedTree tree, String message) {
        assertThatThrownBy(() -> SparseQuantisedHopfield.of(OPTIONS, tree, LA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
