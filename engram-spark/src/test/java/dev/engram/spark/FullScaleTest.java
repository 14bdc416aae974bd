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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The research arrays of {@code ../shared/data}, where they are there; for minutes, with {@code -Dengram.spark.full=true}. */
@EnabledIfSystemProperty(named = "engram.spark.full", matches = "true", disabledReason = "takes minutes")
class FullScaleTest {
    private static final Map<String, String> SETTINGS = Map.of("hidden", "1024");

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

    private static PredictiveCodingMemory here(PatternSet set) {
        return (PredictiveCodingMemory) MemoryKinds.named("pcn")
                .model(new Settings(SETTINGS))
                .learn(set.patterns(), set.shape(), 0, MemoryModel.Watch.NONE, LinearAlgebra.shared())
                .memory();
    }

    private static AssociativeMemoryModel there(PatternSet set, int partitions) {
        return new AssociativeMemoryEstimator()
                .setSettings("hidden=1024")
                .setShape(set.shape().dimensions().stream().mapToInt(d -> d).toArray())
                .setAsk("complete")
                .fit(LocalSpark.frame(set.patterns(), partitions));
    }

    private static void compare(PatternSet set, int partitions) {
        PredictiveCodingMemory here = here(set);
        AssociativeMemoryModel model = there(set, partitions);
        PredictiveCodingMemory there = (PredictiveCodingMemory) model.memory().memory();
        double weights = Relative.difference(
                there.network().map(1).matrix(LinearAlgebra.shared()).data(),
                here.network().map(1).matrix(LinearAlgebra.shared()).data());
        Matrix cues = set.patterns().slice(0, 512).copy();
        Mask upper = Mask.known(Region.parse("top:0.5"), set.shape(), 1, 0);
        Matrix completed = here.complete(upper.blank(cues, 0), upper).patterns();
        List<Row> rows = model.transform(LocalSpark.frame(upper.blank(cues, Float.NaN), 4))
                .collectAsList();
        float[] answers = new float[completed.data().length];
        for (int i = 0; i < rows.size(); i++) {
            Vector pattern = rows.get(i).getAs("engram_pattern");
            for (int j = 0; j < pattern.size(); j++) {
                answers[i * pattern.size() + j] = (float) pattern.apply(j);
            }
        }
        double answered = Relative.difference(answers, completed.data());
        assertThat(answered).as("completions, with weights %s apart", weights).isLessThan(1e-4);
        assertThat(weights).as("weights, with completions %s apart", answered).isLessThan(1e-4);
    }

    @Test
    void tinyImageNet() {
        compare(data("tiny-imagenet-train-2000.npz"), 4);
    }

    @Test
    void mnist() {
        compare(data("mnist-train-60000.npz"), 16);
    }
}
