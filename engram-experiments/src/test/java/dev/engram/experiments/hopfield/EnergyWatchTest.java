package dev.engram.experiments.hopfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EnergyWatchTest {
    /** The first cue falls and rises by a half, a quarter of the scale; the second stays and falls. */
    @Test
    void risesAreCountedAmongTheChanges() {
        EnergyWatch watch = new EnergyWatch(2, 0.1);
        watch.see(new double[] {4, 2});
        watch.see(new double[] {3, 2});
        watch.see(new double[] {3.5, 1});
        assertThat(watch.descent()).isEqualTo(new Descent(3, 1, 0.25));
        assertThat(watch.means()).containsExactly(3, 2.5, 2.25);
    }

    @Test
    void aRiseWithinRoundingIsNone() {
        EnergyWatch watch = new EnergyWatch(2, 0.1);
        watch.see(new double[] {1});
        watch.see(new double[] {1.125});
        assertThat(watch.descent()).isEqualTo(new Descent(1, 0, 0.0625));
    }

    @Test
    void anEnergyThatIsNoNumberHasNotFallen() {
        EnergyWatch watch = new EnergyWatch(1, 0.1);
        watch.see(new double[] {1});
        watch.see(new double[] {Double.NaN});
        assertThat(watch.descent().rises()).isEqualTo(1);
    }

    @Test
    void descentsAddUp() {
        assertThat(Descent.NONE.and(new Descent(5, 1, 0.5)).and(new Descent(2, 0, 0.25)))
                .isEqualTo(new Descent(7, 1, 0.5));
    }

    /** Of 0, 0, 1 and 0, 1, 1 the deviations' products sum to 3/9, each one's squares to 6/9. */
    @Test
    void correlationIsPearsons() {
        assertThat(Correlation.of(new float[] {0, 0, 1}, new float[] {0, 1, 1})).isCloseTo(0.5, within(1e-7));
        assertThat(Correlation.of(new float[] {1, 2, 3}, new float[] {5, 3, 1})).isCloseTo(-1, within(1e-12));
        assertThat(Correlation.of(new float[] {1, 2}, new float[] {3, 3})).isNaN();
    }
}
