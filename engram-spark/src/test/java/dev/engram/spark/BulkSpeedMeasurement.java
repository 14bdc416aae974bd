package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.CueBatches;
import dev.engram.memory.Mask;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/**
 * How long it takes to complete 20,000 cues, by Spark with one thread and with two, and without Spark. No test: run it alone on a quiet machine,
 * {@code mvn test -pl engram-spark -am -Dtest=BulkSpeedMeasurement -Dtest.java= -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class BulkSpeedMeasurement {
    private static final int CUES = 20_000;
    private static final int D = 784;
    private static final int PARTITIONS = 20; // of about four batches each, so that two cores end together
    private static final int TURNS = 3; // of all three ways, one after the other
    private static final int ROUNDS = 3;

    private final Matrix patterns = LocalSpark.patterns(2_000, D, 300, 31);

    private Matrix cues() {
        Matrix drawn = LocalSpark.patterns(CUES, D, 300, 31);
        for (int at = 0; at < drawn.data().length; at++) {
            drawn.data()[at] = at % D < D / 2 ? drawn.data()[at] : Float.NaN;
        }
        return drawn;
    }

    private static double best(String what, Supplier<Long> work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            assertThat(work.get()).isEqualTo(CUES);
            best = Math.min(best, (System.nanoTime() - began) / 1e9);
        }
        System.out.printf("%-24s %.2f s, the best of %d%n", what, best, ROUNDS);
        return best;
    }

    private static double spark(int threads, StoredMemory memory, Matrix cues) {
        LocalSpark.session().stop();
        SparkSession session =
                LocalSpark.builder("local[%d]".formatted(threads)).getOrCreate();
        Dataset<Row> frame = LocalSpark.frame(session, cues, PARTITIONS).cache();
        frame.count();
        AssociativeMemoryModel model =
                AssociativeMemoryModel.of(memory).setAsk("complete").setOutputPrefix("a_");
        double seconds = best("Spark, local[%d]".formatted(threads), () -> model.transform(frame)
                .filter("a_error is null and a_energy >= 0 and a_pattern is not null")
                .count());
        session.stop();
        return seconds;
    }

    @Test
    void twentyThousandCues() {
        StoredMemory memory = new AssociativeMemoryEstimator()
                .setSettings("hidden=512")
                .fit(LocalSpark.frame(patterns, 4))
                .memory();
        Matrix cues = cues();
        Mask known = Mask.present(cues);
        double one = Double.POSITIVE_INFINITY;
        double two = Double.POSITIVE_INFINITY;
        double plain = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < TURNS; turn++) {
            one = Math.min(one, spark(1, memory, cues));
            two = Math.min(two, spark(2, memory, cues));
            plain = Math.min(
                    plain,
                    best(
                            "without Spark, %s".formatted(LinearAlgebra.shared().threads()),
                            () -> CueBatches.completing(cues, known).stream()
                                    .mapToLong(batch -> batch.ask(memory.memory())
                                            .patterns()
                                            .rows())
                                    .sum()));
        }
        System.out.printf("local[1] / local[2] %.2f, local[2] / without Spark %.2f%n", one / two, two / plain);
    }
}
