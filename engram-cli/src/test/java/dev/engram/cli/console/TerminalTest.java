package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.Main;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches standard output and the terminal, and what does not. */
class TerminalTest {
    private final StringWriter err = new StringWriter();

    /** Like {@code /dev/full}. */
    private static OutputStream full() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "help learn", "reproduce", "list --help"})
    void aResultThatDoesNotArriveIsAFailure(String command) {
        PrintWriter out = new PrintWriter(full(), true, StandardCharsets.UTF_8);

        int exitCode = Main.run(command.split(" "), out, new PrintWriter(err));

        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("engram: the result could not be written to standard output.");
    }

    @Test
    void anotherFailureKeepsItsExitCode() {
        PrintWriter out = new PrintWriter(full(), true, StandardCharsets.UTF_8);

        int exitCode = Main.run(new String[] {"inspect", "/absent", "--json"}, out, new PrintWriter(err));

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE_INPUT);
        assertThat(err.toString()).contains("/absent does not exist");
    }

    @ParameterizedTest
    @CsvSource({
        "xterm-256color, Linux, true",
        "dumb, Linux, false",
        "dumb, Windows 11, false",
        ", Linux, false",
        ", Mac OS X, false",
        ", Windows 11, true"
    })
    void onlyATerminalThatMovesItsCursorIsWrittenOver(String term, String system, boolean moves) {
        Map<String, String> environment = term == null ? Map.of() : Map.of("TERM", term);
        assertThat(Terminal.movesItsCursor(environment, system)).isEqualTo(moves);
    }

    @Test
    void hostileTextIsShownAndNotObeyed() {
        Terminal terminal = Terminal.of(new PrintWriter(new StringWriter()), new PrintWriter(err));
        terminal.line("a\u001b]0;title\u0007");
        terminal.note("b\u001b[2J");
        terminal.warning("c\u009b2J" + "x".repeat(10_000));
        terminal.trace(new IllegalStateException("d\u001b[2J"));

        assertThat(err.toString()).doesNotContain("\u001b", "\u0007", "\u009b").contains("\\u001b[2J", "\\u001b]0;");
        assertThat(err.toString().lines()).allMatch(line -> line.length() <= 2_000);
    }

    @Test
    void whatIsWrittenOverIsShownToo() {
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), true);
        terminal.overwrite("cell \u001b[31m");
        assertThat(err.toString()).isEqualTo("\r\u001b[Kcell \\u001b[31m");
    }
}
