package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.linalg.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of cues to a folder of answers, with a stop in the middle. */
class StreamingTest {
    private static final Matrix PATTERNS = LocalSpark.patterns(24, 8, 24, 12);
    private static final StructType CUES = new StructType()
            .add("id", DataTypes.IntegerType)
            .add("features", DataTypes.createArrayType(DataTypes.DoubleType));

    @TempDir
    private Path folder;

    private final AssociativeMemoryModel model = new AssociativeMemoryEstimator()
            .setModel("nearest-neighbour")
            .setNameCol("name")
            .fit(LocalSpark.frame(PATTERNS, 2));

    /** A file of cues, moved into the folder when it is whole. */
    private void cues(int from, int to) throws IOException {
        String lines = IntStream.range(from, to)
                .mapToObj(i -> "{\"id\": %d, \"features\": %s}"
                        .formatted(i, i % 24 == 5 ? "[1]" : Arrays.toString(PATTERNS.row(i % 24))))
                .collect(Collectors.joining("\n"));
        Path written = Files.writeString(folder.resolve("cues-%d.part".formatted(from)), lines);
        Files.move(written, Files.createDirectories(folder.resolve("cues")).resolve("cues-%d.json".formatted(from)));
    }

    private StreamingQuery query(Trigger trigger) throws TimeoutException {
        Dataset<Row> stream = LocalSpark.session()
                .readStream()
                .schema(CUES)
                .option("maxFilesPerTrigger", 1)
                .json(folder.resolve("cues").toString());
        return model.transform(stream)
                .drop("features", "engram_pattern")
                .writeStream()
                .format("parquet")
                .option("path", folder.resolve("answers").toString())
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .trigger(trigger)
                .start();
    }

    @Test
    void everyCueIsAnsweredOnceAlsoAfterARestart() throws IOException, TimeoutException, StreamingQueryException {
        for (int file = 0; file < 4; file++) {
            cues(20 * file, 20 * (file + 1));
        }
        StreamingQuery first = query(Trigger.ProcessingTime(0));
        while (first.lastProgress() == null) {
            first.awaitTermination(20);
        }
        first.stop(); // wherever it is: perhaps with answers written that are not in its log yet

        for (int file = 4; file < 6; file++) {
            cues(20 * file, 20 * (file + 1));
        }
        query(Trigger.AvailableNow()).awaitTermination();

        List<Row> answers = LocalSpark.session()
                .read()
                .parquet(folder.resolve("answers").toString())
                .orderBy("id")
                .collectAsList();
        List<Integer> ids = new ArrayList<>();
        for (Row answer : answers) {
            int id = answer.getAs("id");
            ids.add(id);
            assertThat(answer.<String>getAs("engram_name")).isEqualTo(id % 24 == 5 ? null : "p" + id % 24);
            assertThat(answer.<String>getAs("engram_error"))
                    .isEqualTo(id % 24 == 5 ? "The cue cannot be read: has 1 values; 8 were expected." : null);
        }
        assertThat(ids).isEqualTo(IntStream.range(0, 120).boxed().toList());
    }
}
