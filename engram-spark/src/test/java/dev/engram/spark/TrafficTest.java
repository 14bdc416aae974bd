package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;

/** What crosses the network in an update is what docs/spark.md says, by Spark's own count. */
class TrafficTest {
    private static final int D = 100;
    private static final int N = 90;
    private static final int PARTITIONS = 4;

    /** The bytes that tasks gave back to the driver, or to each other, by stage. */
    private static final class Counted extends SparkListener {
        private final Map<Integer, Long> results = new ConcurrentHashMap<>();
        private final Map<String, Map<String, Long>> broadcasts = new ConcurrentHashMap<>();

        @Override
        public void onBlockUpdated(SparkListenerBlockUpdated updated) {
            String block = updated.blockUpdatedInfo().blockId().name();
            if (block.matches("broadcast_\\d+_piece\\d+")
                    && updated.blockUpdatedInfo().memSize() > 0) {
                broadcasts
                        .computeIfAbsent(block.replaceFirst("_piece.*", ""), name -> new ConcurrentHashMap<>())
                        .put(block, updated.blockUpdatedInfo().memSize());
            }
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            results.merge(end.stageId(), end.taskMetrics().resultSize(), Long::sum);
        }
    }

    @Test
    void anUpdateCostsTheWeightsDownAndTheSumsUp() throws InterruptedException {
        long sums = 8L * (N * N + N * D + N); // F Fᵀ, X Fᵀ and the prior's errors, of each partition
        requireTraffic(sums, "updates=3");
    }

    @Test
    void anUpdateByGradientsCostsTheWeightsDownAndTheGradientsUp() throws InterruptedException {
        long gradients = 8L * (N * D + N);
        requireTraffic(gradients, "updates=3", "learning=gradient", "optimiser=plain");
    }

    private static void requireTraffic(long sums, String... settings) throws InterruptedException {
        Matrix patterns = LocalSpark.patterns(400, D, 20, 6);
        Counted counted = new Counted();
        LocalSpark.session().sparkContext().addSparkListener(counted);
        try {
            new AssociativeMemoryEstimator()
                    .setSettings(Stream.concat(Stream.of("hidden=" + N), Stream.of(settings))
                            .toArray(String[]::new))
                    .fit(LocalSpark.frame(patterns, PARTITIONS));
            Thread.sleep(500); // the listener's queue
        } finally {
            LocalSpark.session().sparkContext().removeSparkListener(counted);
        }

        List<Long> ofUpdates = counted.results.values().stream()
                .filter(bytes -> bytes > PARTITIONS * sums * 9 / 10 && bytes < PARTITIONS * (sums * 11 / 10 + 4_000))
                .toList();
        long weights = 4L * N * (D + 1);
        assertThat(counted.broadcasts.values().stream()
                        .mapToLong(pieces ->
                                pieces.values().stream().mapToLong(size -> size).sum())
                        .filter(bytes -> bytes > weights * 9 / 10 && bytes < weights * 11 / 10 + 4_000))
                .as("%d bytes expected, in %s", weights, counted.broadcasts)
                .hasSizeBetween(2, 4);
        assertThat(ofUpdates)
                .as("%d bytes expected of %d partitions, in %s", sums, PARTITIONS, counted.results)
                .hasSizeBetween(2, 4);
    }
}
