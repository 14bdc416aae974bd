package dev.engram.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Signals to processes that a test has started. */
public enum Signals {
    INT(130),
    TERM(143);

    private final int exitCode;

    Signals(int exitCode) {
        this.exitCode = exitCode;
    }

    /** With which a process ends that this signal ends. */
    public int exitCode() {
        return exitCode;
    }

    /** Skips the test where this signal cannot be sent, or would not arrive. */
    public void assumeHeard() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill here to send signals with");
        assumeTrue(isHeard(), "SIGINT is ignored here, as in every background job of a script");
    }

    /** A process that begins with SIGINT ignored passes that on to the processes it starts. */
    public boolean isHeard() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (this == TERM || !Files.isReadable(status)) {
            return true;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(l -> l.startsWith("SigIgn:"))
                    .allMatch(l -> (Long.parseUnsignedLong(l.substring(7).strip(), 16) & 2) == 0);
        }
    }

    public void send(Process process) throws IOException, InterruptedException {
        send(name(), process);
    }

    /** Lets a process of Java's print what its threads do. */
    static void askForThreads(Process process) throws IOException, InterruptedException {
        send("QUIT", process);
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }
}
