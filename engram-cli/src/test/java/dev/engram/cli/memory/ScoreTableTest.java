package dev.engram.cli.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.console.Terminal;
import dev.engram.memory.Score;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
    @Test
    void fewPatternsAreListedInTheirOrder() {
        assertThat(lines(List.of("fr.png", "de.png"), false, 0.5, 0.0004))
                .containsExactly(
                        "number  name           MSE",
                        "     0  fr.png       0.500  not recovered",
                        "     1  de.png    4.00e-04  recovered",
                        "Recovered 1 of 2 (50.0 %) at MSE < 0.001; mean MSE 0.250, worst 0.500.");
    }

    @Test
    void numbersAreNotRepeatedAsNames() {
        assertThat(lines(List.of("0"), false, 0.0)).contains("     0           0  recovered");
    }

    @Test
    void ofManyTheWorstAreShownUnlessAllAreWanted() {
        double[] errors = IntStream.range(0, 100).mapToDouble(i -> i).toArray();
        List<String> names = IntStream.range(0, 100).mapToObj(String::valueOf).toList();

        assertThat(lines(names, false, errors))
                .hasSize(13)
                .element(2)
                .asString()
                .startsWith("    99 ");
        assertThat(lines(names, true, errors)).hasSize(102);
    }

    private static List<String> lines(List<String> names, boolean all, double... errors) {
        StringWriter out = new StringWriter();
        Terminal terminal = Terminal.of(new PrintWriter(out), new PrintWriter(new StringWriter()));
        new ScoreTable(names, new Score(errors), 0.001).print(terminal, all);
        return out.toString().lines().toList();
    }
}
