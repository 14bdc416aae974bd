package dev.engram.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that answers go to, behind those of the cue. All may be null.
 *
 * <table>
 * <caption>Columns, after the prefix</caption>
 * <tr><td>pattern</td><td>what comes back: an array where cues are arrays, else a vector</td></tr>
 * <tr><td>answer</td><td>recalled, ambiguous or unfamiliar; of a memory that judges rows as a whole familiar or unfamiliar</td></tr>
 * <tr><td>name</td><td>of the pattern recalled: its name, or its number</td></tr>
 * <tr><td>candidates</td><td>names of the patterns it may be, the likeliest first</td></tr>
 * <tr><td>margin</td><td>how far the cue is from the half-way point to the next pattern, 0 to 0.5</td></tr>
 * <tr><td>novelty</td><td>where the memory says it</td></tr>
 * <tr><td>energy, residual, status</td><td>of the inference</td></tr>
 * <tr><td>error</td><td>why this record was not answered, in one line; null where it was</td></tr>
 * </table>
 *
 * @param prefix of all names
 * @param arrays the element type where patterns come back as arrays, {@code float} or {@code double}; empty for vectors
 */
record AnswerColumns(String prefix, String arrays) implements Serializable {
    static final int COUNT = 10;
    private static final String FLOAT = DataTypes.FloatType.typeName();

    static AnswerColumns like(DataType input, String prefix) {
        return new AnswerColumns(
                prefix, input instanceof ArrayType array ? array.elementType().typeName() : "");
    }

    /** The columns with those of the answers behind. */
    StructType after(StructType schema) {
        DataType pattern = arrays.isEmpty()
                ? SQLDataTypes.VectorType()
                : DataTypes.createArrayType(arrays.equals(FLOAT) ? DataTypes.FloatType : DataTypes.DoubleType, false);
        List<StructField> added = List.of(
                field("pattern", pattern),
                field("answer", DataTypes.StringType),
                field("name", DataTypes.StringType),
                field("candidates", DataTypes.createArrayType(DataTypes.StringType, false)),
                field("margin", DataTypes.DoubleType),
                field("novelty", DataTypes.DoubleType),
                field("energy", DataTypes.DoubleType),
                field("residual", DataTypes.DoubleType),
                field("status", DataTypes.StringType),
                field("error", DataTypes.StringType));
        StructType all = schema;
        for (StructField field : added) {
            if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
                throw new IllegalArgumentException(
                        "The column %s is there already, and answers would go there. Maybe set outputPrefix."
                                .formatted(field.name()));
            }
            all = all.add(field);
        }
        return all;
    }

    private StructField field(String name, DataType type) {
        return new StructField(prefix + name, type, true, Metadata.empty());
    }

    /** A pattern as its column takes it. */
    Object pattern(float[] values) {
        if (arrays.equals(FLOAT)) {
            return values;
        }
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return arrays.isEmpty() ? Vectors.dense(wide) : wide;
    }
}
