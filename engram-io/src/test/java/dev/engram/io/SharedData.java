package dev.engram.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The research data beside the project, which is not part of it: tests that need it skip where it is absent. */
public final class SharedData {
    private SharedData() {}

    /** The folder {@code shared/data} beside the project, found by walking up from the working folder. */
    public static Optional<Path> find() {
        return Stream.iterate(Path.of("").toAbsolutePath(), p -> p.getParent() != null, Path::getParent)
                .map(p -> p.resolveSibling("shared").resolve("data"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** The file in it; skips the test, saying so, when it is not there. */
    public static Path require(String name) {
        Optional<Path> file = find().map(p -> p.resolve(name)).filter(Files::exists);
        Assumptions.assumeTrue(file.isPresent(), "skipped: ../shared/data/" + name + " is not there");
        return file.orElseThrow();
    }
}
