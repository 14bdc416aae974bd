package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CancellationTest {
    private static final int THREADS = 3;
    private final LinearAlgebra la = LinearAlgebra.pureJava(THREADS);

    @Test
    void aDeadlineEndsWhatComputesAndSaysAfterHowLong() {
        AtomicLong clock = new AtomicLong(7_000_000_000L);
        Cancellation deadline = Cancellation.within(2, clock::get);
        AtomicInteger tasks = new AtomicInteger();
        assertThatThrownBy(() -> deadline.run(() -> LinearAlgebra.pureJava(1).parallel(100, task -> {
                    tasks.incrementAndGet();
                    clock.addAndGet(500_000_000); // half a second each
                })))
                .isInstanceOf(CancellationException.class)
                .hasMessage("The deadline of 2.0 s has passed, after 2.000 s; what was computed is not complete.");
        assertThat(tasks).hasValue(4);
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void aDeadlineThatHasPassedLetsNothingBegin() {
        AtomicLong clock = new AtomicLong();
        Cancellation deadline = Cancellation.within(1, clock::get);
        assertThat(deadline.<String>call(() -> "in time")).isEqualTo("in time");
        clock.set(3_000_000_000L);
        AtomicInteger began = new AtomicInteger();
        assertThatThrownBy(() -> deadline.run(began::incrementAndGet)).hasMessageContaining("after 3.000 s");
        assertThat(began).hasValue(0);
    }

    @Test
    void aResultThatIsThereIsReturned() {
        Cancellation token = Cancellation.byHand();
        assertThat(token.<Integer>call(() -> {
                    token.cancel();
                    return 3;
                }))
                .isEqualTo(3);
    }

    @Test
    void aDeadlineIsAboveZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cancellation.within(0, () -> 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Cancellation.within(Double.NaN, () -> 0));
    }

    @Test
    void theThreadsThatHelpCarryItAlong() {
        Cancellation token = Cancellation.byHand();
        CyclicBarrier allInside = new CyclicBarrier(THREADS);
        AtomicInteger stopped = new AtomicInteger();
        assertThatThrownBy(() -> token.run(() -> la.parallel(THREADS, task -> {
                    await(allInside);
                    token.cancel();
                    try {
                        Cancellation.requireGoingOn();
                    } catch (CancellationException e) {
                        stopped.incrementAndGet();
                        throw e;
                    }
                })))
                .isInstanceOf(CancellationException.class)
                .hasMessage("The call was cancelled; what was computed is not complete.");
        assertThat(stopped).hasValue(THREADS);
    }

    @Test
    void noTaskBeginsOnceItIsOverAndNoneIsUnderWayAfterwards() {
        for (int k = 1; k < 40; k++) {
            AtomicInteger asked = new AtomicInteger();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger begun = new AtomicInteger();
            int last = k;
            Cancellation atTheKth = Cancellation.when(() -> asked.incrementAndGet() >= last, "Enough");
            assertThatThrownBy(() -> atTheKth.run(() -> la.parallel(1_000, task -> {
                        inside.incrementAndGet();
                        begun.incrementAndGet();
                        inside.decrementAndGet();
                    })))
                    .hasMessageStartingWith("Enough; ");
            assertThat(inside).hasValue(0);
            assertThat(begun.get()).isLessThan(k);
            assertThat(asked.get()).isLessThan(k + THREADS);
        }
    }

    @Test
    void theInnerAndTheOuterOneEndWhatIsInsideBoth() {
        Cancellation outer = Cancellation.byHand();
        Cancellation inner = Cancellation.byHand();
        outer.run(() -> {
            assertThatThrownBy(() -> inner.run(() -> {
                        inner.cancel();
                        la.parallel(2, task -> {});
                    }))
                    .isInstanceOf(CancellationException.class);
            la.parallel(2, task -> {}); // outside the inner one again
            assertThatThrownBy(() -> Cancellation.byHand().run(() -> {
                        outer.cancel();
                        la.parallel(2, task -> {});
                    }))
                    .isInstanceOf(CancellationException.class);
        });
        la.parallel(2, task -> {}); // outside of all
        Cancellation.requireGoingOn();
    }

    @Test
    void aTaskMayHaveADeadlineOfItsOwn() {
        la.parallel(10, task -> {
            Cancellation own = Cancellation.byHand();
            assertThatThrownBy(() -> own.run(() -> {
                        own.cancel();
                        Cancellation.requireGoingOn();
                    }))
                    .isInstanceOf(CancellationException.class);
            Cancellation.requireGoingOn();
        });
    }

    @Test
    void anotherCallerOfTheSameTeamIsNotConcerned() throws InterruptedException {
        Cancellation token = Cancellation.byHand();
        CountDownLatch cancelled = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Thread other = new Thread(() -> la.parallel(50, task -> {
            await(cancelled);
            done.incrementAndGet();
        }));
        other.start();
        assertThatThrownBy(() -> token.run(() -> la.parallel(50, task -> token.cancel())))
                .isInstanceOf(CancellationException.class);
        cancelled.countDown();
        other.join();
        assertThat(done).hasValue(50);
        AtomicInteger later = new AtomicInteger();
        la.parallel(50, task -> later.incrementAndGet());
        assertThat(later).hasValue(50);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
