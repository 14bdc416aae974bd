package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the shell script {@code engram} does about the locale, by which Java decodes the names of files. */
@Timeout(120)
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "engram").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void aLocaleIsThere() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "bash is not installed: the launcher is not tested");
        assumeTrue(
                run(Map.of(), "locale -a").toLowerCase(Locale.ROOT).contains("utf"),
                "no locale of UTF-8 is installed: the launcher is not tested");
    }

    @Test
    void withoutALocaleNamesAreUtf8() throws IOException, InterruptedException {
        for (Map<String, String> environment : List.of(
                Map.<String, String>of(),
                Map.of("LC_ALL", "C"),
                Map.of("LC_ALL", "xx_YY.UTF-8"), // not installed
                Map.of("LC_CTYPE", "POSIX"),
                Map.of("LANG", "C"))) {
            assertThat(run(environment, chosen("locale charmap")))
                    .as(environment.toString())
                    .isEqualTo("UTF-8");
        }
    }

    @Test
    void aLocaleThatIsThereIsLeftAsItIs() throws IOException, InterruptedException {
        String utf8 = run(Map.of(), "locale -a | grep -i 'utf-*8$' | head -n 1");
        assertThat(run(Map.of("LANG", utf8), chosen("echo \"${LC_ALL-none} ${LC_CTYPE-none}\"")))
                .isEqualTo("none none");
        assertThat(run(Map.of("LC_ALL", utf8), chosen("echo \"$LC_ALL ${LC_CTYPE-none}\"")))
                .isEqualTo(utf8 + " none");
    }

    /** The program itself, as the launcher starts it, in a folder, and on a file, whose names are not ASCII. */
    @Test
    void aFileIsFoundWhateverTheLocale() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String learn = "mkdir größe && cd größe && printf '1,2\\n3,4\\n' > ä.csv && '%s' -cp '%s' dev.engram.cli.Main"
                        .formatted(java, System.getProperty("java.class.path"))
                + " corrupt ä.csv --mask left:0.5 -o ö.csv 2>&1; ls";
        assertThat(run(folder, Map.of("LC_ALL", "C"), chosen(learn)))
                .contains("Wrote 2 cues of shape 2 to ö.csv.")
                .endsWith("ä.csv\nö.csv");
    }

    /** The launcher's choice of a locale, and a command that follows it. */
    private static String chosen(String command) {
        return "eval \"$(sed -n '/^utf8_names() {/,/^}/p' '%s')\"; utf8_names; %s".formatted(SCRIPT, command);
    }

    private static String run(Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        return run(Path.of("."), environment, command);
    }

    private static String run(Path where, Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        Path script = Files.writeString(Files.createTempFile("launcher", ".sh"), command);
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/bash", script.toString())
                    .directory(where.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            builder.environment().put("PATH", System.getenv("PATH"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            byte[] out = process.getInputStream().readAllBytes();
            process.waitFor(1, TimeUnit.MINUTES);
            return new String(out, StandardCharsets.UTF_8).strip();
        } finally {
            Files.delete(script);
        }
    }
}
