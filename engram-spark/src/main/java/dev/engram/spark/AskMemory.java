package dev.engram.spark;

import dev.engram.memory.CueBatches;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * Asks the memory of this process about the records of a partition, {@value CueBatches#TOGETHER} at a time, so that no more than these are in
 * memory.
 *
 * @param ask one of {@link AnswerParams}'s questions
 */
record AskMemory(Broadcast<MemoryBytes> memory, CueReader reader, String ask, AnswerColumns columns)
        implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> records) {
        return new Iterator<>() {
            private Iterator<Row> answered = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return answered.hasNext() || records.hasNext();
            }

            @Override
            public Row next() {
                if (!answered.hasNext()) {
                    answered = answer(next256(records)).iterator();
                }
                return answered.next();
            }
        };
    }

    private static List<Row> next256(Iterator<Row> records) {
        if (!records.hasNext()) {
            throw new NoSuchElementException();
        }
        List<Row> next = new ArrayList<>();
        while (records.hasNext() && next.size() < CueBatches.TOGETHER) {
            next.add(records.next());
        }
        return next;
    }

    private List<Row> answer(List<Row> records) {
        MemoryBytes.Asked asked = memory.value().asked(TaskThreads.linearAlgebra());
        AskedRecords together = new AskedRecords(asked, reader, columns);
        records.forEach(together::add);
        return together.answers(ask);
    }
}
