package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {
    static Set<String> commands() {
        Set<String> names = new TreeSet<>(commandLine().getSubcommands().keySet());
        names.remove("help");
        return names;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasAnExampleAndDescribesEveryArgument(String name) {
        Cli.Result help = Cli.run("help", name);

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Example").contains("engram " + name);
        assertThat(Cli.run(name, "--help").out()).isEqualTo(help.out());
        CommandLine command = commandLine().getSubcommands().get(name);
        assertThat(command.getCommandSpec().args())
                .allSatisfy((ArgSpec arg) -> assertThat(arg.description()).isNotEmpty());
    }

    @Test
    void theTopHelpShowsTheWorkflow() {
        Cli.Result help = Cli.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).containsSubsequence("engram learn", "engram corrupt", "engram complete", "engram score");
    }

    @Test
    void withoutACommandTheHelpIsShownAsWrongUsage() {
        Cli.Result result = Cli.run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: engram");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engram ", "Java ", "BLAS: "})
    void theVersionNamesWhatComputes(String part) {
        assertThat(Cli.run("--version").out()).contains(part);
    }

    static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return EngramCommand.commandLine(new Context(Terminal.of(nowhere, nowhere), new Interruption()));
    }
}
