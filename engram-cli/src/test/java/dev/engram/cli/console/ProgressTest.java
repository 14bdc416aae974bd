package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.io.NumberText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void aLogGetsALineEveryTenthAtMost() {
        steps(new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false), 1000, 100);

        assertThat(err.toString().lines()).hasSize(9).allMatch(l -> l.startsWith("learning: ") && l.endsWith(" left"));
        assertThat(err.toString().lines().findFirst().orElseThrow())
                .isEqualTo("learning: 100 of 1000, error 1, 1 min 30 s left");
    }

    @Test
    void quickWorkIsNotLogged() {
        steps(new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false), 100, 5);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTerminalGetsOneLineThatIsWrittenOver() {
        steps(new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), true), 10, 1000);
        assertThat(err.toString())
                .doesNotContain("\n")
                .contains("[============............] 5/10, error 1, 5.0 s left");
    }

    /** A quarter of the way took 10 s; the half that is left takes 20. */
    @Test
    void whatWasDoneBeforeTookNoTime() {
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        Progress progress = new Progress(terminal, "completing", 100, clock::get);
        progress.begunAt(0.25);
        clock.addAndGet(10_000_000_000L);
        progress.at(50, "");
        assertThat(err.toString().strip()).isEqualTo("completing: 50 of 100, 20 s left");
    }

    private void steps(Terminal terminal, int total, int millisEach) {
        Progress progress = new Progress(terminal, "learning", total, clock::get);
        for (int step = 1; step <= total; step++) {
            clock.addAndGet(millisEach * 1_000_000L);
            progress.at(step, "error 1");
        }
        progress.end();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.010 s", "0.42, 0.42 s", "12.4, 12 s", "185, 3 min 05 s", "7260, 2 h 01 min"})
    void durationsReadLikeSpeech(double seconds, String text) {
        assertThat(NumberText.duration(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.00123, 0.00123", "4.56e-7, 4.56e-07", "12.345, 12.3", "1234.4, 1234", "1234567, 1.23e+06"})
    void numbersHaveThreeDigits(double value, String text) {
        assertThat(NumberText.brief(value)).isEqualTo(text);
    }

    @Test
    void onlyAllIsAHundredPercent() {
        assertThat(NumberText.percent(50, 50)).isEqualTo("100 %");
        assertThat(NumberText.percent(9999, 10000)).isEqualTo("99.9 %");
        assertThat(NumberText.percent(0, 0)).isEqualTo("0.0 %");
    }
}
