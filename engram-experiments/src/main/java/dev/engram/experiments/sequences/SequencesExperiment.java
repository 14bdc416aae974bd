package dev.engram.experiments.sequences;

import static dev.engram.experiments.kit.Parts.TASK;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.HtmlPage;
import java.util.ArrayList;
import java.util.List;

/** Sequences stored by temporal predictive coding, beside asymmetric Hopfield networks and the nearest frame. */
public final class SequencesExperiment implements Experiment {
    static final List<DataSet> PICTURES = List.of(DataSet.TINY_IMAGENET, DataSet.CIFAR10, DataSet.FLAGS);
    static final int FRAMES = 100;

    @Override
    public About about() {
        return About.of(
                "sequences",
                "Sequences by temporal predictive coding",
                "Temporal predictive coding (Tang, Barron and Bogacz 2023; docs/beyond.md) stores patterns in their order. Without a hidden layer (\"direct\") every frame predicts the next; with one (\"hidden\") a state generates the frame and predicts the next state. Both are taught by local least squares. Random binary frames are also given to asymmetric Hopfield networks; pictures also to the nearest frame, which keeps them all and answers with what followed the one most like the frame shown.",
                "Capacity, P_max, is the greatest length up to which the next frame, foretold from the true present one, has a bit error below 0.01. Offline, the first frame alone is shown and the memory goes on from its own predictions; online, each present frame is shown, here with noise of standard deviation 0.2. Recalled is MSE < 0.005 after noise, MSE < 0.001 else. The claims are our own aims.",
                "What occurred together and what is alike are set against each other in sequences of three random frames, in pairs: the middle frames of a pair are near-copies, the first and last ones are unlike. Forgetting is measured on sequences learned one after the other, none of them twice: temporal predictive coding goes on from the weights it has.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        List<Cell> cells = new ArrayList<>();
        for (int units : quick ? List.of(10, 20, 50, 100) : List.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100)) {
            for (int d = 0; d < (quick ? 3 : 10); d++) {
                int draw = d;
                CellSetting setting = CellSetting.of(TASK, Capacity.TASK)
                        .with(Capacity.UNITS, units)
                        .with(Capacity.DRAW, draw);
                cells.add(Cell.of(setting, bench -> new Capacity(bench, units, draw).run())
                        .withCost(units * units / 1e4));
            }
        }
        for (DataSet set : PICTURES) {
            cells.add(Cell.of(pictures(set), bench -> new PicturesInOrder(bench, set).run())
                    .withData(set, FRAMES)
                    .withCost(5));
        }
        for (int count : quick ? List.of(2, 4) : List.of(2, 4, 8)) {
            cells.add(Cell.of(shared(count), bench -> new SharedFrames(bench, count).run())
                    .withData(SharedFrames.DATA, SharedFrames.pictures(count))
                    .withCost(5 * count));
        }
        for (int d = 0; d < (quick ? 3 : 20); d++) {
            int draw = d;
            cells.add(Cell.of(
                            CellSetting.of(TASK, OccurredTogether.TASK).with(OccurredTogether.DRAW, draw),
                            bench -> new OccurredTogether(bench, draw).run())
                    .withCost(1));
            cells.add(Cell.of(
                            CellSetting.of(TASK, Forgetting.TASK).with(Forgetting.DRAW, draw),
                            bench -> new Forgetting(bench, quick ? 10 : 20, draw).run())
                    .withCost(1));
        }
        return cells;
    }

    static CellSetting pictures(DataSet set) {
        return CellSetting.of(TASK, PicturesInOrder.TASK)
                .with("data", set.title())
                .with("frames", FRAMES);
    }

    static CellSetting shared(int count) {
        return CellSetting.of(TASK, SharedFrames.TASK)
                .with("data", SharedFrames.DATA.title())
                .with(SharedFrames.SEQUENCES, count);
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
