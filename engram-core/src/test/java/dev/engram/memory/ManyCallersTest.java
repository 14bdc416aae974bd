package dev.engram.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One memory, many threads: every answer has the bits of one that was asked for alone. The number of calls of each thread is that of the
 * system property engram.calls.
 */
class ManyCallersTest {
    private static final int THREADS = 16;
    private static final int CALLS = Integer.getInteger("engram.calls", 12);
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
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t;
            callers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int call = 0; call < CALLS; call++) {
                            int number = (first + call) % questions.size();
                            assertThat(questions.get(number).ask(shared)).isEqualTo(expected.get(number));
                        }
                    },
                    threads));
        }
        callers.forEach(CompletableFuture::join);
        threads.shutdown();
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
