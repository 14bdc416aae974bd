package dev.engram.experiments.salvatori;

import static dev.engram.experiments.salvatori.Contest.RECOVERED;
import static dev.engram.experiments.salvatori.Fractions.EIGHTH;
import static dev.engram.experiments.salvatori.Fractions.HALF;
import static dev.engram.experiments.salvatori.Fractions.QUARTER;
import static dev.engram.experiments.salvatori.Fractions.SIXTEENTH;
import static dev.engram.experiments.salvatori.Fractions.THIRTY_SECOND;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.ChartGrid;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** Figure 6: pictures completed from a part. */
public final class Figure6 implements Experiment {
    private static final List<Double> PARTS = List.of(HALF, QUARTER, EIGHTH, SIXTEENTH, THIRTY_SECOND);
    private static final DataSet TINY = DataSet.TINY_IMAGENET;
    private static final DataSet LARGE = DataSet.IMAGENET;
    private static final int TINY_PATTERNS = 50;
    private static final int LARGE_PATTERNS = 25;
    private static final int LARGE_HIDDEN = 8192;

    @Override
    public String name() {
        return "fig6";
    }

    @Override
    public String title() {
        return "Figure 6: pictures completed from a part of them";
    }

    @Override
    public List<String> introduction() {
        return List.of(
                "Networks of two layers store 50 pictures of Tiny ImageNet (n = 1024 and 2048) and 25 of ImageNet in 224×224 (n = 8192), are shown a part, and fill in the rest; recovered is MSE < 0.001. The parts here are upper parts. The paper takes its 50 pictures from one class (goldfish); these are the first 50 of the data that are there.",
                "The networks are asked twice: with the λ of training, as in the paper, and with λ lowered step by step, which is our default.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<Cell> cells = new ArrayList<>();
        for (int hidden : profile == Profile.QUICK ? List.of(1024) : List.of(1024, 2048)) {
            cells.add(Completion.cell(
                    TINY, TINY_PATTERNS, hidden, TINY_PATTERNS, PARTS, List.of(QUARTER, EIGHTH, SIXTEENTH)));
        }
        cells.add(Completion.cell(LARGE, LARGE_PATTERNS, LARGE_HIDDEN, LARGE_PATTERNS, PARTS, List.of(EIGHTH)));
        return cells;
    }

    @Override
    public List<Claim> claims(Results results) {
        Finding allFromEighth = finding("All pictures of Tiny ImageNet come back from 1/8 with n = 1024.", 1, 1);
        Finding overHalf = finding("More than half of them come back from 1/16 with n = 1024.", Math.nextUp(0.5), 1);
        Finding largeFromEighth = finding("All pictures of ImageNet come back from 1/8 with n = 8192.", 1, 1);
        List<Claim> claims = new ArrayList<>();
        claims.add(Completion.claim(results, TINY, TINY_PATTERNS, 1024, EIGHTH, allFromEighth));
        claims.add(Completion.annealed(results, TINY, TINY_PATTERNS, 1024, EIGHTH, allFromEighth));
        claims.add(Completion.claim(results, TINY, TINY_PATTERNS, 1024, SIXTEENTH, overHalf));
        claims.add(Completion.annealed(results, TINY, TINY_PATTERNS, 1024, SIXTEENTH, overHalf));
        claims.add(Completion.claim(
                results,
                TINY,
                TINY_PATTERNS,
                2048,
                SIXTEENTH,
                finding("n = 2048 fails to bring back all of them from 1/16.", 0, Math.nextDown(1.0))));
        claims.add(Completion.claim(results, LARGE, LARGE_PATTERNS, LARGE_HIDDEN, EIGHTH, largeFromEighth));
        claims.add(Completion.annealed(results, LARGE, LARGE_PATTERNS, LARGE_HIDDEN, EIGHTH, largeFromEighth));
        return claims;
    }

    private static Finding finding(String claim, double least, double most) {
        return new Finding(claim, "", RECOVERED, fraction -> fraction >= least && fraction <= most, "");
    }

    @Override
    public void render(HtmlPage page, Results results) {
        if (results.isEmpty()) {
            return;
        }
        ChartGrid grid = new ChartGrid(2);
        for (String set : results.values("data")) {
            grid.add(set, Completion.chart(results.where("data", set), PARTS));
        }
        page.heading("Recovered").figure("recovered", grid, "The fraction of pictures completed, MSE < 0.001.");
        page.heading("Pictures");
        for (double part : List.of(QUARTER, EIGHTH, SIXTEENTH)) {
            sheet(page, results, TINY, TINY_PATTERNS, 1024, part);
        }
        sheet(page, results, LARGE, LARGE_PATTERNS, LARGE_HIDDEN, EIGHTH);
        new ContestTables(results).render(page);
    }

    private static void sheet(HtmlPage page, Results results, DataSet set, int patterns, int hidden, double part) {
        String from = Fractions.words(part);
        results.sheet(Completion.setting(set, patterns, hidden), Completion.SHEET + from)
                .ifPresent(sheet -> page.sheet(
                        sheet,
                        "Pictures of %s in rows: original, the upper %s, completed with λ = 1, completed with λ annealed"
                                .formatted(set.title(), from),
                        "%s, n = %d, from the upper %s.".formatted(set.title(), hidden, from)));
    }
}
