package dev.engram.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.cli.Cli;
import dev.engram.cli.Samples;
import dev.engram.cli.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
    @TempDir
    Path folder;

    @Test
    void anInputByAnotherNameIsNotOverwritten() throws IOException {
        Path input = Files.writeString(folder.resolve("a.npy"), "a");
        Path linked = Files.createLink(folder.resolve("b.npy"), input);
        Path pointing = Files.createSymbolicLink(folder.resolve("c.npy"), input);
        for (Path target : new Path[] {input, linked, pointing}) {
            assertThatThrownBy(() -> Targets.require(target, true, input))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("would overwrite the input");
            assertThat(Targets.isSame(target, input)).isTrue();
        }
        Path other = Files.writeString(folder.resolve("d.npy"), "a");
        assertThatCode(() -> Targets.require(other, true, input)).doesNotThrowAnyException();
        assertThat(Targets.isSame(other, input)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "/"})
    void theFolderOfTheCommandIsNotReplaced(String target) {
        assertThatThrownBy(() -> Targets.require(Path.of(target), false)).hasMessageContaining("this command runs in");
    }

    @Test
    void standardOutputIsNoFileAndNoFolder() {
        for (boolean file : new boolean[] {true, false}) {
            assertThatThrownBy(() -> Targets.require(Path.of("-"), file)).hasMessageContaining("Maybe give a name");
        }
        assertThatCode(() -> Targets.require(Path.of("./-"), true)).doesNotThrowAnyException();
    }

    @Test
    void anEmptyPathIsNotTheFolderOfTheCommand() {
        Path memory = folder.resolve("m.engram");
        Path patterns = Samples.npy(folder.resolve("p.npy"), Samples.GREY, Samples.patterns(3, Samples.GREY, 1));
        assertThat(Cli.run("learn", patterns, "-o", memory, "--model", "nearest-neighbour")
                        .exitCode())
                .isZero();
        for (Object[] command : new Object[][] {
            {"recall", memory, "", "-o", folder.resolve("o.npy")},
            {"recall", memory, patterns, "-o", ""},
            {"forget", memory, ""},
            {"list", ""}
        }) {
            Cli.Result result = Cli.run(command);
            assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        }
        assertThat(folder).isDirectoryContaining(path -> path.equals(memory));
        assertThat(Files.exists(folder.resolve("o.npy"))).isFalse();
    }
}
