package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.cli.Main;
import dev.engram.cli.Samples;
import dev.engram.cli.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterruptionTest {
    @TempDir
    Path folder;

    @Test
    void cancelledLearningWritesNothing() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        Interruption interruption = new Interruption();
        StringWriter err = new StringWriter();
        PrintWriter cancelling = new PrintWriter(err) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.startsWith("Learning")) {
                    interruption.cancel();
                }
            }
        };
        Terminal terminal = Terminal.of(new PrintWriter(new StringWriter()), cancelling);
        String[] args = {
            "learn", patterns.toString(), "-o", folder.resolve("m.engram").toString(), "--updates", "100000"
        };

        int exitCode = Main.run(args, new Context(terminal, interruption));

        assertThat(exitCode).isEqualTo(ExitCode.CANCELLED);
        assertThat(err.toString()).contains("engram: cancelled; nothing was written.");
        assertThat(folder.resolve("m.engram")).doesNotExist();
    }

    @Test
    void noWriteBeginsOnceCancelled() {
        Interruption interruption = new Interruption();
        StringBuilder written = new StringBuilder();
        interruption.write(() -> written.append("first"));
        interruption.cancel();

        assertThatThrownBy(() -> interruption.write(() -> written.append("second")))
                .isInstanceOf(CommandException.class);
        assertThat(written.toString()).isEqualTo("first");
    }

    @Test
    void theShutdownHookWaitsForAWriteUnderWay() throws InterruptedException {
        Interruption interruption = new Interruption();
        Terminal terminal = Terminal.of(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        StringBuffer order = new StringBuffer();
        Thread[] hook = new Thread[1];
        interruption.write(() -> {
            hook[0] = new Thread(() -> {
                interruption.onShutdown(terminal, code -> order.append(" ended"));
                order.append(" hook");
            });
            hook[0].start();
            while (!interruption.isCancelled()) {
                Thread.onSpinWait();
            }
            order.append("written");
        });
        hook[0].join();

        assertThat(order.toString()).isEqualTo("written hook");
    }

    /** Java's own ending waits for its compilers, for seconds where processors are scarce. */
    @Test
    void theSignalsExitCodeIsHandedOnWhenTheCommandHasTidiedUp() throws InterruptedException {
        Interruption interruption = new Interruption();
        Terminal terminal = Terminal.of(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        StringBuffer order = new StringBuffer();
        Thread hook = new Thread(() -> interruption.onShutdown(terminal, code -> order.append(" ended by " + code)));
        Thread handler = new Thread(
                () -> {
                    hook.start();
                    join(hook);
                },
                "SIGTERM handler"); // as Java calls it
        handler.start();
        while (!interruption.isCancelled()) {
            Thread.onSpinWait();
        }
        order.append("tidied");
        interruption.returned(false);
        handler.join();

        assertThat(order.toString()).isEqualTo("tidied ended by 143");
    }

    @Test
    void whoeverEndsWithoutASignalEndsAsJavaDoes() {
        Terminal terminal = Terminal.of(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        new Interruption().onShutdown(terminal, code -> {
            throw new AssertionError("there was no signal " + code);
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void aSignalEndsTheProcessWithItsCodeAndOneLineAndLeavesNoFile(Signals signal)
            throws IOException, InterruptedException {
        signal.assumeHeard();
        Path patterns = Samples.npy(folder.resolve("p.npy"), 20, Samples.RGB);
        Path outputs = Files.createDirectory(folder.resolve("outputs"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "learn",
                        patterns.toString(),
                        "-o",
                        outputs.resolve("m.engram").toString(),
                        "--updates",
                        "100000000"))
                .start();
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            String line = err.readLine();
            assertThat(line).startsWith("Learning");
            signal.send(process);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(signal.exitCode());
            assertThat(err.lines().filter(l -> l.startsWith("engram:")))
                    .containsExactly("engram: cancelled; nothing was written.");
            assertThat(outputs).isEmptyDirectory();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is computed here in a thread that is interrupted says so as any cancelled command does. */
    @Test
    void anInterruptedThreadCancelsItsCommand() {
        Path patterns = Samples.npy(folder.resolve("p.npy"), 4, Samples.GREY);
        StringWriter err = new StringWriter();
        Thread.currentThread().interrupt();
        int exitCode;
        try {
            exitCode = Main.run(
                    new String[] {
                        "learn",
                        patterns.toString(),
                        "-o",
                        folder.resolve("m.engram").toString()
                    },
                    new PrintWriter(new StringWriter()),
                    new PrintWriter(err));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCode.CANCELLED);
        assertThat(err.toString()).contains("engram: cancelled; nothing was written.");
        assertThat(folder.resolve("m.engram")).doesNotExist();
    }
}
