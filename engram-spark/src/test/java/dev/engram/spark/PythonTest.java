package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example runs in PySpark, and a pipeline goes from Java to Python and back. Where there is pyspark 4.2.0: in the python3 of the path, or the
 * one that {@code -Dengram.python=} names.
 */
class PythonTest {
    private static final Path SOURCES = Path.of("python").toAbsolutePath();
    private static final long LONGEST = 600; // seconds
    private static final String EXCHANGE = """
            import glob, sys, example
            from pyspark.ml import Pipeline, PipelineModel
            from pyspark.sql import SparkSession
            from dev.engram.spark import AssociativeMemoryModel
            folder = sys.argv[1]
            example.main(folder + "/example")

            spark = SparkSession.builder.getOrCreate()
            cues = spark.read.parquet(folder + "/cues")
            learned = PipelineModel.load(folder + "/java-learned")
            memory = learned.stages[-1]
            assert memory.getOrDefault("falseAlarmRate") == 0.1, memory.explainParams()
            assert memory.getOrDefault("ask") == "recall", memory.explainParams()
            assert all(row.name == row.out_name for row in learned.transform(cues).collect())
            memory.setParams(outputPrefix="py_")
            learned.save(folder + "/python-learned")

            pipeline = Pipeline.load(folder + "/java")
            estimator = pipeline.getStages()[-1]
            assert estimator.getOrDefault("shape") == [3, 3], estimator.explainParams()
            assert estimator.getOrDefault("settings") == [], estimator.explainParams()
            assert estimator.getOrDefault("seed") == 11, estimator.explainParams()
            assert not estimator.isDefined("maskCol")
            estimator.setParams(seed=2**40, model="pcn", settings=["hidden=5"], shape=[9])
            assert estimator.copy().getOrDefault("seed") == 2**40
            pipeline.save(folder + "/python")

            file, = glob.glob(folder + "/java-learned/stages/1_*/memory.engram")
            opened = AssociativeMemoryModel.ofFile(file).setParams(inputCol="features")
            assert all(row.name == row.x_name for row in opened.transform(cues, {opened.outputPrefix: "x_"}).collect())
            """;

    @TempDir
    private Path folder;

    private static String python() {
        return System.getProperty("engram.python", "python3");
    }

    private static void requirePySpark() throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(
                            python(), "-c", "import numpy, pyspark; assert pyspark.__version__ == '4.2.0'")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Assumptions.assumeTrue(
                    asked.waitFor() == 0,
                    python() + " has no pyspark 4.2.0 with numpy. Maybe name one that has: -Dengram.python=...");
        } catch (IOException e) {
            Assumptions.abort("there is no " + python());
        }
    }

    /** Runs a script in Python on Spark's own jars, with ours before them. */
    private void run(String script) throws IOException, InterruptedException {
        String ours = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*[/\\\\]org[/\\\\](apache|scala-lang)[/\\\\].*"))
                .collect(Collectors.joining(File.pathSeparator));
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder = new ProcessBuilder(python(), "-c", script, folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("PYTHONPATH", SOURCES.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment()
                .put(
                        "PYSPARK_SUBMIT_ARGS",
                        "--master local[2] --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2"
                                + " --driver-java-options -Dengram.kernels=openblas --driver-class-path \"%s\" pyspark-shell"
                                        .formatted(ours));
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LONGEST, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s after at most %d s: %s", ended ? "ended" : "still there", LONGEST, Files.readString(said))
                    .isTrue();
        } finally {
            List<ProcessHandle> all = process.descendants().toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void pipelinesGoFromJavaToPythonAndBack() throws IOException, InterruptedException {
        requirePySpark();
        Matrix patterns = LocalSpark.patterns(12, 9, 12, 4);
        Dataset<Row> frame = LocalSpark.frame(patterns, 2);
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"features"}).setOutputCol("assembled");
        AssociativeMemoryEstimator estimator = new AssociativeMemoryEstimator()
                .setInputCol("assembled")
                .setModel("nearest-neighbour")
                .setNameCol("name")
                .setSeed(11)
                .setShape(3, 3)
                .setFalseAlarmRate(0.1)
                .setOutputPrefix("out_");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {assembler, estimator});
        pipeline.save(folder.resolve("java").toString());
        pipeline.fit(frame).save(folder.resolve("java-learned").toString());
        frame.write().parquet(folder.resolve("cues").toString());

        run(EXCHANGE);

        PipelineModel learned =
                PipelineModel.load(folder.resolve("python-learned").toString());
        assertThat(learned.transform(frame).collectAsList())
                .hasSize(12)
                .allSatisfy(row -> assertThat(row.<String>getAs("py_name")).isEqualTo(row.getAs("name")));
        AssociativeMemoryEstimator unlearned = (AssociativeMemoryEstimator)
                Pipeline.load(folder.resolve("python").toString()).getStages()[1];
        assertThat(unlearned.uid()).isEqualTo(estimator.uid());
        assertThat(unlearned.getSeed()).isEqualTo(1L << 40);
        assertThat(unlearned.getSettings()).containsExactly("hidden=5");
        assertThat(unlearned.getShape()).containsExactly(9);
        assertThat(unlearned.getModel()).isEqualTo("pcn");
        AssociativeMemoryModel ofExample = (AssociativeMemoryModel)
                PipelineModel.load(folder.resolve("example").toString()).stages()[1];
        assertThat(ofExample.memory().names()).hasSize(40);
        assertThat(ofExample.getAsk()).isEqualTo("complete");
        assertThat(Files.readString(folder.resolve("said.txt"))).contains("40 of 40 cues named right");
    }
}
