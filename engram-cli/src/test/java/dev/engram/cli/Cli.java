package dev.engram.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Runs the program within the test. */
public final class Cli {
    private Cli() {}

    /** What a command left behind. */
    public record Result(int exitCode, String out, String err) {
        public List<String> errorLines() {
            return err.lines().toList();
        }
    }

    /** @param args text or paths */
    public static Result run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
        int exitCode = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** A small memory of the patterns. */
    public static Path learned(Path patterns, Path memory) {
        Result result = run("learn", patterns, "-o", memory, "--updates", 20, "--seed", 3);
        if (result.exitCode() != 0) {
            throw new AssertionError(result.err());
        }
        return memory;
    }
}
