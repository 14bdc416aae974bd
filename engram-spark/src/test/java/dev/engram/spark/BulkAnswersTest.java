package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.Recall;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cues of every kind of column, asked in bulk. */
class BulkAnswersTest {
    private static final Matrix PATTERNS = drawn(40, 3);
    private static final AssociativeMemoryModel CODES = new AssociativeMemoryEstimator()
            .setSettings("prior=codes")
            .setNameCol("name")
            .fit(LocalSpark.frame(PATTERNS, 2));
    private static final StructType ARRAYS = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", DataTypes.createArrayType(DataTypes.FloatType))
            .add("mask", DataTypes.createArrayType(DataTypes.BooleanType));

    private static Matrix drawn(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix drawn = Matrix.zeros(count, 30);
        for (int at = 0; at < drawn.data().length; at++) {
            drawn.data()[at] = (float) random.nextDouble();
        }
        return drawn;
    }

    private static float[] floats(Row row, String column) {
        Object value = row.getAs(column);
        if (value instanceof Vector vector) {
            float[] values = new float[vector.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) vector.apply(i);
            }
            return values;
        }
        List<Number> list = row.getList(row.fieldIndex(column));
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i).floatValue();
        }
        return values;
    }

    private static List<Float> list(float... values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    @Test
    void wholeCuesComeBackWithTheirNames() {
        List<Row> answers = CODES.transform(LocalSpark.frame(PATTERNS, 3)).collectAsList();

        assertThat(answers).hasSize(40);
        for (int i = 0; i < 40; i++) {
            Row answer = answers.get(i);
            assertThat(answer.<String>getAs("engram_answer")).isEqualTo("recalled");
            assertThat(answer.<String>getAs("engram_name")).isEqualTo("p" + i);
            assertThat(answer.<Double>getAs("engram_margin")).isBetween(0.0, 0.5);
            assertThat(answer.getList(answer.fieldIndex("engram_candidates")).get(0))
                    .isEqualTo("p" + i);
            assertThat(answer.<String>getAs("engram_status")).isEqualTo("converged");
            assertThat(answer.<Double>getAs("engram_energy")).isNotNull();
            assertThat(answer.<Double>getAs("engram_residual")).isNotNull();
            assertThat(answer.<String>getAs("engram_error")).isNull();
            assertThat(Relative.difference(floats(answer, "engram_pattern"), PATTERNS.row(i)))
                    .isLessThan(0.05);
        }
    }

    @Test
    void answersAreThoseOfTheMemoryItself() {
        AssociativeMemory memory = CODES.memory().memory();
        Matrix cues = PATTERNS.copy();
        for (int i = 0; i < cues.data().length; i++) {
            cues.data()[i] = i % 30 < 12 ? Float.NaN : cues.data()[i];
        }
        Mask known = Mask.present(cues);
        Recall here = memory.complete(known.blank(cues, 0), known);

        List<Row> rows = CODES.transform(LocalSpark.frame(cues, 2)).collectAsList();

        for (int i = 0; i < 40; i++) {
            assertThat(Relative.difference(
                            floats(rows.get(i), "engram_pattern"),
                            here.patterns().row(i)))
                    .isLessThan(1e-4);
            assertThat(Arrays.copyOfRange(floats(rows.get(i), "engram_pattern"), 12, 30))
                    .isEqualTo(Arrays.copyOfRange(PATTERNS.row(i), 12, 30));
        }
    }

    @Test
    void masksSayWhatIsKnownAndArraysComeBackAsArrays() {
        List<Boolean> half = new ArrayList<>(Collections.nCopies(15, true));
        half.addAll(Collections.nCopies(15, false));
        float[] damaged = PATTERNS.row(7);
        Arrays.fill(damaged, 15, 30, 0.9f);
        List<Row> rows = List.of(
                RowFactory.create(0, list(damaged).toArray(), half.toArray()),
                RowFactory.create(
                        1,
                        list(PATTERNS.row(8)).toArray(),
                        Collections.nCopies(30, true).toArray()));

        List<Row> answers = CODES.copy(new ParamMap())
                .setMaskCol("mask")
                .setAsk("complete")
                .setOutputPrefix("m_")
                .transform(LocalSpark.session().createDataFrame(rows, ARRAYS))
                .collectAsList();

        assertThat(answers.get(0).<String>getAs("m_name")).isEqualTo("p7");
        assertThat(Relative.difference(floats(answers.get(0), "m_pattern"), PATTERNS.row(7)))
                .isLessThan(0.05);
        assertThat(answers.get(1).<String>getAs("m_name")).isEqualTo("p8");
        assertThat(answers.get(1).schema().apply("m_pattern").dataType().catalogString())
                .isEqualTo("array<float>");
    }

    @Test
    void aPoisonedRecordHasItsErrorAndEndsNothing() {
        float[] infinite = PATTERNS.row(1);
        infinite[3] = Float.POSITIVE_INFINITY;
        float[] huge = PATTERNS.row(1);
        huge[3] = 1e30f;
        float[] gap = PATTERNS.row(2);
        gap[4] = Float.NaN;
        Object[] all = Collections.nCopies(30, true).toArray();
        List<Row> rows = List.of(
                RowFactory.create(0, list(PATTERNS.row(0)).toArray(), all),
                RowFactory.create(1, null, all),
                RowFactory.create(2, list(1, 2, 3).toArray(), all),
                RowFactory.create(3, list(infinite).toArray(), all),
                RowFactory.create(4, list(huge).toArray(), all),
                RowFactory.create(5, list(gap).toArray(), all),
                RowFactory.create(6, list(PATTERNS.row(6)).toArray(), new Object[] {true}),
                RowFactory.create(7, list(PATTERNS.row(7)).toArray(), null),
                RowFactory.create(8, list(PATTERNS.row(8)).toArray(), all));
        Dataset<Row> frame = LocalSpark.session().createDataFrame(rows, ARRAYS).coalesce(1);
        for (String ask : List.of("recall", "complete", "familiar")) {
            List<Row> answers = CODES.copy(new ParamMap())
                    .setMaskCol("mask")
                    .setAsk(ask)
                    .transform(frame)
                    .collectAsList();

            assertThat(answers.stream().map(row -> row.<String>getAs("engram_name")))
                    .as(ask)
                    .containsExactly("p0", null, null, null, null, null, null, null, "p8");
            assertThat(answers.stream().map(row -> row.<String>getAs("engram_error")))
                    .containsExactly(
                            null,
                            "The cue cannot be read: is null; values were expected.",
                            "The cue cannot be read: has 3 values; 30 were expected.",
                            "The cue cannot be read: value 3 is infinite; a finite number was expected.",
                            answers.get(4).getAs("engram_error"),
                            "The cue cannot be read: value 4 is NaN, and known by its mask.",
                            "The cue cannot be read: the mask has 1 values; 30 were expected.",
                            "The cue cannot be read: is null; values were expected.",
                            null);
            assertThat(answers.get(4).<String>getAs("engram_error"))
                    .contains("values like 1.0E30")
                    .doesNotContain("\n");
        }
    }

    private static List<Row> familiar(Matrix cues, double rate) {
        return CODES.copy(new ParamMap())
                .setAsk("familiar")
                .setFalseAlarmRate(rate)
                .transform(LocalSpark.frame(cues, 2))
                .collectAsList();
    }

    private static long unfamiliar(List<Row> answers) {
        return answers.stream()
                .filter(row -> row.<String>getAs("engram_answer").equals("unfamiliar"))
                .count();
    }

    @Test
    void whatIsNotStoredIsUnfamiliarAtTheRateAskedFor() {
        Matrix cues = PATTERNS.slice(0, 4).below(drawn(20, 99));
        AssociativeMemory memory = CODES.memory().memory().calibrated(0.05);
        List<Answer> here = memory.identifier().orElseThrow().identify(cues, Mask.all(30));

        List<Row> answers = familiar(cues, 0.05);

        for (int i = 0; i < 24; i++) {
            assertThat(answers.get(i).<String>getAs("engram_answer"))
                    .isEqualTo(here.get(i) instanceof Answer.Unfamiliar ? "unfamiliar" : "recalled");
            assertThat(answers.get(i).<Double>getAs("engram_novelty")).isNotNull();
            assertThat(answers.get(i).<Object>getAs("engram_pattern")).isNull();
            assertThat(answers.get(i).<String>getAs("engram_name"))
                    .isEqualTo(i < 4 ? "p" + i : answers.get(i).getAs("engram_name"));
        }
        assertThat(answers.get(0).<Double>getAs("engram_novelty"))
                .isLessThan(answers.get(7).<Double>getAs("engram_novelty"));
        assertThat(unfamiliar(answers)).isBetween(10L, 20L);
        assertThat(unfamiliar(familiar(cues, 0.5))).isLessThan(unfamiliar(answers));
    }

    @Test
    void aMemoryOfRowsJudgesThem() {
        Matrix rows = LocalSpark.patterns(400, 12, 4, 8);
        AssociativeMemoryModel judge = new AssociativeMemoryEstimator()
                .setModel("covariance")
                .setAsk("familiar")
                .fit(LocalSpark.frame(rows, 3));
        Matrix cues = rows.slice(0, 2).copy();
        Arrays.fill(cues.data(), 12, 24, 0);
        cues.set(0, 5, Float.NaN);

        List<Row> answers = judge.transform(LocalSpark.frame(cues, 1)).collectAsList();

        assertThat(answers.get(0).<String>getAs("engram_answer")).isEqualTo("familiar");
        assertThat(answers.get(1).<String>getAs("engram_answer")).isEqualTo("unfamiliar");
    }

    @Test
    void picturesOfTheImageDataSourceAreLearnedAndRecalled(@TempDir Path folder) throws IOException {
        for (int i = 0; i < 5; i++) {
            BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_INT_RGB);
            for (int at = 0; at < 12; at++) {
                image.setRGB(at % 4, at / 4, (0x010203 * (i + 1) * 13 * (at + 1)) & 0xFFFFFF);
            }
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
        Dataset<Row> images = LocalSpark.session().read().format("image").load(folder.toString());
        Dataset<Row> named = images.withColumn("name", images.col("image.origin"));

        AssociativeMemoryModel model = new AssociativeMemoryEstimator()
                .setInputCol("image")
                .setModel("nearest-neighbour")
                .setNameCol("name")
                .fit(named);

        assertThat(model.memory().shape().dimensions()).containsExactly(3, 4, 3);
        for (Row answer : model.transform(named).collectAsList()) {
            assertThat(answer.<String>getAs("engram_name")).isEqualTo(answer.<String>getAs("name"));
            float[] pattern = floats(answer, "engram_pattern");
            int i = Character.getNumericValue(
                    answer.<String>getAs("name").replaceAll(".*/", "").charAt(0));
            int rgb = (0x010203 * (i + 1) * 13 * 2) & 0xFFFFFF; // the second pixel
            assertThat(Arrays.copyOfRange(pattern, 3, 6))
                    .containsExactly((rgb >> 16) / 255f, (rgb >> 8 & 0xFF) / 255f, (rgb & 0xFF) / 255f);
        }
    }

    @Test
    void whatIsMissingInTheSchemaIsSaid() {
        Dataset<Row> frame = LocalSpark.frame(PATTERNS.slice(0, 2), 1);
        AssociativeMemoryModel model = CODES.copy(new ParamMap());

        assertThatThrownBy(() -> model.setInputCol("nothing").transform(frame))
                .hasMessage("There is no column nothing (inputCol); there are name, features. Maybe set inputCol.");
        assertThatThrownBy(() -> model.setInputCol("name").transform(frame))
                .hasMessageContaining("The column name (inputCol) is string");
        assertThatThrownBy(
                        () -> model.setInputCol("features").setMaskCol("name").transform(frame))
                .hasMessageContaining(
                        "The column name (maskCol) is string; an array of boolean or a vector was expected");
        Dataset<Row> answered = CODES.transform(frame);
        assertThatThrownBy(() -> CODES.transform(answered)).hasMessageContaining("engram_pattern is there already");
        AssociativeMemoryModel vague =
                new AssociativeMemoryEstimator().setAsk("familiar").fit(frame);
        assertThatThrownBy(() -> vague.transform(frame)).hasMessageContaining("cannot say what is familiar");
        assertThatThrownBy(() -> model.setAsk("nothing")).isInstanceOf(IllegalArgumentException.class);
    }
}
