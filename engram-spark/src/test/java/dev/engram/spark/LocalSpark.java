package dev.engram.spark;

import dev.engram.linalg.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The session that all tests share: two threads of this process; and patterns to learn. */
final class LocalSpark {
    static final StructType NAMED_VECTORS =
            new StructType().add("name", DataTypes.StringType).add("features", SQLDataTypes.VectorType());

    private LocalSpark() {}

    /** Quiet, without a page, on this machine only. */
    static SparkSession.Builder builder(String master) {
        return SparkSession.builder()
                .master(master)
                .appName("engram tests")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", 2)
                .config("spark.sql.session.timeZone", "UTC");
    }

    /** The one there is, or another after it was stopped. */
    static SparkSession session() {
        Configurator.setRootLevel(Level.ERROR);
        return builder("local[2]").getOrCreate();
    }

    /** Patterns near a plane of some dimensions: what more patterns than units can be learned of. */
    static Matrix patterns(int count, int values, int dimensions, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] mix = random.doubles((long) dimensions * values, -1, 1).toArray();
        Matrix patterns = Matrix.zeros(count, values);
        for (int i = 0; i < count; i++) {
            double[] at = random.doubles(dimensions, -1, 1).toArray();
            for (int j = 0; j < values; j++) {
                double sum = 0.5 + 0.01 * random.nextGaussian();
                for (int k = 0; k < dimensions; k++) {
                    sum += 0.5 / dimensions * at[k] * mix[k * values + j];
                }
                patterns.set(i, j, (float) sum);
            }
        }
        return patterns;
    }

    /** The rows as vectors, called p0, p1 and so on. */
    static Dataset<Row> frame(Matrix patterns, int partitions) {
        return frame(session(), patterns, partitions);
    }

    static Dataset<Row> frame(SparkSession session, Matrix patterns, int partitions) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < patterns.rows(); i++) {
            rows.add(RowFactory.create("p" + i, Vectors.dense(wide(patterns.row(i)))));
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        return session.createDataFrame(context.parallelize(rows, partitions), NAMED_VECTORS);
    }

    static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
