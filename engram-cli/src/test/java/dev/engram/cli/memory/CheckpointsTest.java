package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import dev.engram.cli.options.CheckpointOptions;
import dev.engram.io.memory.LearningCheckpoint;
import dev.engram.linalg.Matrix;
import dev.engram.optimiser.LearningState;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a checkpoint is written, by a clock of the test. */
class CheckpointsTest {
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path folder;

    private final StringWriter err = new StringWriter();
    private final Context context = new Context(
            Terminal.of(new PrintWriter(new StringWriter()), new PrintWriter(err, true)), new Interruption());
    private final AtomicLong clock = new AtomicLong(5 * SECOND);
    private long perLook; // that the clock goes on whenever it is looked at

    private Checkpoints open() {
        return Checkpoints.open(
                context,
                memory(),
                new CheckpointOptions(),
                () -> Map.of("hidden", "8"),
                () -> clock.getAndAdd(perLook));
    }

    private Path memory() {
        return folder.resolve("m.engram");
    }

    private Path file() {
        return LearningCheckpoint.beside(memory());
    }

    private static LearningState state(int update) {
        return new LearningState.Draft(update)
                .with("weights.1", Matrix.wrap(1, 1, update))
                .state();
    }

    private int kept() {
        return LearningCheckpoint.read(file()).state().update();
    }

    @Test
    void theFirstComesAfterThirtySecondsAndTheOthersThirtySecondsApart() {
        Checkpoints checkpoints = open();
        clock.addAndGet(29 * SECOND);
        checkpoints.offer(() -> {
            throw new AssertionError("A short learning is not even asked for its state.");
        });
        assertThat(file()).doesNotExist();
        clock.addAndGet(SECOND);
        checkpoints.offer(() -> state(1));
        assertThat(kept()).isEqualTo(1);
        clock.addAndGet(29 * SECOND);
        checkpoints.offer(() -> state(2));
        assertThat(kept()).isEqualTo(1);
        clock.addAndGet(SECOND);
        checkpoints.offer(() -> state(3));
        assertThat(kept()).isEqualTo(3);
        assertThat(open().resumed()).contains(state(3));
        checkpoints.done();
        assertThat(file()).doesNotExist();
        assertThat(open().resumed()).isEmpty();
    }

    /** Two looks at the clock around a write that takes 3 s: the next comes after a minute. */
    @Test
    void writingTakesNoMoreThanATwentiethOfTheTime() {
        Checkpoints checkpoints = open();
        clock.addAndGet(30 * SECOND);
        perLook = 3 * SECOND;
        checkpoints.offer(() -> state(1));
        perLook = 0;
        clock.addAndGet(50 * SECOND);
        checkpoints.offer(() -> state(2));
        assertThat(kept()).isEqualTo(1);
        clock.addAndGet(10 * SECOND);
        checkpoints.offer(() -> state(3));
        assertThat(kept()).isEqualTo(3);
    }

    @Test
    void underATimeLimitThereIsOneInEveryQuarterOfIt() {
        context.interruption().limitTo(40);
        Checkpoints checkpoints = open();
        clock.addAndGet(10 * SECOND);
        checkpoints.offer(() -> state(1));
        assertThat(kept()).isEqualTo(1);
    }

    @Test
    void oneThatCannotBeWrittenIsWarnedOfOnceAndEndsNothing() throws IOException {
        Checkpoints checkpoints = open();
        Files.createDirectories(file().resolve("in the way"));
        for (int update = 1; update <= 3; update++) {
            int made = update;
            clock.addAndGet(31 * SECOND);
            checkpoints.offer(() -> state(made));
        }
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("no checkpoint could be kept", file().getFileName().toString());
    }

    /** It will have diverged at the next update. */
    @Test
    void aStateThatIsNotFiniteIsNotKept() {
        Checkpoints checkpoints = open();
        clock.addAndGet(30 * SECOND);
        checkpoints.offer(() -> new LearningState.Draft(1)
                .with("values.1", Matrix.wrap(1, 1, Float.NaN))
                .state());
        assertThat(file()).doesNotExist();
    }
}
