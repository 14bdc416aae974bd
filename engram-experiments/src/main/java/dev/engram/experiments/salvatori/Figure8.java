package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Fractions.QUARTER;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import dev.engram.memory.autoencoder.AutoencoderOptions;
import dev.engram.memory.pcn.PredictiveCodingOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Figure 8: how much more deeper networks complete. */
public final class Figure8 implements Experiment {
    /** Our defaults for deep networks: a weaker pull of the memory vector, in training as well. */
    static final String WEAKER = "PCN, λ = 0.1";

    static final String AUTOENCODER = "autoencoder";

    static final int PATTERNS = 500;
    private static final int QUICK_UPDATES = 800;
    private static final int FULL_UPDATES = 2_000;
    private static final List<Double> PARTS = List.of(HALF, QUARTER);

    @Override
    public About about() {
        return About.of(
                "fig8",
                "Figure 8: deeper networks complete more",
                "Networks of 3, 5, 7 and 10 layers with n = 1024 and 2048 nodes in each hidden layer store 500 pictures of Tiny ImageNet and complete them from 1/2 and 1/4. Two layers stand beside them.",
                "Deep networks are learned twice: with λ = 1, as the paper's energy has it, and with our defaults, λ = 0.1; each recalls with the λ it was trained with. Two layers are learned with λ = 1 and asked twice, with that λ and with λ annealed.",
                "Beside each stands an autoencoder with as many hidden layers of as many ReLU units, trained by backpropagation (Adam, rate 0.001, all pictures at once, in the coordinates of their span) for %,d updates, %d in the quick profile. It completes by being applied again and again, the known pixels set anew each time, until the answer is at rest or 500 times. The paper says that its own have the architecture and hyperparameters of Radhakrishnan et al. 2020, which it does not repeat."
                        .formatted(FULL_UPDATES, QUICK_UPDATES),
                "The quick profile shrinks everything: 100 pictures of CIFAR-10, n = 256; the paper's own sizes are those of the full profile.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<Cell> cells = new ArrayList<>();
        if (profile == Profile.QUICK) {
            Case small = new Case(DataSet.CIFAR10, 100, 256);
            for (int layers : List.of(2, 3, 5, 10)) {
                cells.add(cell(small, layers));
                cells.add(autoencoder(small, layers, QUICK_UPDATES));
            }
            return cells;
        }
        // All of it takes hours: the largest networks and those the claims are about come first.
        List<Case> cases = List.of(
                new Case(DataSet.TINY_IMAGENET, PATTERNS, 2048), new Case(DataSet.TINY_IMAGENET, PATTERNS, 1024));
        List<Integer> depths = List.of(10, 7, 5, 3, 2);
        cases.forEach(of -> depths.forEach(layers -> cells.add(cell(of, layers))));
        cases.forEach(of -> depths.forEach(layers -> cells.add(autoencoder(of, layers, FULL_UPDATES))));
        return cells;
    }

    private static Cell cell(Case of, int layers) {
        CellSetting setting = of.setting().with("layers", layers);
        Cell.Work work = bench -> run(bench, of, layers);
        return layers == 2 ? of.cell(setting, work) : of.deepCell(setting, layers, work);
    }

    /** As many hidden layers as the network has, beside its sensory layer. */
    private static Cell autoencoder(Case of, int layers, int updates) {
        CellSetting setting = of.setting().with("layers", layers).with(Trained.NETWORK, AUTOENCODER);
        return of.autoencoderCell(
                setting, layers - 1, updates, bench -> runAutoencoder(bench, of, layers - 1, updates));
    }

    private static void runAutoencoder(Workbench bench, Case of, int hiddenLayers, int updates) {
        Contest contest = new Contest(bench, bench.patterns(of.set()));
        AutoencoderOptions options = AutoencoderOptions.overparametrised()
                .withHidden(hiddenLayers, of.hidden())
                .withUpdates(updates)
                .withSeed(bench.seed());
        CellSetting learned = bench.setting().with(MEMORY, AUTOENCODER);
        contest.enterReady(AUTOENCODER, Trained.learn(bench, learned, contest.stored(), options));
        PARTS.forEach(part -> contest.ask(Question.known(part)));
    }

    private static void run(Workbench bench, Case of, int layers) {
        Contest contest = new Contest(bench, bench.patterns(of.set()));
        contest.enterBaselines();
        if (layers == 2) {
            contest.enterNetwork(of.hidden());
        } else {
            PredictiveCodingOptions options =
                    PredictiveCodingOptions.deep(layers).withHidden(of.hidden()).withSeed(bench.seed());
            contest.enter(PAPER, () -> contest.learn(options.withPriorPrecision(1)));
            contest.enter(WEAKER, () -> contest.learn(options));
        }
        PARTS.forEach(part -> contest.ask(Question.known(part)));
    }

    @Override
    public List<Claim> claims(Results results) {
        return new Figure8Claims(results).all();
    }

    private static List<Axis.Tick> ticks(List<String> values) {
        return values.stream()
                .map(value -> new Axis.Tick(Double.parseDouble(value), value))
                .toList();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        ChartGrid grid = new ChartGrid(2);
        Axis layers = Axis.linear("layers, L").withTicks(ticks(results.values("layers")));
        for (String hidden : results.values("hidden").stream()
                .sorted(Comparator.comparingInt(Integer::parseInt))
                .toList()) {
            for (double part : PARTS) {
                Results here = results.where("hidden", hidden).where(KNOWN, part);
                LineChart chart = new LineChart(layers, Axis.percent("recovered"));
                for (String memory : List.of(PAPER, WEAKER, ANNEALED, AUTOENCODER)) {
                    Results asked = here.where(MEMORY, memory);
                    if (!asked.isEmpty()) {
                        chart.add(asked.series(memory, "layers", RECOVERED));
                    }
                }
                chart.add(here.where(MEMORY, SPAN)
                        .series(SPAN, "layers", RECOVERED)
                        .withLine(Series.Line.DASHED));
                grid.add("n = %s, %s known".formatted(hidden, Fractions.words(part)), chart);
            }
        }
        page.heading("Recovered")
                .figure(
                        "recovered",
                        grid,
                        "The fraction of pictures completed (MSE < 0.001) over the number of layers, as the paper counts: 2 is a sensory and one hidden layer.");
        page.heading("Autoencoders").table("autoencoders", Trained.table(results));
        new ContestTables(results).render(page);
    }
}
