package dev.engram.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.inference.internal.Descent;
import dev.engram.linalg.Matrix;
import dev.engram.network.Activation;
import dev.engram.network.Clamp;
import dev.engram.network.GenerativeNetwork;
import dev.engram.network.LinearMap;
import dev.engram.network.ValueNodes;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskCacheTest {
    @Test
    void theLeastRecentlyUsedMaskIsForgotten() {
        LinearMap identity = new LinearMap.Spanned(Matrix.wrap(1, 4, 0.5f, 0.5f, 0.5f, 0.5f), Matrix.wrap(1, 1, 1));
        GenerativeNetwork network = GenerativeNetwork.ofMaps(Activation.LINEAR, List.of(identity), new float[] {0}, 1);
        ValueNodes start = new ValueNodes(List.of(Matrix.wrap(1, 4, 1, 2, 3, 4), Matrix.zeros(1, 1)));
        MaskCache two = MaskCache.of(2);
        int[] computed = new int[1];
        for (int node : new int[] {1, 2, 1, 3, 1, 2}) {
            new Descent(Inference.newton(), network, start, Clamp.known(4, node))
                    .newton((mask, compute) -> two.get(mask, () -> {
                        computed[0]++;
                        return compute.get();
                    }));
        }
        assertThat(computed[0]).as("1, 2, 3, and 2 again").isEqualTo(4);
    }

    @Test
    void aCacheForNothingIsRefused() {
        assertThatThrownBy(() -> MaskCache.of(0)).hasMessageContaining("(0) must be at least 1");
    }
}
