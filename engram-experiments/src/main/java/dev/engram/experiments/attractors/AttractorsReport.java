package dev.engram.experiments.attractors;

import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;
import static dev.engram.experiments.kit.Parts.SQUARE;
import static dev.engram.experiments.kit.Parts.TASK;
import static dev.engram.experiments.report.Table.Entry.bytes;
import static dev.engram.experiments.report.Table.Entry.count;
import static dev.engram.experiments.report.Table.Entry.number;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.AnswerCounts;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.kit.RecoveredCharts;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.Table;
import dev.engram.io.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report on codes as the prior, a section for each task: what was recovered, from how many bytes, in how many seconds. */
record AttractorsReport(HtmlPage page, Results results) {
    private static final List<String> CELL = List.of("data", "patterns", "hidden");
    private static final List<String> COUNTS = List.of("patterns", "hidden");
    private static final List<String> ANSWERED = List.of(
            Trial.RIGHT,
            RECOVERED,
            AnswerCounts.RIGHT,
            AnswerCounts.WRONG,
            AnswerCounts.AMBIGUOUS,
            AnswerCounts.UNFAMILIAR);

    void render() {
        Results noise = task(Tasks.NOISE_TASK);
        if (!noise.isEmpty()) {
            page.heading("Noise")
                    .figure(
                            "noise",
                            RecoveredCharts.of(noise, Tasks.NOISES, new RecoveredCharts.Curves(Trial.CODES, "codes")),
                            "The fraction of pictures recovered from noise (MSE < 0.005), by the codes, and by the baselines.");
            tables(Tasks.NOISE_TASK, NOISE, List.of(Trial.RIGHT, RECOVERED, Trial.EXACT), List.of(Trial.MOST));
        }
        section(
                Tasks.COMPLETION,
                "Completion from little",
                KNOWN,
                ANSWERED,
                Tasks.PARTS.stream().map(Fractions::words).toList());
        section(
                NearDuplicates.LOOKALIKES,
                "Pictures with twins",
                KNOWN,
                List.of(
                        RECOVERED,
                        NearDuplicates.UNLIKE_RECOVERED,
                        NearDuplicates.UNLIKE_RECALLED,
                        NearDuplicates.RIGHT_CANDIDATES,
                        AnswerCounts.UNFAMILIAR),
                List.of(NearDuplicates.SHEET));
        section(
                Tasks.UNMARKED,
                "Damage nobody marked",
                SQUARE,
                ANSWERED,
                Tasks.SQUARES.stream().map(Question::value).toList());
        if (!task(Novelty.FAMILIARITY).isEmpty()) {
            page.heading("Familiarity")
                    .paragraph(
                            "The score of the codes beside the distance to the nearest stored picture and to the affine span of all; false alarms are unseen pictures taken for stored, missed are stored ones taken for unseen, at the threshold calibrated to 1 % false alarms on other, clean pictures.");
            tables(Novelty.FAMILIARITY, NOISE, List.of(Novelty.FALSE_ALARMS, Novelty.MISSED), List.of(Novelty.AUROC));
        }
        associations();
        storeAndForget(
                StoreAndForget.STORING,
                "One-shot store",
                "All pictures but the first were written one by one, each by one rank-one step of the weights and a code of its own, beside the same pictures learned together.",
                StoreAndForget.WRITE_SECONDS,
                "The last write took");
        storeAndForget(
                StoreAndForget.FORGETTING,
                "Forgetting",
                "Every fifth picture was forgotten; these are the others, before and after.",
                StoreAndForget.FORGET_SECONDS,
                "All were forgotten together, in");
    }

    private void associations() {
        Results here = task(Associations.ASSOCIATION);
        if (here.isEmpty()) {
            return;
        }
        page.heading("A picture and its label")
                .paragraph(
                        "Each picture was stored together with a label, 64 numbers drawn at random, as one pattern of two parts. What is shown is all that is known; the other part is asked for.");
        tables(Associations.ASSOCIATION, Associations.SHOWN, List.of(RECOVERED), List.of(ERROR));
    }

