package dev.engram.cli.memory;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Identifier;
import dev.engram.memory.Recall;
import java.util.Optional;

/** What a command asks a memory about cues, all at once or some at a time. */
interface Inquiry {
    /**
     * Looks at cues before any is asked; it is shown all of them, in their order.
     *
     * @param first the number of the first
     */
    void look(Matrix cues, int first);

    /** When all were looked at: refuses them, or says what is to be said of them. */
    void looked();

    /** Asks about some cues, whose answers depend on nothing but them and their numbers. */
    Recall ask(RecallRun run, Matrix cues, int first);

    /** What the answers were held to, where it was the same for all cues, which were looked at. */
    Optional<Calibration> calibration(Identifier identifier);

    /** What is being done, as a line of progress begins. */
    String doing();

    /** All that the answers depend on beside cues and memory, as text. */
    String key();
}
