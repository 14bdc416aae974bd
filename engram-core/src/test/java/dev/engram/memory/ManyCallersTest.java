package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One memory, many threads of every kind: every answer has the bits of one that was asked for alone, and nothing is left behind.
 *
 * <p>{@code -Dengram.calls=1000} lets each of the threads call that often, and looks at the heap and the threads after the first hundred calls
 * and at the end.
 */
class ManyCallersTest {
    private static final int THREADS = 16;
    private static final int CALLS = Integer.getInteger("engram.calls", 12);
    private static final int WARM_UP = Math.min(100, CALLS);
    private static final int CUES = 3;
    private static final LinearAlgebra LA = LinearAlgebra.withThreads(3);

    static List<MemoryModel> models() {
        return MemoryModelTest.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void everyCallerGetsTheBitsOfOneAlone(MemoryModel model) {
        // Twice the same memory: what one computes when it is first needed, the other has not computed yet.
        AssociativeMemory alone = learned(model);
        AssociativeMemory shared = learned(model);
        List<Question> questions = questions();
        List<List<Object>> expected =
                questions.stream().map(question -> question.ask(alone)).toList();
        IntConsumer call = number -> {
            int which = number % questions.size();
            assertThat(questions.get(which).ask(shared)).isEqualTo(expected.get(which));
        };
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        calls(threads, 0, WARM_UP, call);
        callsFromElsewhere(1, call);
        Left before = Left.now();
        calls(threads, WARM_UP, CALLS, call);
        callsFromElsewhere(CALLS / 10, call);
        Left after = Left.now();
        threads.shutdown();
        if (CALLS > WARM_UP) {
            System.out.printf(
                    "%s: %,d calls, heap %,d kB -> %,d kB, threads %d -> %d%n",
                    model.name(), THREADS * CALLS, before.heap >> 10, after.heap >> 10, before.threads, after.threads);
            assertThat(after.heap).isLessThan((long) (1.05 * before.heap));
            assertThat(after.threads).isLessThanOrEqualTo(before.threads + 2); // of the pools of Java
        }
    }

    /** From virtual threads, a parallel stream, and tasks of the team that computes. */
    private static void callsFromElsewhere(int each, IntConsumer call) {
        virtualThreads().ifPresent(virtual -> calls(virtual, 0, each, call));
        IntStream.range(0, THREADS * each).parallel().forEach(call);
        LA.parallel(each, call);
    }

    /** Each of the threads makes its calls from one number to another; ends when all have. */
    private static void calls(ExecutorService threads, int from, int to, IntConsumer call) {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t;
            callers.add(CompletableFuture.runAsync(
                    () -> IntStream.range(from, to).forEach(i -> call.accept(first + i)), threads));
        }
        callers.forEach(CompletableFuture::join);
    }

    /** What a process holds when nobody calls. */
    private record Left(long heap, int threads) {
        static Left now() {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 3; i++) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
            }
            return new Left(least, ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    /** An executor of {@code Executors.newVirtualThreadPerTaskExecutor}, which the Java that this is compiled for does not know. */
    private static Optional<ExecutorService> virtualThreads() {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            return Optional.of((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AssociativeMemory learned(MemoryModel model) {
        return model.learn(patterns(), Shape.of(8, 8), 3, MemoryModel.Watch.NONE, LA)
                .memory();
    }

    private static Matrix patterns() {
        SplittableRandom random = new SplittableRandom(5);
        Matrix patterns = Matrix.zeros(9, 64);
        for (int i = 0; i < patterns.data().length; i++) {
            patterns.data()[i] = (float) random.nextDouble();
        }
        return patterns;
    }

    /** Something that memories are asked, and all that they say. */
    private record Question(int kind, Matrix cues, Mask mask) {
        List<Object> ask(AssociativeMemory memory) {
            List<Object> said = new ArrayList<>();
            Recall recall =
                    switch (kind) {
                        case 0 -> memory.recall(cues);
                        case 1 -> memory.complete(cues, mask);
                        case 2 -> memory.recover(cues);
                        default -> memory.recall(cues, 3);
                    };
            said.add(recall.patterns());
            said.add(Arrays.toString(recall.energy()));
            said.add(Arrays.toString(recall.residual()));
            said.add(Arrays.toString(recall.steps()));
            said.add(recall.status());
            said.add(recall.answers().toString());
            return said;
        }
    }

    private static List<Question> questions() {
        SplittableRandom random = new SplittableRandom(6);
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Matrix cues = patterns().slice(i % 6, i % 6 + CUES).copy();
            for (int k = 0; k < cues.data().length; k++) {
                cues.data()[k] += (float) random.nextDouble(-0.1, 0.1);
            }
            boolean[] known = new boolean[64];
            for (int k = 0; k < 64; k++) {
                known[k] = k < 16 + 8 * (i % 4) || random.nextInt(4) == 0;
            }
            questions.add(new Question(i % 4, cues, Mask.known(known)));
        }
        return questions;
    }
}
