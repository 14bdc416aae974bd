package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class NewestJobTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final NewestJob newest = new NewestJob(waiting::add);
    private final List<String> ran = new ArrayList<>();

    private void start(String name) {
        newest.start(job -> ran.add(name + (job.isCancelled() ? " cancelled" : "")));
    }

    private void runAll() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    @Test
    void oneAfterTheOtherAndOnlyTheNewestIsWanted() {
        start("first");
        start("second");
        assertThat(waiting).hasSize(1);
        assertThat(newest.isBusy()).isTrue();
        runAll();
        assertThat(ran).containsExactly("first cancelled", "second");
        assertThat(newest.isBusy()).isFalse();
    }

    @Test
    void whatIsCancelledBeforeItBeginsLearnsOfIt() {
        start("only");
        newest.cancel();
        runAll();
        assertThat(ran).containsExactly("only cancelled");
    }

    @Test
    void workThatFailsDoesNotStopTheNext() {
        newest.start(job -> {
            throw new IllegalStateException("broken");
        });
        start("next");
        runAll();
        assertThat(ran).containsExactly("next");
    }
}
