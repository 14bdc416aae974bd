package dev.engram.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.memory.Spread;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.pcn.PredictiveCodingMemory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learned where the patterns are is what one machine learns. */
class DistributedLearningTest {
    private static final Matrix PATTERNS = LocalSpark.patterns(700, 48, 12, 1);
    private static final double ROUNDING = 1e-4;

    private static AssociativeMemoryEstimator pcn() {
        return new AssociativeMemoryEstimator().setSettings("hidden=32").setSeed(5);
    }

    private static Learned<? extends AssociativeMemory> here(
            String kind, Matrix patterns, Map<String, String> settings) {
        return MemoryKinds.named(kind)
                .model(new Settings(settings))
                .learn(patterns, Shape.of(patterns.columns()), 5, MemoryModel.Watch.NONE, LinearAlgebra.shared());
    }

    private static PredictiveCodingMemory there(int partitions, String... settings) {
        return (PredictiveCodingMemory) pcn().setSettings(settings)
                .fit(LocalSpark.frame(PATTERNS, partitions))
                .memory()
                .memory();
    }

    /** Of more updates the weights are as near to each other as inference is exact: those of one machine with another number of threads, too. */
    @Test
    void morePatternsThanUnitsAreLearnedFromSumsAndGiveTheSameWeights() {
        PredictiveCodingMemory here = (PredictiveCodingMemory)
                here("pcn", PATTERNS, Map.of("hidden", "32", "updates", "1")).memory();

        for (int partitions : new int[] {1, 5, 20}) {
            PredictiveCodingMemory memory = there(partitions, "hidden=32", "updates=1");

            assertThat(Relative.difference(
                            memory.network().weights(1).data(),
                            here.network().weights(1).data()))
                    .isLessThan(ROUNDING);
            assertThat(Relative.difference(
                            memory.network().memoryVector(), here.network().memoryVector()))
                    .isLessThan(ROUNDING);
        }
    }

    @Test
    void afterAllUpdatesTheyRecallTheSame() {
        PredictiveCodingMemory here = (PredictiveCodingMemory)
                here("pcn", PATTERNS, Map.of("hidden", "32")).memory();

        PredictiveCodingMemory memory = there(5, "hidden=32");

        assertThat(Relative.difference(
                        memory.recall(PATTERNS).patterns().data(),
                        here.recall(PATTERNS).patterns().data()))
                .isLessThan(ROUNDING);
    }

    @Test
    void theSamePartitionsMakeTheSameBits() {
        assertThat(there(20, "hidden=32", "updates=3").network().weights(1))
                .isEqualTo(there(20, "hidden=32", "updates=3").network().weights(1));
    }

    @Test
    void provenanceIsThatOfThePatternsHoweverTheyArePartitioned() {
        StoredMemory two = pcn().fit(LocalSpark.frame(PATTERNS, 2)).memory();
        StoredMemory five = pcn().fit(LocalSpark.frame(PATTERNS, 5)).memory();
        Learned<?> here = here("pcn", PATTERNS, Map.of("hidden", "32"));

        assertThat(five.provenance().dataDigest()).isEqualTo(two.provenance().dataDigest());
        assertThat(five.provenance().patterns()).isEqualTo(700);
        assertThat(five.provenance().seed()).isEqualTo(5);
        assertThat(five.provenance().updates()).isEqualTo(here.updates());
        assertThat(five.provenance().audit().audited()).isEqualTo(here.audit().errors().length);
        assertThat(five.provenance().audit().threshold())
                .isEqualTo(Spread.of(PATTERNS).threshold());
        assertThat(five.provenance().options()).containsEntry("hidden", "32");
        StoredMemory others = pcn().fit(LocalSpark.frame(LocalSpark.patterns(700, 48, 12, 2), 2))
                .memory();
        assertThat(others.provenance().dataDigest())
                .isNotEqualTo(two.provenance().dataDigest());
    }

