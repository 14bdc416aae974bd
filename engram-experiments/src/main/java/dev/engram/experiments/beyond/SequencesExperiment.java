package dev.engram.experiments.beyond;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Setting;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** Sequences stored by temporal predictive coding, beside the asymmetric Hopfield network. */
public final class SequencesExperiment implements Experiment {
    static final String CAPACITY = "random binary frames";
    static final String SHARED = "two sequences that share frames";
    static final List<DataSet> PICTURES = List.of(DataSet.TINY_IMAGENET, DataSet.CIFAR10, DataSet.FLAGS);
    static final int FRAMES = 100;
    private static final List<Integer> QUICK_UNITS = List.of(10, 20, 50, 100);
    private static final List<Integer> FULL_UNITS = List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    private static final int QUICK_DRAWS = 3;
    private static final int FULL_DRAWS = 10;

    @Override
    public String name() {
        return "sequences";
    }

    @Override
    public String title() {
        return "Sequences by temporal predictive coding";
    }

    @Override
    public List<String> introduction() {
        return List.of(
                "Temporal predictive coding (Tang, Barron and Bogacz 2023) stores patterns in their order. Without a hidden layer (\"direct\") every frame predicts the next; with one (\"hidden\") a state generates the frame and predicts the next state. Both are taught by local least squares.",
                "Capacity is the greatest length up to which the next frame, predicted from the true present one, has a bit error below 0.01. Offline, the first frame alone is shown and the memory goes on from its own predictions; online, each present frame is shown, here with noise of standard deviation 0.2.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        List<Cell> cells = new ArrayList<>();
        for (int units : quick ? QUICK_UNITS : FULL_UNITS) {
            for (int d = 0; d < (quick ? QUICK_DRAWS : FULL_DRAWS); d++) {
                int draw = d;
                Setting setting =
                        Setting.of("data", CAPACITY).with("units", units).with("draw", draw);
                cells.add(Cell.of(setting, bench -> new SequenceCapacityCell(bench, units, draw).run())
                        .withCost(units * units / 1e4));
            }
        }
        for (DataSet set : PICTURES) {
            cells.add(Cell.of(pictures(set), bench -> new SequencePicturesCell(bench, set).run())
                    .withData(set, FRAMES)
                    .withCost(5));
        }
        cells.add(Cell.of(Setting.of("data", SHARED), bench -> new SequenceContextCell(bench).run())
                .withData(DataSet.TINY_IMAGENET, SequenceContextCell.PICTURES)
                .withCost(5));
        return cells;
    }

    static Setting pictures(DataSet set) {
        return Setting.of("data", set.title()).with("frames", FRAMES);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new SequencesClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new SequencesReport(page, results).render();
    }
}
