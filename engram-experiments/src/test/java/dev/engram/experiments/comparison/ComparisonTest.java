package dev.engram.experiments.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.engram.experiments.Silent;
import dev.engram.io.PatternSet;
import dev.engram.io.memory.Software;
import dev.engram.linalg.LinearAlgebra;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Damage;
import dev.engram.memory.MemoryModel;
import dev.engram.memory.Region;
import dev.engram.memory.Shape;
import dev.engram.memory.baseline.NearestNeighbourOptions;
import dev.engram.memory.hopfield.HopfieldOptions;
import dev.engram.memory.hopfield.HopfieldRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final LinearAlgebra LA = LinearAlgebra.shared();
    private static final Shape SHAPE = Shape.of(6, 7, 3);

    @TempDir
    Path folder;

    /** Steps it was told of; may stop it. */
    private static final class Steps extends Silent {
        private final List<String> names = new ArrayList<>();
        private final int most;

        Steps(int most) {
            this.most = most;
        }

        @Override
        public void at(int steps, int of, double share, String next) {
            assertThat(steps).isEqualTo(next.isEmpty() ? of : names.size());
            assertThat(share).isEqualTo((double) steps / of);
            names.add(next);
        }

        @Override
        public boolean goesOn() {
            return names.size() < most;
        }
    }

    @Test
    void everyMemoryIsShownEveryDamage() {
        PatternSet set = random(9, SHAPE);
        List<Damage> damages = damages();
        Steps steps = new Steps(Integer.MAX_VALUE);
        Comparison comparison = Comparison.run(set, Entrant.all(), damages, 3, Comparison.PATIENCE, steps, LA);

        assertThat(comparison.standings()).hasSameSizeAs(Entrant.all()).allMatch(Standing::tookPart);
        assertThat(comparison.standings()).allSatisfy(s -> {
            assertThat(s.outcomes()).hasSize(3);
            assertThat(s.outcomes()).allMatch(o -> o.asked() == 9 && o.shown().rows() == 9);
            assertThat(s.learningSeconds()).isGreaterThanOrEqualTo(0);
        });
        assertThat(steps.names).hasSize(Entrant.all().size() * 4 + 1).endsWith("");
        Standing nearest = comparison.standings().get(0);
        assertThat(nearest.bytes()).isEqualTo(4L * 9 * 126);
        assertThat(nearest.recovered()).isEqualTo(1);
        assertThat(nearest.outcomes()).allMatch(o -> o.medianError() == 0 && o.worstError() == 0);
    }

    /** Every cue is paired with its own original, however the cues were put in order, and with its own mask. */
    @Test
    void answersGoWithTheirPatterns() {
        PatternSet set = random(40, SHAPE);
        Comparison comparison = run(set, new NearestNeighbourOptions(), damages());
        assertThat(comparison.standings().get(0).recovered()).isEqualTo(1);
        Matrix shown = comparison.standings().get(0).outcomes().get(0).shown();
        assertThat(shown).isEqualTo(set.patterns().rows(0, 3, 6, 10, 13, 16, 20, 23, 26, 30, 33, 36));
    }

    @Test
    void ofVeryManyPatternsSomeAreAskedForEvenlyChosen() {
        assertThat(Comparison.asked(3)).containsExactly(0, 1, 2);
        int[] asked = Comparison.asked(1250);
        assertThat(asked).hasSize(500).startsWith(0, 2, 5, 7, 10).endsWith(1247);
        PatternSet set = random(1250, Shape.of(5));
        Comparison comparison = run(
                set, new NearestNeighbourOptions(), List.of(new Damage.Known("part", Region.parse("random-each:0.9"))));
        assertThat(comparison.standings().get(0).outcomes().get(0).asked()).isEqualTo(500);
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        PatternSet set = random(9, SHAPE);
        assertThat(report(set, 3).rows()).isEqualTo(report(set, 3).rows());
        assertThat(report(set, 4).rows()).isNotEqualTo(report(set, 3).rows());
    }

    @Test
    void whatDoesNotFitSaysWhy() {
        PatternSet set = random(2, Shape.of(50_000));
        Comparison comparison =
                run(set, HopfieldOptions.defaults().withRule(HopfieldRule.HEBB), List.of(Damage.ofVariance(0.1)));
        Standing absent = comparison.standings().get(0);
        assertThat(absent.tookPart()).isFalse();
        assertThat(absent.remark()).contains("50,000 x 50,000");
    }

    @Test
    void aBinaryNetworkIsRemarkedUponWherePatternsAreNot() {
        MemoryModel hopfield = HopfieldOptions.defaults().withRule(HopfieldRule.HEBB);
        List<Damage> damages = List.of(Damage.ofVariance(0.1));
        assertThat(run(random(3, SHAPE), hopfield, damages).standings().get(0).remark())
                .contains("0 and 1 only");
        Matrix binary = Matrix.ofRows(new float[] {1, 0, 1, 0}, new float[] {1, 1, 0, 0});
        PatternSet set = PatternSet.of(binary, Shape.of(4), List.of("a", "b"), List.of());
        assertThat(run(set, hopfield, damages).standings().get(0).remark()).isEmpty();
    }

    @Test
    void withoutPatienceANetworkIsTakenAsItIsAfterItsFirstUpdate() {
        Comparison comparison = Comparison.run(
                random(9, SHAPE),
                Entrant.all(),
                List.of(Damage.ofVariance(0.1)),
                3,
                0,
                new Steps(Integer.MAX_VALUE),
                LA);
        Standing autoencoder = comparison.standings().stream()
                .filter(standing -> standing.entrant().name().equals("autoencoder"))
                .findFirst()
                .orElseThrow();
        assertThat(autoencoder.remark()).startsWith("stopped learning after 1 of ");
        assertThat(autoencoder.tookPart()).isTrue();
    }

    @Test
    void itCanBeStopped() {
        Comparison comparison =
                Comparison.run(random(9, SHAPE), Entrant.all(), damages(), 3, Comparison.PATIENCE, new Steps(6), LA);
        assertThat(comparison.standings()).hasSize(2);
    }

    @Test
    void theReportHoldsTheAdviceTheNumbersAndThePictures() throws IOException {
        report(random(9, SHAPE), 3).write(folder.resolve("r"));
        String page = Files.readString(folder.resolve("r/index.html"));
        assertThat(page)
                .contains("Which memory for these patterns?", "nearest neighbour", "The rule: ", "engram compare x")
                .contains("data:image/png;base64", "Noise of variance 0.01");
        List<String> lines = Files.readAllLines(folder.resolve("r/comparison.csv"));
        assertThat(lines).hasSize(1 + 3 * Entrant.all().size());
        assertThat(lines.get(1)).startsWith("nearest neighbour,nearest-neighbour,,4536,");
        assertThat(Files.readString(folder.resolve("r/results.json"))).doesNotContain("seconds");
        assertThat(folder.resolve("r/tables/errors.csv")).exists();
    }

    private static ComparisonReport report(PatternSet set, long seed) {
        Comparison comparison = Comparison.run(
                set, Entrant.all(), damages(), seed, Comparison.PATIENCE, new Steps(Integer.MAX_VALUE), LA);
        return new ComparisonReport(comparison, Software.current("a test"), "engram compare x");
    }

    private static Comparison run(PatternSet set, MemoryModel model, List<Damage> damages) {
        return Comparison.run(
                set,
                List.of(new Entrant("m", model)),
                damages,
                0,
                Comparison.PATIENCE,
                new Steps(Integer.MAX_VALUE),
                LA);
    }

    private static List<Damage> damages() {
        return List.of(
                Damage.ofVariance(0.01),
                new Damage.Known("half", Region.parse("top:0.5")),
                new Damage.Known("parts", Region.parse("random-each:0.5")));
    }

    private static PatternSet random(int count, Shape shape) {
        SplittableRandom random = new SplittableRandom(count);
        float[] values = new float[count * shape.values()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        String[] names = new String[count];
        IntStream.range(0, count).forEach(i -> names[i] = "p" + i);
        return PatternSet.of(Matrix.wrap(count, shape.values(), values), shape, Arrays.asList(names), List.of());
    }

    /** Half of 64 values is black: the network believes it, the one with codes finds out. */
    @Test
    void damageThatNobodyMarkedIsFoundByCodes() {
        PatternSet set = random(9, SHAPE);
        Damage damage = new Damage.Covered("black", Region.parse("bottom:0.5"), Damage.Cover.BLACK);
        Comparison comparison = Comparison.run(
                set, Entrant.all(), List.of(damage), 3, Comparison.PATIENCE, new Steps(Integer.MAX_VALUE), LA);
        assertThat(recovered(comparison, "pcn with codes")).isEqualTo(1);
        assertThat(recovered(comparison, "pcn")).isZero();
    }

    private static double recovered(Comparison comparison, String name) {
        return comparison.standings().stream()
                .filter(s -> s.entrant().name().equals(name))
                .findFirst()
                .orElseThrow()
                .recovered();
    }
}
