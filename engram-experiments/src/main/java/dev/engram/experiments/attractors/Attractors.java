package dev.engram.experiments.attractors;

import static dev.engram.experiments.kit.Parts.TASK;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** The patterns' codes as the prior, beside nearest neighbour and affine span. */
public final class Attractors implements Experiment {
    private static final DataSet TINY = DataSet.TINY_IMAGENET;
    private static final int FLAGS = 258;
    private static final int UNSEEN = 500;
    private static final int CALIBRATION = 1000;

    @Override
    public About about() {
        return About.of(
                "attractors",
                "Codes as the prior",
                "A set of codes, one for each stored pattern, takes the place of the memory vector of the paper's network (two layers, ReLU, n hidden value nodes), so that every stored pattern is an attractor (docs/beyond.md). It is asked what a single memory vector cannot answer: strong noise, fewer known values than patterns, damage that nobody marked, and whether it knows a cue at all; and to take in pictures one at a time, and to forget some. Nearest neighbour, which keeps the originals, and the affine span, which is what a linear network comes to, are asked the same.",
                "A pattern is the right one when the original asked for is the nearest of all originals to the answer. Recovered is MSE < 0.005 after noise, MSE < 0.001 else. The codes' own answers are calibrated at 1 % false alarms on the memory itself, each pattern's own code left out in turn; only the scores of familiarity are all calibrated on pictures kept apart. The claims are our own aims; the quick profile meets them on smaller tasks.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        int hidden = quick ? 512 : 1024;
        Case completed = new Case(TINY, quick ? 250 : 500, hidden);
        Case flags = new Case(DataSet.FLAGS, FLAGS, 512);
        Case stored = new Case(TINY, quick ? 100 : 500, hidden);
        List<Cell> cells = new ArrayList<>();
        for (Case of : Case.ofFigure3(profile)) {
            cells.add(cell(Tasks.NOISE_TASK, of, bench -> Tasks.noise(bench, of)));
        }
        cells.add(cell(Tasks.COMPLETION, completed, bench -> Tasks.completion(bench, completed)));
        cells.add(cell(NearDuplicates.LOOKALIKES, flags, bench -> NearDuplicates.run(bench, flags)));
        cells.add(cell(Tasks.UNMARKED, stored, bench -> Tasks.unmarked(bench, stored)));
        cells.add(cell(Novelty.FAMILIARITY, stored, bench -> Novelty.run(bench, stored, UNSEEN))
                .withData(TINY, stored.patterns() + UNSEEN + CALIBRATION));
        cells.add(cell(Associations.ASSOCIATION, stored, bench -> Associations.run(bench, stored)));
        cells.add(cell(StoreAndForget.STORING, stored, bench -> StoreAndForget.store(bench, stored)));
        cells.add(cell(StoreAndForget.FORGETTING, stored, bench -> StoreAndForget.forget(bench, stored))
                .withData(TINY, 2 * stored.patterns()));
        return cells;
    }

    private static Cell cell(String task, Case of, Cell.Work work) {
        return of.cell(of.on(CellSetting.of(TASK, task)), work);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new AttractorsClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new AttractorsReport(page, results).render();
    }
}
