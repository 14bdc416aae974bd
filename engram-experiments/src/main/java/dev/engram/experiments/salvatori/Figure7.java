package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Fractions.EIGHTH;
import static dev.engram.experiments.kit.Fractions.QUARTER;
import static dev.engram.experiments.kit.Fractions.SIXTEENTH;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.HIDDEN;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.PATTERNS;

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
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Figure 7: how many pictures are completed, by the number stored, the part that is known, and the network's width. */
public final class Figure7 implements Experiment {
    private static final DataSet SET = DataSet.TINY_IMAGENET;
    private static final int QUICK_CUES = 50;
    private static final double FEW = 0.05;

    @Override
    public About about() {
        return About.of(
                "fig7",
                "Figure 7: completion by two layers, over N, n and the part that is known",
                "Networks of two layers with n hidden nodes store N pictures of Tiny ImageNet and complete them from their upper part; recovered is MSE < 0.001. The paper reports limits of wide and shallow networks here. Its text and its figure 6 differ: there n = 1024 completes all 50 pictures from 1/8, here about half.",
                "Limits that the paper reports are counted as met only where λ = 1 has them too; what annealing λ makes of the same network stands in the remark. In the quick profile the first 50 pictures are asked for, in the full one all.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        List<Cell> cells = new ArrayList<>();
        for (int patterns : quick ? List.of(50, 250) : List.of(50, 100, 250, 500)) {
            for (int hidden : quick ? List.of(512, 1024) : List.of(512, 1024, 2048, 4096)) {
                int cues = quick ? QUICK_CUES : patterns;
                cells.add(Completion.cell(new Case(SET, patterns, hidden), cues, Fractions.PAPER, List.of()));
            }
        }
        return cells;
    }

    @Override
    public List<Claim> claims(Results results) {
        Results paper = results.where(MEMORY, PAPER).metric(RECOVERED);
        List<Claim> claims = new ArrayList<>();
        claims.add(new Finding(
                        "Every network with 50 pictures completes all of them from 1/4.",
                        "N = 50, 1/4 known, all n, λ = 1",
                        "least recovered fraction",
                        least -> least == 1,
                        annealed(results, 50, QUARTER))
                .beside(fractions(paper, 50, QUARTER).min(), Finding::atLeast));
        claims.add(new Finding(
                        "And about half of them from 1/8.",
                        "N = 50, 1/8 known, all n, λ = 1",
                        "mean recovered fraction",
                        mean -> mean >= 0.3 && mean <= 0.7,
                        "Met from 30 % to 70 %. " + annealed(results, 50, EIGHTH))
                .beside(fractions(paper, 50, EIGHTH).average(), mean -> NumberText.percent(mean) + " on average"));
        claims.add(new Finding(
                        "No network with more than 50 completes any from 1/16, besides a few cases.",
                        "N > 50, 1/16 known, all n, λ = 1",
                        "largest recovered fraction",
                        most -> most <= FEW,
                        "Met to 5 %. " + annealed(results, 250, SIXTEENTH))
                .beside(
                        DoubleStream.of(100, 250, 500)
                                .flatMap(n -> fractions(paper, (int) n, SIXTEENTH))
                                .max(),
                        Finding::atMost));
        claims.add(new Finding(
                        "With 500 pictures none comes back from less than 1/2, however wide the network.",
                        "N = 500, 1/4, 1/8 and 1/16 known, all n, λ = 1",
                        "largest recovered fraction",
                        most -> most == 0,
                        annealed(results, 500, QUARTER))
                .beside(
                        DoubleStream.of(QUARTER, EIGHTH, SIXTEENTH)
                                .flatMap(part -> fractions(paper, 500, part))
                                .max(),
                        Finding::atMost));
        claims.add(harder(paper));
        return claims;
    }

    /** More pictures and smaller parts are harder: how many neighbouring cells say otherwise. */
    private static Claim harder(Results paper) {
        int against = 0;
        int pairs = 0;
        List<String> counts = paper.values("patterns");
        for (String hidden : paper.values("hidden")) {
            for (int i = 1; i < counts.size(); i++) {
                for (double part : Fractions.PAPER) {
                    Results here = paper.where(HIDDEN, hidden).where(KNOWN, part);
                    OptionalDouble fewer =
                            here.where(PATTERNS, counts.get(i - 1)).value(RECOVERED);
                    OptionalDouble more = here.where(PATTERNS, counts.get(i)).value(RECOVERED);
                    if (fewer.isPresent() && more.isPresent()) {
                        pairs++;
                        against += more.getAsDouble() > fewer.getAsDouble() ? 1 : 0;
                    }
                }
            }
        }
        Finding finding = new Finding(
                "The more pictures are stored, the harder completion becomes.",
                "all cells, λ = 1",
                "pairs of cells that say otherwise",
                count -> count == 0,
                "");
        int all = pairs;
        return finding.beside(
                pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(against),
                count -> "%d of %d pairs say otherwise".formatted(Math.round(count), all));
    }

    private static DoubleStream fractions(Results of, int patterns, double part) {
        return of.where(PATTERNS, patterns).where(KNOWN, part).numbers(RECOVERED);
    }

    /** What the other memories do there, of the network that is widest. */
    private static String annealed(Results results, int patterns, double part) {
        Results here = results.where("patterns", patterns).where(KNOWN, part);
        List<String> sizes = here.values("hidden");
        if (sizes.isEmpty()) {
            return "";
        }
        String widest = sizes.get(sizes.size() - 1);
        return "N = %d, n = %s, %s known: %s"
                .formatted(patterns, widest, Fractions.words(part), Completion.others(here.where("hidden", widest)));
    }

    @Override
    public void render(HtmlPage page, Results results) {
        ChartGrid grid = new ChartGrid(2);
        results.forEach("patterns", (n, here) -> grid.add("N = " + n, Completion.chart(here, Fractions.PAPER)));
        page.heading("Recovered")
                .figure("recovered", grid, "The fraction of pictures completed from their upper part, MSE < 0.001.");
        new ContestTables(results).render(page);
    }
}
