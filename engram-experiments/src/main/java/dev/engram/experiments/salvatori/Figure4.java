package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.About;
import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.DataFolder;
import dev.engram.experiments.frame.DataSet;
import dev.engram.experiments.frame.Experiment;
import dev.engram.experiments.frame.Profile;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.memory.Score;
import dev.engram.memory.baseline.NearestNeighbour;
import java.util.List;

/** Figure 4: pictures before, with, and after noise. */
public final class Figure4 implements Experiment {
    static final String RECOGNISED = "nearest stored picture is the right one";
    static final List<Question> NOISES =
            List.of(Question.ofVariance(0.2), Question.ofVariance(0.7), Question.ofVariance(0.9));
    private static final Case STORED = new Case(DataSet.TINY_IMAGENET, 100, 1024);
    private static final int SHOWN = 10;

    @Override
    public About about() {
        return About.of(
                "fig4",
                "Figure 4: reconstructions from noise of variance 0.2, 0.7 and 0.9",
                "A network of two layers stores 100 pictures of Tiny ImageNet and is shown them with noise. The paper shows pictures and gives no numbers; here the mean squared error stands beside them. The paper does not give the number of hidden nodes of this figure; 1024 are used.",
                "\"Recognisable\" is counted: the stored picture nearest to the reconstruction is the right one.");
    }

    @Override
    public List<Cell> cells(Profile profile, DataFolder data) {
        return List.of(STORED.cell(Figure4::run));
    }

    private static void run(Workbench bench) {
        Contest contest = new Contest(bench, bench.patterns(STORED.set()));
        contest.enterBaselines().enterNetwork(STORED.hidden());
        NearestNeighbour judge = new NearestNeighbour(bench.la(), contest.stored());
        for (Question noise : NOISES) {
            Answers answers = contest.ask(noise);
            for (String memory : answers.recalls().keySet()) {
                Score score = Score.of(
                        contest.originals(),
                        judge.recall(answers.of(memory).patterns()).patterns());
                bench.measure(
                        noise.on(bench.setting()).with(MEMORY, memory),
                        RECOGNISED,
                        score.recoveredFraction(Double.MIN_VALUE));
            }
            bench.sheet(noise.value(), answers.sheet(SHOWN, List.of(PAPER, SPAN)));
        }
    }

    @Override
    public List<Claim> claims(Results results) {
        return NOISES.stream().map(noise -> claim(results, noise)).toList();
    }

    private static Claim claim(Results results, Question noise) {
        Results here = noise.in(results);
        return new Finding(
                        "The network retrieves the original picture from noise of %s.".formatted(noise.value()),
                        "%s, noise of %s".formatted(STORED.setting(), noise.value()),
                        RECOGNISED,
                        fraction -> fraction == 1,
                        "MSE %s; affine span %s, nearest neighbour %s. Judge by the pictures as well."
                                .formatted(
                                        Contest.error(here, PAPER),
                                        Contest.error(here, SPAN),
                                        Contest.error(here, NEAREST)))
                .beside(here.where(MEMORY, PAPER).value(RECOGNISED));
    }

    @Override
    public void render(HtmlPage page, Results results) {
        page.heading("Pictures");
        for (Question noise : NOISES) {
            Results here = noise.in(results);
            page.sheet(
                    results.sheet(STORED.setting(), noise.value()),
                    "Pictures in rows: original, with noise of %s, from the network, from the affine span"
                            .formatted(noise.value()),
                    "Noise of %s. Mean squared error over all 100: network %s, affine span %s."
                            .formatted(noise.value(), Contest.error(here, PAPER), Contest.error(here, SPAN)));
        }
        new ContestTables(results).render(page);
    }
}
