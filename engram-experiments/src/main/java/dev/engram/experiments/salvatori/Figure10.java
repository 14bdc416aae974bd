package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.io.NumberText;
import dev.engram.linalg.Matrix;
import dev.engram.memory.Score;
import dev.engram.memory.boltzmann.BoltzmannMemory;
import dev.engram.memory.boltzmann.BoltzmannOptions;
import java.util.ArrayList;
import java.util.List;

/** Figure 10: a square in the centre is covered. */
public final class Figure10 implements Experiment {
    private static final List<Case> CASES = List.of(
            new Case(DataSet.CIFAR10, 250, 1024),
            new Case(DataSet.IMAGENET, 25, 8192),
            new Case(DataSet.IMAGENET, 50, 8192));
    private static final Question CENTRE = Question.centreMissing(0.5);
    private static final String SHEET = "square";
    private static final int SHOWN = 10;
    private static final int QUICK_UNITS = 250;
    private static final int QUICK_UPDATES = 60;
    /** Ours, and not the DANN that the paper shows. */
    static final String DEEP = "deep Boltzmann, after the DANN's abstract";

    private static final List<String> ROWS = List.of(PAPER, ANNEALED, DEEP, SPAN, NEAREST);

    @Override
    public About about() {
        return About.of(
                "fig10",
                "Figure 10: a square in the centre is covered",
                "A square covers the centre of each picture, here half as wide and high as the picture; what is covered is known, and the network fills it in. The paper shows 250 pictures of CIFAR-10 with n = 1024 and 25 and 50 of ImageNet with n = 8192, without numbers; \"no visible error\" is its MSE < 0.001.",
                "The paper compares with pictures of a deep associative neural network (DANN, Liu, Gong and He 2019) taken from that article. All that is public of the DANN is its abstract. The row named after it here is a deep Boltzmann machine of our own, made after that abstract: a perception layer, two hidden layers, one probability of them all, taught by contrastive divergence with iterated sampling. It stores the pictures it is asked for; theirs was trained on all of CIFAR-10. What it does says nothing of theirs.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        BoltzmannOptions usual = BoltzmannOptions.defaults();
        BoltzmannOptions deep = profile == Profile.FULL
                ? usual
                : usual.withHidden(2, QUICK_UNITS).withUpdates(QUICK_UPDATES);
        return CASES.stream()
                .filter(c -> profile == Profile.FULL || c.patterns() != 50)
                .map(c -> c.cell(bench -> run(bench, c, deep)).withOption("deep", deep.describe()))
                .toList();
    }

    private static void run(Workbench bench, Case c, BoltzmannOptions deep) {
        Contest contest = new Contest(bench, bench.patterns(c.set()));
        contest.enterBaselines().enterNetwork(c.hidden());
        contest.enter(DEEP, () -> learn(bench, contest.stored(), deep));
        bench.sheet(SHEET, contest.ask(CENTRE).sheet(SHOWN, ROWS));
    }

    private static BoltzmannMemory learn(Workbench bench, Matrix stored, BoltzmannOptions options) {
        BoltzmannMemory memory = BoltzmannMemory.learn(
                        stored, options.withSeed(bench.seed()), (update, updates, error) -> bench.goesOn(), bench.la())
                .memory();
        bench.requireGoingOn();
        return memory;
    }

    @Override
    public List<Claim> claims(Results results) {
        List<Claim> claims = new ArrayList<>();
        for (Case c : CASES) {
            for (String memory : List.of(PAPER, ANNEALED)) {
                Results here = c.in(results);
                claims.add(new Finding(
                                "The reconstruction shows no visible error.",
                                "%s, %s".formatted(c, memory),
                                RECOVERED,
                                fraction -> fraction == 1,
                                here.isEmpty()
                                        ? ""
                                        : "MSE %s. ".formatted(Contest.error(here, memory)) + Completion.others(here))
                        .beside(here.where(MEMORY, memory).value(RECOVERED)));
            }
        }
        for (Case c : CASES) {
            Results here = c.in(results);
            claims.add(new Finding(
                            "The reconstruction of a DANN is blurred.",
                            "%s, %s".formatted(c, DEEP),
                            ERROR,
                            error -> error >= Score.COMPLETION_THRESHOLD,
                            here.isEmpty()
                                    ? ""
                                    : "A visible error is a mean of at least 0.001. It is a machine of ours; recovered %s, MSE at λ = 1 %s."
                                            .formatted(Contest.recovered(here, DEEP), Contest.error(here, PAPER)))
                    .beside(here.where(MEMORY, DEEP).value(ERROR), NumberText::brief));
        }
        return claims;
    }

    @Override
    public void render(HtmlPage page, Results results) {
        page.heading("Pictures");
        for (Case c : CASES) {
            Results here = c.in(results);
            page.sheet(
                    results.sheet(c.setting(), SHEET),
                    "Pictures of %s in rows: original, covered, completed with λ = 1, with λ annealed, by a deep Boltzmann machine, by the affine span, by the nearest neighbour"
                            .formatted(c.set().title()),
                    "%s. Mean squared error: λ = 1 %s, λ annealed %s, deep Boltzmann %s, affine span %s, nearest neighbour %s."
                            .formatted(
                                    c,
                                    Contest.error(here, PAPER),
                                    Contest.error(here, ANNEALED),
                                    Contest.error(here, DEEP),
                                    Contest.error(here, SPAN),
                                    Contest.error(here, NEAREST)));
        }
        new ContestTables(results).render(page);
    }
}
