package dev.engram.benchmarks;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Mask;
import dev.engram.memory.Surprise;
import dev.engram.memory.covariance.CovarianceMemory;
import dev.engram.memory.covariance.CovarianceOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The covariance memory's part of {@code peers/tables.py}, which holds it against scikit-learn: learns rows, fills in the missing values of others,
 * and judges them. Its arguments are the number of columns and files of single-precision numbers, NaN being missing: rows to learn, rows to
 * answer. Beside the second it writes {@code .filled}, {@code .novelty}, {@code .first} (the column named first) and {@code .facts} (seconds to
 * learn, seconds to fill in, threshold at 1 %, at 5 %).
 */
public final class TableWorker {
    private TableWorker() {}

    /** As said above. */
    public static void main(String[] arguments) throws IOException {
        int columns = Integer.parseInt(arguments[0]);
        Matrix learned = rows(Path.of(arguments[1]), columns);
        CovarianceMemory.learn(learned, CovarianceOptions.defaults()); // loads classes and native libraries
        long start = System.nanoTime();
        CovarianceMemory memory = CovarianceMemory.learn(learned, CovarianceOptions.defaults());
        double learning = (System.nanoTime() - start) / 1e9;
        Matrix asked = rows(Path.of(arguments[2]), columns);
        Mask present = present(asked);
        start = System.nanoTime();
        Matrix filled = memory.complete(present.blank(asked, 0), present).patterns();
        double filling = (System.nanoTime() - start) / 1e9;
        List<List<Surprise>> surprises = memory.surprises(asked);
        ByteBuffer values = bytes(Float.BYTES * filled.data().length);
        values.asFloatBuffer().put(filled.data());
        write(arguments[2] + ".filled", values);
        ByteBuffer novelty = bytes(Double.BYTES * asked.rows());
        novelty.asDoubleBuffer().put(memory.novelty(asked));
        write(arguments[2] + ".novelty", novelty);
        ByteBuffer first = bytes(Integer.BYTES * asked.rows());
        first.asIntBuffer()
                .put(surprises.stream()
                        .mapToInt(row -> row.isEmpty() ? -1 : row.get(0).column())
                        .toArray());
        write(arguments[2] + ".first", first);
        Files.writeString(
                Path.of(arguments[2] + ".facts"),
                String.format(
                        Locale.ROOT,
                        "%s %s %s %s",
                        learning,
                        filling,
                        memory.ordinary(0.01).map(Calibration::threshold).orElse(Double.NaN),
                        memory.ordinary(0.05).map(Calibration::threshold).orElse(Double.NaN)));
    }

    private static Mask present(Matrix rows) {
        return Mask.known(
                rows.columns(),
                IntStream.range(0, rows.rows())
                        .mapToObj(i -> IntStream.range(0, rows.columns())
                                .filter(j -> !Float.isNaN(rows.get(i, j)))
                                .collect(BitSet::new, BitSet::set, BitSet::or))
                        .toList());
    }

    private static Matrix rows(Path file, int columns) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return Matrix.wrap(values.length / columns, columns, values);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(String file, ByteBuffer bytes) throws IOException {
        Files.write(Path.of(file), bytes.array());
    }
}