    private static PredictiveCodingMemory there(Matrix patterns, int partitions, Map<String, String> settings) {
        return (PredictiveCodingMemory) new AssociativeMemoryEstimator()
                .setSettings(settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new))
                .setSeed(5)
                .fit(LocalSpark.frame(patterns, partitions))
                .memory()
                .memory();
    }

    private static void requireSameWeights(PredictiveCodingMemory there, PredictiveCodingMemory here) {
        assertThat(there.network().hiddenLayers()).isEqualTo(here.network().hiddenLayers());
        for (int l = 1; l <= here.network().hiddenLayers(); l++) {
            assertThat(Relative.difference(
                            there.network()
                                    .map(l)
                                    .matrix(LinearAlgebra.shared())
                                    .data(),
                            here.network().map(l).matrix(LinearAlgebra.shared()).data()))
                    .as("weights of layer %d", l)
                    .isLessThan(ROUNDING);
        }
        assertThat(Relative.difference(
                        there.network().memoryVector(), here.network().memoryVector()))
                .isLessThan(ROUNDING);
    }

    /** Every executor infers its own patterns and keeps their value nodes; what is added up are gradients, or the sums of every layer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hidden=40 learning=gradient optimiser=plain learning-rate=0.05 updates=5",
                "hidden=40 learning=gradient optimiser=adam learning-rate=0.01 updates=5",
                "hidden=40 layers=3 updates=3",
                "hidden=20 layers=4 learning=gradient optimiser=plain learning-rate=0.05 updates=30"
            })
    void gradientsAndDeeperNetworksAreLearnedWhereThePatternsAre(String given) {
        Map<String, String> settings = Stream.of(given.split(" "))
                .map(setting -> setting.split("="))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        Matrix patterns = PATTERNS.slice(0, 90);
        PredictiveCodingMemory here =
                (PredictiveCodingMemory) here("pcn", patterns, settings).memory();

        requireSameWeights(there(patterns, 4, settings), here);
    }

    @Test
    void fewPatternsOfManyValuesAreLearnedAtTheDriver() {
        Matrix few = LocalSpark.patterns(30, 500, 40, 3);
        PredictiveCodingMemory here =
                (PredictiveCodingMemory) here("pcn", few, Map.of()).memory();

        assertThat(there(few, 4, Map.of()).recall(few).patterns())
                .isEqualTo(here.recall(few).patterns()); // to the last bit
    }

    @Test
    void orTheirSpanIsFoundOfTheirValues() {
        Matrix few = LocalSpark.patterns(30, 1_300, 40, 3); // of one partition two blocks of values
        LocalSpark.session().stop();
        LocalSpark.builder("local[2]")
                .config(DistributedPatterns.MOST_GATHERED, "10k")
                .getOrCreate();
        try {
            for (Map<String, String> settings :
                    List.of(Map.<String, String>of(), Map.of("hidden", "20", "updates", "1"))) {
                PredictiveCodingMemory here =
                        (PredictiveCodingMemory) here("pcn", few, settings).memory();
                for (int partitions : new int[] {1, 4, 40}) { // of 40 some are empty
                    requireSameWeights(there(few, partitions, settings), here);
                }
            }
        } finally {
            LocalSpark.session().stop();
        }
    }

    @Test
    void aCovarianceIsAddedUpWhereThePatternsAre() {
        CovarianceMemory here =
                (CovarianceMemory) here("covariance", PATTERNS, Map.of()).memory();

        CovarianceMemory there = (CovarianceMemory) new AssociativeMemoryEstimator()
                .setModel("covariance")
                .fit(LocalSpark.frame(PATTERNS, 4))
                .memory()
                .memory();

        assertThat(there.mean()).containsExactly(here.mean(), within(1e-12));
        assertThat(there.variances()).containsExactly(here.variances(), within(1e-12));
        assertThat(there.ordinary()).containsExactly(here.ordinary(), within(1e-6));
    }

    @Test
    void everyKindOfMemoryCanBeLearned() {
        Matrix few = PATTERNS.slice(0, 60);
        MemoryKinds.all().forEach(kind -> {
            StoredMemory learned = new AssociativeMemoryEstimator()
                    .setModel(kind.name())
                    .fit(LocalSpark.frame(few, 2))
                    .memory();
            assertThat(learned.model())
                    .as(kind.name())
                    .isEqualTo(kind.model(Settings.none()).name());
        });
    }

    @Test
    void namesAreKeptByWhatNamesItsPatterns() {
        StoredMemory learned = new AssociativeMemoryEstimator()
                .setModel("nearest-neighbour")
                .setNameCol("name")
                .fit(LocalSpark.frame(PATTERNS.slice(0, 9), 4))
                .memory();

        assertThat(learned.names()).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8");
    }

    @Test
    void aRecordThatCannotBeLearnedEndsTheLearningOrIsLeftOut() {
        List<Row> rows = List.of(
                RowFactory.create("a", Vectors.dense(0.1, 0.9)),
                RowFactory.create("b", Vectors.dense(0.1, Double.NaN)),
                RowFactory.create("c", null),
                RowFactory.create("d", Vectors.dense(0.1, 0.2, 0.3)),
                RowFactory.create("e", Vectors.dense(0.8, 0.2)));
        Dataset<Row> frame = LocalSpark.session()
                .createDataFrame(rows, LocalSpark.NAMED_VECTORS)
                .coalesce(1);
        AssociativeMemoryEstimator estimator =
                new AssociativeMemoryEstimator().setModel("nearest-neighbour").setNameCol("name");

        assertThatThrownBy(() -> estimator.fit(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 of 5 records of the column features cannot be learned")
                .hasMessageContaining("value 1 is missing (NaN)")
                .hasMessageContaining("Maybe set handleInvalid to skip");
        assertThat(estimator.setHandleInvalid("skip").fit(frame).memory().names())
                .containsExactly("a", "e");
    }

    @Test
    void settingsThatAreNoneAreRefused() {
        Dataset<Row> frame = LocalSpark.frame(PATTERNS.slice(0, 4), 1);

        assertThatThrownBy(() ->
                        new AssociativeMemoryEstimator().setSettings("hiden=3").fit(frame))
                .hasMessageContaining("\"hiden=3\" is none of the model pcn")
                .hasMessageContaining("hidden, layers");
        assertThatThrownBy(() -> new AssociativeMemoryEstimator()
                        .setSettings("hidden=many")
                        .fit(frame))
                .hasMessageContaining("'many' must be a whole number");
        assertThatThrownBy(() -> new AssociativeMemoryEstimator().setModel("none"))
                .hasMessageContaining("none");
    }
}
