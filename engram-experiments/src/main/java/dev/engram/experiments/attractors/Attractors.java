package dev.engram.experiments.attractors;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.salvatori.Sizes;
import java.util.ArrayList;
import java.util.List;

/** The patterns' codes as the prior, beside nearest neighbour and affine span. */
public final class Attractors implements Experiment {
    static final String TASK = "task";
    private static final DataSet TINY = DataSet.TINY_IMAGENET;
    private static final int FLAGS = 258;
    private static final int UNSEEN = 500;
    private static final int CALIBRATION = 1000;

    @Override
    public String name() {
        return "attractors";
    }

    @Override
    public String title() {
        return "Codes as the prior";
    }

    @Override
    public List<String> introduction() {
        return List.of(
                "A set of codes, one for each stored pattern, takes the place of the memory vector of the paper's network (two layers, ReLU, n hidden value nodes), so that every stored pattern is an attractor (docs/beyond.md). It is asked what a single memory vector cannot answer: strong noise, fewer known values than patterns, damage that nobody marked, and whether it knows a cue at all; and to take in pictures one at a time, and to forget some. Nearest neighbour, which keeps the originals, and the affine span, which is what a linear network comes to, are asked the same.",
                "A pattern is the right one when the original asked for is the nearest of all originals to the answer. Recovered is MSE < 0.005 after noise, MSE < 0.001 else. The codes' own answers are calibrated at 1 % false alarms on the memory itself, each pattern's own code left out in turn; only the scores of familiarity are all calibrated on pictures kept apart. The claims are our own aims; the quick profile meets them on smaller tasks.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        List<Cell> cells = new ArrayList<>();
        for (DataSet set : List.of(DataSet.CIFAR10, TINY)) {
            for (int hidden : quick ? List.of(512) : List.of(512, 1024, 2048)) {
                for (int patterns : quick ? List.of(100, 250) : List.of(100, 250, 500, 1000)) {
                    cells.add(cell(
                            Tasks.NOISE,
                            set,
                            patterns,
                            hidden,
                            bench -> Tasks.noise(bench, bench.patterns(set), hidden)));
                }
            }
        }
        int hidden = quick ? 512 : 1024;
        int many = quick ? 250 : 500;
        int stored = quick ? 100 : 500;
        cells.add(cell(
                Tasks.COMPLETION, TINY, many, hidden, bench -> Tasks.completion(bench, bench.patterns(TINY), hidden)));
        cells.add(cell(
                Twins.TASK, DataSet.FLAGS, FLAGS, 512, bench -> Twins.run(bench, bench.patterns(DataSet.FLAGS), 512)));
        cells.add(cell(
                Tasks.UNMARKED, TINY, stored, hidden, bench -> Tasks.unmarked(bench, bench.patterns(TINY), hidden)));
        cells.add(cell(
                        Novelty.TASK,
                        TINY,
                        stored,
                        hidden,
                        bench -> Novelty.run(bench, bench.patterns(TINY), stored, UNSEEN, hidden))
                .withData(TINY, stored + UNSEEN + CALIBRATION));
        cells.add(cell(
                StoreAndForget.STORING,
                TINY,
                stored,
                hidden,
                bench -> StoreAndForget.store(bench, bench.patterns(TINY), hidden)));
        cells.add(cell(
                        StoreAndForget.FORGETTING,
                        TINY,
                        stored,
                        hidden,
                        bench -> StoreAndForget.forget(bench, bench.patterns(TINY), stored, hidden))
                .withData(TINY, 2 * stored));
        return cells;
    }

    private static Cell cell(String task, DataSet set, int patterns, int hidden, Cell.Work work) {
        Setting setting = Setting.of(TASK, task)
                .with("data", set.title())
                .with("patterns", patterns)
                .with("hidden", hidden);
        return Sizes.fit(Cell.of(setting, work).withData(set, patterns), set, patterns, hidden);
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
