package dev.engram.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FishCompletionTest {
    @Test
    void aLineForEachCommandAndEachOptionThatIsShown() {
        assertThat(FishCompletion.of(Toy.commandLine()).lines().filter(line -> line.startsWith("complete")))
                .containsExactly(
                        "complete -c toy -n '__toy_at' -f",
                        "complete -c toy -n '__toy_at' -a box -d 'What is in it'",
                        "complete -c toy -n '__toy_at help' -f -a box",
                        "complete -c toy -n '__toy_at box' -f",
                        "complete -c toy -n '__toy_at box' -a open -d 'Opens the children\\'s box'",
                        "complete -c toy -n '__toy_in box open' -s s -l shade -x -a 'RED BLUE' -d 'Of 100% light'");
    }
}
