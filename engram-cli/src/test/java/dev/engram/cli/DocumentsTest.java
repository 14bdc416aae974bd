package dev.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents name in the code is there. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([a-z]+(?:/[a-z]+)*)/([A-Z]\\w+)(?:\\.(\\w+))?[`.]");
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
                .filter(name -> !name.matches("answers|attractors|baselines|graphs|hopfield|salvatori|sequences"))
                .collect(Collectors.toSet());
        assertThat(packages).hasSizeGreaterThan(30).allSatisfy(name -> assertThat(architecture)
                .containsPattern("[`.]" + name + "`"));
    }

    /** Tables and commands, whose lines cannot be broken, apart. */
    @Test
    void linesAreNoLongerThanAHundredAndTwenty() throws IOException {
        List<String> wide = new ArrayList<>();
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            for (Path file : Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    boolean isProse = !line.startsWith("|") && !line.startsWith("    ") && !line.startsWith("#");
                    if (isProse && line.codePointCount(0, line.length()) > WIDEST && !line.contains("](")) {
                        wide.add("%s: %s".formatted(file.getFileName(), line));
                    }
                }
            }
        }
        assertThat(wide).isEmpty();
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
