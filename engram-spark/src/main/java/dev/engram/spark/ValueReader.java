package dev.engram.spark;

import dev.engram.memory.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** The kinds of column that values can be read from. */
enum ValueReader {
    /** Of Spark ML. */
    VECTOR {
        @Override
        float[] read(Object value) {
            double[] wide = ((Vector) value).toArray();
            float[] values = new float[wide.length];
            for (int i = 0; i < wide.length; i++) {
                values[i] = (float) wide[i];
            }
            return values;
        }
    },
    /** Of float or double. */
    ARRAY {
        @Override
        float[] read(Object value) {
            Seq<?> all = (Seq<?>) value;
            float[] values = new float[all.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = all.apply(i) instanceof Number number ? number.floatValue() : Float.NaN;
            }
            return values;
        }
    },
    /** Of Spark's image data source: bytes, in the order blue, green, red. As everywhere in Engram 0..255 becomes 0..1, in the order red, green, blue. */
    IMAGE {
        @Override
        float[] read(Object value) throws UnreadableRecordException {
            Row image = (Row) value;
            Shape shape = shapeOf(image);
            byte[] bytes = ImageSchema.getData(image);
            int channels = ImageSchema.getNChannels(image);
            if (bytes.length != shape.values()) {
                throw new UnreadableRecordException(
                        "an image of %s has %d bytes; %d were expected".formatted(shape, bytes.length, shape.values()));
            }
            float[] values = new float[bytes.length];
            for (int i = 0; i < values.length; i++) {
                int channel = i % channels;
                int from = channels >= RGB && channel < RGB ? i + RGB - 1 - 2 * channel : i;
                values[i] = (bytes[from] & 0xFF) / WHITE;
            }
            return values;
        }

        @Override
        Shape shape(Object value) throws UnreadableRecordException {
            return shapeOf((Row) value);
        }
    };

    private static final int RGB = 3;
    private static final float WHITE = 255;

    /** The values, NaN where one is missing. */
    abstract float[] read(Object value) throws UnreadableRecordException;

    /** The shape of a pattern like this. */
    Shape shape(Object value) throws UnreadableRecordException {
        return Shape.of(read(value).length);
    }

    private static Shape shapeOf(Row image) throws UnreadableRecordException {
        int height = ImageSchema.getHeight(image);
        int width = ImageSchema.getWidth(image);
        int channels = ImageSchema.getNChannels(image);
        if (height < 1 || width < 1 || channels < 1) {
            throw new UnreadableRecordException(
                    "the image %s could not be decoded".formatted(ImageSchema.getOrigin(image)));
        }
        return channels == 1 ? Shape.of(height, width) : Shape.of(height, width, channels);
    }

    /** What reads a column of this type; empty where nothing does. */
    static Optional<ValueReader> of(DataType type) {
        if (type.equals(SQLDataTypes.VectorType())) {
            return Optional.of(VECTOR);
        }
        if (type instanceof ArrayType array
                && (array.elementType().equals(DataTypes.FloatType)
                        || array.elementType().equals(DataTypes.DoubleType))) {
            return Optional.of(ARRAY);
        }
        return type instanceof StructType struct
                        && Arrays.asList(struct.fieldNames()).containsAll(Arrays.asList(ImageSchema.imageFields()))
                ? Optional.of(IMAGE)
                : Optional.empty();
    }

    /**
     * The values of a record.
     *
     * @param width how many are expected
     */
    float[] values(@Nullable Object value, int width) throws UnreadableRecordException {
        float[] values = read(present(value));
        if (values.length != width) {
            throw new UnreadableRecordException("has %d values; %d were expected".formatted(values.length, width));
        }
        for (int i = 0; i < width; i++) {
            if (Float.isInfinite(values[i])) {
                throw new UnreadableRecordException("value %d is infinite; a finite number was expected".formatted(i));
            }
        }
        return values;
    }

    static Object present(@Nullable Object value) throws UnreadableRecordException {
        if (value == null) {
            throw new UnreadableRecordException("is null; values were expected");
        }
        return value;
    }
}
