package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What partitions of cues and of patterns cost, by Spark's own count: what docs/spark.md extrapolates from. Processor time of the tasks' threads,
 * which others on the machine change little; only what is called "on the clock" is theirs, too. No test: run it alone,
 * {@code mvn test -pl engram-spark -am -Dtest=PartitionCostMeasurement -Dtest.java= -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class PartitionCostMeasurement {
    private static final int D = 784;
    private static final int HIDDEN = 512;

    @TempDir
    private Path folder;

    /** The tasks that ended. */
    private static final class Ended extends SparkListener {
        private final List<SparkListenerTaskEnd> tasks = new CopyOnWriteArrayList<>();

        @Override
        public void onTaskEnd(SparkListenerTaskEnd end) {
            tasks.add(end);
        }

        /** Those of a piece of work. */
        static List<SparkListenerTaskEnd> of(SparkSession session, Runnable work) {
            Ended ended = new Ended();
            session.sparkContext().addSparkListener(ended);
            work.run();
            try {
                session.sparkContext().listenerBus().waitUntilEmpty();
            } catch (TimeoutException e) {
                throw new IllegalStateException(e);
            }
            session.sparkContext().removeSparkListener(ended);
            return ended.tasks;
        }
    }

    private static double processor(SparkListenerTaskEnd task) {
        return task.taskMetrics().executorCpuTime() / 1e6;
    }

    private static double median(List<SparkListenerTaskEnd> tasks, ToDoubleFunction<SparkListenerTaskEnd> of) {
        double[] sorted = tasks.stream().mapToDouble(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static void say(String what, double number, String unit) {
        System.out.printf("%-72s %,12.3f %s%n", what, number, unit);
    }

    private static Dataset<Row> cues(SparkSession session, int count, int partitions) {
        Matrix drawn = LocalSpark.patterns(count, D, 300, 31);
        for (int at = 0; at < drawn.data().length; at++) {
            drawn.data()[at] = at % D < D / 2 ? drawn.data()[at] : Float.NaN;
        }
        Dataset<Row> frame = LocalSpark.frame(session, drawn, partitions).cache();
        assertThat(frame.count()).isEqualTo(count);
        return frame;
    }

    /** Milliseconds of the median task that completes its cues. */
    private static double completing(AssociativeMemoryModel model, Dataset<Row> cues) {
        Runnable work = () -> model.transform(cues)
                .filter("engram_error is null and engram_energy >= 0 and engram_pattern is not null")
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
        work.run(); // warm
        return median(Ended.of(cues.sparkSession(), work), PartitionCostMeasurement::processor);
    }

    private static SparkSession fresh() {
        LocalSpark.session().stop();
        long began = System.nanoTime();
        SparkSession session = LocalSpark.builder("local[1]").getOrCreate();
        say("a local session, on the clock", (System.nanoTime() - began) / 1e9, "s");
        session.sparkContext().setLogLevel("ERROR");
        return session;
    }

    private static StoredMemory learned() {
        return new AssociativeMemoryEstimator()
                .setSettings("hidden=" + HIDDEN)
                .fit(LocalSpark.frame(LocalSpark.patterns(2_000, D, 300, 31), 4))
                .memory();
    }

    @Test
    void cuesOfOneTask() {
        StoredMemory memory = learned();
        SparkSession session = fresh();
        AssociativeMemoryModel model = AssociativeMemoryModel.of(memory).setAsk("complete");
        say("the memory file", model.file().size() / 1e6, "MB");
        long began = System.nanoTime();
        model.file().read(LinearAlgebra.shared());
        say("reading it from memory, on the clock", (System.nanoTime() - began) / 1e6, "ms");
        for (int each : new int[] {1, 16, 256, 2_560}) {
            double task = completing(model, cues(session, 8 * each, 8));
            say("processor time of a task of %,d cues".formatted(each), task, "ms");
            say("  for each cue", task / each, "ms");
        }
        cost(session, model);
        session.stop();
    }

    /** What a batch allocates, and what cues and answers take as files. */
    private void cost(SparkSession session, AssociativeMemoryModel model) {
        Dataset<Row> cues = cues(session, 2_560, 1);
        cues.write().parquet(folder.resolve("cues").toString());
        Runnable fromFileToFile = () -> model.transform(
                        session.read().parquet(folder.resolve("cues").toString()))
                .write()
                .mode("overwrite")
                .parquet(folder.resolve("answers").toString());
        fromFileToFile.run(); // warm
        say(
                "processor time of a cue that comes from a file and goes to one",
                median(Ended.of(session, fromFileToFile), PartitionCostMeasurement::processor) / 2_560,
                "ms");
        say("a cue in a Parquet file", bytes("cues") / 2_560.0, "bytes");
        say("a cue with its answer in a Parquet file", bytes("answers") / 2_560.0, "bytes");
        List<Row> batch = cues.limit(256).collectAsList();
        CueReader reader = new CueReader(Columns.values(cues.schema(), "features"), 1, CueReader.NO_MASK, D);
        AnswerColumns columns = Columns.answers(cues.schema(), model);
        MemoryBytes.Asked asked = model.file().at(0.01).asked(LinearAlgebra.withThreads(1));
        for (int round = 0; round < 3; round++) {
            var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            AskedRecords together = new AskedRecords(asked, reader, columns);
            batch.forEach(together::add);
            assertThat(together.answers("complete")).hasSize(256);
            say("allocated for a batch of 256", (threads.getCurrentThreadAllocatedBytes() - before) / 1e6, "MB");
        }
    }

    private long bytes(String name) {
        try (var files = Files.walk(folder.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it takes to hand out tasks, by the processor time of this process: the driver's, and in local mode the executor's, too. */
    private static void nothing(SparkSession session, int tasks) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int round = 0; round < 3; round++) {
            long began = System.nanoTime();
            long used = process.getProcessCpuTime();
            assertThat(spark.parallelize(List.of(), tasks).count()).isZero();
            say(
                    "processor time of this process for each of %,d tasks that do nothing".formatted(tasks),
                    (process.getProcessCpuTime() - used) / 1e6 / tasks,
                    "ms");
            say("  all of them on the clock", (System.nanoTime() - began) / 1e9, "s");
        }
    }

    @Test
    void tasksThatDoNothing() {
        SparkSession session = fresh();
        nothing(session, 10_000);
        session.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void patternsOfOnePartition(int partitions) {
        SparkSession session = fresh();
        Dataset<Row> frame = LocalSpark.frame(session, LocalSpark.patterns(16_000, D, 300, 7), partitions)
                .cache();
        frame.count();
        AssociativeMemoryEstimator estimator = new AssociativeMemoryEstimator().setSettings("hidden=" + HIDDEN);
        estimator.fit(frame); // warm
        long began = System.nanoTime();
        List<SparkListenerTaskEnd> tasks = Ended.of(session, () -> estimator.fit(frame));
        say("learning of 16,000 patterns, on the clock", (System.nanoTime() - began) / 1e9, "s");
        tasks.stream()
                .mapToInt(SparkListenerTaskEnd::stageId)
                .distinct()
                .sorted()
                .mapToObj(stage ->
                        tasks.stream().filter(task -> task.stageId() == stage).toList())
                .forEach(stage -> System.out.printf(
                        "a stage of %d tasks: %.1f ms of the processor, %,d bytes to the driver, each%n",
                        stage.size(), median(stage, PartitionCostMeasurement::processor), (long)
                                median(stage, task -> task.taskMetrics().resultSize())));
        session.stop();
    }

    @Test
    void theFirstTaskOfAnExecutor() throws IOException, InterruptedException {
        StoredMemory memory = learned();
        LocalSpark.session().stop();
        try (StandaloneCluster cluster = new StandaloneCluster(folder, "")) {
            cluster.addWorker();
            long began = System.nanoTime();
            SparkSession session = cluster.session(1);
            say("a session with one executor elsewhere, on the clock", (System.nanoTime() - began) / 1e9, "s");
            AssociativeMemoryModel model = AssociativeMemoryModel.of(memory).setAsk("complete");
            Dataset<Row> cues = cues(session, 4 * 256, 4);
            List<SparkListenerTaskEnd> tasks = Ended.of(session, () -> model.transform(cues)
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save());
            for (SparkListenerTaskEnd task : tasks) {
                say("a task of 256 cues there: processor time", processor(task), "ms");
                say("  on the clock", task.taskInfo().duration(), "ms");
            }
            nothing(session, 3_000);
            session.stop();
        }
    }
}
