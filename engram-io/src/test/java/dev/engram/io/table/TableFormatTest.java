package dev.engram.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.io.file.InputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What separates the cells of a file, from its first line; T stands for a tab. */
class TableFormatTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text.replace('T', '\t'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t.csv | a,b | ,",
                "t.csv | ,b | ,",
                "t.csv | aTb | T",
                "t.csv | aTb,c | ,",
                "t.csv | a | ,",
                "t.tsv | aTb,c | T",
                "t.tsv | a,b | ,",
                "t.tsv | ,b | ,",
                "t.tab | a | T",
                "t.csv | a,b;c | ,",
                "t.csv | 1,5;x | ,",
                "t.csv | \"a;b\",c | ,",
                "t.csv | \"aTb\",c | ,",
                "t.csv | aTb;c | T"
            })
    void theSeparatorIsThatOfTheFirstLine(String name, String line, String separator) throws IOException {
        assertThat(TableFormat.of(file(name, line + "\n1;2;3\n")).separator())
                .isEqualTo(separator.replace('T', '\t').charAt(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", ";b", "1,5;2,5", "1,5;;2", "1,5;NA", "\"x,y\";z"})
    void semicolonsAreRefusedWithAdvice(String line) throws IOException {
        Path file = file("t.csv", line + "\n");
        assertThatThrownBy(() -> TableFormat.of(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("semicolons")
                .hasMessageContaining("Maybe save it as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "\uFEFF"})
    void aFileWithoutTextHoldsNoRows(String text) throws IOException {
        Path file = file("t.csv", text);
        assertThatThrownBy(() -> TableFormat.of(file)).hasMessageContaining("holds no rows");
    }

    @Test
    void bytesThatMarkTheEncodingAreNoText() throws IOException {
        assertThat(TableFormat.of(file("plain", "ä,b\n"))).isEqualTo(new TableFormat(',', StandardCharsets.UTF_8, 0));
        Map<Charset, Integer> marks =
                Map.of(StandardCharsets.UTF_8, 3, StandardCharsets.UTF_16BE, 2, StandardCharsets.UTF_16LE, 2);
        for (Map.Entry<Charset, Integer> mark : marks.entrySet()) {
            Path file = Files.write(folder.resolve("marked"), "\uFEFFä,b\n".getBytes(mark.getKey()));
            assertThat(TableFormat.of(file)).isEqualTo(new TableFormat(',', mark.getKey(), mark.getValue()));
            assertThat(TableFormat.looksLikeTable(file)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data | a,b | true",
                "data | ,b | true",
                "data | aTb | true",
                "data | Tb | true",
                "data | ab | false",
                "d.txt | a,b | true",
                "d.data | a,b | true",
                "d.dat | a,b | true",
                "d.png | a,b | false",
                "d.csv | a,b | false",
                "data | ab\u0001,c | false"
            })
    void textWithSeparatorsInItsFirstLineLooksLikeATable(String name, String line, boolean looks) throws IOException {
        assertThat(TableFormat.looksLikeTable(file(name, line + "\r\n1,2\r\n"))).isEqualTo(looks);
    }
}
