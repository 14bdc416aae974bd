package dev.engram.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The real NumPy as an oracle, where python3 has it. */
public final class Python {
    private Python() {}

    /** Runs a script and gives what it prints; skips the test, saying so, when a package is missing. */
    public static String run(Path folder, List<String> packages, String script, Path... arguments) throws Exception {
        String imports = "import " + String.join(", ", packages);
        Assumptions.assumeTrue(succeeds(folder, imports), "skipped: no python3 with " + packages);
        Path file = Files.writeString(folder.resolve("script.py"), imports + "\nimport sys\n" + script);
        List<String> command = new ArrayList<>(List.of("python3", file.toString()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(output);
        }
        return output.strip();
    }

    private static boolean succeeds(Path folder, String code) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("python3", "-c", code)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("probe.txt").toFile())
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
