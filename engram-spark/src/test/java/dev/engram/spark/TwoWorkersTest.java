package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master and two workers, one of which is killed in the middle of learning, and another in the middle of recall. */
class TwoWorkersTest {
    private static final int N = 48;
    private static final int D = 96;
    private static final int PARTITIONS = 10;
    private static final Matrix PATTERNS = LocalSpark.patterns(1_000, D, 40, 21);

    @TempDir
    private Path folder;

    /** There can be but one session of Spark in a process. */
    @BeforeEach
    @AfterEach
    void end() {
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return true;
        });
    }

    /** Does something when so many tasks have ended, and counts the executors that are lost from then on. */
    private static final class AfterTasks extends SparkListener {
        private final AtomicInteger left;
        private final Runnable then;
        private final AtomicInteger lost = new AtomicInteger();

        AfterTasks(int tasks, Runnable then) {
            this.left = new AtomicInteger(tasks);
            this.then = then;
        }

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            if (left.decrementAndGet() == 0) {
                then.run();
            }
        }

        @Override
        public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
            lost.incrementAndGet();
        }
    }

    private static AssociativeMemoryEstimator estimator() {
        return new AssociativeMemoryEstimator().setSettings("hidden=" + N).setAsk("complete");
    }

    @Test
    void aWorkerThatIsKilledChangesNothing() throws IOException, InterruptedException {
        PredictiveCodingMemory here = (PredictiveCodingMemory) MemoryKinds.named("pcn")
                .model(new Settings(Map.of("hidden", String.valueOf(N))))
                .learn(PATTERNS, Shape.of(D), 0, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .memory();
        PredictiveCodingMemory undisturbed = (PredictiveCodingMemory)
                estimator().fit(LocalSpark.frame(PATTERNS, PARTITIONS)).memory().memory();
        end();
        try (StandaloneCluster cluster = new StandaloneCluster(folder, StandaloneCluster.SHORT_LIFE)) {
            cluster.addWorker();
            cluster.addWorker();
            SparkSession session = cluster.session(2);

            AfterTasks learning = new AfterTasks(30, () -> cluster.kill(0)); // of 12 in every update
            session.sparkContext().addSparkListener(learning);
            AssociativeMemoryModel model = estimator().fit(LocalSpark.frame(session, PATTERNS, PARTITIONS));
            session.sparkContext().removeSparkListener(learning);

            assertThat(learning.lost).hasValue(1);
            PredictiveCodingMemory learned =
                    (PredictiveCodingMemory) model.memory().memory();
            assertThat(learned.network().weights(1))
                    .isEqualTo(undisturbed.network().weights(1)); // to the last bit
            assertThat(learned.network().memoryVector())
                    .isEqualTo(undisturbed.network().memoryVector());
            assertThat(Relative.difference(
                            learned.recall(PATTERNS).patterns().data(),
                            here.recall(PATTERNS).patterns().data()))
                    .isLessThan(1e-4);

            cluster.addWorker();
            cluster.requireExecutors(session, 2);
            Matrix cues = PATTERNS.copy();
            for (int at = 0; at < cues.data().length; at++) {
                cues.data()[at] = at % D < D / 2 ? cues.data()[at] : Float.NaN;
            }
            AfterTasks recall = new AfterTasks(12, () -> cluster.kill(2)); // of 40
            session.sparkContext().addSparkListener(recall);
            String answers = folder.resolve("answers").toString();
            model.transform(LocalSpark.frame(session, cues, 40)).write().parquet(answers);
            session.sparkContext().removeSparkListener(recall);

            assertThat(recall.lost).hasValue(1);
            List<Row> rows = session.read()
                    .parquet(answers)
                    .select("name", "engram_pattern", "engram_error")
                    .collectAsList();
            assertThat(rows.stream().map(row -> row.<String>getAs("name")))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, cues.rows())
                            .mapToObj(i -> "p" + i)
                            .toList());
            Mask known = Mask.present(cues.slice(0, 1));
            Matrix completed = learned.complete(known.blank(cues, 0), known).patterns();
            for (Row row : rows) {
                int i = Integer.parseInt(row.<String>getAs("name").substring(1));
                Vector pattern = row.getAs("engram_pattern");
                float[] values = new float[D];
                for (int j = 0; j < D; j++) {
                    values[j] = (float) pattern.apply(j);
                }
                assertThat(row.<String>getAs("engram_error")).isNull();
                assertThat(Relative.difference(values, completed.row(i))).isLessThan(1e-4);
            }
            aWorkerThatIsKilledTakesNoValueNodesWithIt(cluster, session);
        }
    }

    /** What an executor kept beside its patterns is made again from the first update on. */
    private static void aWorkerThatIsKilledTakesNoValueNodesWithIt(StandaloneCluster cluster, SparkSession session)
            throws IOException, InterruptedException {
        cluster.addWorker();
        cluster.requireExecutors(session, 2);
        Matrix patterns = PATTERNS.slice(0, 200);
        String[] gradient = {"hidden=48", "layers=3", "learning=gradient", "updates=6"};
        AssociativeMemoryEstimator estimator = new AssociativeMemoryEstimator().setSettings(gradient);
        AfterTasks learning = new AfterTasks(22, () -> cluster.kill(1)); // of 4 in every update, after 8 that read
        session.sparkContext().addSparkListener(learning);
        AssociativeMemoryModel killed = estimator.fit(LocalSpark.frame(session, patterns, 4));
        session.sparkContext().removeSparkListener(learning);
        assertThat(learning.lost).hasValue(1);
        session.stop();

        AssociativeMemoryModel undisturbed = estimator.fit(LocalSpark.frame(patterns, 4));

        for (int l = 1; l <= 2; l++) {
            assertThat(weights(killed, l)).isEqualTo(weights(undisturbed, l)); // to the last bit
        }
    }

    private static Matrix weights(AssociativeMemoryModel model, int layer) {
        return ((PredictiveCodingMemory) model.memory().memory()).network().weights(layer);
    }
}
