package dev.engram.experiments.baselines;

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

/**
 * Nearest neighbour and affine span on the tasks of Salvatori et al. 2021: completion from a part of the picture, recall from noise.
 * The paper has neither; both are hard to beat, and where is worth knowing.
 *
 * <p>A cell stores the first N pictures of a data set and asks both memories for them, damaged in every way.
 */
public final class Baselines implements Experiment {
    private static final List<DataSet> PHOTOS = List.of(DataSet.CIFAR10, DataSet.TINY_IMAGENET);
    private static final List<Integer> COUNTS = List.of(50, 100, 250, 500);
    private static final int MOST_FLAGS = 250;
    private static final int QUICK_CUES = 50;
    private static final long TINY_IMAGENET_VALUES = 64 * 64 * 3;
    private static final int MATRICES = 4;

    @Override
    public About about() {
        return About.of(
                "baselines",
                "Nearest neighbour and affine span on the tasks of Salvatori et al. 2021",
                "Salvatori et al. 2021 show stored pictures damaged, by noise or by hiding a part, to several memories. Two simple ones are missing there. The nearest neighbour keeps the pictures and returns the one closest to what is shown. The affine span returns the weighted sum of the pictures (weights that add to one) closest to what is shown, and is what a linear network comes to.",
                "A picture counts as recovered when its mean squared error is below the paper's thresholds: 0.001 for completion, 0.005 for noise. Parts are upper parts. \"Noise 0.2\" is given both as the paper writes it (a variance of 0.2) and as others ran it (a standard deviation of 0.2). In the quick profile the first 50 pictures are asked for, however many are stored; in the full one all.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        List<DataSet> sets = PHOTOS.stream().anyMatch(data::has) ? PHOTOS : List.of(DataSet.FLAGS);
        List<Cell> cells = new ArrayList<>();
        for (DataSet set : sets) {
            for (int count : COUNTS) {
                if (set != DataSet.FLAGS || count <= MOST_FLAGS) {
                    int cues = profile == Profile.QUICK ? QUICK_CUES : count;
                    cells.add(cell(set, count, cues));
                }
            }
        }
        return cells;
    }

    private static Cell cell(DataSet set, int count, int cues) {
        CellSetting setting = CellSetting.of("data", set.title()).with("patterns", count);
        return Cell.of(setting, bench -> BaselinesCell.run(bench, bench.patterns(set), cues))
                .withData(set, count)
                .withOption("cues", cues)
                .withBytes(MATRICES * Double.BYTES * TINY_IMAGENET_VALUES * count)
                .withCost((double) count * (count + cues) * (set == DataSet.CIFAR10 ? 1 : MATRICES));
    }

    @Override
    public List<Claim> claims(Results results) {
        return new BaselinesClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new BaselinesReport(page, results).render();
    }
}
