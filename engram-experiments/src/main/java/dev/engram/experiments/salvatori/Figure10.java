package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.PAPER;
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

    @Override
    public About about() {
        return About.of(
                "fig10",
                "Figure 10: a square in the centre is covered",
                "A square covers the centre of each picture, here half as wide and high as the picture; what is covered is known, and the network fills it in. The paper shows 250 pictures of CIFAR-10 with n = 1024 and 25 and 50 of ImageNet with n = 8192, without numbers; \"no visible error\" is its MSE < 0.001.",
                "The paper compares with pictures of a deep associative neural network (DANN, Liu, Gong and He 2019) taken from that article. What is public of the DANN does not specify it well enough to be built, so it is not here.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        return CASES.stream()
                .filter(c -> profile == Profile.FULL || c.patterns() != 50)
                .map(c -> c.cell(bench -> run(bench, c)))
                .toList();
    }

    private static void run(Workbench bench, Case c) {
        Contest contest = new Contest(bench, bench.patterns(c.set()));
        contest.enterBaselines().enterNetwork(c.hidden());
        bench.sheet(SHEET, contest.ask(CENTRE).sheet(SHOWN, List.of(PAPER, ANNEALED)));
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
        claims.add(Claim.notRun(
                "The reconstruction of a DANN is blurred.",
                "CIFAR-10",
                ERROR,
                "Not publicly specified well enough to be built."));
        return claims;
    }

    @Override
    public void render(HtmlPage page, Results results) {
        page.heading("Pictures");
        for (Case c : CASES) {
            Results here = c.in(results);
            page.sheet(
                    results.sheet(c.setting(), SHEET),
                    "Pictures of %s in rows: original, covered, completed with λ = 1, completed with λ annealed"
                            .formatted(c.set().title()),
                    "%s. Mean squared error: λ = 1 %s, λ annealed %s."
                            .formatted(c, Contest.error(here, PAPER), Contest.error(here, ANNEALED)));
        }
        new ContestTables(results).render(page);
    }
}
