package dev.engram.playground;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListenerTest {
    @Test
    void ofEveryKindOnlyTheNewestWaits() throws InterruptedException {
        Listener listener = new Listener();
        for (int i = 0; i < 10_000; i++) {
            listener.tell("frame", "frame " + i);
        }
        listener.tell("recall", "end");

        assertThat(listener.take(0))
                .containsExactlyInAnyOrderEntriesOf(java.util.Map.of("frame", "frame 9999", "recall", "end"));
        assertThat(listener.take(1)).isEmpty();
    }
}
