package dev.engram.experiments.salvatori;

import static dev.engram.experiments.kit.Contest.PAPER;
import static dev.engram.experiments.kit.MetricNames.ANSWERING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.BYTES;
import static dev.engram.experiments.kit.MetricNames.CUES;
import static dev.engram.experiments.kit.MetricNames.ERROR;
import static dev.engram.experiments.kit.MetricNames.LEARNING_SECONDS;
import static dev.engram.experiments.kit.MetricNames.RECOVERED;
import static dev.engram.experiments.kit.Parts.COVERED;
import static dev.engram.experiments.kit.Parts.KNOWN;
import static dev.engram.experiments.kit.Parts.MEMORY;
import static dev.engram.experiments.kit.Parts.NOISE;
import static dev.engram.experiments.report.Table.Entry.bytes;
import static dev.engram.experiments.report.Table.Entry.percent;
import static dev.engram.experiments.report.Table.Entry.text;

import dev.engram.experiments.frame.CellSetting;
import dev.engram.experiments.frame.Measurement;
import dev.engram.experiments.frame.Results;
import dev.engram.experiments.kit.Fractions;
import dev.engram.experiments.kit.Question;
import dev.engram.experiments.report.HtmlPage;
import dev.engram.experiments.report.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Two tables of every number of an experiment: what was recovered and from how many bytes, and how long it took. */
final class ContestTables {
    private static final Set<String> DAMAGES = Set.of(NOISE, KNOWN, COVERED);
    private static final String NUMBER = "[-+0-9.eE]+";

    private final Results results;
    private final Map<CellSetting, Map<String, Double>> numbers = new LinkedHashMap<>();

    ContestTables(Results results) {
        this.results = results;
        Stream.concat(results.all().stream(), results.timings().all().stream()).forEach(this::add);
    }

    private void add(Measurement m) {
        numbers.computeIfAbsent(m.setting(), s -> new LinkedHashMap<>()).put(m.metric(), m.value());
    }

    /** Both tables. */
    void render(HtmlPage page) {
        page.folded("All numbers", all -> all.table("numbers", scores()).times(times()));
    }

    private Table scores() {
        List<CellSetting> asked = settings(RECOVERED, results);
        List<String> parts = parts(asked);
        boolean predicted = !results.metric(Figure3.EXPECTED).isEmpty();
        Table table = columns(new Table("What came back"), parts, asked).numbers("recovered", "MSE", "bytes stored");
        if (predicted) {
            table.numbers(Figure3.EXPECTED, Figure3.LEAST);
        }
        for (CellSetting setting : asked) {
            List<Table.Entry> row = entries(parts, setting);
            row.add(percent(number(setting, RECOVERED)));
            row.add(Table.Entry.number(number(setting, ERROR)));
            double bytes = number(without(setting, DAMAGES), BYTES);
            row.add(Double.isNaN(bytes) ? text("") : bytes(Math.round(bytes)));
            if (predicted) {
                CellSetting noise = without(setting, Set.of(MEMORY, Figure3Cell.ITERATIONS, Trained.NETWORK));
                row.add(Table.Entry.number(number(noise, Figure3.EXPECTED)));
                row.add(Table.Entry.number(number(noise, Figure3.LEAST)));
            }
            table.row(row);
        }
        return table;
    }

    private Table times() {
        Set<CellSetting> memories = new LinkedHashSet<>();
        settings(ANSWERING_SECONDS, results.timings()).forEach(s -> memories.add(without(s, DAMAGES)));
        List<CellSetting> rows = List.copyOf(memories);
        List<String> parts = parts(rows);
        Table table = columns(new Table("What it took, in seconds"), parts, rows)
                .numbers("learning", "a recall", "a recall at most");
        for (CellSetting memory : rows) {
            double cues = number(without(memory, Set.of(MEMORY)), CUES);
            double[] each = results.timings().metric(ANSWERING_SECONDS).all().stream()
                    .filter(m -> without(m.setting(), DAMAGES).equals(memory))
                    .mapToDouble(m -> m.value() / cues)
                    .toArray();
            List<Table.Entry> row = entries(parts, memory);
            row.add(Table.Entry.number(number(memory, LEARNING_SECONDS)));
            row.add(Table.Entry.number(Arrays.stream(each).average().orElse(Double.NaN)));
            row.add(Table.Entry.number(Arrays.stream(each).max().orElse(Double.NaN)));
            table.row(row);
        }
        return table;
    }

    private static List<CellSetting> settings(String metric, Results from) {
        return from.metric(metric).all().stream().map(Measurement::setting).toList();
    }

    /** The parts that occur, the memory last. */
    private static List<String> parts(List<CellSetting> settings) {
        Set<String> parts = new LinkedHashSet<>();
        settings.forEach(s -> parts.addAll(s.parts().keySet()));
        parts.remove(MEMORY);
        parts.remove(Trained.NETWORK); // the memory's name says it
        parts.remove(Figure3Cell.ITERATIONS); // so it does here, see name(..)
        List<String> ordered = new ArrayList<>(parts);
        ordered.add(MEMORY);
        return ordered;
    }

    private static Table columns(Table table, List<String> parts, List<CellSetting> settings) {
        for (String part : parts) {
            boolean numeric = settings.stream()
                    .flatMap(s -> Optional.ofNullable(s.parts().get(part)).stream())
                    .allMatch(value -> value.matches(NUMBER));
            if (numeric) {
                table.numbers(part);
            } else {
                table.texts(part);
            }
        }
        return table;
    }

    private static List<Table.Entry> entries(List<String> parts, CellSetting setting) {
        List<Table.Entry> entries = new ArrayList<>();
        for (String part : parts) {
            String value = part.equals(MEMORY) ? name(setting) : setting.get(part);
            entries.add(entry(part, value));
        }
        return entries;
    }

    private static Table.Entry entry(String part, String value) {
        if (part.equals(KNOWN) && !value.isEmpty()) {
            return Table.Entry.number(Double.parseDouble(value), Fractions.words(Double.parseDouble(value)));
        }
        return new Table.Entry(Question.brief(value), value, Table.Mark.NONE);
    }

    /** The memory, and how often its answer was shown to it again. */
    private static String name(CellSetting setting) {
        String memory = setting.get(MEMORY);
        return Optional.ofNullable(setting.parts().get(Figure3Cell.ITERATIONS))
                .map(times -> memory.replace(Figure3Cell.ITERATED, PAPER + ", F = " + times))
                .orElse(memory);
    }

    private double number(CellSetting setting, String metric) {
        return numbers.getOrDefault(setting, Map.of()).getOrDefault(metric, Double.NaN);
    }

    private static CellSetting without(CellSetting setting, Set<String> left) {
        Map<String, String> parts = new LinkedHashMap<>(setting.parts());
        parts.keySet().removeAll(left);
        return new CellSetting(parts);
    }
}
