package org.tollkeeper.mediation.decoder;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.CdrMapping;

/// The lines that open and close a file of records, and what they must say of it. Which kind a line
/// is stands in one of its columns. A file whose header or trailer is missing, stands elsewhere or
/// counts differently is undecodable as a whole.
///
/// @param typeColumn the column that tells; empty where every line is a record
/// @param recordTypes what it says of records; none = whatever it does not say of the others
/// @param headerType what it says of the first line; empty = there is no header
/// @param trailerType what it says of the last line; empty = there is no trailer
/// @param headerCount column of the header that counts; empty = none
/// @param trailerCount column of the trailer that counts; empty = none
/// @param trailerDuration column of the trailer with the sum of all durations; empty = none
/// @param countsLines whether header and trailer count themselves as well
record FileFrame(
        String typeColumn,
        List<String> recordTypes,
        String headerType,
        String trailerType,
        String headerCount,
        String trailerCount,
        String trailerDuration,
        boolean countsLines) {

    /// What a line is.
    enum Line {
        RECORD,
        /// A line of no type that the mapping names.
        UNKNOWN,
        HEADER_OR_TRAILER
    }

    /// Reads the keys.
    ///
    /// @param isColumn whether a text names a column
    /// @param columns how the complaint calls what it expects
    static FileFrame of(Mapping mapping, Function<String, Boolean> isColumn, String columns) {
        String typeColumn = mapping.text("typeColumn", "");
        FileFrame frame =
                new FileFrame(
                        typeColumn,
                        mapping.texts("recordTypes"),
                        mapping.text("headerType", ""),
                        mapping.text("trailerType", ""),
                        mapping.text("headerCount", ""),
                        mapping.text("trailerCount", ""),
                        mapping.text("trailerDuration", ""),
                        mapping.oneOf("counted", "records", CdrMapping.COUNTED).equals("lines"));
        for (String key : List.of("typeColumn", "headerCount", "trailerCount", "trailerDuration")) {
            String column = mapping.text(key, "");
            if (!column.isEmpty() && !isColumn.apply(column)) {
                throw mapping.wrong(key, column, columns);
            }
        }
        boolean hasTypes =
                !frame.recordTypes.isEmpty()
                        || !frame.headerType.isEmpty()
                        || !frame.trailerType.isEmpty();
        if (typeColumn.isEmpty() == hasTypes) {
            throw mapping.wrong(
                    "typeColumn",
                    typeColumn,
                    "a column with headerType, trailerType or recordTypes, and none without");
        }
        if (frame.headerType.isEmpty() && !frame.headerCount.isEmpty()) {
            throw mapping.wrong("headerCount", frame.headerCount, "a headerType as well");
        }
        if (frame.trailerType.isEmpty()
                && !(frame.trailerCount.isEmpty() && frame.trailerDuration.isEmpty())) {
            throw mapping.wrong("trailerCount", frame.trailerCount, "a trailerType as well");
        }
        return frame;
    }

    /// The columns that it needs in every line.
    List<String> columns() {
        return typeColumn.isEmpty() ? List.of() : List.of(typeColumn);
    }

    /// What to say of a line of a type that the mapping does not name.
    String unknown(String type) {
        return "the type is '%s'; expected %s"
                .formatted(
                        type.length() <= 40 ? type : type.substring(0, 40),
                        String.join(" or ", recordTypes));
    }

    /// The check of one file.
    Check check(RecordMapping records) {
        return new Check(records);
    }

    /// Follows the lines of a file.
    final class Check {
        private final RecordMapping records;
        private long lineCount;
        private long recordCount;
        private long durationMs;
        private boolean hasTrailer;
        private @Nullable Long announced;
        private @Nullable Long counted;
        private @Nullable Long totalMs;

        private Check(RecordMapping records) {
            this.records = records;
        }

        /// Takes the next line.
        ///
        /// @param texts the text of a column, by which the mapping names it
        Line next(UnaryOperator<String> texts) throws UndecodableException {
            lineCount++;
            if (typeColumn.isEmpty()) {
                return Line.RECORD;
            }
            String type = texts.apply(typeColumn);
            if (hasTrailer) {
                throw new UndecodableException("the trailer is not the last line");
            }
            if (!headerType.isEmpty() && (lineCount == 1) != type.equals(headerType)) {
                throw new UndecodableException(
                        lineCount == 1
                                ? "the first line is no header '%s'".formatted(headerType)
                                : "line %d is a second header".formatted(lineCount));
            }
            if (lineCount == 1 && type.equals(headerType)) {
                announced = number(texts, headerCount, "header");
                return Line.HEADER_OR_TRAILER;
            }
            if (!trailerType.isEmpty() && type.equals(trailerType)) {
                hasTrailer = true;
                counted = number(texts, trailerCount, "trailer");
                totalMs =
                        trailerDuration.isEmpty()
                                ? null
                                : records.durationMs(texts.apply(trailerDuration));
                if (totalMs == null && !trailerDuration.isEmpty()) {
                    throw new UndecodableException(
                            "the trailer's total is '%s'; expected a duration"
                                    .formatted(texts.apply(trailerDuration)));
                }
                return Line.HEADER_OR_TRAILER;
            }
            recordCount++;
            return recordTypes.isEmpty() || recordTypes.contains(type) ? Line.RECORD : Line.UNKNOWN;
        }

        /// Adds the stated duration of a record to the total.
        void add(@Nullable Long statedMs) {
            durationMs += statedMs == null ? 0 : statedMs;
        }

        /// Compares what was read with what header and trailer say.
        void end() throws UndecodableException {
            if (typeColumn.isEmpty()) {
                return;
            }
            if (!headerType.isEmpty() && lineCount == 0) {
                throw new UndecodableException("the file is empty; expected a header");
            }
            if (!trailerType.isEmpty() && !hasTrailer) {
                throw new UndecodableException(
                        "the last line is no trailer '%s'".formatted(trailerType));
            }
            compare("header", announced);
            compare("trailer", counted);
            if (totalMs != null && totalMs != durationMs) {
                throw new UndecodableException(
                        "the trailer's total is %d ms; the records have %d ms"
                                .formatted(totalMs, durationMs));
            }
        }

        private void compare(String line, @Nullable Long said) throws UndecodableException {
            long found = countsLines ? lineCount : recordCount;
            if (said != null && said != found) {
                throw new UndecodableException(
                        "the %s counts %d %s; the file has %d"
                                .formatted(line, said, countsLines ? "lines" : "records", found));
            }
        }

        private static @Nullable Long number(
                UnaryOperator<String> texts, String column, String line)
                throws UndecodableException {
            if (column.isEmpty()) {
                return null;
            }
            Long number = Fields.integer(texts.apply(column));
            if (number == null) {
                throw new UndecodableException(
                        "the %s's count is '%s'; expected a number"
                                .formatted(line, texts.apply(column)));
            }
            return number;
        }
    }
}
