package dev.engram.io.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.engram.io.file.InputException;
import dev.engram.io.file.Inputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;

/**
 * The rows of a table's text, read from the beginning at every visit and never held as a whole. Every row has as many cells as the first; lines
 * without any are left out.
 *
 * @param header whether the first row is one
 * @param limit how many rows at most
 */
record TableRows(Path file, TableFormat format, boolean header, int limit) {
    /** Does something with a row. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Of one row.
         *
         * @param row counts from 0, without the header
         * @param line of the file where it begins, from 1
         */
        void visit(int row, long line, List<String> cells) throws IOException;
    }

    /** The cells of the first row, header or not. */
    List<String> first() {
        return visit(rows -> {
            if (!rows.hasNext()) {
                throw new InputException("%s holds no rows. Maybe another file was meant.".formatted(file));
            }
            return rows.next().getFields();
        });
    }

    /** Visits the rows in their order, without the header. @return how many there are */
    int forEach(Visitor visitor) {
        return visit(rows -> {
            int columns = 0;
            int row = header ? -1 : 0;
            while (row < limit && rows.hasNext()) {
                CsvRecord next = rows.next();
                columns = columns == 0 ? next.getFieldCount() : columns;
                if (next.getFieldCount() != columns) {
                    throw new InputException(
                            "%s: line %d has %d cells, the first row %d; they must agree. Maybe a text with %s in it is not in quotes."
                                    .formatted(
                                            file,
                                            next.getStartingLineNumber(),
                                            next.getFieldCount(),
                                            columns,
                                            format.separator() == '\t' ? "a tab" : "a comma"));
                }
                if (row >= 0) {
                    visitor.visit(row, next.getStartingLineNumber(), next.getFields());
                }
                row++;
            }
            return Math.max(row, 0);
        });
    }

    private interface Use<T> {
        T of(CloseableIterator<CsvRecord> rows) throws IOException;
    }

    private <T> T visit(Use<T> use) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                        .fieldSeparator(format.separator())
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(format.open(file));
                CloseableIterator<CsvRecord> rows = reader.iterator()) {
            return use.of(rows);
        } catch (IOException e) {
            throw unreadable(e);
        } catch (UncheckedIOException | CsvParseException e) {
            throw e.getCause() instanceof IOException io
                    ? unreadable(io)
                    : new InputException(
                            "%s is not a table: %s. Maybe a quotation mark is not closed."
                                    .formatted(file, Inputs.reason(e)),
                            e);
        }
    }

    private InputException unreadable(IOException cause) {
        return cause instanceof CharacterCodingException
                ? new InputException(
                        ("%s is not UTF-8 text. Maybe it is Latin-1: save it as UTF-8, or convert it with iconv -f latin1 -t utf8"
                                        + " FILE > table.csv.")
                                .formatted(file),
                        cause)
                : Inputs.unreadable(file, cause);
    }
}
