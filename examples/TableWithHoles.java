///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//REPOS mavencentral,mavenlocal
//DEPS dev.engram:engram-io:0.1.0-SNAPSHOT

import dev.engram.io.PatternReader;
import dev.engram.io.PatternSet;
import dev.engram.io.ReadOptions;
import dev.engram.io.table.Columns;
import dev.engram.linalg.Matrix;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.Mask;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Recall;
import dev.engram.memory.Surprise;
import dev.engram.memory.covariance.CovarianceOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Learns the rows of a table that has holes, fills them in, and finds the cell that does not fit. */
public class TableWithHoles {
    public static void main(String[] args) throws Exception {
        Path file = Files.createTempDirectory("table").resolve("people.csv");
        Files.writeString(file, people());

        // read: an empty cell is a missing value, NaN
        PatternSet table =
                PatternReader.read(file, ReadOptions.defaults().withMissing(ReadOptions.Missing.KEPT));
        Columns columns = table.table().orElseThrow().columns();

        // learn: rows with holes too
        AssociativeMemory memory = CovarianceOptions.defaults()
                .learn(table.patterns(), table.shape(), 0, MemoryModel.Watch.NONE)
                .memory();

        // fill in: what is there is known, and every answer has a standard deviation
        Recall filled = memory.complete(table.patterns(), Mask.present(table.patterns()));
        Matrix units = columns.inUnits(filled.patterns());
        for (int row = 0; row < 2; row++) {
            System.out.printf(
                    Locale.ROOT,
                    "row %d: height %.0f cm, weight %.0f kg, shoe %.0f%n",
                    row,
                    units.get(row, 0),
                    units.get(row, 1),
                    units.get(row, 2));
        }

        // what does not fit: each value against what the others of its row lead to expect
        float[] odd = units.row(5);
        odd[0] += 40;
        Matrix cue = columns.standardised(Matrix.ofRows(odd));
        Surprise worst = memory.surprises(cue).get(0).get(0);
        System.out.printf(
                Locale.ROOT,
                "most surprising: %s, %.1f standard deviations off%n",
                columns.get(worst.column()).name(),
                worst.deviations());
    }

    /** 300 rows of three related columns, a tenth of the cells empty. */
    private static String people() {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder text = new StringBuilder("height,weight,shoe\n");
        for (int row = 0; row < 300; row++) {
            double height = 170 + 10 * random.nextGaussian();
            double[] cells = {
                height,
                70 + 0.9 * (height - 170) + 4 * random.nextGaussian(),
                41 + 0.25 * (height - 170) + random.nextGaussian()
            };
            int empty = random.nextInt(10) < 3 ? random.nextInt(3) : -1;
            for (int j = 0; j < 3; j++) {
                boolean isEmpty = j == empty || row < 2 && j == row;
                text.append(isEmpty ? "" : String.format(Locale.ROOT, "%.1f", cells[j])).append(j < 2 ? "," : "\n");
            }
        }
        return text.toString();
    }
}
