package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code engram} of the archive, whose functions the one of a clone uses: the locale, which Java, and how it is started. */
@Timeout(120)
class LauncherTest {
    private static final Path SCRIPT = Path.of("src", "dist", "bin", "engram").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void aLocaleIsThere() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no sh: the launcher is not tested");
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
            assertThat(run(environment, with("locale charmap")))
                    .as(environment.toString())
                    .isEqualTo("UTF-8");
        }
    }

    @Test
    void aLocaleThatIsThereIsLeftAsItIs() throws IOException, InterruptedException {
        String utf8 = run(Map.of(), "locale -a | grep -i 'utf-*8$' | head -n 1");
        assertThat(run(Map.of("LANG", utf8), with("echo \"${LC_ALL-none} ${LC_CTYPE-none}\"")))
                .isEqualTo("none none");
        assertThat(run(Map.of("LC_ALL", utf8), with("echo \"$LC_ALL ${LC_CTYPE-none}\"")))
                .isEqualTo(utf8 + " none");
    }

    /** The program itself, as the launcher starts it, in a folder, and on a file, whose names are not ASCII. */
    @Test
    void aFileIsFoundWhateverTheLocale() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String learn = "mkdir größe && cd größe && printf '1,2\\n3,4\\n' > ä.csv && '%s' -cp '%s' dev.engram.cli.Main"
                        .formatted(java, System.getProperty("java.class.path"))
                + " corrupt ä.csv --mask left:0.5 -o ö.csv 2>&1; ls";
        assertThat(run(folder, Map.of("LC_ALL", "C"), with(learn)))
                .contains("Wrote 2 cues of shape 2 to ö.csv.")
                .endsWith("ä.csv\nö.csv");
    }

    @Test
    void theArchivesLauncherStartsThroughALinkFromAnEmptyEnvironment() throws IOException, InterruptedException {
        Path home = Files.createDirectories(folder.resolve("two words/bin")).getParent();
        Files.copy(SCRIPT, home.resolve("bin/engram"), StandardCopyOption.COPY_ATTRIBUTES);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(entry -> Path.of(entry).toUri().toString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(home.resolve("engram.jar")), manifest).close();
        Files.createSymbolicLink(folder.resolve("link"), Path.of("two words/bin/engram"));

        String java = Path.of(System.getProperty("java.home"), "bin").toString();
        assertThat(run(folder, Map.of("PATH", java + ":/usr/bin:/bin"), "./link --version 2>&1"))
                .startsWith("engram ")
                .contains("BLAS: ")
                .doesNotContain("WARNING");
    }

    @Test
    void javaGetsItsOptionsOneByOne() throws IOException, InterruptedException {
        Path java = fakeJava("21.0.1");
        String start = with("find_java java; start /lib/engram.jar learn 'my photos'");
        Map<String, String> bare = Map.of("JAVA_HOME", java.toString(), "PATH", "/nowhere");
        assertThat(run(folder, bare, start).lines())
                .containsExactly(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xshare:auto",
                        "-Djava.awt.headless=true",
                        "-XX:+UseParallelGC",
                        "-cp",
                        "/lib/engram.jar",
                        "dev.engram.cli.Main",
                        "learn",
                        "my photos");

        Map<String, String> more = new HashMap<>(bare);
        more.put("ENGRAM_JAVA_OPTS", "-Xmx1g  -Da=/* -XX:+UseSerialGC");
        more.put("ENGRAM_CLASSPATH", "own.jar");
        assertThat(run(folder, more, start).lines())
                .contains("-Xmx1g", "-Da=/*", "-XX:+UseSerialGC", "/lib/engram.jar:own.jar")
                .doesNotContain("-XX:+UseParallelGC", "");
    }

    @Test
    void aJavaThatIsTooOldOrMissingIsSaidSo() throws IOException, InterruptedException {
        assumeTrue(Files.notExists(Path.of("/usr/libexec/java_home")), "macOS knows all Javas of the machine");
        Path java = fakeJava("11.0.2");
        String find = with("elsewhere() { return 1; }; find_java java") + " 2>&1";
        assertThat(run(folder, Map.of("JAVA_HOME", java.toString(), "PATH", "/nowhere"), find))
                .startsWith(
                        "engram: needs a Java runtime, version 17 or newer (found only Java 11.0.2 in " + java + "). ");
        assertThat(run(folder, Map.of("PATH", "/nowhere"), find))
                .isEqualTo("engram: needs a Java runtime, version 17 or newer. Install one (Debian, Ubuntu: apt install"
                        + " openjdk-17-jre-headless; macOS: brew install openjdk) or set JAVA_HOME to it.");
    }

    /** A folder that looks like a Java of this version, whose command says what it is given. */
    private Path fakeJava(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("java-" + version).resolve("bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(bin.resolveSibling("release"), "JAVA_VERSION=\"" + version + "\"\n");
        return bin.getParent();
    }

    /** The launcher's functions, its choice of a locale, and a command that follows. */
    private static String with(String command) {
        return "engram_functions_only=yes; . '%s'; %s".formatted(SCRIPT, command);
    }

    private static String run(Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        return run(Path.of("."), environment, command);
    }

    private static String run(Path where, Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        Path script = Files.writeString(Files.createTempFile("launcher", ".sh"), command);
        try {
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", script.toString())
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
