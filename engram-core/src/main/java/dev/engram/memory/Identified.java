package dev.engram.memory;

import dev.engram.linalg.Matrix;
import java.util.List;

/**
 * What was given back for a batch of cues, and what the memory says of each.
 *
 * @param recall the patterns; where originals are kept, the original of every cue that is {@link Answer.Recalled}
 * @param answers per cue
 * @param trust the values that were relied on are 1, the others 0; [cues, values]
 */
public record Identified(Recall recall, List<Answer> answers, Matrix trust) {
    public Identified {
        answers = List.copyOf(answers);
    }
}
