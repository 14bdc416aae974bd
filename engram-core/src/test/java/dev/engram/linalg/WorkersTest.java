package dev.engram.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any number of callers, from threads of any kind: every scenario ends, with the bits of a call alone. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class WorkersTest {
    private static final Matrix LEFT = random(61, 200, 150);
    private static final Matrix RIGHT = random(62, 150, 333);

    /** Where a task hands work to, which computes there. */
    private interface Elsewhere {
        CompletableFuture<Void> run(Runnable work);
    }

    static Stream<Arguments> elsewhere() {
        Elsewhere common = CompletableFuture::runAsync;
        Elsewhere thread = work -> CompletableFuture.runAsync(work, task -> new Thread(task).start());
        Elsewhere virtual = work -> CompletableFuture.runAsync(work, WorkersTest::startVirtually);
        Elsewhere stream = work -> CompletableFuture.runAsync(
                () -> IntStream.range(0, 4).parallel().forEach(i -> work.run()));
        return Stream.of(
                Arguments.of("the common pool", common),
                Arguments.of("a new thread", thread),
                Arguments.of("a parallel stream", stream),
                Arguments.of("a virtual thread", virtual));
    }

    /** {@code Thread.startVirtualThread}, which the Java that this is compiled for does not know. */
    private static void startVirtually(Runnable task) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assumeVirtualThreads() {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with Java 21");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("elsewhere")
    void tasksMayWaitForWorkElsewhereThatComputes(String name, Elsewhere elsewhere) {
        if (name.contains("virtual")) {
            assumeVirtualThreads();
        }
        for (int threads : new int[] {2, 3, 4}) {
            LinearAlgebra la = LinearAlgebra.openBlas(threads);
            Matrix expected = product(la);
            la.parallel(8, i -> elsewhere
                    .run(() -> assertThat(product(la)).isEqualTo(expected))
                    .join());
        }
    }

    @Test
    void twoTeamsMayCallEachOther() {
        LinearAlgebra one = LinearAlgebra.openBlas(3);
        LinearAlgebra other = LinearAlgebra.openBlas(3);
        AtomicInteger done = new AtomicInteger();
        CompletableFuture<?>[] both = {
            CompletableFuture.runAsync(() -> one.parallel(
                    20, i -> CompletableFuture.runAsync(() -> other.parallel(5, j -> done.getAndIncrement()))
                            .join())),
            CompletableFuture.runAsync(() -> other.parallel(
                    20, i -> CompletableFuture.runAsync(() -> one.parallel(5, j -> done.getAndIncrement()))
                            .join()))
        };
        CompletableFuture.allOf(both).join();
        assertThat(done).hasValue(200);
    }

    /** The helper of the team is held in one caller's task for as long as the other caller computes. */
    @Test
    void aCallerDoesWhatNoHelperHasBegun() throws InterruptedException {
        LinearAlgebra la = LinearAlgebra.pureJava(2);
        CountDownLatch held = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder = new Thread(() -> la.parallel(2, i -> {
            held.countDown();
            await(release);
        }));
        holder.start();
        held.await();
        AtomicInteger done = new AtomicInteger();
        la.parallel(100, i -> done.getAndIncrement());
        assertThat(done).hasValue(100);
        release.countDown();
        holder.join();
    }

    @Test
    void manyCallersGetTheBitsOfOne() {
        assertEqualBits(Executors.newFixedThreadPool(16));
    }

    @Test
    void virtualThreadsGetTheBitsOfOne() throws ReflectiveOperationException {
        assumeVirtualThreads();
        assertEqualBits((ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
    }

    private static void assertEqualBits(ExecutorService callers) {
        LinearAlgebra la = LinearAlgebra.openBlas(3);
        Matrix expected = product(la);
        List<CompletableFuture<Matrix>> results = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            results.add(CompletableFuture.supplyAsync(() -> product(la), callers));
        }
        results.forEach(result -> assertThat(result.join()).isEqualTo(expected));
        callers.shutdown();
    }

    @Test
    void aProductInsideATaskHasTheBitsOfOneOutside() {
        for (int[] shape : new int[][] {{200, 333, 150}, {33, 4100, 70}, {1, 2000, 900}, {700, 17, 500}}) {
            Matrix a = random(63, shape[0], shape[2]);
            Matrix b = random(64, shape[2], shape[1]);
            for (int threads : new int[] {1, 2, 3, 7}) {
                LinearAlgebra la = LinearAlgebra.openBlas(threads);
                Matrix outside = la.product(a, Transpose.NO, b, Transpose.NO);
                la.parallel(3, i -> assertThat(la.product(a, Transpose.NO, b, Transpose.NO))
                        .isEqualTo(outside));
            }
        }
    }

    /** Half of the tasks fail at once, the others take their time: whichever failure comes out, nobody writes any more. */
    @Test
    void whateverIsThrownNobodyComputesAnyMore() {
        LinearAlgebra la = LinearAlgebra.pureJava(4);
        List<Throwable> thrown =
                List.of(new StackOverflowError("x"), new AssertionError("y"), new ArithmeticException());
        for (int round = 0; round < 60; round++) {
            Throwable failure = thrown.get(round % thrown.size());
            AtomicInteger inside = new AtomicInteger();
            assertThatThrownBy(() -> la.parallel(16, i -> {
                        inside.getAndIncrement();
                        try {
                            if (i % 2 == 0) {
                                throwIt(failure);
                            }
                            sleep(3);
                        } finally {
                            inside.getAndDecrement();
                        }
                    }))
                    .isSameAs(failure);
            assertThat(inside).hasValue(0);
        }
    }

    private static void throwIt(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    @Test
    void anInterruptEndsTheWorkOfACaller() throws InterruptedException {
        for (int threads : new int[] {1, 3}) {
            LinearAlgebra la = LinearAlgebra.pureJava(threads);
            CountDownLatch begun = new CountDownLatch(1);
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    la.parallel(1_000_000, i -> {
                        begun.countDown();
                        sleep(1);
                    });
                } catch (CancellationException e) {
                    end.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("the interrupt is lost"));
                }
            });
            caller.start();
            begun.await();
            caller.interrupt();
            caller.join(1000);
            assertThat(end.get()).isInstanceOf(CancellationException.class);
            AtomicInteger done = new AtomicInteger();
            la.parallel(10, i -> done.getAndIncrement());
            assertThat(done).hasValue(10);
        }
    }

    /** A product of 2.1e10 multiplications takes over 0.2 s on any one thread we know; it is cut, and left at the next cut. */
    @Test
    void anInterruptEndsALongProduct() throws InterruptedException {
        LinearAlgebra la = LinearAlgebra.openBlas(1);
        Matrix a = random(65, 2500, 3000);
        Matrix c = Matrix.zeros(2500, 2500);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                while (true) {
                    la.multiply(1, a, Transpose.NO, a, Transpose.YES, 0, c);
                }
            } catch (CancellationException e) {
                end.set(e);
            }
        });
        caller.start();
        Thread.sleep(300);
        caller.interrupt();
        caller.join(1000);
        assertThat(end.get()).isInstanceOf(CancellationException.class);
    }

    /** What a task leaves behind on a helper's thread must not end somebody else's work. */
    @Test
    void anInterruptLeftBehindByATaskIsForgotten() {
        LinearAlgebra la = LinearAlgebra.pureJava(3);
        for (int round = 0; round < 50; round++) {
            Thread caller = Thread.currentThread();
            la.parallel(6, i -> {
                if (Thread.currentThread() != caller) {
                    Thread.currentThread().interrupt();
                }
            });
            la.parallel(6, i -> assertThat(caller.isInterrupted()).isFalse());
        }
    }

    @Test
    void theThreadsOfADroppedTeamEnd() throws InterruptedException {
        long before = helpers();
        for (int i = 0; i < 50; i++) {
            LinearAlgebra.pureJava(4).parallel(8, task -> sleep(1));
        }
        assertThat(helpers()).as("each team had its own").isGreaterThan(before + 50);
        for (int tries = 0; helpers() > before && tries < 100; tries++) {
            Thread.sleep(100);
        }
        assertThat(helpers()).isLessThanOrEqualTo(before);
    }

    private static long helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("engram-worker"))
                .count();
    }

    /** Six callers with work without an end; the seventh gets its share of the processors, not what they leave. */
    @Test
    void aSmallCallerDoesNotStarveBesideLargeOnes() throws InterruptedException {
        LinearAlgebra la = LinearAlgebra.openBlas(2);
        Matrix large = random(66, 1000, 1000);
        long alone = medianOfSmall(la);
        CountDownLatch running = new CountDownLatch(6);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Thread caller = new Thread(() -> {
                Matrix c = Matrix.zeros(1000, 1000);
                try {
                    while (true) {
                        la.multiply(1, large, Transpose.NO, large, Transpose.NO, 0, c);
                        running.countDown();
                    }
                } catch (CancellationException e) {
                    // the end of the test
                }
            });
            caller.start();
            callers.add(caller);
        }
        running.await();
        long beside = medianOfSmall(la);
        callers.forEach(Thread::interrupt);
        for (Thread caller : callers) {
            caller.join();
        }
        // Seven share what one had; three times that, and a few turns of the operating system's, which are some
        // milliseconds each.
        assertThat(beside).isLessThan(3 * 7 * alone + TimeUnit.MILLISECONDS.toNanos(60));
    }

    private static long medianOfSmall(LinearAlgebra la) {
        long[] nanos = new long[41];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            product(la);
            nanos[i] = System.nanoTime() - start;
        }
        return IntStream.range(0, nanos.length)
                .mapToLong(i -> nanos[i])
                .sorted()
                .skip(nanos.length / 2)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCommonPoolMayCallFromAllItsThreads() {
        LinearAlgebra la = LinearAlgebra.openBlas(2);
        Matrix expected = product(la);
        ForkJoinPool pool = new ForkJoinPool(4);
        pool.submit(() -> IntStream.range(0, 100).parallel().forEach(i -> assertThat(product(la))
                        .isEqualTo(expected)))
                .join();
        pool.shutdown();
    }

    private static Matrix product(LinearAlgebra la) {
        return la.product(LEFT, Transpose.NO, RIGHT, Transpose.NO);
    }

    private static Matrix random(long seed, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return matrix;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
