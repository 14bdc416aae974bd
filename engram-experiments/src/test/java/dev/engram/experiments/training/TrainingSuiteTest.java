package dev.engram.experiments.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.engram.experiments.Silent;
import dev.engram.experiments.Small;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellOutcome;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Run;
import dev.engram.experiments.frame.RunOptions;
import dev.engram.experiments.frame.Runner;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.ClassLabels;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Verdict;
import dev.engram.graph.FeedForwardGraph;
import dev.engram.graph.Mlp;
import dev.engram.graph.Node;
import dev.engram.graph.NodeEnergy;
import dev.engram.graph.Observations;
import dev.engram.graph.Parameters;
import dev.engram.graph.op.Operations;
import dev.engram.linalg.Precision;
import dev.engram.linalg.Tensor;
import dev.engram.optimiser.Optimiser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The suite in small, on examples by chance; its statistics against SciPy, its measures by hand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingSuiteTest {
    private static final String TINY = "tiny";

    private Path folder = Path.of("");
    private Run run = new Run(new TrainingSuite(), options(), List.of(), Map.of());

    private static RunOptions options() {
        return RunOptions.of(Profile.QUICK, Optional.empty(), 0, "engram reproduce training");
    }

    private static FeedForwardGraph tiny() {
        return Mlp.of(8, 12, 10)
                .withActivation(Operations.tanh())
                .withOutput(NodeEnergy.CATEGORICAL)
                .build();
    }

    /** Ten directions and noise around them. */
    private static Digits draw(Workbench bench, FeedForwardGraph net, Digits.Look look, double chosenBy, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Digits(examples(net, random, 60), examples(net, random, 30), examples(net, random, 50));
    }

    private static Observations examples(FeedForwardGraph net, SplittableRandom random, int count) {
        int inputs = Tensor.sizeOf(net.input().shape());
        int[] labels = IntStream.range(0, count).map(i -> i % Digits.CLASSES).toArray();
        int[] shape = IntStream.concat(
                        IntStream.of(count), IntStream.of(net.input().shape()))
                .toArray();
        Tensor x = Tensor.zeros(Precision.FLOAT, shape);
        for (int i = 0; i < x.size(); i++) {
            SplittableRandom direction = new SplittableRandom(labels[i / inputs] * 1000L + i % inputs);
            x.set(i, direction.nextGaussian() + 0.3 * random.nextGaussian());
        }
        return Observations.of(net.input(), x).and(net.output(), ClassLabels.oneHot(labels, Digits.CLASSES));
    }

    private static Plan plan(String part, String network, Method method, boolean curvatures) {
        return new Plan(
                part,
                network,
                TrainingSuiteTest::tiny,
                Digits.Look.FLAT,
                method,
                Optimiser.adam(0.02),
                20,
                6,
                0,
                Digits.CHOSEN_BY,
                0,
                part.equals(TrainingSuite.TRAINING) ? 3 : 0,
                curvatures);
    }

    private static Small small() {
        List<Cell> cells = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            for (Method method :
                    List.of(Method.BACKPROPAGATION, Method.EXACT, Plans.fixedPrediction(), Plans.strictOfMeanLoss())) {
                cells.add(cell(plan(TrainingSuite.TRAINING, Plans.LENET, method, false), seed));
            }
        }
        cells.add(cell(plan(TrainingSuite.DEPTH, TINY, Method.errorBased(0.3, 3), false), 0));
        cells.add(cell(plan(TrainingSuite.CURVATURE, Plans.STEEP, Method.strict(0.1, 5), true), 0));
        Plans.steps()
                .forEach((name, schedule) -> cells.add(Cell.of(
                        CellSetting.of(TrainingSuite.PART, TrainingSuite.STEPS)
                                .with(TrainingSuite.NETWORK, Plans.LENET)
                                .with(TrainingSuite.METHOD, name),
                        bench -> new StepsCell(bench, TrainingSuiteTest::tiny, TrainingSuiteTest::draw, 20)
                                .run(schedule))));
        return new Small(new TrainingSuite(), cells);
    }

    private static Cell cell(Plan plan, int seed) {
        CellSetting setting = CellSetting.of(TrainingSuite.PART, plan.part())
                .with(TrainingSuite.NETWORK, plan.network())
                .with(TrainingSuite.METHOD, plan.method())
                .with(TrainingSuite.SEED, seed);
        return Cell.of(setting, bench -> new TrialCell(bench, plan, TrainingSuiteTest::draw, seed).run());
    }

    @BeforeAll
    void compute(@TempDir Path temporary) {
        folder = temporary.resolve("out");
        run = new Runner(options(), new Silent()).run(small(), folder);
    }

    private Results of(String part, String method) {
        return run.results().where(TrainingSuite.PART, part).where(TrainingSuite.METHOD, method);
    }

    @Test
    void everyCellFinishesAndTrains() {
        assertThat(run.outcomes()).allMatch(cell -> cell.status() == CellOutcome.Status.DONE);
        assertThat(of(TrainingSuite.TRAINING, "backpropagation").numbers(TrialCell.ACCURACY))
                .allMatch(accuracy -> accuracy > 0.8);
        assertThat(of(TrainingSuite.TRAINING, "exact")
                        .numbers(TrialCell.ACCURACY)
                        .toArray())
                .as("exact is backpropagation")
                .containsExactly(of(TrainingSuite.TRAINING, "backpropagation")
                        .numbers(TrialCell.ACCURACY)
                        .toArray());
        assertThat(of(TrainingSuite.TRAINING, "exact").numbers(TrialCell.COSINE))
                .allMatch(cosine -> Math.abs(cosine - 1) < 1e-6);
    }

    @Test
    void fixedPredictionsHaveTheBinomialShareOfEachGradient() {
        double[] ratios = of(TrainingSuite.STEPS, "fixed prediction")
                .where(StepsCell.STEPS, Plans.FIXED_STEPS)
                .numbers(TrialCell.RATIO)
                .toArray();
        assertThat(ratios).hasSize(2);
        assertThat(ratios[0]).isCloseTo(1 - Math.pow(1 - Plans.FIXED_ETA, Plans.FIXED_STEPS), within(1e-5));
        assertThat(ratios[1]).isCloseTo(1, within(1e-6));
    }

    @Test
    void claimsOfWholeTrainingsWaitForThem() {
        List<Claim> claims = new TrainingClaims(run.results()).all();
        assertThat(claims)
                .filteredOn(claim ->
                        claim.claim().contains("anchor") || claim.claim().contains("reaches"))
                .hasSizeGreaterThan(5)
                .allMatch(claim -> claim.verdict() == Verdict.NOT_RUN);
        assertThat(claims)
                .filteredOn(claim -> claim.claim().startsWith("By exact, macro-F1"))
                .singleElement()
                .satisfies(claim -> assertThat(claim.verdict()).isEqualTo(Verdict.MET));
    }

    @Test
    void thePageShowsEveryPart() throws Exception {
        String html = Files.readString(folder.resolve("index.html"));
        assertThat(html).contains("Methods", "Gradients by steps", "Depth", "Curvature", "Cost", "p (not equivalent)");
        assertThat(html).doesNotContain("NaN");
    }

    @Test
    void leNetHasTheParametersOfLeNet() {
        FeedForwardGraph net = LeNet.build();
        int count = net.graph().parameters().stream()
                .mapToInt(parameter -> Tensor.sizeOf(parameter.shape()))
                .sum();
        assertThat(count).isEqualTo(61_706);
        assertThat(net.graph().nodes())
                .extracting(Node::toString)
                .containsExactly(
                        "x[1, 32, 32]", "v1[6, 14, 14]", "v2[16, 5, 5]", "v3[400]", "v4[120]", "v5[84]", "y[10]");
    }

    /** scipy.stats.ttest_rel of SciPy, and its t distribution for the two one-sided tests at ± 0.002. */
    @Test
    void pairedTestsAreThoseOfSciPy() {
        double[] a = {0.981, 0.984, 0.979, 0.986, 0.983};
        double[] b = {0.980, 0.985, 0.981, 0.984, 0.984};
        Paired paired = Paired.of(a, b);
        assertThat(paired.difference()).isCloseTo(-2.0e-4, within(1e-12));
        assertThat(paired.standardError()).isCloseTo(7.34846922834954e-4, within(1e-12));
        assertThat(paired.unequal()).isCloseTo(0.7989658591927787, within(1e-9));
        assertThat(paired.notEquivalent(0.002)).isCloseTo(0.03524199845511, within(1e-9));
        assertThat(Paired.halfInterval(a)).isCloseTo(0.003354791384926659, within(1e-9));
        assertThat(Paired.of(a, a).notEquivalent(0.01)).isZero();
        assertThat(Paired.of(a, a).unequal()).isEqualTo(1);
    }

    /** Class 0: 2 of 3 found, nothing else taken for it; class 1: 1 found, 1 too many; class 2: not there, not said. */
    @Test
    void macroF1IsTheMeanOverTheClasses() {
        Confusion confusion = new Confusion(new int[][] {{2, 1, 0}, {0, 1, 0}, {0, 0, 0}});
        assertThat(confusion.accuracy()).isEqualTo(0.75);
        assertThat(confusion.macroF1()).isCloseTo((2 * 2.0 / (2 + 3) + 2 * 1.0 / (2 + 1) + 0) / 3, within(1e-12));
    }

    @Test
    void aLayersGradientIsItsWeightsAndBiasesTogether() {
        FeedForwardGraph net = Mlp.of(1, 1).build();
        Parameters found = Parameters.zeros(net.graph(), Precision.DOUBLE);
        Parameters reference = Parameters.zeros(net.graph(), Precision.DOUBLE);
        found.get("w y").set(0, 3);
        found.get("b y").set(0, 4);
        reference.get("w y").set(0, 10);
        LayerGradients layer = LayerGradients.of(found, reference).get("y");
        assertThat(layer).isNotNull();
        assertThat(layer.cosine()).isCloseTo(0.6, within(1e-12));
        assertThat(layer.ratio()).isCloseTo(0.5, within(1e-12));
    }
}
