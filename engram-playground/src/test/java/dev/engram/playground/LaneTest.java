package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final NewestJob lane = new NewestJob(waiting::add);
    private final List<String> ran = new ArrayList<>();

    private void start(String name) {
        lane.start(job -> ran.add(name + (job.isCancelled() ? " cancelled" : "")));
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
        assertThat(lane.isBusy()).isTrue();
        runAll();
        assertThat(ran).containsExactly("first cancelled", "second");
        assertThat(lane.isBusy()).isFalse();
    }

    @Test
    void whatIsCancelledBeforeItBeginsLearnsOfIt() {
        start("only");
        lane.cancel();
        runAll();
        assertThat(ran).containsExactly("only cancelled");
    }

    @Test
    void workThatFailsDoesNotStopTheNext() {
        lane.start(job -> {
            throw new IllegalStateException("broken");
        });
        start("next");
        runAll();
        assertThat(ran).containsExactly("next");
    }
}
