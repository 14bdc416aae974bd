package dev.engram.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableWriterTest {
    private static final String TABLE = """
            id,a,remark,colour,b
            x,1,"one, two",red,10.50
            y,3,,blue,
            z,,"a ""quote\""",,30
            """;

    @TempDir
    Path folder;

    private TableContent read(String text, TableOptions options) throws IOException {
        return TableReader.read(Files.writeString(folder.resolve("in.csv"), text), Integer.MAX_VALUE, options);
    }

    private TableContent table() throws IOException {
        return read(TABLE, TableOptions.defaults().withId("id").withIgnored("remark"));
    }

    @Test
    void whatWasReadIsWrittenInItsUnits() throws IOException {
        TableContent content = table();
        Path out = folder.resolve("out.csv");
        new TableWriter(content.values(), content.table().columns(), content.names()).write(out);
        assertThat(out).hasContent("""
                        id,a,colour,b
                        x,1,red,10.5
                        y,3,blue,
                        z,,,30
                        """);
    }

    @Test
    void idsAndIgnoredColumnsStayAndKnownCellsAreKeptAsTheyWere() throws IOException {
        TableContent content = table();
        Matrix filled = content.values().copy();
        float[] z = filled.row(2); // a: mean 2, std 1; blue and red: 0.5 and 0.5; b: mean 20.25, std 9.75
        for (int j = 0; j < 3; j++) {
            z[j] = new float[] {0.5f, -0.2f, 0.1f}[j];
        }
        filled.setRow(2, Matrix.ofRows(z), 0);
        filled.set(1, 3, 2);
        Path out = folder.resolve("out.csv");
        TableWriter writer = new TableWriter(filled, content.table().columns(), content.names());
        Mask known = Mask.present(content.values());

        writer.write(out, content.table(), Optional.of(known));
        assertThat(out).hasContent("""
                        id,a,remark,colour,b
                        x,1,"one, two",red,10.50
                        y,3,,blue,39.75
                        z,2.5,"a ""quote\""",red,30
                        """);

        Path second = TableWriter.besides(out);
        Matrix deviations = Matrix.zeros(3, 4);
        deviations.set(2, 0, 0.25f);
        deviations.set(1, 3, 2);
        assertThat(writer.writeFilled(second, known, Optional.of(deviations))).isEqualTo(3);
        assertThat(second).hasFileName("out.filled.csv").hasContent("""
                        row,column,value,deviation
                        y,b,39.75,19.5
                        z,a,2.5,0.25
                        z,colour,red,
                        """);
        writer.writeFilled(second, known, Optional.empty());
        assertThat(second).content().startsWith("row,column,value\ny,b,39.75\n");

        writer.write(out, content.table(), Optional.empty());
        assertThat(out).content().contains("x,1,\"one, two\",red,10.5\n");
    }

    @Test
    void tabsStandInATsvAndColumnsThatTheCuesLackComeLast() throws IOException {
        Columns known =
                new Columns(List.of(new Column.Number("a", 0, 1), new Column.Number("b", 100, 10)), Optional.empty());
        TableContent cues = read("c,a\nu,1\nv,2\n", TableOptions.defaults().by(Optional.of(known)));
        Path out = folder.resolve("out.tsv");
        Matrix values = Matrix.ofRows(new float[] {1, 0.5f}, new float[] {2, -0.123456789f});
        new TableWriter(values, known, cues.names()).write(out, cues.table(), Optional.of(Mask.present(cues.values())));
        assertThat(out).hasContent("c\ta\tb\nu\t1\t105\nv\t2\t98.76543\n");
    }

    @Test
    void aTextThatTheMemoryDoesNotKnowIsNotReplaced() throws IOException {
        Columns known =
                new Columns(List.of(new Column.Category("a", List.of(new Column.Level("x", 1)))), Optional.empty());
        TableContent cues = read("a\nnew\n\"\"\n", TableOptions.defaults().by(Optional.of(known)));
        Path out = folder.resolve("out.csv");
        new TableWriter(Matrix.zeros(2, 1), known, cues.names())
                .write(out, cues.table(), Optional.of(Mask.present(cues.values())));
        assertThat(out).hasContent("a\nnew\nx\n");
    }

    @Test
    void cuesThatChangedMeanwhileAreFoundOut() throws IOException {
        TableContent content = table();
        Files.writeString(folder.resolve("in.csv"), TABLE + "w,1,,red,1\n");
        TableWriter writer = new TableWriter(content.values(), content.table().columns(), content.names());
        Path out = folder.resolve("out.csv");
        assertThatThrownBy(() -> writer.write(out, content.table(), Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("changed");
        assertThat(out).doesNotExist();
    }

    @Test
    void numbersHaveTheDigitsThatTheirColumnsSpreadGives() {
        assertThat(NumberCell.text(5.0000001f, 0, 1)).isEqualTo("5");
        assertThat(NumberCell.text(0.502f, 1_700_000_000, 0.5)).isEqualTo("1700000000.251");
        assertThat(NumberCell.text(1.234567894f, 0, 1e8)).isEqualTo("123456800");
        assertThat(NumberCell.text(-0.1f, 0, 1e-8)).isEqualTo("-1E-9");
        assertThat(NumberCell.text(1e-12f, 0, 1)).isEqualTo("0");
        assertThat(NumberCell.text(Float.NaN, 0, 1)).isEmpty();
    }

    @Test
    void numbersComeBackAsTheUserWroteThem() {
        double mean = 12.345;
        for (double deviation : new double[] {0.31, 0.4321, 0.9, 3.2, 9.9}) {
            for (int tenths = -100; tenths <= 300; tenths++) {
                double cell = mean + 8 * deviation * tenths / 300;
                String written = String.format(Locale.ROOT, "%.1f", cell);
                float value = (float) ((Double.parseDouble(written) - mean) / deviation);
                String expected = written.endsWith(".0") ? written.substring(0, written.length() - 2) : written;
                assertThat(NumberCell.text(value, mean, deviation)).isEqualTo(expected);
            }
        }
    }

    @Test
    void tablesAreKnownByTheirNames() {
        assertThat(TableWriter.isTable(Path.of("a.CSV"))).isTrue();
        assertThat(TableWriter.isTable(Path.of("folder/a.tsv"))).isTrue();
        assertThat(TableWriter.isTable(Path.of("a.csv/b"))).isFalse();
        assertThat(TableWriter.isTable(Path.of("csv"))).isFalse();
    }

    @Test
    void columnsReadBackFromTheirText() throws IOException {
        Columns columns = table().table().columns();
        assertThat(ColumnsText.read(ColumnsText.write(columns))).isEqualTo(columns);
        assertThat(ColumnsText.write(columns))
                .startsWith("{\"id\":\"id\",\"columns\":[{\"name\":\"a\",\"mean\":2.0,\"deviation\":1.0},");
        for (String bad :
                List.of("", "[]", "{\"columns\":[]}", "{\"columns\":[{\"name\":\"a\"}]}", "{\"columns\":3}")) {
            assertThatThrownBy(() -> ColumnsText.read(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unitsAndValuesAreInversesAndCategoriesAreMissingAsAWhole() throws IOException {
        TableContent content = table();
        Columns columns = content.table().columns();
        Matrix units = columns.inUnits(content.values());
        assertThat(units.row(0)).containsExactly(1, 0, 1, 10.5f);
        assertThat(columns.standardised(units)).isEqualTo(content.values());
        Matrix part = content.values().copy();
        part.set(0, 1, Float.NaN);
        assertThat(columns.withWholeCategories(part).get(0, 2)).isNaN();
        assertThat(columns.withWholeCategories(part).get(0, 0)).isNotNaN();
    }
}
