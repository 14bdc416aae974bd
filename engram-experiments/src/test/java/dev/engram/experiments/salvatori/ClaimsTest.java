package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Small;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Verdicts on made-up numbers. */
class ClaimsTest {
    @TempDir
    Path folder;

    private List<Claim> claims(Experiment experiment, Consumer<Workbench> numbers) {
        return Small.claims(experiment, folder, numbers);
    }

    private static Claim of(List<Claim> claims, String words, String setting) {
        return claims.stream()
                .filter(c -> c.claim().contains(words) && c.setting().contains(setting))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("No claim has \"%s\" at %s: %s".formatted(words, setting, claims)));
    }

    private static CellSetting network(String data, int patterns, int hidden) {
        return CellSetting.of("data", data).with("patterns", patterns).with("hidden", hidden);
    }

    static List<Experiment> experiments() {
        return List.of(
                new Figure3(),
                new Figure4(),
                new Figure6(),
                new Figure7(),
                new Figure8(),
                new Figure9(),
                new Table1(),
                new Figure10());
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void withoutNumbersNothingIsRun(Experiment experiment) {
        assertThat(claims(experiment, bench -> {})).isNotEmpty().allMatch(c -> c.verdict() == Verdict.NOT_RUN);
    }

    @ParameterizedTest
    @CsvSource({"0.992, MET", "0.988, NOT_MET"})
    void figure3StoresFrom99PerCent(double fraction, Verdict verdict) {
        List<Claim> claims = claims(
                new Figure3(),
                bench -> bench.measure(
                        network("CIFAR-10", 250, 512)
                                .with("noise", "variance 0.2")
                                .with(MEMORY, Figure3Cell.BEST),
                        RECOVERED,
                        fraction));
        assertThat(of(claims, "250 pictures of CIFAR-10", "variance").verdict()).isEqualTo(verdict);
        assertThat(of(claims, "250 pictures of CIFAR-10", "deviation").verdict())
                .isEqualTo(Verdict.NOT_RUN);
    }

    @Test
    void figure3CountsPicturesOfTheThousand() {
        List<Claim> claims = claims(
                new Figure3(),
                bench -> bench.measure(
                        network("Tiny ImageNet", 1000, 512)
                                .with("noise", "variance 0.2")
                                .with(MEMORY, Figure3Cell.BEST),
                        RECOVERED,
                        0.201));
        Claim claim = of(claims, "more than 200", "variance");
        assertThat(claim.ours()).isEqualTo("201 pictures");
        assertThat(claim.verdict()).isEqualTo(Verdict.NOT_MET);
    }

    @ParameterizedTest
    @CsvSource({"0.5, NOT_MET", "0.52, MET"})
    void figure6WantsMoreThanHalfFromASixteenth(double fraction, Verdict verdict) {
        List<Claim> claims = claims(
                new Figure6(),
                bench -> bench.measure(
                        network("Tiny ImageNet", 50, 1024).with("known", 0.0625).with(MEMORY, PAPER),
                        RECOVERED,
                        fraction));
        assertThat(of(claims, "More than half", "λ = 1").verdict()).isEqualTo(verdict);
        assertThat(of(claims, "More than half", "annealed").verdict()).isEqualTo(Verdict.NOT_RUN);
    }

    @Test
    void figure7HoldsLimitsAgainstTheWorstAndTheBestNetwork() {
        List<Claim> claims = claims(new Figure7(), bench -> {
            for (int patterns : List.of(50, 500)) {
                for (int hidden : List.of(512, 1024)) {
                    // 50: 1 and 0.9 from a quarter; 500: nothing and a little.
                    double fraction = patterns == 50 ? hidden == 512 ? 1 : 0.9 : hidden == 512 ? 0 : 0.002;
                    bench.measure(
                            network("Tiny ImageNet", patterns, hidden)
                                    .with("known", 0.25)
                                    .with(MEMORY, PAPER),
                            RECOVERED,
                            fraction);
                }
            }
        });
        assertThat(of(claims, "all of them from 1/4", "").value()).isEqualTo(0.9);
        assertThat(of(claims, "all of them from 1/4", "").verdict()).isEqualTo(Verdict.NOT_MET);
        assertThat(of(claims, "none comes back", "").value()).isEqualTo(0.002);
        assertThat(of(claims, "none comes back", "").verdict()).isEqualTo(Verdict.NOT_MET);
        assertThat(of(claims, "the harder", "").ours()).isEqualTo("0 of 2 pairs say otherwise");
        assertThat(of(claims, "the harder", "").verdict()).isEqualTo(Verdict.MET);
    }

    @ParameterizedTest
    @CsvSource({"500, 'Ten layers', MET", "100, '(On the quick', NOT_MET"})
    void figure8SaysWhereTheTaskIsNotThePapers(int patterns, String begins, Verdict deeper) {
        List<Claim> claims = claims(new Figure8(), bench -> {
            for (int layers : List.of(3, 10)) {
                bench.measure(
                        network("Tiny ImageNet", patterns, 1024)
                                .with("layers", layers)
                                .with("known", 0.25)
                                .with(MEMORY, PAPER),
                        RECOVERED,
                        layers == 3 ? 0.5 : patterns == 500 ? 0.74 : 0.4);
            }
        });
        Claim ten = of(claims, "en layers complete 74", "λ = 1");
        assertThat(ten.claim()).startsWith(begins);
        assertThat(ten.verdict()).isEqualTo(deeper);
        assertThat(of(claims, "deeper the network", "λ = 1").verdict()).isEqualTo(deeper);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 10, MET", "0.22, 11, NOT_MET", "0, 0, MET"})
    void table1IsMetWithinFivePictures(double fraction, int pictures, Verdict verdict) {
        // The paper has 5 of 50 from a half.
        List<Claim> claims = claims(
                new Table1(),
                bench -> bench.measure(
                        network("CIFAR-10", 50, 1024).with("known", 0.5).with(MEMORY, Figure9.MODERN),
                        RECOVERED,
                        fraction));
        Claim claim = of(claims, "N = 50, p = 1/2", "");
        assertThat(claim.value()).isEqualTo(pictures);
        assertThat(claim.verdict()).isEqualTo(verdict);
    }
}
