package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergySliceTest {
    private static final LinearAlgebra LA = LinearAlgebra.pureJava(1);

    /** Two sensory nodes, each predicted by its own linear hidden node; b = 0, λ = 1. */
    private static final GenerativeNetwork IDENTITY = GenerativeNetwork.of(
            Activation.LINEAR, List.of(Matrix.ofRows(new float[] {1, 0}, new float[] {0, 1})), new float[] {0, 0}, 1);

    private static EnergySlice slice(Clamp clamp) {
        // u = (3, 4)/5; (1, 7) - (1, 1) less its part along u leaves v = (-4, 3)/5.
        return new EnergySlice(
                LA,
                IDENTITY,
                Matrix.ofRows(new float[] {2, 1}),
                clamp,
                new float[] {1, 1},
                new float[] {4, 5},
                new float[] {1, 7});
    }

    @Test
    void statesAreProjectedOnThePlane() {
        EnergySlice slice = slice(Clamp.all(2));
        assertThat(slice.project(new float[] {1, 1})).containsExactly(new double[] {0, 0}, within(1e-6));
        assertThat(slice.project(new float[] {4, 5})).containsExactly(new double[] {5, 0}, within(1e-6));
        assertThat(slice.project(new float[] {1, 7})).containsExactly(new double[] {4.8, 3.6}, within(1e-6));
    }

    @Test
    void theEnergyIsThatOfTheNetworkAtThePoint() {
        // x = (1, 1): ½(1² + 0²) + ½(1 + 1) = 1.5.  x = (4, 5): ½(2² + 4²) + ½(16 + 25) = 30.5.
        assertThat(slice(Clamp.all(2)).energy(new double[] {0, 5}, new double[] {0, 0}))
                .containsExactly(new double[] {1.5, 30.5}, within(1e-5));
    }

    @Test
    void freeSensoryNodesHaveNoEnergy() {
        // Only the first node is held: x = (4, 5) has ½·2² + ½(16 + 25) = 22.5.
        assertThat(slice(Clamp.known(2, 0)).energy(new double[] {5}, new double[] {0}))
                .containsExactly(new double[] {22.5}, within(1e-5));
    }

    @Test
    void manyPointsGiveWhatEachGivesAlone() {
        EnergySlice slice = slice(Clamp.all(2));
        double[] s = new double[131];
        double[] t = new double[131];
        for (int i = 0; i < s.length; i++) {
            s[i] = 0.1 * i;
            t[i] = 3 - 0.05 * i;
        }
        double[] together = slice.energy(s, t);
        for (int i = 0; i < s.length; i++) {
            assertThat(together[i]).isEqualTo(slice.energy(new double[] {s[i]}, new double[] {t[i]})[0], within(1e-5));
        }
    }

    @Test
    void statesOfAnotherSizeAreRefused() {
        assertThatThrownBy(() -> new EnergySlice(
                        LA, IDENTITY, Matrix.zeros(1, 2), Clamp.all(2), new float[2], new float[3], new float[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 hidden value nodes")
                .hasMessageContaining("2, 3 and 2");
    }
}
