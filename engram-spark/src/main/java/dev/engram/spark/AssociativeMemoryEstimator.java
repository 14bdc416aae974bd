package dev.engram.spark;

import dev.engram.io.memory.Catalogue;
import dev.engram.io.memory.MemoryFile;
import dev.engram.io.memory.Provenance;
import dev.engram.io.memory.Software;
import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Learned;
import dev.engram.memory.MemoryKind;
import dev.engram.memory.MemoryKinds;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Setting;
import dev.engram.memory.Settings;
import dev.engram.memory.Shape;
import dev.engram.optimiser.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Stores the patterns of a data set in a memory: a stage of a Spark ML pipeline.
 *
 * <p>Learning is the library's own. A model that {@linkplain MemoryModel#learnsInParts learns in parts} leaves the patterns where they are, and
 * only sums over them come to the driver; all others gather them there, where they must fit into memory. The result is that of one machine up
 * to rounding.
 */
public final class AssociativeMemoryEstimator extends Estimator<AssociativeMemoryModel>
        implements AnswerParams<AssociativeMemoryEstimator>, DefaultParamsWritable {
    private static final long serialVersionUID = 1;
    private static final String ERROR = "error";
    private static final String SKIP = "skip";

    private final String uid;
    private final AnswerParamSet params;
    private final Param<String> model;
    private final StringArrayParam settings;
    private final LongParam seed;
    private final IntArrayParam shape;
    private final Param<String> nameCol;
    private final Param<String> handleInvalid;

    /** One with a name of its own. */
    public AssociativeMemoryEstimator() {
        this(Identifiable.randomUID("associativeMemoryEstimator"));
    }

    /** One of that name, by which Spark reads it again. */
    public AssociativeMemoryEstimator(String uid) {
        this.uid = uid;
        this.params = new AnswerParamSet(this);
        List<String> kinds = MemoryKinds.all().stream().map(MemoryKind::name).toList();
        this.model = new Param<>(
                this,
                "model",
                "what stores the patterns: " + String.join(", ", kinds),
                ParamValidators.<String>inArray(kinds));
        this.settings =
                new StringArrayParam(this, "settings", "options of the model, each name=value; " + settingsOfAll());
        this.seed = new LongParam(this, "seed", "of everything random");
        this.shape = new IntArrayParam(
                this, "shape", "of a pattern, row-major, channels last; without it that of the first record");
        this.nameCol = new Param<>(this, "nameCol", "column of what the patterns are called");
        this.handleInvalid = new Param<>(
                this,
                "handleInvalid",
                "what is done about a record that cannot be learned: error ends the learning, skip leaves it out",
                ParamValidators.<String>inArray(List.of(ERROR, SKIP)));
        setDefault(model, kinds.get(0));
        setDefault(settings, new String[0]);
        setDefault(seed, 0L);
        setDefault(handleInvalid, ERROR);
    }

    private static String settingsOfAll() {
        return MemoryKinds.all().stream()
                .filter(kind -> !kind.settings().isEmpty())
                .map(kind -> "%s: %s".formatted(kind.name(), names(kind)))
                .collect(Collectors.joining("; "));
    }

    private static String names(MemoryKind kind) {
        return kind.settings().stream().map(Setting::name).collect(Collectors.joining(", "));
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public AnswerParamSet answerParams() {
        return params;
    }

    @Override
    public AssociativeMemoryEstimator self() {
        return this;
    }

    /** What stores the patterns, by the name of its {@link MemoryKind}. */
    public Param<String> model() {
        return model;
    }

    /** The options of the model, each {@code name=value}, as on the command line without the hyphens; what is not given has the library's default. */
    public StringArrayParam settings() {
        return settings;
    }

    /** Of everything random. */
    public LongParam seed() {
        return seed;
    }

    /** The shape of a pattern; without it that of the first record. */
    public IntArrayParam shape() {
        return shape;
    }

    /** The column of what the patterns are called, for a memory that says which one a cue is. */
    public Param<String> nameCol() {
        return nameCol;
    }

    /** Whether a record that cannot be learned ends the learning ({@code error}) or is left out ({@code skip}). */
    public Param<String> handleInvalid() {
        return handleInvalid;
    }

    public String getModel() {
        return getOrDefault(model);
    }

    public AssociativeMemoryEstimator setModel(String kind) {
        set(model, kind);
        return this;
    }

    public String[] getSettings() {
        return getOrDefault(settings).clone();
    }

    public AssociativeMemoryEstimator setSettings(String... options) {
        set(settings, options.clone());
        return this;
    }

    public long getSeed() {
        return (Long) getOrDefault(seed);
    }

    public AssociativeMemoryEstimator setSeed(long number) {
        set(seed, number);
        return this;
    }

    public int[] getShape() {
        return getOrDefault(shape).clone();
    }

    public AssociativeMemoryEstimator setShape(int... dimensions) {
        set(shape, dimensions.clone());
        return this;
    }

    public String getNameCol() {
        return getOrDefault(nameCol);
    }

    public AssociativeMemoryEstimator setNameCol(String column) {
        set(nameCol, column);
        return this;
    }

    public String getHandleInvalid() {
        return getOrDefault(handleInvalid);
    }

    public AssociativeMemoryEstimator setHandleInvalid(String way) {
        set(handleInvalid, way);
        return this;
    }

    /** The model with its options, as they were given. */
    private MemoryModel memoryModel() {
        MemoryKind kind = MemoryKinds.named(getModel());
        List<String> known = kind.settings().stream().map(Setting::name).toList();
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : getSettings()) {
            String name = option.substring(0, Math.max(0, option.indexOf('='))).strip();
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "The setting \"%s\" is none of the model %s; name=value was expected, with a name of: %s."
                                .formatted(option, kind.name(), String.join(", ", known)));
            }
            given.put(name, option.substring(option.indexOf('=') + 1).strip());
        }
        return kind.model(new Settings(given));
    }

    @Override
    public AssociativeMemoryModel fit(Dataset<?> dataset) {
        transformSchema(dataset.schema());
        MemoryModel options = memoryModel();
        if (!MemoryFile.isWritten(options.name())) {
            throw new IllegalArgumentException(
                    "Memories of the model %s are not written to files, and so cannot be sent to executors."
                            .formatted(options.name()));
        }
        ValueReader values = Columns.values(dataset.schema(), getInputCol());
        boolean named = isSet(nameCol);
        List<Column> read = new ArrayList<>(List.of(dataset.col(getInputCol())));
        if (named) {
            read.add(dataset.col(getNameCol()));
        }
        JavaRDD<Row> records =
                dataset.select(read.toArray(Column[]::new)).toDF().toJavaRDD();
        Shape patternShape = shape(records, values);
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
        PatternRecords reading = new PatternRecords(values, patternShape.values(), named, options.learnsMissing());
        try (DistributedPatterns patterns =
                DistributedPatterns.of(spark, records.mapPartitions(reading), patternShape.values())) {
            requireUsable(patterns);
            StoredMemory stored = learn(options, patterns, patternShape, named);
            AssociativeMemoryModel learned = new AssociativeMemoryModel(uid, MemoryBytes.of(stored));
            return copyValues(learned, new ParamMap()).setParent(this);
        }
    }

    /** That which was given, or that of the first record that has one. */
    private Shape shape(JavaRDD<Row> records, ValueReader values) {
        if (isSet(shape)) {
            return Shape.of(getOrDefault(shape));
        }
        List<int[]> first = records.flatMap(record -> firstShape(record, values).stream()
                        .map(found -> found.withCount(0))
                        .iterator())
                .take(1);
        if (first.isEmpty()) {
            throw new IllegalArgumentException(
                    "The column %s has no pattern to learn. Maybe all of its records are null."
                            .formatted(getInputCol()));
        }
        return Shape.of(Arrays.copyOfRange(first.get(0), 1, first.get(0).length));
    }

    private static Optional<Shape> firstShape(Row record, ValueReader values) {
        try {
            return Optional.of(values.shape(ValueReader.present(record.get(0))));
        } catch (UnreadableRecordException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void requireUsable(DistributedPatterns patterns) {
        if (patterns.unusable() > 0 && getHandleInvalid().equals(ERROR)) {
            throw new IllegalArgumentException(
                    "%,d of %,d records of the column %s cannot be learned, the first because it %s. Maybe set handleInvalid to skip, which leaves them out."
                            .formatted(
                                    patterns.unusable(),
                                    patterns.unusable() + patterns.count(),
                                    getInputCol(),
                                    patterns.firstReason()));
        }
        if (patterns.count() == 0) {
            throw new IllegalArgumentException("The column %s has no pattern to learn.".formatted(getInputCol()));
        }
    }

    private StoredMemory learn(MemoryModel options, DistributedPatterns patterns, Shape patternShape, boolean named) {
        int count = patterns.count();
        boolean inParts = options.learnsInParts(count, patternShape);
        if (!inParts) {
            requireRoom(options, count, patternShape);
        }
        LinearAlgebra la = LinearAlgebra.shared();
        Learned<? extends AssociativeMemory> learned = inParts
                ? options.learn(patterns, patternShape, getSeed(), MemoryModel.Watch.NONE, la)
                : options.learn(patterns.gathered(), patternShape, getSeed(), MemoryModel.Watch.NONE, la);
        if (learned.outcome() == Outcome.DIVERGED) {
            throw new IllegalStateException(
                    "The learning diverged after %d updates: the error grew, or numbers left the range of floats. Maybe use %s."
                            .formatted(
                                    learned.updates(),
                                    MemoryKinds.named(getModel()).adviceOnDivergence(options)));
        }
        Provenance provenance = Provenance.of(
                learned,
                count,
                patterns.digest(),
                getSeed(),
                options.describe(),
                patterns.spread().threshold(),
                Software.current(la.description()));
        Catalogue catalogue = named && StoredMemory.namesPatterns(learned.memory())
                ? new Catalogue(patterns.names(), List.of())
                : Catalogue.EMPTY;
        return new StoredMemory(
                learned.memory(), patternShape, provenance, catalogue, Optional.empty(), Optional.empty());
    }

    private static void requireRoom(MemoryModel options, int count, Shape patternShape) {
        options.obstacle(count, patternShape, Runtime.getRuntime().maxMemory()).ifPresent(why -> {
            throw new IllegalArgumentException(
                    "The model %s cannot store this: %s. Maybe give the driver more memory (spark.driver.memory), or learn fewer patterns."
                            .formatted(options.name(), why));
        });
    }

    @Override
    public StructType transformSchema(StructType schema) {
        if (isSet(nameCol)) {
            Columns.require(schema, getNameCol(), "nameCol");
        }
        memoryModel(); // or says what is wrong with its settings
        return Columns.checked(schema, this);
    }

    @Override
    public AssociativeMemoryEstimator copy(ParamMap extra) {
        return defaultCopy(extra);
    }

    /** Reads what {@code write} wrote; Spark finds this by its name. */
    public static MLReader<AssociativeMemoryEstimator> read() {
        return new DefaultParamsReader<>();
    }

    /** {@link #read} from a folder. */
    public static AssociativeMemoryEstimator load(String path) {
        return read().load(path);
    }
}
