package dev.engram.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's library example is compiled and run as it stands there. */
class ReadmeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theLibraryExampleCompilesAndBringsTheFlagsBack(@TempDir Path folder) throws Exception {
        Matcher block = JAVA_BLOCK.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).as("a Java example in README.md").isTrue();
        Path source = folder.resolve("Example.java");
        Files.writeString(source, """
                import dev.engram.io.*;
                import dev.engram.learning.*;
                import dev.engram.memory.*;
                import dev.engram.memory.pcn.*;
                public class Example {
                    public static void run() {
                %s
                    }
                }
                """.formatted(block.group(1)));
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), "-proc:none", source.toString());
        assertThat(failures).isZero();
        assertThat(outputOf(folder)).matches("2[2-5]\\d of 258 flags came back\\s*");
    }

    private static String outputOf(Path classes) throws Exception {
        PrintStream original = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(original);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
