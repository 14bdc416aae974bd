package dev.engram.experiments.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Silent;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.RunOptions;
import dev.engram.experiments.frame.Runner;
import dev.engram.experiments.report.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On the flags, which come with the build. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BaselinesTest {
    private Path folder = Path.of("");

    private Run run = new Run(new Baselines(), options(), List.of(), Map.of());

    private static RunOptions options() {
        return RunOptions.of(Profile.QUICK, Optional.empty(), 0, "engram reproduce baselines");
    }

    @BeforeAll
    void compute(@TempDir Path temporary) {
        folder = temporary;
        run = new Runner(options(), new Silent()).run(new Baselines(), folder.resolve("out"));
    }

    @Test
    void withoutPhotosTheFlagsAreTaken() {
        assertThat(run.outcomes()).hasSize(3).allMatch(o -> o.status() == CellOutcome.Status.DONE);
        assertThat(run.results().values("data")).containsExactly("flags");
    }

    @Test
    void nearestNeighbourFindsThemInNoise() {
        Results nearest = run.results().where("memory", "nearest neighbour").metric("recovered fraction");
        assertThat(nearest.all().stream().filter(m -> m.setting().parts().containsKey("noise")))
                .hasSize(6)
                .allMatch(m -> m.value() == 1);
    }

    @Test
    void knownValuesAreThoseOfTheUpperPart() {
        // 64 rows of 64 pixels of 3 values: an eighth of them is 8 rows.
        assertThat(run.results().where("patterns", 50).where("known", 0.125).value("known values"))
                .hasValue(8 * 64 * 3);
    }

    @Test
    void theAffineSpanLeavesTheNoiseOfItsDimensions() {
        Results noisy = run.results().where("patterns", 100).where("noise", "noise of variance 0.2");
        double error =
                noisy.where("memory", "affine span").value("mean squared error").orElseThrow();
        assertThat(error).isBetween(0.95 * 0.2 * 99 / 12288, 1.05 * 0.2 * 99 / 12288);
    }

    @Test
    void claimsAboutPhotosAreNotRun() {
        assertThat(run.claims().stream().filter(c -> c.setting().contains("CIFAR-10")))
                .hasSize(2)
                .allMatch(c -> c.verdict() == Verdict.NOT_RUN);
        assertThat(folder.resolve("out/figures/completion.svg")).exists();
        assertThat(folder.resolve("out/index.html")).content().contains("data:image/png;base64,", "not run");
    }
}
