package dev.engram.memory.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.inference.Status;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import dev.engram.memory.Shape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small parts that memories share. */
class PartsTest {
    private enum Way {
        SHORT_CUT
    }

    @Test
    void theLeastComeFirstAndOfEqualOnesTheFirst() {
        NearestFirst order = new NearestFirst(new float[] {3, 1, 2, 1, 5, 0, 2});
        int[] seen = new int[7];
        for (int k = 0; k < 7; k++) {
            assertThat(order.hasNext()).isTrue();
            seen[k] = order.next();
        }
        assertThat(seen).containsExactly(5, 1, 3, 2, 6, 0, 4);
        assertThat(order.hasNext()).isFalse();
    }

    @Test
    void manyNumbersComeInAscendingOrder() {
        float[] keys = new float[1_000];
        for (int i = 0; i < keys.length; i++) {
            int quarter = i * 367 % 1_000 / 4; // each number four times, in no order
            keys[i] = quarter;
        }
        NearestFirst order = new NearestFirst(keys);
        int before = order.next();
        for (int k = 1; k < keys.length; k++) {
            int next = order.next();
            assertThat(keys[before] < keys[next] || keys[before] == keys[next] && before < next)
                    .isTrue();
            before = next;
        }
    }

    @Test
    void fewAreAllLookedAtAndOfManySoManyAlwaysTheSame() {
        assertThat(Sample.of(4, 4, 2)).containsExactly(0, 1, 2, 3);
        int[] some = Sample.of(5, 4, 3);
        assertThat(some).hasSize(3).isSorted().doesNotHaveDuplicates();
        assertThat(Sample.of(5, 4, 3)).containsExactly(some);
        assertThat(IntStream.of(some)).allMatch(i -> i >= 0 && i < 5);
    }

    @Test
    void optionsAreDescribedInTheirOrder() {
        Map<String, String> both = Described.join(Described.of("b", 2, "a", true), Described.of("c", 0.5));

        assertThat(both).containsExactly(Map.entry("b", "2"), Map.entry("a", "true"), Map.entry("c", "0.5"));
        assertThatThrownBy(() -> both.put("d", "1")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(Described.word(Way.SHORT_CUT)).isEqualTo("short-cut");
        assertThat(Described.orWord(0, "auto")).isEqualTo("auto");
        assertThat(Described.orWord(3, "auto")).isEqualTo("3");
    }

    /** 8 bytes of 2.5 · 3 · 20 + 4 · 9 numbers. */
    @Test
    void theSpanOfPatternsCostsTheirSizeAndTheirSquare() {
        assertThat(Cost.ofSpan(3, Shape.of(4, 5))).isEqualTo(8 * (150 + 36));
    }

    @Test
    void aBlockHasAsManyCuesAsNumbersFitIntoItsMatrix() {
        assertThat(CueBlocks.size(1)).isEqualTo(512);
        assertThat(CueBlocks.size(1 << 14)).isEqualTo(128);
        assertThat(CueBlocks.size(1 << 20)).isEqualTo(16);
    }

    /** 40 cues [i, 10 i] in blocks of 16. */
    @Test
    void answersToBlocksOfCuesStandWhereTheirCuesDo() {
        Matrix cues = Matrix.zeros(40, 2);
        for (int i = 0; i < 40; i++) {
            cues.setRow(i, Matrix.wrap(1, 2, i, 10 * i), 0);
        }
        CueBlocks blocks = new CueBlocks(1 << 20);
        List<Integer> sizes = new ArrayList<>();
        assertInPlace(blocks.recall(cues, block -> {
            sizes.add(block.rows());
            return echo(block, Optional.empty());
        }));
        assertThat(sizes).containsExactly(16, 16, 8);
        Recall recovered = blocks.recover(cues, block -> echo(block, Optional.of(block)));
        assertInPlace(recovered);
        assertThat(recovered.trust()).contains(cues);

        BitSet first = new BitSet();
        first.set(0);
        BitSet second = new BitSet();
        second.set(1);
        List<BitSet> inTurn = IntStream.range(0, 40)
                .mapToObj(i -> i % 2 == 0 ? first : second)
                .toList();
        List<Integer> masks = new ArrayList<>();
        assertInPlace(blocks.complete(cues, Mask.known(2, inTurn), (block, mask, numbers) -> {
            masks.add(mask.rows());
            for (int k = 0; k < numbers.length; k++) {
                assertThat(block.get(k, 0)).isEqualTo(numbers[k]);
                assertThat(mask.isKnown(mask.rows() == 1 ? 0 : k, 0)).isEqualTo(numbers[k] % 2 == 0);
            }
            return echo(block, Optional.empty());
        }));
        assertThat(masks).as("of a block of even, of both, of odd cues").containsExactly(1, 16, 1);
    }

    private static Recall echo(Matrix cues, Optional<Matrix> trust) {
        int n = cues.rows();
        double[] energy = new double[n];
        double[] residual = new double[n];
        int[] steps = new int[n];
        List<Status> status = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            int i = (int) cues.get(k, 0);
            energy[k] = i;
            residual[k] = 2 * i;
            steps[k] = 3 * i;
            status.add(i % 3 == 0 ? Status.STALLED : Status.CONVERGED);
            answers.add(new Answer.Recalled(i, 0, List.of()));
        }
        return new Recall(cues, energy, residual, steps, status, answers, trust);
    }

