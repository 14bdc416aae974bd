package dev.engram.io.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResamplerTest {
    private static final Offset<Float> CLOSE = Offset.offset(1e-6f);

    @Test
    void enlargingInterpolatesLinearlyBetweenPixelCentres() {
        // Centres of 4 pixels over 2: at -0.25, 0.25, 0.75, 1.25 source pixels; the ends repeat the edge.
        assertThat(Resampler.resize(new float[] {0, 1}, 2, 1, 1, 4, 1))
                .containsExactly(new float[] {0, 0.25f, 0.75f, 1}, CLOSE);
    }

    @Test
    void reducingWeighsEverySourcePixel() {
        // From 4 to 2: radius 2, centre 1: distances ½, ½, 1½ of pixels 0, 1, 2 weigh 3, 3, 1 of 7.
        assertThat(Resampler.resize(new float[] {7, 0, 0, 0}, 4, 1, 1, 2, 1))
                .containsExactly(new float[] {3, 0}, CLOSE);
        assertThat(Resampler.resize(new float[] {0, 0, 7, 0}, 4, 1, 1, 2, 1))
                .containsExactly(new float[] {1, 3}, CLOSE);
    }

    @Test
    void rowsAndColumnsAreTreatedAlike() {
        float[] picture = {0, 1, 2, 3, 4, 5};
        float[] transposed = {0, 3, 1, 4, 2, 5};

        float[] a = Resampler.resize(picture, 3, 2, 1, 2, 5);
        float[] b = Resampler.resize(transposed, 2, 3, 1, 5, 2);

        for (int y = 0; y < 5; y++) {
            for (int x = 0; x < 2; x++) {
                assertThat(a[y * 2 + x]).isCloseTo(b[x * 5 + y], CLOSE);
            }
        }
    }

    @Test
    void channelsDoNotMix() {
        float[] resized = Resampler.resize(new float[] {1, 0, 0.5f, 1, 0, 0.5f}, 2, 1, 3, 7, 3);

        for (int i = 0; i < resized.length; i++) {
            assertThat(resized[i]).isCloseTo(i % 3 == 0 ? 1 : i % 3 == 1 ? 0 : 0.5f, CLOSE);
        }
    }
}
