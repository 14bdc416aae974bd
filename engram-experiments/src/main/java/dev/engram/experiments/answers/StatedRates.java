package dev.engram.experiments.answers;

import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.PATTERNS;
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

/** What memories say of pictures they have stored and of pictures they have not, beside the rate of false alarms they state. */
public final class StatedRates implements Experiment {
    private static final List<DataSet> SETS = List.of(DataSet.TINY_IMAGENET, DataSet.CIFAR10, DataSet.MNIST);
    private static final int MNIST_READ = 20_000;

    @Override
    public About about() {
        return About.of(
                "rates",
                "Answers at a stated rate of false alarms",
                "Pictures are drawn at random from a data set, some to be stored and as many others that are not. Both are shown in every way of asking: whole with noise, with a part known, with a square that is damaged and not marked. A false alarm is a picture that is not stored and is called recalled. The thresholds are the memories' own, from their stored pictures alone (docs/answers.md).",
                "Then some pictures are stored several times with small differences: the others are to be recalled as before, and the copies are to be named.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        boolean quick = profile == Profile.QUICK;
        int stored = quick ? 400 : 1000;
        List<Cell> cells = new ArrayList<>();
        for (DataSet set : SETS) {
            for (int draw = 0; draw < (quick ? 1 : 3); draw++) {
                int number = draw;
                CellSetting setting = on(FalseAlarms.TASK_NAME, set, stored).with(FalseAlarms.DRAW, number);
                cells.add(cell(setting, set, bench -> FalseAlarms.run(bench, set, stored, number)));
            }
        }
        int among = quick ? 200 : 500;
        for (int copies : quick ? List.of(0, 4, 25) : List.of(0, 4, 25, 100)) {
            CellSetting setting =
                    on(NearCopies.TASK_NAME, DataSet.CIFAR10, among).with(NearCopies.COPIES, copies);
            cells.add(cell(setting, DataSet.CIFAR10, bench -> NearCopies.run(bench, DataSet.CIFAR10, among, copies)));
        }
        return cells;
    }

    private static CellSetting on(String task, DataSet set, int stored) {
        return CellSetting.of(TASK, task).with(DATA, set.title()).with(PATTERNS, stored);
    }

    private static Cell cell(CellSetting setting, DataSet set, Cell.Work work) {
        return Cell.of(setting, work)
                .withData(set, set == DataSet.MNIST ? MNIST_READ : 0)
                .withCost(30e9);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new StatedRatesClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new StatedRatesReport(page, results).render();
    }
}
