package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Fractions.EIGHTH;
import static dev.engram.experiments.kit.Fractions.HALF;
import static dev.engram.experiments.kit.Fractions.QUARTER;
import static dev.engram.experiments.kit.Fractions.SIXTEENTH;
import static dev.engram.experiments.kit.Fractions.THIRTY_SECOND;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.experiments.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** Figure 6: pictures completed from a part. */
public final class Figure6 implements Experiment {
    private static final List<Double> PARTS = List.of(HALF, QUARTER, EIGHTH, SIXTEENTH, THIRTY_SECOND);
    private static final Case NARROW = new Case(DataSet.TINY_IMAGENET, 50, 1024);
    private static final Case WIDE = new Case(DataSet.TINY_IMAGENET, 50, 2048);
    private static final Case LARGE = new Case(DataSet.IMAGENET, 25, 8192);

    @Override
    public About about() {
        return About.of(
                "fig6",
                "Figure 6: pictures completed from a part of them",
                "Networks of two layers store 50 pictures of Tiny ImageNet (n = 1024 and 2048) and 25 of ImageNet in 224×224 (n = 8192), are shown a part, and fill in the rest; recovered is MSE < 0.001. The parts here are upper parts. The paper takes its 50 pictures from one class (goldfish); these are the first 50 of the data that are there.",
                "The networks are asked twice: with the λ of training, as in the paper, and with λ lowered step by step, which is our default.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<Cell> cells = new ArrayList<>();
        for (Case tiny : profile == Profile.QUICK ? List.of(NARROW) : List.of(NARROW, WIDE)) {
            cells.add(Completion.cell(tiny, tiny.patterns(), PARTS, List.of(QUARTER, EIGHTH, SIXTEENTH)));
        }
        cells.add(Completion.cell(LARGE, LARGE.patterns(), PARTS, List.of(EIGHTH)));
        return cells;
    }

    @Override
    public List<Claim> claims(Results results) {
        Finding allFromEighth = finding("All pictures of Tiny ImageNet come back from 1/8 with n = 1024.", 1, 1);
        Finding overHalf = finding("More than half of them come back from 1/16 with n = 1024.", Math.nextUp(0.5), 1);
        Finding largeFromEighth = finding("All pictures of ImageNet come back from 1/8 with n = 8192.", 1, 1);
        List<Claim> claims = new ArrayList<>();
        claims.add(Completion.claim(results, NARROW, EIGHTH, allFromEighth));
        claims.add(Completion.annealed(results, NARROW, EIGHTH, allFromEighth));
        claims.add(Completion.claim(results, NARROW, SIXTEENTH, overHalf));
        claims.add(Completion.annealed(results, NARROW, SIXTEENTH, overHalf));
        claims.add(Completion.claim(
                results,
                WIDE,
                SIXTEENTH,
                finding("n = 2048 fails to bring back all of them from 1/16.", 0, Math.nextDown(1.0))));
        claims.add(Completion.claim(results, LARGE, EIGHTH, largeFromEighth));
        claims.add(Completion.annealed(results, LARGE, EIGHTH, largeFromEighth));
        return claims;
    }

    private static Finding finding(String claim, double least, double most) {
        return new Finding(claim, "", RECOVERED, fraction -> fraction >= least && fraction <= most, "");
    }

    @Override
    public void render(HtmlPage page, Results results) {
        ChartGrid grid = new ChartGrid(2);
        results.forEach("data", (set, here) -> grid.add(set, Completion.chart(here, PARTS)));
        page.heading("Recovered").figure("recovered", grid, "The fraction of pictures completed, MSE < 0.001.");
        page.heading("Pictures");
        for (double part : List.of(QUARTER, EIGHTH, SIXTEENTH)) {
            sheet(page, results, NARROW, part);
        }
        sheet(page, results, LARGE, EIGHTH);
        new ContestTables(results).render(page);
    }

    private static void sheet(HtmlPage page, Results results, Case of, double part) {
        String from = Fractions.words(part);
        page.sheet(
                results.sheet(of.setting(), Completion.SHEET + from),
                "Pictures of %s in rows: original, the upper %s, completed with λ = 1, completed with λ annealed"
                        .formatted(of.set().title(), from),
                "%s, n = %d, from the upper %s.".formatted(of.set().title(), of.hidden(), from));
    }
}
