package dev.engram.experiments.hopfield;

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
 * The PC-trained Hopfield network of Ganjidoost, Snow and Orchard 2024 beside networks of the same units by classical rules, and the
 * covariance-learning network completing pictures.
 *
 * <p>A cell is one draw of patterns for one number of units, asked at every load P/N.
 */
public final class Hopfield implements Experiment {
    static final String RANDOM = "random patterns";
    static final String DIGITS = "MNIST digits";
    static final int FEW_UNITS = 100;
    static final List<Integer> MORE_UNITS = List.of(200, 500);
    private static final int QUICK_SEEDS = 3;
    private static final int FULL_SEEDS = 10;
    private static final int COMPLETED = 100;

    @Override
    public About about() {
        return About.of(
                "hopfield",
                "The PC-trained Hopfield network beside Hebb's, Storkey's and the pseudo-inverse",
                "Ganjidoost, Snow and Orchard 2024 train a layer that predicts itself by the same predictive-coding rule as any other network; with symmetric weights, no self-connections and patterns of ±10 it works as a Hopfield network. Their sizes and curves are not known to us: those below are ours.",
                "N units store P patterns. Some units of each are flipped, every one is shown, and the network comes to rest one unit at a time; a pattern is recalled when all of its units are right. MNIST digits are averaged over 2 by 2 pixels and binarised at 0.5: 196 units. Points are means over several draws of patterns, bars the least and the most of them.",
                "Loops of 100 units and rings of three layers of 50, 30 and 20 come to rest by several kinds of recall, and the eigenvalues of the dynamics where they rest say how stable these states are.",
                "The last network, of Tang et al. 2023, has linear units that predict each other, and completes masked pictures.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        int seeds = profile == Profile.QUICK ? QUICK_SEEDS : FULL_SEEDS;
        List<Cell> cells = new ArrayList<>();
        random(FEW_UNITS, seeds, cells);
        RingCell.NETWORKS.forEach((network, sizes) -> {
            for (int seed = 0; seed < seeds; seed++) {
                int draw = seed;
                cells.add(Cell.of(RingCell.setting(network, draw), bench -> new RingCell(bench, network, sizes, draw)
                                .run())
                        .withCost(cost(FEW_UNITS)));
            }
        });
        for (int seed = 0; seed < seeds; seed++) {
            int draw = seed;
            int from = draw * BinaryPatterns.DIGIT_UNITS;
            cells.add(Cell.of(setting(DIGITS, BinaryPatterns.DIGIT_UNITS, seed), bench -> new HopfieldCell(
                                    bench,
                                    BinaryPatterns.DIGIT_UNITS,
                                    draw,
                                    BinaryPatterns.digits(bench.patterns(DataSet.MNIST), from))
                            .run())
                    .withData(DataSet.MNIST, from + BinaryPatterns.DIGIT_UNITS)
                    .withCost(cost(BinaryPatterns.DIGIT_UNITS)));
        }
        for (DataSet pictures : CovarianceCell.SETS) {
            cells.add(Cell.of(CovarianceCell.setting(pictures), bench -> new CovarianceCell(bench, pictures).run())
                    .withData(pictures, COMPLETED)
                    .withCost(cost(FEW_UNITS)));
        }
        if (profile == Profile.FULL) {
            MORE_UNITS.forEach(units -> random(units, seeds, cells));
        }
        return cells;
    }

    private static void random(int units, int seeds, List<Cell> cells) {
        for (int seed = 0; seed < seeds; seed++) {
            int draw = seed;
            cells.add(Cell.of(setting(RANDOM, units, seed), bench -> new HopfieldCell(
                                    bench, units, draw, BinaryPatterns.random(units, units, bench.seed(), draw))
                            .run())
                    .withCost(cost(units)));
        }
    }

    static CellSetting setting(String data, int units, int draw) {
        return CellSetting.of("data", data).with("units", units).with("draw", draw);
    }

    private static double cost(int units) {
        return Math.pow(units, 3);
    }

    @Override
    public List<Claim> claims(Results results) {
        return new HopfieldClaims(results).all();
    }

    @Override
    public void render(HtmlPage page, Results results) {
        new HopfieldReport(page, results).render();
    }
}
