package dev.engram.experiments.salvatori;

import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import java.util.Optional;

/**
 * What is shown to a memory.
 *
 * @param cues [cues, values]
 * @param mask of the values that can be trusted; empty where none can
 */
public record Question(Matrix cues, Optional<Mask> mask) {
    public static Question whole(Matrix cues) {
        return new Question(cues, Optional.empty());
    }

    public static Question part(Matrix originals, Mask mask) {
        return new Question(mask.blank(originals, 0), Optional.of(mask));
    }

    Matrix answerOf(AssociativeMemory memory) {
        return mask.map(known -> memory.complete(cues, known))
                .orElseGet(() -> memory.recall(cues))
                .patterns();
    }
}
