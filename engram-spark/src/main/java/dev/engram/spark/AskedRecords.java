package dev.engram.spark;

import dev.engram.linalg.Matrix;
import dev.engram.memory.Answer;
import dev.engram.memory.AssociativeMemory;
import dev.engram.memory.CueBatches;
import dev.engram.memory.Identifier;
import dev.engram.memory.Mask;
import dev.engram.memory.NoveltyJudge;
import dev.engram.memory.Recall;
import dev.engram.memory.attractor.AttractorMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Records that a memory is asked about together, each with its answer, or with why it has none. */
final class AskedRecords {

    private final AssociativeMemory memory;
    private final MemoryBytes.Asked asked;
    private final CueReader reader;
    private final AnswerColumns columns;
    private final List<Row> records = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Said> readable = new ArrayList<>();
    private final List<CueReader.Cue> cues = new ArrayList<>();

    /** What goes into the columns of one record. */
    private static final class Said {
        private final @Nullable Object[] values = new Object[AnswerColumns.COUNT];

        void pattern(Object pattern) {
            values[0] = pattern;
        }

        void answer(String word) {
            values[1] = word;
        }

        void name(String name) {
            values[2] = name;
        }

        void candidates(List<String> names) {
            values[3] = names.toArray(String[]::new);
        }

        void margin(double margin) {
            values[4] = margin;
        }

        void novelty(double novelty) {
            values[5] = novelty;
        }

        void inference(double energy, double residual, String status) {
            values[6] = energy;
            values[7] = residual;
            values[8] = status;
        }

        void error(String why) {
            values[9] = why;
        }
    }

    AskedRecords(MemoryBytes.Asked asked, CueReader reader, AnswerColumns columns) {
        this.asked = asked;
        this.memory = asked.memory();
        this.reader = reader;
        this.columns = columns;
    }

    void add(Row record) {
        Said about = new Said();
        records.add(record);
        said.add(about);
        try {
            cues.add(reader.read(record));
            readable.add(about);
        } catch (UnreadableRecordException e) {
            about.error("The cue cannot be read: %s.".formatted(e.getMessage()));
        }
    }

    /** All records, in their order, with the columns of the answers behind. */
    List<Row> answers(String ask) {
        if (!cues.isEmpty()) {
            ask(ask);
        }
        List<Row> answered = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            Row record = records.get(i);
            Object[] values = new Object[record.length() + AnswerColumns.COUNT];
            for (int j = 0; j < record.length(); j++) {
                values[j] = record.get(j);
            }
            System.arraycopy(said.get(i).values, 0, values, record.length(), AnswerColumns.COUNT);
            answered.add(RowFactory.create(values));
        }
        return answered;
    }

    private void ask(String ask) {
        Matrix shown = Matrix.zeros(cues.size(), memory.values());
        List<BitSet> known = new ArrayList<>();
        for (int i = 0; i < cues.size(); i++) {
            System.arraycopy(cues.get(i).values(), 0, shown.data(), i * memory.values(), memory.values());
            known.add(cues.get(i).known());
        }
        Mask mask = Mask.known(memory.values(), known);
        if (ask.equals(AnswerParams.FAMILIAR)) {
            safely(IntStream.range(0, cues.size()).toArray(), rows -> judge(shown.rows(rows), mask.cues(rows), rows));
            return;
        }
        List<CueBatches.Batch> batches = ask.equals(AnswerParams.COMPLETE)
                ? CueBatches.completing(shown, mask)
                : CueBatches.recalling(shown, mask, 1);
        for (CueBatches.Batch batch : batches) {
            safely(batch.rows(), rows -> {
                Recall recall = rows.length == batch.rows().length
                        ? batch.ask(memory)
                        : alone(ask, shown.rows(rows), mask.cues(rows)).ask(memory);
                put(recall, rows);
            });
        }
    }

    private static CueBatches.Batch alone(String ask, Matrix cue, Mask mask) {
        return (ask.equals(AnswerParams.COMPLETE)
                        ? CueBatches.completing(cue, mask)
                        : CueBatches.recalling(cue, mask, 1))
                .get(0);
    }

    /** Asks about all; where that fails about each alone, so that one that cannot be answered takes no other with it. */
    private void safely(int[] rows, Consumer<int[]> question) {
        try {
            question.accept(rows);
        } catch (IllegalArgumentException | ArithmeticException e) {
            if (rows.length == 1) {
                readable.get(rows[0]).error(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
                return;
            }
            for (int row : rows) {
                safely(new int[] {row}, question);
            }
        }
    }

    private void put(Recall recall, int... rows) {
        for (int i = 0; i < rows.length; i++) {
            Said about = readable.get(rows[i]);
            about.pattern(columns.pattern(recall.patterns().row(i)));
            about.inference(
                    recall.energy()[i],
                    recall.residual()[i],
                    word(recall.status().get(i)));
            if (!recall.answers().isEmpty()) {
                put(recall.answers().get(i), about);
            }
        }
    }

    private void put(Answer answer, Said about) {
        about.candidates(answer.candidates().stream()
                .map(candidate -> name(candidate.index()))
                .toList());
        if (answer instanceof Answer.Recalled found) {
            about.answer("recalled");
            about.name(name(found.index()));
            about.margin(found.margin());
        } else if (answer instanceof Answer.Unfamiliar unknown) {
            about.answer("unfamiliar");
            about.novelty(unknown.score());
        } else {
            about.answer("ambiguous");
        }
    }

    private void judge(Matrix shown, Mask mask, int... rows) {
        boolean whole = mask.clamp().isAll();
        Optional<Identifier> identifier = memory.identifier();
        if (identifier.isPresent()) {
            List<Answer> answers = identifier.get().identify(mask.blank(shown, 0), mask);
            for (int i = 0; i < rows.length; i++) {
                put(answers.get(i), readable.get(rows[i]));
            }
        }
        if (memory instanceof AttractorMemory codes && whole) {
            put(codes.familiarity(shown).novelty(), rows);
        } else if (memory instanceof NoveltyJudge judge) {
            double[] novelty = judge.novelty(mask.blank(shown, Float.NaN));
            put(novelty, rows);
            judge.ordinary(asked.rate()).ifPresent(ordinary -> {
                for (int i = 0; i < rows.length; i++) {
                    readable.get(rows[i]).answer(novelty[i] > ordinary.threshold() ? "unfamiliar" : "familiar");
                }
            });
        }
    }

    private void put(double[] novelty, int... rows) {
        for (int i = 0; i < rows.length; i++) {
            readable.get(rows[i]).novelty(novelty[i]);
        }
    }

    private String name(int index) {
        return asked.stored().catalogue().name(index).orElse(String.valueOf(index));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
