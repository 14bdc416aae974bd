package dev.engram.spark;

import dev.engram.io.memory.StoredMemory;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.memory.NoveltyJudge;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A memory that answers the cues of a data set: a stage of a Spark ML pipeline.
 *
 * <p>The memory file is broadcast, and read once by each executor; each task computes with {@code spark.task.cpus} threads. A record that cannot
 * be read or answered has the reason in the error column. The columns are named in docs/spark.md.
 */
public final class AssociativeMemoryModel extends Model<AssociativeMemoryModel>
        implements AnswerParams<AssociativeMemoryModel>, MLWritable {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final AnswerParamSet params;
    private final MemoryBytes file;

    AssociativeMemoryModel(String uid, MemoryBytes file) {
        this.uid = uid;
        this.params = new AnswerParamSet(this);
        this.file = file;
    }

    /** A memory that was learned anywhere, as a stage. */
    public static AssociativeMemoryModel of(StoredMemory memory) {
        return new AssociativeMemoryModel(newUid(), MemoryBytes.of(memory));
    }

    /** The same of a memory file of the local file system, such as {@code engram learn} writes. */
    public static AssociativeMemoryModel ofFile(String path) {
        return new AssociativeMemoryModel(newUid(), MemoryBytes.of(Path.of(path)));
    }

    private static String newUid() {
        return Identifiable.randomUID("associativeMemory");
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
    public AssociativeMemoryModel self() {
        return this;
    }

    /** The memory, read into this process once. */
    public StoredMemory memory() {
        return file.asked(LinearAlgebra.shared()).stored();
    }

    MemoryBytes file() {
        return file;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        StructType answered = transformSchema(dataset.schema());
        StoredMemory memory = memory();
        requireAnswering(memory);
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
        Broadcast<MemoryBytes> sent =
                spark.broadcast(file.at(isSet(falseAlarmRate()) ? getFalseAlarmRate() : Double.NaN));
        StructType schema = dataset.schema();
        CueReader reader = new CueReader(
                Columns.values(schema, getInputCol()),
                schema.fieldIndex(getInputCol()),
                isSet(maskCol()) ? schema.fieldIndex(getMaskCol()) : CueReader.NO_MASK,
                memory.memory().values());
        AnswerColumns columns = Columns.answers(schema, this);
        return dataset.toDF().mapPartitions(new AskMemory(sent, reader, getAsk(), columns), Encoders.row(answered));
    }

    private void requireAnswering(StoredMemory memory) {
        if (getAsk().equals(FAMILIAR)
                && !StoredMemory.namesPatterns(memory.memory())
                && !(memory.memory() instanceof NoveltyJudge)) {
            throw new IllegalArgumentException(
                    "A memory of the model %s cannot say what is familiar. Maybe learn with the setting prior=codes, or the model %s."
                            .formatted(memory.model(), Arrays.asList("covariance", "nearest-neighbour")));
        }
    }

    @Override
    public StructType transformSchema(StructType schema) {
        return Columns.checked(schema, this);
    }

    @Override
    public AssociativeMemoryModel copy(ParamMap extra) {
        AssociativeMemoryModel copy = copyValues(new AssociativeMemoryModel(uid, file), extra);
        return copy.setParent(parent());
    }

    @Override
    public MLWriter write() {
        return new MemoryStage.Writer(this);
    }

    /** Reads what {@link #write} wrote; Spark finds this by its name. */
    public static MLReader<AssociativeMemoryModel> read() {
        return new MemoryStage.Reader();
    }

    /** {@link #read} from a folder. */
    public static AssociativeMemoryModel load(String path) {
        return read().load(path);
    }
}