    private void storeAndForget(String task, String heading, String what, String seconds, String took) {
        Results here = task(task);
        if (here.isEmpty()) {
            return;
        }
        List<Measurement> taken =
                results.timings().where(TASK, task).metric(seconds).all();
        page.heading(heading).paragraph(what);
        for (String damage : List.of(KNOWN, NOISE)) {
            tables(task + " " + damage, here, damage, List.of(RECOVERED), List.of(ERROR));
        }
        taken.forEach(m -> page.paragraph("%s %s s.".formatted(took, NumberText.brief(m.value()))));
    }

    private Results task(String task) {
        return results.where(TASK, task);
    }

    private void section(String task, String heading, String damage, List<String> fractions, List<String> sheets) {
        Results here = task(task);
        if (here.isEmpty()) {
            return;
        }
        page.heading(heading);
        tables(task, damage, fractions, List.of(ERROR, Trial.MOST));
        Map<String, String> parts =
                new LinkedHashMap<>(here.all().get(0).setting().parts());
        parts.keySet().retainAll(List.of(TASK, "data", "patterns", "hidden"));
        for (String sheet : sheets) {
            page.sheet(
                    results.sheet(new CellSetting(parts), sheet),
                    "Pictures in rows: original, cue, and the answers of the codes, the nearest neighbour, the affine span",
                    "%s: %s. From above: original, cue, codes, nearest neighbour, affine span."
                            .formatted(heading, sheet));
        }
    }

    /** What came back, and how long it took. */
    private void tables(String task, String damage, List<String> fractions, List<String> numbers) {
        tables(task, task(task), damage, fractions, numbers);
    }

    private void tables(String name, Results here, String damage, List<String> fractions, List<String> numbers) {
        String task = here.values(TASK).get(0);
        Table scores = columns(new Table(""), damage)
                .numbers(fractions.stream().map(AttractorsReport::head).toArray(String[]::new))
                .numbers(numbers.stream().map(AttractorsReport::head).toArray(String[]::new))
                .numbers(BYTES);
        Table times = columns(new Table("What it took, in seconds"), damage).numbers("learning", "answering, all cues");
        for (CellSetting asked : asked(here, damage)) {
            List<Table.Entry> row = entries(asked, damage);
            Results of = at(here, asked, damage);
            fractions.forEach(metric -> row.add(
                    of.value(metric).isPresent() ? percent(of.value(metric).getAsDouble()) : text("")));
            numbers.forEach(metric -> row.add(number(of.value(metric))));
            row.add(bytes(Math.round(memory(here, asked).value(BYTES).orElse(0))));
            scores.row(row);
            List<Table.Entry> taken = entries(asked, damage);
            Results timings = results.timings().where(TASK, task);
            taken.add(number(memory(timings, asked).value(LEARNING_SECONDS)));
            taken.add(number(at(timings, asked, damage).value(ANSWERING_SECONDS)));
            times.row(taken);
        }
        page.table(name.toLowerCase(Locale.ROOT).replace(' ', '-'), scores).times(times);
    }

    private static List<CellSetting> asked(Results here, String damage) {
        return here.all().stream()
                .map(Measurement::setting)
                .filter(s -> s.parts().containsKey(damage) && s.parts().containsKey(MEMORY))
                .distinct()
                .toList();
    }

    private static Table columns(Table table, String damage) {
        return table.texts("data").numbers("N", "n").texts(damage, "memory");
    }

    private static List<Table.Entry> entries(CellSetting asked, String damage) {
        List<Table.Entry> entries = new ArrayList<>();
        entries.add(text(asked.get("data")));
        COUNTS.forEach(part -> entries.add(count(Long.parseLong(asked.get(part)))));
        String how = asked.get(damage);
        entries.add(text(damage.equals(KNOWN) ? Fractions.words(Double.parseDouble(how)) : Question.brief(how)));
        entries.add(text(asked.get(MEMORY)));
        return entries;
    }

    private static String head(String metric) {
        return metric.replace(" fraction", "").replace("mean squared error", "MSE");
    }

    private static Results memory(Results here, CellSetting asked) {
        Results left = here;
        for (String part : CELL) {
            left = left.where(part, asked.get(part));
        }
        return left.where(MEMORY, asked.get(MEMORY));
    }

    private static Results at(Results here, CellSetting asked, String damage) {
        return memory(here, asked).where(damage, asked.get(damage));
    }
}
