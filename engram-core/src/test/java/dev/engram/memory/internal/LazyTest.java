package dev.engram.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Cancellation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LazyTest {
    /** Who waits for what another computes has a deadline of its own, and leaves the other alone. */
    @Test
    void aCallerThatWaitsCanGiveUp() throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Lazy<String> lazy = new Lazy<>(() -> {
            computing.countDown();
            await(mayEnd);
            return "value";
        });
        CompletableFuture<String> other = CompletableFuture.supplyAsync(lazy::get);
        computing.await();
        AtomicInteger asked = new AtomicInteger();
        Cancellation deadline = Cancellation.when(() -> asked.incrementAndGet() > 3, "Enough");
        assertThatThrownBy(() -> deadline.call(lazy::get))
                .isInstanceOf(CancellationException.class)
                .hasMessageStartingWith("Enough; ");
        assertThat(other).isNotDone();
        mayEnd.countDown();
        assertThat(other.join()).isEqualTo("value");
        assertThat(lazy.get()).isEqualTo("value");
    }

    @Test
    void whatWasCancelledIsComputedByTheNext() {
        Cancellation token = Cancellation.byHand();
        AtomicInteger times = new AtomicInteger();
        Lazy<Integer> lazy = new Lazy<>(() -> {
            int time = times.incrementAndGet();
            if (time == 1) {
                token.cancel();
            }
            Cancellation.requireGoingOn();
            return time;
        });
        assertThatThrownBy(() -> token.call(lazy::get)).isInstanceOf(CancellationException.class);
        assertThat(lazy.get()).isEqualTo(2);
        assertThat(lazy.get()).isEqualTo(2);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
