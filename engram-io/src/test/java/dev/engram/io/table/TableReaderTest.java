package dev.engram.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TableReaderTest {
    /** Heights 1, 2, 3, 6: mean 3, variance (4 + 1 + 0 + 9) / 4 = 3.5. Two of four are red: frequency 0.5, standard deviation 0.5. */
    private static final String SMALL = """
            name,height,colour
            anna,1,red
            "b, the second",2.0,blue
            carl,3e0,red
            dora,+6.,"green ""ish\"""
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static TableContent read(Path file, TableOptions options) {
        return TableReader.read(file, Integer.MAX_VALUE, options);
    }

    private static TableContent read(Path file) {
        return read(file, TableOptions.defaults());
    }

    @Test
    void numbersAreStandardisedAndTextsAreValuesOfTheirOwn() throws IOException {
        TableContent content =
                read(file("t.csv", SMALL), TableOptions.defaults().withId("name"));

        assertThat(content.names()).containsExactly("anna", "b, the second", "carl", "dora");
        assertThat(content.table().columns().columns())
                .containsExactly(
                        new Column.Number("height", 3, Math.sqrt(3.5)),
                        new Column.Category(
                                "colour",
                                List.of(
                                        new Column.Level("blue", 0.25),
                                        new Column.Level("green \"ish\"", 0.25),
                                        new Column.Level("red", 0.5))));
        assertThat(content.values().rows()).isEqualTo(4);
        double rare = Math.sqrt(0.25 * 0.75);
        double[][] expected = {
            {-2 / 1.8708286933869707, -0.25 / rare, -0.25 / rare, 1},
            {-1 / 1.8708286933869707, 0.75 / rare, -0.25 / rare, -1},
            {0, -0.25 / rare, -0.25 / rare, 1},
            {3 / 1.8708286933869707, -0.25 / rare, 0.75 / rare, -1}
        };
        for (int row = 0; row < 4; row++) {
            for (int j = 0; j < 4; j++) {
                assertThat(content.values().get(row, j)).isCloseTo((float) expected[row][j], within(1e-6f));
            }
        }
        assertThat(content.notes())
                .containsExactly(
                        "1 number, 1 category: colour (3), each standardised to mean 0 and standard deviation 1; every text of a category is a value of its own.");
    }

    @Test
    void theSameTableReadsTheSameHoweverItIsWritten() throws IOException {
        TableContent plain = read(file("t.csv", SMALL));
        String tabs = SMALL.replace("b, the", "b# the").replace(',', '\t').replace('#', ',');
        List<TableContent> others = List.of(
                read(file("mark.csv", "\uFEFF" + SMALL)),
                read(file("lines.csv", SMALL.replace("\n", "\r\n"))),
                read(file("empty-lines.csv", SMALL.replace("\n", "\n\n"))),
                read(file("t.tsv", tabs)),
                read(file("tabs-by-content.txt", tabs)),
                read(Files.write(folder.resolve("le.csv"), ("\uFEFF" + SMALL).getBytes(StandardCharsets.UTF_16LE))),
                read(Files.write(folder.resolve("be.csv"), ("\uFEFF" + SMALL).getBytes(StandardCharsets.UTF_16BE))));
        assertThat(others).allSatisfy(other -> {
            assertThat(other.values()).isEqualTo(plain.values());
            assertThat(other.table().columns()).isEqualTo(plain.table().columns());
        });
    }

    @Test
    void missingCellsAreNaNAndDoNotCount() throws IOException {
        TableContent content = read(file("t.csv", "a,b,c\n1,x,1\n,y,NA\n3,?,NaN\nnull,x,2\n"));

        assertThat(content.table().columns().get(0)).isEqualTo(new Column.Number("a", 2, 1));
        assertThat(content.table().columns().get(1))
                .isEqualTo(new Column.Category(
                        "b", List.of(new Column.Level("x", 2.0 / 3), new Column.Level("y", 1.0 / 3))));
        assertThat(content.values().row(0)).doesNotContain(Float.NaN);
        assertThat(content.values().get(1, 0)).isNaN();
        assertThat(content.values().get(1, 1)).isNotNaN();
        assertThat(content.values().get(1, 3)).isNaN();
        assertThat(content.values().get(2, 1)).isNaN();
        assertThat(content.values().get(2, 2)).isNaN();
        assertThat(content.notes()).contains("5 of 12 cells are missing.");
    }

    @Test
    void aFirstRowOfNumbersIsNoHeader() throws IOException {
        TableContent content = read(file("t.csv", "1,5\n3,5\n"));
        assertThat(content.table().columns().columns())
                .containsExactly(new Column.Number("column 1", 2, 1), new Column.Number("column 2", 5, 1));
        assertThat(content.values().data()).containsExactly(-1, 0, 1, 0);
        assertThat(content.notes()).contains("The same in every row: column 2.");
    }

    @Test
    void aHeaderCanBeRuledOut() throws IOException {
        TableContent content =
                read(file("t.csv", "a,1\nb,2\na,3\n"), TableOptions.defaults().withHeader(Header.NONE));
        assertThat(content.values().rows()).isEqualTo(3);
        assertThat(content.table().columns().get(0)).isInstanceOf(Column.Category.class);
    }

    @Test
    void aMemorysColumnsAreFoundByTheirNames() throws IOException {
        Columns known = new Columns(
                List.of(
                        new Column.Number("a", 10, 2),
                        new Column.Category("b", List.of(new Column.Level("x", 0.5), new Column.Level("y", 0.5))),
                        new Column.Number("absent", 0, 1)),
                Optional.of("who"));
        TableContent content = read(
                file("t.csv", "extra,b,who,a\nu,y,first,14\nv,z,first,\n"),
                TableOptions.defaults().by(Optional.of(known)));
        assertThat(content.names()).containsExactly("first", "first");
        assertThat(content.values().row(0)).containsExactly(2, -1, 1, Float.NaN);
        assertThat(content.values().row(1)).containsOnly(Float.NaN);
        assertThat(content.notes())
                .containsExactly(
                        "Not a column of the memory, and ignored: extra.",
                        "Missing in every row: absent.",
                        "4 of 6 cells are missing.",
                        "\"z\" is not one of the texts that the column b has in the memory; it is taken as missing.");
    }

    @Test
    void onlyTheFirstRowsAreReadWhereTheyAreLimited() throws IOException {
        TableContent content = TableReader.read(file("t.csv", "a\n1\n3\n100\n"), 2, TableOptions.defaults());
        assertThat(content.values().data()).containsExactly(-1, 1);
    }

    @Test
    void largeNumbersOfLittleSpreadKeepTheirDigits() throws IOException {
        TableContent content = read(file("t.csv", "time\n1700000000.25\n1700000000.75\n"));
        assertThat(content.values().data()).containsExactly(-1, 1);
    }

    static List<Arguments> refused() {
        String texts = IntStream.range(0, 70).mapToObj(i -> "t" + i + ",1").collect(Collectors.joining("\n"));
        String own = IntStream.range(0, 30).mapToObj(i -> "t" + i + ",1").collect(Collectors.joining("\n"));
        return List.of(
                Arguments.of("a;b\n1;2\n", "semicolons"),
                Arguments.of("1,5;2,5\n3,5;4,5\n", "semicolons"),
                Arguments.of("a\tb\n1,5\t2\n2,5\t3\n", "line 2, column a: \"1,5\" has a comma in it"),
                Arguments.of("a,b\n\"1,5\",2\n\"2,5\",3\n", "decimal points"),
                Arguments.of("a,b\n1,2\n3\n4,5\n", "line 3 has 1 cells, the first row 2"),
                Arguments.of("a,b\n1,2\n3,4,5\n", "line 3 has 3 cells"),
                Arguments.of("a,b\n1,2\n3,four\n5,6\n", "line 3, column b: \"four\" is not a number"),
                Arguments.of("a,b\n1,\n2,NA\n", "the column b has no cell with a value"),
                Arguments.of("a,a\n1,2\n", "two columns with the header a"),
                Arguments.of("a,b\n", "holds a header and no rows"),
                Arguments.of(" \n", "holds no rows"),
                Arguments.of(
                        "t,n\n" + texts, "more than 64 different texts, too many for a category. Maybe use --ignore"),
                Arguments.of("t,n\n" + own, "another text in every row"),
                Arguments.of("a,b\n1,1e400\n2,3\n", "too large"),
                Arguments.of("a,b\n1,0x10\n2,3\n3,4\n", "line 2, column b: \"0x10\""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNoTableOfNumbersIsRefusedInOneLine(String text, String says) throws IOException {
        Path file = file("t.csv", text);
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("t.csv")
                .hasMessageContaining(says)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void idsMustDifferAndBeThere() throws IOException {
        TableOptions byId = TableOptions.defaults().withId("id");
        Path twice = file("twice.csv", "id,a\nx,1\ny,2\nx,3\n");
        assertThatThrownBy(() -> read(twice, byId)).hasMessageContaining("lines 2 and 4 have the same id \"x\"");
        Path without = file("without.csv", "id,a\nx,1\n,2\n");
        assertThatThrownBy(() -> read(without, byId)).hasMessageContaining("line 3 has no id");
        Path other = file("other.csv", "name,a\nx,1\n");
        assertThatThrownBy(() -> read(other, byId))
                .hasMessageContaining("no column \"id\", which --id names; it has name, a");
        assertThatThrownBy(() -> read(other, TableOptions.defaults().withIgnored("b")))
                .hasMessageContaining("--ignore");
    }

    @Test
    void latin1IsRefusedWithAdvice() throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), "a,b\nM\u00fcller,1\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(file)).hasMessageContaining("not UTF-8").hasMessageContaining("Latin-1");
    }

    @Test
    void aTableWithNoneOfTheColumnsIsRefused() throws IOException {
        Path file = file("t.csv", "x,y\n1,2\n");
        Columns known = new Columns(List.of(new Column.Number("a", 0, 1)), Optional.empty());
        assertThatThrownBy(() -> read(file, TableOptions.defaults().by(Optional.of(known))))
                .hasMessageContaining("none of the memory's columns (a)");
        Path headless = file("n.csv", "1,2\n");
        assertThatThrownBy(() -> read(headless, TableOptions.defaults().by(Optional.of(known))))
                .hasMessageContaining("has 2 columns, the memory 1");
    }

    @Test
    void onlyTextWithCommasOrTabsIsATableByItsContent() throws IOException {
        assertThat(TableReader.isTable(file("a.CSV", "x"))).isTrue();
        assertThat(TableReader.isTable(file("b.txt", "1,2\n"))).isTrue();
        assertThat(TableReader.isTable(file("c", "1\t2\n"))).isTrue();
        assertThat(TableReader.isTable(file("d.txt", "a text\n"))).isFalse();
        assertThat(TableReader.isTable(file("e.npy", "1,2\n"))).isFalse();
        assertThat(TableReader.isTable(file("f", "1,2\n\0\1"))).isFalse();
    }
}
