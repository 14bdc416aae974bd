package dev.engram.experiments.comparison;

import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Noise;
import dev.engram.memory.Recall;
import dev.engram.memory.Score;
import dev.engram.memory.attractor.AttractorMemory;
import java.util.Optional;

/**
 * A way in which patterns are damaged.
 *
 * @param name in words
 * @param noise on every value; empty where a part is missing
 * @param known what is left, one mask for all patterns or one for each of them; empty where there is noise
 * @param marked whether the memories are told what is left
 */
public record Damage(String name, Optional<Noise> noise, Optional<Mask> known, boolean marked) {
    public Damage {
        if (noise.isPresent() == known.isPresent()) {
            throw new IllegalArgumentException("The damage \"%s\" must be noise or a missing part.".formatted(name));
        }
    }

    public static Damage ofVariance(double variance) {
        return new Damage(
                "noise of variance " + variance, Optional.of(Noise.ofVariance(variance)), Optional.empty(), false);
    }

    public static Damage ofStandardDeviation(double deviation) {
        return new Damage(
                "noise of std " + deviation,
                Optional.of(Noise.ofStandardDeviation(deviation)),
                Optional.empty(),
                false);
    }

    /** Only a part is known. */
    public static Damage missing(String name, Mask known) {
        return new Damage(name, Optional.empty(), Optional.of(known), true);
    }

    /** All but a part is 0, and nobody says which; a memory over codes is asked to find out ({@link AttractorMemory#recover}). */
    public static Damage unmarked(String name, Mask intact) {
        return new Damage(name, Optional.empty(), Optional.of(intact), false);
    }

    /** Below which error a pattern counts as recovered: the thresholds of Salvatori et al. 2021. */
    double threshold() {
        return noise.isPresent() ? Score.DENOISING_THRESHOLD : Score.COMPLETION_THRESHOLD;
    }

    /** The patterns as they are shown; missing values are 0. */
    Matrix cues(Matrix originals, long seed) {
        return noise.map(n -> n.addTo(originals, seed))
                .orElseGet(() -> known.orElseThrow().blank(originals, 0));
    }

    /** @param rows of which patterns the cues are */
    Recall ask(AssociativeMemory memory, Matrix cues, int[] rows) {
        if (marked) {
            return memory.complete(cues, part(known.orElseThrow(), rows));
        }
        return known.isPresent() ? memory.recover(cues) : memory.recall(cues);
    }

    private static Mask part(Mask mask, int[] rows) {
        return mask.rows() == 1
                ? mask
                : Mask.known(mask.values(), mask.clamp().cues(rows).rows());
    }
}
