package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.cli.console.Context;
import dev.engram.cli.console.Interruption;
import dev.engram.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents name is there: classes, files, headings, commands. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:/[a-z]+)*)/([A-Z]\\w+)(?:\\.(\\w+))?[`.]");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^    \\./engram (.*)$|`\\./engram ([^`]+ -o [^`]+)`");
    private static final int WIDEST = 120;

    @Test
    void everyClassAndMemberThatReferencesNamesIsInThatPackage() throws IOException {
        List<String> lost = new ArrayList<>();
        Matcher named = NAMED.matcher(Files.readString(ROOT.resolve("docs/references.md")));
        int count = 0;
        while (named.find()) {
            count++;
            String file = "/%s/%s.java".formatted(named.group(1), named.group(2));
            List<Path> found = sources().stream()
                    .filter(path -> path.toString().replace('\\', '/').endsWith(file))
                    .toList();
            if (found.isEmpty()
                    || named.group(3) != null && !Files.readString(found.get(0)).contains(named.group(3))) {
                lost.add(named.group());
            }
        }
        assertThat(count).isGreaterThan(50);
        assertThat(lost).isEmpty();
    }

    @Test
    void everyPackageHasItsPlaceInTheArchitecture() throws IOException {
        String architecture = Files.readString(ROOT.resolve("docs/architecture.md"));
        Set<String> packages = sources().stream()
                .map(path -> path.getParent().getFileName().toString())
                .filter(name -> !Set.of("engram", "cli", "experiments", "playground", "benchmarks")
                        .contains(name))
                .filter(name ->
                        !name.matches("answers|attractors|baselines|graphs|hopfield|salvatori|sequences|twoway"))
                .collect(Collectors.toSet());
        assertThat(packages).hasSizeGreaterThan(30).allSatisfy(name -> assertThat(architecture)
                .containsPattern("[`.]" + name + "`"));
    }

    /** Tables and commands, whose lines cannot be broken, apart. */
    @Test
    void linesAreNoLongerThanAHundredAndTwenty() throws IOException {
        List<String> wide = new ArrayList<>();
        for (Path file : documents()) {
            for (String line : Files.readAllLines(file)) {
                boolean isProse = !line.startsWith("|") && !line.startsWith("    ") && !line.startsWith("#");
                if (isProse && line.codePointCount(0, line.length()) > WIDEST && !line.contains("](")) {
                    wide.add("%s: %s".formatted(file.getFileName(), line));
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeading() throws IOException {
        List<String> broken = new ArrayList<>();
        int count = 0;
        for (Path file : documents()) {
            Matcher link = LINK.matcher(Files.readString(file));
            while (link.find()) {
                if (link.group(1).contains(":")) {
                    continue; // elsewhere
                }
                count++;
                Path target = link.group(1).isEmpty() ? file : file.resolveSibling(link.group(1));
                if (!Files.exists(target)
                        || link.group(2) != null && !headings(target).contains(link.group(2))) {
                    broken.add("%s: %s".formatted(ROOT.relativize(file), link.group()));
                }
            }
        }
        assertThat(count).isGreaterThan(100);
        assertThat(broken).isEmpty();
    }

    /** As far as the command line reads them: commands, options and their values. */
    @Test
    void everyCommandIsOneTheProgramUnderstands() throws IOException {
        List<String> refused = new ArrayList<>();
        int count = 0;
        for (Path file : documents()) {
            Matcher command = COMMAND.matcher(Files.readString(file));
            while (command.find()) {
                String text = command.group(1) == null ? command.group(2) : command.group(1);
                String[] words = text.replaceAll("#.*|  .*", "").strip().split(" +");
                count++;
                try {
                    EngramCommand.commandLine(context(), true).parseArgs(words);
                } catch (CommandLine.ParameterException e) {
                    refused.add("%s: %s: %s".formatted(ROOT.relativize(file), text, e.getMessage()));
                }
            }
        }
        assertThat(count).isGreaterThan(50);
        assertThat(refused).isEmpty();
    }

    private static Context context() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Context(Terminal.of(nowhere, nowhere), new Interruption());
    }

    private static Set<String> headings(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(path -> !path.getFileName().toString().equals("package-info.java"))
                    .toList();
        }
    }
}