    private static void assertInPlace(Recall recall) {
        for (int i = 0; i < 40; i++) {
            assertThat(recall.patterns().get(i, 1)).isEqualTo(10 * i);
            assertThat(recall.energy()[i]).isEqualTo(i);
            assertThat(recall.residual()[i]).isEqualTo(2 * i);
            assertThat(recall.steps()[i]).isEqualTo(3 * i);
            assertThat(recall.status().get(i)).isEqualTo(i % 3 == 0 ? Status.STALLED : Status.CONVERGED);
            assertThat(recall.answers().get(i)).isEqualTo(new Answer.Recalled(i, 0, List.of()));
        }
    }

    @Test
    void onlyTrustedValuesCount() {
        Matrix cues = Matrix.wrap(2, 3, 1, 2, 3, 4, 5, 6);
        BitSet firstAndLast = new BitSet();
        firstAndLast.set(0);
        firstAndLast.set(2);
        BitSet second = new BitSet();
        second.set(1);

        Trust all = Trust.of(Mask.all(3));
        assertThat(all.weights()).isEmpty();
        assertThat(all.known(1)).isEqualTo(3);
        assertThat(all.times(cues)).isSameAs(cues);
        assertThat(all.offset(1)).isZero();
        Trust one = Trust.of(Mask.known(3, List.of(firstAndLast)));
        assertThat(one.known(1)).isEqualTo(2);
        assertThat(one.times(cues)).isEqualTo(Matrix.wrap(2, 3, 1, 0, 3, 4, 0, 6));
        assertThat(one.offset(1)).isZero();
        Trust each = Trust.of(Mask.known(3, List.of(firstAndLast, second)));
        assertThat(each.known(0)).isEqualTo(2);
        assertThat(each.known(1)).isEqualTo(1);
        assertThat(each.times(cues)).isEqualTo(Matrix.wrap(2, 3, 1, 0, 3, 0, 5, 0));
        assertThat(each.offset(1)).isEqualTo(3);
        Trust weighed = Trust.of(Matrix.wrap(2, 3, 0.5f, 0, 1, 0, 0.25f, 0));
        assertThat(weighed.known(0)).isEqualTo(1.5);
        assertThat(weighed.known(1)).isEqualTo(0.25);
        assertThat(weighed.times(cues)).isEqualTo(Matrix.wrap(2, 3, 0.5f, 0, 3, 0, 1.25f, 0));
    }

    @Test
    void nearSeedsAndOtherPurposesShareNoNumbers() {
        long[] first = Stream.NOISE.of(1).longs(100).toArray();
        assertThat(Stream.NOISE.of(1).longs(100).toArray()).containsExactly(first);
        for (long[] other : new long[][] {
            Stream.NOISE.of(2).longs(100).toArray(),
            Stream.REGION.of(1).longs(100).toArray()
        }) {
            assertThat(other).doesNotContain(first);
        }
    }

    @Test
    void aValueIsMadeOnceUnlessItFails() {
        AtomicInteger made = new AtomicInteger();
        Lazy<Integer> lazy = new Lazy<>(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return made.get();
        });

        assertThatThrownBy(lazy::get).hasMessage("not yet");
        assertThat(lazy.get()).isEqualTo(2);
        assertThat(lazy.get()).isEqualTo(2);
    }

    @Test
    void whoIsInterruptedWhileAnotherComputesIsCancelledAndStaysInterrupted() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Lazy<Integer> lazy = new Lazy<>(() -> {
            begun.countDown();
            await(end);
            return 3;
        });
        Thread computing = new Thread(lazy::get);
        computing.start();
        begun.await();

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(lazy::get).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            Thread.interrupted();
            end.countDown();
        }
        computing.join();
        assertThat(lazy.get()).isEqualTo(3);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
