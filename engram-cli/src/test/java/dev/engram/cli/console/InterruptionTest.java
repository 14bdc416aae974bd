package dev.engram.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.engram.cli.Main;
import dev.engram.cli.Samples;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                interruption.onShutdown(terminal);
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

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @Timeout(60)
    void aSignalEndsTheProcessWithItsCodeAndOneLineAndLeavesNoFile(String signal, int code)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill here to send signals with");
        assumeFalse(
                signal.equals("INT") && ignoresInterrupts(),
                "SIGINT is ignored here, as in every background job of a script");
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
            new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(code);
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

    /** A process that begins with SIGINT ignored passes that on to the processes it starts. */
    private static boolean ignoresInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(l -> l.startsWith("SigIgn:"))
                    .anyMatch(l -> (Long.parseUnsignedLong(l.substring(7).strip(), 16) & 2) != 0);
        }
    }
}
