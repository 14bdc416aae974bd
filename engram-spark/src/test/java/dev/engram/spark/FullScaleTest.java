package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Region;
import dev.engram.memory.Settings;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The research arrays of {@code ../shared/data}, where they are there; for minutes, with {@code -Dengram.spark.full=true -Dtest.java=}. */
@EnabledIfSystemProperty(named = "engram.spark.full", matches = "true", disabledReason = "takes minutes")
class FullScaleTest {
    private static final String TINY_IMAGE_NET = "tiny-imagenet-train-2000.npz";
    private static final String MNIST = "mnist-train-60000.npz";

    private static final String NODES = "hidden=1024";

    private static PatternSet data(String name) {
        Path here = Path.of("").toAbsolutePath();
        Path file = Stream.iterate(here, folder -> folder != null, Path::getParent)
                .map(folder -> folder.resolve("shared/data").resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElse(here);
        Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: ../shared/data/" + name + " is not there");
        return PatternReader.read(file, ReadOptions.defaults());
    }

    private static PredictiveCodingMemory here(PatternSet set, String... settings) {
        Map<String, String> given = Stream.of(settings)
                .map(setting -> setting.split("="))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        return (PredictiveCodingMemory) MemoryKinds.named("pcn")
                .model(new Settings(given))
                .learn(set.patterns(), set.shape(), 0, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .memory();
    }

    /** Relative differences. */
    private record Apart(double weights, double completions) {}

    private static Apart apart(SparkSession session, PatternSet set, int partitions, String... settings) {
        PredictiveCodingMemory here = here(set, settings);
        AssociativeMemoryModel model = new AssociativeMemoryEstimator()
                .setSettings(settings)
                .setShape(set.shape().dimensions().stream().mapToInt(d -> d).toArray())
                .setAsk("complete")
                .fit(LocalSpark.frame(session, set.patterns(), partitions));
        PredictiveCodingMemory there = (PredictiveCodingMemory) model.memory().memory();
        double weights = Relative.difference(
                there.network().map(1).matrix(LinearAlgebra.shared()).data(),
                here.network().map(1).matrix(LinearAlgebra.shared()).data());
        Matrix cues = set.patterns().slice(0, 512).copy();
        Mask upper = Mask.known(Region.parse("top:0.5"), set.shape(), 1, 0);
        Matrix completed = here.complete(upper.blank(cues, 0), upper).patterns();
        List<Row> rows = model.transform(LocalSpark.frame(session, upper.blank(cues, Float.NaN), 4))
                .collectAsList();
        float[] answers = new float[completed.data().length];
        for (int i = 0; i < rows.size(); i++) {
            Vector pattern = rows.get(i).getAs("engram_pattern");
            for (int j = 0; j < pattern.size(); j++) {
                answers[i * pattern.size() + j] = (float) pattern.apply(j);
            }
        }
        return new Apart(weights, Relative.difference(answers, completed.data()));
    }

    private static void compare(SparkSession session, PatternSet set, int partitions, String... settings) {
        Apart apart = apart(session, set, partitions, settings);
        System.out.printf("%s, %s: %s%n", set.shape(), session.sparkContext().master(), apart);
        assertThat(apart.completions()).as("%s", apart).isLessThan(1e-4);
        assertThat(apart.weights()).as("%s", apart).isLessThan(1e-4);
    }

    @Test
    void tinyImageNet() {
        compare(LocalSpark.session(), data(TINY_IMAGE_NET), 4, NODES);
    }

    /** With as many hidden nodes as one chooses by itself, more than patterns. */
    @Test
    void tinyImageNetByItsValues() {
        PatternSet set = data(TINY_IMAGE_NET);
        LocalSpark.session().stop();
        SparkSession session = LocalSpark.builder("local[2]")
                .config(DistributedPatterns.MOST_GATHERED, 0)
                .getOrCreate();
        try {
            compare(session, set, 4, "hidden=auto");
        } finally {
            session.stop();
        }
    }

    @Test
    void mnist() {
        compare(LocalSpark.session(), data(MNIST), 16, NODES);
    }

    /** The same with the patterns at two executors, which are processes of their own. */
    @Test
    void onTwoWorkers(@TempDir Path folder) throws IOException, InterruptedException {
        PatternSet pictures = data(TINY_IMAGE_NET);
        PatternSet digits = data(MNIST);
        LocalSpark.session().stop();
        try (StandaloneCluster cluster = new StandaloneCluster(folder, "")) {
            cluster.addWorker();
            cluster.addWorker();
            SparkSession session = cluster.session(2);
            try {
                compare(session, pictures, 4, NODES);
                compare(session, digits, 16, NODES);
            } finally {
                session.stop();
            }
        }
    }
}
