package dev.engram.spark;

import java.util.Arrays;
import org.apache.spark.sql.types.StructType;

/** Checks the columns that a stage reads. */
final class Columns {
    private Columns() {}

    /** What reads the values of this column. */
    static ValueReader values(StructType schema, String column) {
        require(schema, column, "inputCol");
        return ValueReader.of(schema.apply(column).dataType())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The column %s (inputCol) is %s; vectors, arrays of float or double, or images were expected. Maybe assemble it with VectorAssembler."
                                .formatted(
                                        column, schema.apply(column).dataType().catalogString())));
    }

    static void require(StructType schema, String column, String param) {
        if (!Arrays.asList(schema.fieldNames()).contains(column)) {
            throw new IllegalArgumentException("There is no column %s (%s); there are %s. Maybe set %s."
                    .formatted(column, param, String.join(", ", schema.fieldNames()), param));
        }
    }

    static AnswerColumns answers(StructType schema, AnswerParams<?> stage) {
        return AnswerColumns.like(schema.apply(stage.getInputCol()).dataType(), stage.getOutputPrefix());
    }

    /** The schema with the answers behind, when all that is read is there. */
    static StructType checked(StructType schema, AnswerParams<?> stage) {
        values(schema, stage.getInputCol());
        if (stage.isSet(stage.maskCol())) {
            require(schema, stage.getMaskCol(), "maskCol");
            if (!CueReader.isMask(schema, stage.getMaskCol())) {
                throw new IllegalArgumentException(
                        "The column %s (maskCol) is %s; an array of boolean or a vector was expected."
                                .formatted(
                                        stage.getMaskCol(),
                                        schema.apply(stage.getMaskCol())
                                                .dataType()
                                                .catalogString()));
            }
        }
        return answers(schema, stage).after(schema);
    }
}
