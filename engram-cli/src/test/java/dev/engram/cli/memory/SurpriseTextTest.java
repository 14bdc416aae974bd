package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.console.Terminal;
import dev.engram.io.PatternSet;
import dev.engram.io.table.Column;
import dev.engram.io.table.Columns;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Calibration;
import dev.engram.memory.Shape;
import dev.engram.memory.Surprise;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Height has mean 170 and standard deviation 10; red and blue are as frequent as each other, so that 1 and -1 are whole texts. */
class SurpriseTextTest {
    private static final Columns COLUMNS = new Columns(
            List.of(
                    new Column.Number("height", 170, 10),
                    new Column.Category("colour", List.of(new Column.Level("blue", 0.5), new Column.Level("red", 0.5))),
                    new Column.Number("age", 40, 20)),
            Optional.of("who"));

    private static final Matrix CUES = Matrix.ofRows(new float[] {-0.5f, 1, -1, 1}, new float[] {8, -1, 1, Float.NaN});

    private static SurpriseText text() {
        SurpriseText text = new SurpriseText(COLUMNS);
        text.add(
                CUES,
                List.of(
                        List.of(new Surprise(0, -0.5, -0.4, 0.2), new Surprise(3, 1, 1.1, 1)),
                        List.of(
                                new Surprise(0, 8, 1.5, 1),
                                new Surprise(2, 1, -0.875, 0.41666666666666669),
                                new Surprise(1, -1, 0.925, 0.4375),
                                new Surprise(3, 0, 9, 1))));
        return text;
    }

    @Test
    void columnsAreSaidInTheUsersUnitsOnceEachTheWorstFirst() {
        assertThat(text().of(1))
                .containsExactly(
                        new SurpriseText.Odd("height", "250", "185", 6.5),
                        new SurpriseText.Odd("colour", "red", "blue", 4.5));
        assertThat(text().beyond(1, 5)).hasSize(1);
        assertThat(text().beyond(0, 4)).isEmpty();
        assertThat(SurpriseText.line(text().of(1).get(0)))
                .isEqualTo("height is 250, expected 185: 6.50 standard deviations");
    }

    @Test
    void rowsFitOrDoNot() {
        PatternSet cues = PatternSet.of(CUES, Shape.of(4), List.of("anna", "bert"), List.of());
        StringWriter out = new StringWriter();
        Terminal terminal = Terminal.of(new PrintWriter(out), new PrintWriter(new StringWriter()));
        new OddRows(cues, text(), 4, Optional.empty()).hand(terminal, Path.of("m.engram"), false);
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                        anna      fits
                        bert      does not fit
                                  height is 250, expected 185: 6.50 standard deviations
                                  colour is red, expected blue: 4.50 standard deviations
                        1 of 2 rows does not fit: a column is more than 4 standard deviations from what the others let expect.
                        """);
    }

    /** At 1 of 100, two ordinary rows give at most one new one in 99 of 100 cases, SciPy says (betabinom(2, 1, 99)). */
    @Test
    void rowsAreNewAsAWhole() {
        PatternSet cues = PatternSet.of(CUES, Shape.of(4), List.of("anna", "bert"), List.of());
        Calibration ordinary = new Calibration(5, 0.01, 99);
        assertThat(said(cues, new JudgedRows(new double[] {1, 5.5}, ordinary), false))
                .contains(
                        "bert      does not fit, new",
                        "1 of 2 rows is new: at a false-alarm rate of 1.0 % ordinary rows give at most 1 in 99 of 100 cases.");
        assertThat(said(cues, new JudgedRows(new double[] {6, 5.5}, ordinary), false))
                .contains("anna      fits, new", "2 of 2 rows are new", "not as the learned rows were (drift)");
        assertThat(said(cues, new JudgedRows(new double[] {6, 5.5}, ordinary), true))
                .contains("\"new\" : true", "\"novelty\" : 5.5", "\"usual_at_most\" : 1", "\"drift\" : true");
    }

    private static String said(PatternSet cues, JudgedRows judged, boolean json) {
        StringWriter out = new StringWriter();
        Terminal terminal = Terminal.of(new PrintWriter(out), new PrintWriter(new StringWriter()));
        new OddRows(cues, text(), 4, Optional.of(judged)).hand(terminal, Path.of("m.engram"), json);
        return out.toString();
    }

    @Test
    void programsGetTheSame() {
        PatternSet cues = PatternSet.of(CUES, Shape.of(4), List.of("anna", "bert"), List.of());
        StringWriter out = new StringWriter();
        Terminal terminal = Terminal.of(new PrintWriter(out), new PrintWriter(new StringWriter()));
        new OddRows(cues, text(), 4, Optional.empty()).hand(terminal, Path.of("m.engram"), true);
        assertThat(out.toString())
                .contains(
                        "\"unfamiliar\" : 1", "\"column\" : \"height\"", "\"value\" : \"250\"", "\"deviations\" : 6.5");
    }
}
