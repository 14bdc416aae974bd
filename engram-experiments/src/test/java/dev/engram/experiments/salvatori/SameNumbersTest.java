package dev.engram.experiments.salvatori;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.RunCancelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real cells, a predictive-coding network's and an autoencoder's: what does not come from the clock is the same, byte by byte. */
class SameNumbersTest {
    /** Of the clock, or with times in it. */
    private static final List<String> TIMES = List.of("index.html", "timings.csv", "cells");

    @TempDir
    Path folder;

    private final Small experiment = new Small(
            new Figure8(),
            new Figure8().cells(Profile.QUICK, new DataFolder(Optional.empty())).subList(0, 2));

    @BeforeEach
    void pictures() throws IOException {
        Small.pictures(folder, "cifar10-train-3000.npz", 100, 12, 12, 3);
    }

    @Test
    void twoRunsWithOneSeedGiveTheSameNumbers() throws IOException {
        experiment.run(folder, folder.resolve("once"));
        experiment.run(folder, folder.resolve("again"));
        Map<String, String> once = files("once");
        assertThat(once)
                .containsKeys("results.json", "measurements.csv", "tables/numbers.csv", "figures/recovered.svg");
        assertThat(files("again")).isEqualTo(once);
    }

    @Test
    void aRunThatWasStoppedInACellEndsWithTheNumbersOfOneThatWasNot() throws IOException {
        experiment.run(folder, folder.resolve("whole"));
        assertThatThrownBy(() -> experiment.runInterrupted(folder, folder.resolve("stopped")))
                .isInstanceOf(RunCancelled.class);
        assertThat(files("stopped")).doesNotContainKey("results.json");
        try (Stream<Path> kept = Files.list(folder.resolve("stopped/cells"))) {
            assertThat(kept).hasSize(1);
        }
        experiment.run(folder, folder.resolve("stopped"));
        assertThat(files("stopped")).isEqualTo(files("whole"));
    }

    private Map<String, String> files(String run) throws IOException {
        Path root = folder.resolve(run);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .filter(file ->
                            !TIMES.contains(root.relativize(file).getName(0).toString()))
                    .collect(Collectors.toMap(
                            file -> root.relativize(file).toString(),
                            SameNumbersTest::content,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
