package dev.engram.experiments.answers;

import static dev.engram.experiments.answers.StatedRatesClaims.mean;
import static dev.engram.experiments.kit.Parts.DATA;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.TASK;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.Table;
import java.util.ArrayList;
import java.util.List;

/** One table of the answers in every way of asking, and one of near-copies. */
record StatedRatesReport(HtmlPage page, Results results) {
    void render() {
        Results alarms = results.where(TASK, FalseAlarms.TASK_NAME);
        if (!alarms.isEmpty()) {
            page.heading("Answers at a stated rate of false alarms")
                    .paragraph(
                            "Of the pictures that are not stored, how many are called recalled (false alarms: the mean over the draws, and the most of one draw); of the stored ones, how many are called recalled and named rightly. The nearest under the true mask is the nearest stored picture over the values that are in fact intact: what can be asked for at most.")
                    .table("stated-rates", rates(alarms));
        }
        Results copies = results.where(TASK, NearCopies.TASK_NAME);
        if (!copies.isEmpty()) {
            page.heading("Near-copies among the pictures")
                    .paragraph(
                            "Copies differ from their originals by up to 2 of 255 grey levels in every value. Cues are the stored pictures with noise of standard deviation 0.05; the stated rate is 1 %.")
                    .table("near-copies", copies(copies));
        }
    }

    private static Table rates(Results alarms) {
        Table table = new Table("")
                .texts("data", "asked")
                .numbers("nearest under the true mask")
                .texts("memory");
        for (double rate : FalseAlarms.RATES) {
            String at = "at %.0f %%: ".formatted(100 * rate);
            table.numbers(at + "false alarms", at + "most of a draw", at + "rightly recalled", at + "ambiguous");
        }
        alarms.forEach(
                DATA,
                (set, ofSet) -> ofSet.forEach(
                        FalseAlarms.WAY,
                        (way, asked) -> asked.forEach(MEMORY, (memory, here) -> {
                            List<Table.Entry> row = new ArrayList<>(List.of(
                                    text(set), text(way), percent(mean(asked, FalseAlarms.SOLVABLE)), text(memory)));
                            for (double rate : FalseAlarms.RATES) {
                                Results of = here.where(FalseAlarms.RATE, rate);
                                row.add(percent(mean(of, FalseAlarms.ALARMS)));
                                row.add(percent(of.numbers(FalseAlarms.ALARMS).max()));
                                row.add(percent(mean(of, AnswerCounts.RIGHT)));
                                row.add(percent(mean(of, AnswerCounts.AMBIGUOUS)));
                            }
                            table.row(row);
                        })));
        return table;
    }

    private static Table copies(Results all) {
        Table table = new Table("")
                .texts("data")
                .numbers("copies", "others rightly recalled", "copies recalled or ambiguous", "pairs named");
        all.forEach(
                NearCopies.COPIES,
                (copies, here) -> table.row(
                        text(here.values(DATA).get(0)),
                        Table.Entry.count(Long.parseLong(copies)),
                        percent(here.value(NearCopies.OTHERS)),
                        percent(here.value(NearCopies.TOLD)),
                        percent(here.value(NearCopies.NAMED))));
        return table;
    }
}
