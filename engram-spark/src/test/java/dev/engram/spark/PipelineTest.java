package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.memory.MemoryFile;
import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stages among others, saved and loaded. */
class PipelineTest {
    private static final Matrix PATTERNS = LocalSpark.patterns(12, 9, 12, 4);

    @TempDir
    private Path folder;

    private static AssociativeMemoryEstimator estimator() {
        return new AssociativeMemoryEstimator()
                .setInputCol("assembled")
                .setModel("nearest-neighbour")
                .setNameCol("name")
                .setSeed(11)
                .setShape(3, 3)
                .setHandleInvalid("skip")
                .setFalseAlarmRate(0.1)
                .setOutputPrefix("out_");
    }

    private static Pipeline pipeline() {
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"features"}).setOutputCol("assembled");
        return new Pipeline().setStages(new PipelineStage[] {assembler, estimator()});
    }

    @Test
    void aSavedPipelineLearnsAndAnswersAsBefore() throws IOException {
        Dataset<Row> frame = LocalSpark.frame(PATTERNS, 2);
        List<Row> before = pipeline().fit(frame).transform(frame).collectAsList();
        String unlearned = folder.resolve("pipeline").toString();
        String learned = folder.resolve("model").toString();

        pipeline().save(unlearned);
        PipelineModel model = Pipeline.load(unlearned).fit(frame);
        model.save(learned);
        SparkSession another = LocalSpark.session().newSession();
        PipelineModel loaded = PipelineModel.read().session(another).load(learned);

        assertThat(loaded.transform(frame).collectAsList()).isEqualTo(before);
        assertThat(before.get(3).<String>getAs("out_name")).isEqualTo("p3");
        AssociativeMemoryModel stage = (AssociativeMemoryModel) loaded.stages()[1];
        assertThat(stage.uid()).isEqualTo(model.stages()[1].uid());
        assertThat(stage.getFalseAlarmRate()).isEqualTo(0.1);
        assertThat(stage.memory().shape().dimensions()).containsExactly(3, 3);
    }

    @Test
    void theMemoryInsideIsAFileAsAnyOther() throws IOException {
        AssociativeMemoryModel model = estimator().setInputCol("features").fit(LocalSpark.frame(PATTERNS, 2));
        Path saved = folder.resolve("model");

        model.save(saved.toString());
        model.write().overwrite().save(saved.toString());

        assertThat(MemoryFile.read(saved.resolve("memory.engram")).names()).hasSize(12);
        AssociativeMemoryModel ofFile =
                AssociativeMemoryModel.ofFile(saved.resolve("memory.engram").toString());
        assertThat(ofFile.transform(LocalSpark.frame(PATTERNS, 1)).head().<String>getAs("engram_name"))
                .isEqualTo("p0");
        assertThat(AssociativeMemoryModel.load(saved.toString()).getOutputPrefix())
                .isEqualTo("out_");
        assertThat(AssociativeMemoryModel.of(model.memory()).memory().names()).hasSize(12);
    }

    @Test
    void copiesAreOfTheirOwn() throws IOException {
        AssociativeMemoryEstimator estimator =
                estimator().setInputCol("features").setSettings();
        AssociativeMemoryEstimator other = estimator.copy(new ParamMap().put(estimator.model(), "affine-span"));

        assertThat(other.uid()).isEqualTo(estimator.uid());
        assertThat(other.getModel()).isEqualTo("affine-span");
        assertThat(estimator.getModel()).isEqualTo("nearest-neighbour");
        assertThat(other.getSeed()).isEqualTo(11);
        Dataset<Row> frame = LocalSpark.frame(PATTERNS, 1);
        AssociativeMemoryModel model = estimator.fit(frame, new ParamMap().put(estimator.outputPrefix(), "x_"));
        assertThat(model.getOutputPrefix()).isEqualTo("x_");
        AssociativeMemoryModel copy = model.copy(new ParamMap().put(model.ask(), "complete"));
        assertThat(copy.getAsk()).isEqualTo("complete");
        assertThat(model.getAsk()).isEqualTo("recall");
        assertThat(copy.parent()).isEqualTo(model.parent());
        assertThat(estimator.explainParams()).contains("inputCol", "nearest-neighbour", "name=value");
        AssociativeMemoryEstimator.read();
        Path saved = folder.resolve("estimator");
        estimator.save(saved.toString());
        assertThat(AssociativeMemoryEstimator.load(saved.toString()).getShape()).containsExactly(3, 3);
    }
}
