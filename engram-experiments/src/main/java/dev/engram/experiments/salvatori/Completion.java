package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.ANNEALED;
import static dev.engram.experiments.kit.Contest.NEAREST;
import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.Contest.SPAN;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;

import dev.engram.experiments.frame.Cell;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.frame.Workbench;
import dev.engram.experiments.kit.Answers;
import dev.engram.experiments.kit.Case;
import dev.engram.experiments.kit.Contest;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.Axis;
import dev.engram.experiments.report.Claim;
import dev.engram.experiments.report.Finding;
import dev.engram.experiments.report.LineChart;
import dev.engram.experiments.report.Series;
import java.util.List;

/** Completion of pictures by a network of two layers, as figures 6 and 7 of the paper need it. */
final class Completion {
    static final String SHEET = "completed from ";
    private static final int SHOWN = 10;

    private Completion() {}

    /** A network and the baselines, asked for parts of the pictures. */
    static Cell cell(Case of, int cues, List<Double> parts, List<Double> shown) {
        return of.cell(bench -> run(bench, of, cues, parts, shown))
                .withOption("cues", cues)
                .withOption("parts", parts)
                .withOption("shown", shown);
    }

    private static void run(Workbench bench, Case of, int cues, List<Double> parts, List<Double> shown) {
        Contest contest = new Contest(bench, bench.patterns(of.set()), cues);
        contest.enterBaselines().enterNetwork(of.hidden());
        for (double part : parts) {
            Answers answers = contest.ask(Question.known(part));
            if (shown.contains(part)) {
                bench.sheet(SHEET + Fractions.words(part), answers.sheet(SHOWN, List.of(PAPER, ANNEALED)));
            }
        }
    }

    /** A claim about one part, held against the network with the paper's λ; the others go into the remark. */
    static Claim claim(Results results, Case of, double part, Finding finding) {
        Results here = of.in(results).where(KNOWN, part);
        String remark = here.isEmpty() ? finding.remark() : (finding.remark() + " " + others(here)).strip();
        return beside(here, of, part, PAPER, "λ = 1", finding, remark);
    }

    /** The same claim, held against the network whose λ is annealed. */
    static Claim annealed(Results results, Case of, double part, Finding finding) {
        Results here = of.in(results).where(KNOWN, part);
        return beside(here, of, part, ANNEALED, "λ annealed", finding, finding.remark());
    }

    private static Claim beside(
            Results here, Case of, double part, String memory, String way, Finding finding, String remark) {
        String where = "%s, %s known, %s".formatted(of, Fractions.words(part), way);
        return new Finding(finding.claim(), where, finding.metric(), finding.holds(), remark)
                .beside(here.where(MEMORY, memory).value(RECOVERED));
    }

    static String others(Results here) {
        return "λ annealed %s, affine span %s, nearest neighbour %s."
                .formatted(
                        Contest.recovered(here, ANNEALED),
                        Contest.recovered(here, SPAN),
                        Contest.recovered(here, NEAREST));
    }

    /** Recovered over the part that is known, for networks of every size; the results are of one data set and one N. */
    static LineChart chart(Results here, List<Double> parts) {
        LineChart chart = new LineChart(Fractions.axis(parts), Axis.percent("recovered"));
        List<String> sizes = here.values("hidden");
        for (String hidden : sizes) {
            Results network = here.where("hidden", hidden);
            chart.add(network.where(MEMORY, PAPER).series("λ = 1, n = " + hidden, KNOWN, RECOVERED));
        }
        Results any = here.where("hidden", sizes.get(sizes.size() - 1));
        String annealed = "λ annealed, n = " + sizes.get(sizes.size() - 1);
        chart.add(any.where(MEMORY, ANNEALED).series(annealed, KNOWN, RECOVERED));
        chart.add(any.where(MEMORY, SPAN).series(SPAN, KNOWN, RECOVERED).withLine(Series.Line.DASHED));
        return chart.add(
                any.where(MEMORY, NEAREST).series(NEAREST, KNOWN, RECOVERED).withLine(Series.Line.DASHED));
    }
}
