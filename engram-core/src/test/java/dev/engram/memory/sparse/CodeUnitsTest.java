package dev.engram.memory.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeUnitsTest {
    /** Active with unit 0 of node 1 both times, with unit 0 and with unit 2 of node 3: frequencies 1; ½ and ½. */
    private static CodeUnits twice() {
        CodeUnits node = new CodeUnits(1, 3);
        node.grow(new int[] {9, 0, 9, 0});
        node.move(0, new int[] {9, 0, 9, 2});
        return node;
    }

    @Test
    void frequenciesAreOfTheCodesThatAUnitAnsweredFor() {
        CodeUnits node = twice();
        assertThat(node.count(0)).isEqualTo(2);
        assertThat(node.frequency(0, 0, 0)).isEqualTo(1);
        assertThat(node.frequency(0, 1, 0)).isEqualTo(0.5);
        assertThat(node.frequency(0, 1, 2)).isEqualTo(0.5);
        assertThat(node.frequency(0, 1, 1)).isZero();
        assertThat(node.together(0, 1)).isEqualTo(Map.of(0, 1, 2, 1));
        assertThat(node.bytes()).as("three pairs").isEqualTo(3 * 8);
    }

    /** The frequencies (1; ½, 0, ½) have the squared lengths 1 and ½. */
    @Test
    void similaritiesAreCosinesOverTheNodesThatSaySomething() {
        CodeUnits node = twice();
        int[] active = {9, 0, 9, 2};
        assertThat(similarity(node, active, 1, 1)).isCloseTo(1.5 / Math.sqrt(2 * 1.5), within(1e-12));
        assertThat(similarity(node, active, 1, 0.5)).isCloseTo(1.25 / Math.sqrt(1.25 * 1.5), within(1e-12));
        assertThat(similarity(node, active, 1, 0)).isEqualTo(1);
        assertThat(similarity(node, active, 0, 1)).isCloseTo(0.5 / Math.sqrt(0.5), within(1e-12));
        assertThat(similarity(node, active, 0, 0)).as("nothing is known").isZero();
        assertThat(similarity(node, new int[] {0, 5, 0, 5}, 1, 1))
                .as("nothing in common")
                .isZero();
    }

    private static double similarity(CodeUnits node, int[] active, double first, double second) {
        double[] similarities = node.similarities(active, new double[] {7, first, 7, second});
        assertThat(similarities).hasSize(1);
        return similarities[0];
    }
}
