package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tollkeeper's own CSV: a header, columns found by name in any order, times with their offset.
final class CanonicalCsv implements Decoder {

    private enum Column {
        CALL_ID(0),
        LEG_ID(1),
        RECORD_TYPE(2),
        INGRESS_TRUNK(3),
        EGRESS_TRUNK(4),
        CALLING(5),
        CALLED(6),
        SETUP_AT(7),
        CONNECT_AT(8),
        RELEASE_AT(9),
        DURATION_MS(10),
        CAUSE(11),
        SIP_CODE(12),
        PDD_MS(13),
        MOS(14),
        CODEC(15),
        ATTESTATION(16),
        SEQUENCE(17),
        FINAL(18);

        private final int position;

        Column(int position) {
            this.position = position;
        }

        String header() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Column[] COLUMNS = Column.values();

    @Override
    public void decode(InputStream content, RecordSink records)
            throws IOException, UndecodableException {
        CsvReader csv = new CsvReader(content, UTF_8, ',', '"');
        List<String> header = csv.next();
        int[] indexes = indexes(header);
        int width = header == null ? 0 : header.size();
        int number = 0;
        for (List<String> fields = csv.next(); fields != null; fields = csv.next()) {
            number++;
            records.accept(
                    csv.strayQuote()
                            ? stray(number, csv.byteOffset())
                            : record(number, csv.byteOffset(), fields, width, indexes));
        }
    }

    private static int[] indexes(@Nullable List<String> header) throws UndecodableException {
        if (header == null) {
            throw new UndecodableException("the file is empty; expected a header line");
        }
        int[] indexes = new int[COLUMNS.length];
        for (Column column : COLUMNS) {
            int index = header.indexOf(column.header());
            if (index < 0 || header.lastIndexOf(column.header()) != index) {
                throw new UndecodableException(
                        "the header has %s column %s; expected each once: %s"
                                .formatted(
                                        index < 0 ? "no" : "more than one",
                                        column.header(),
                                        String.join(
                                                ",",
                                                Arrays.stream(COLUMNS)
                                                        .map(Column::header)
                                                        .toList())));
            }
            indexes[column.position] = index;
        }
        return indexes;
    }

    // Where its fields end nobody can tell, though a reading without quotes may look whole.
    private static CdrRecord stray(int number, long offset) {
        return CdrRecord.at(number, offset).malformed("a quote is never closed").build();
    }

    private static CdrRecord record(
            int number, long offset, List<String> fields, int width, int[] indexes) {
        CdrRecord.Builder record = CdrRecord.at(number, offset);
        if (fields.size() != width) {
            return record.malformed(
                            "%d fields, but the header has %d".formatted(fields.size(), width))
                    .build();
        }
        Row row = new Row(fields, indexes);
        String callId = row.text(Column.CALL_ID);
        if (callId.isEmpty()) {
            record.malformed("call_id is empty");
        }
        record.callId(callId)
                .legId(row.text(Column.LEG_ID))
                .ingressTrunk(row.text(Column.INGRESS_TRUNK))
                .egressTrunk(row.text(Column.EGRESS_TRUNK))
                .calling(row.text(Column.CALLING))
                .called(row.text(Column.CALLED))
                .setupMs(row.instant(Column.SETUP_AT, record))
                .connectMs(row.instant(Column.CONNECT_AT, record))
                .releaseMs(row.instant(Column.RELEASE_AT, record))
                .durationMs(row.integer(Column.DURATION_MS, record))
                .cause(row.text(Column.CAUSE))
                .sipCode(row.text(Column.SIP_CODE))
                .pddMs(Fields.smallNumber(row.text(Column.PDD_MS)))
                .mos(row.text(Column.MOS))
                .codec(row.text(Column.CODEC))
                .attestation(row.text(Column.ATTESTATION));
        if (row.text(Column.SETUP_AT).isEmpty()) {
            record.malformed("setup_at is empty");
        }
        boolean interim = interim(row, record);
        return record.content(content(row, interim)).build();
    }

    private static boolean interim(Row row, CdrRecord.Builder record) {
        String type = row.text(Column.RECORD_TYPE);
        boolean interim = type.equals("interim");
        if (!interim && !type.isEmpty() && !type.equals("full")) {
            record.malformed("record_type is '" + type + "'; expected full or interim");
        }
        Long sequence = row.integer(Column.SEQUENCE, record);
        String last = row.text(Column.FINAL);
        if (!last.isEmpty() && !last.equals("true") && !last.equals("false")) {
            record.malformed("final is '" + last + "'; expected true or false");
        }
        if (interim) {
            if (sequence == null || sequence < 1 || sequence > Integer.MAX_VALUE) {
                record.malformed("an interim record needs a sequence of 1 or more");
            } else {
                record.kind(RecordKind.PART)
                        .sequence(sequence.intValue())
                        .isFinal(last.equals("true"));
            }
        }
        return interim;
    }

    private static long content(Row row, boolean interim) {
        ContentHash hash = new ContentHash();
        for (Column column : COLUMNS) {
            boolean key =
                    switch (column) {
                        case CALL_ID, LEG_ID, SETUP_AT -> true;
                        case SEQUENCE -> interim;
                        default -> false;
                    };
            if (!key) {
                hash.add(row.text(column));
            }
        }
        return hash.value();
    }

    private static final class Row {

        private final List<String> fields;
        private final int[] indexes;

        Row(List<String> fields, int[] indexes) {
            this.fields = fields;
            this.indexes = indexes;
        }

        String text(Column column) {
            return fields.get(indexes[column.position]);
        }

        @Nullable Long instant(Column column, CdrRecord.Builder record) {
            String text = text(column);
            if (text.isEmpty()) {
                return null;
            }
            Long millis = Fields.offsetInstant(text);
            if (millis == null) {
                record.malformed(
                        "%s is '%s'; expected an ISO 8601 time with offset or Z"
                                .formatted(column.header(), text));
            }
            return millis;
        }

        @Nullable Long integer(Column column, CdrRecord.Builder record) {
            String text = text(column);
            if (text.isEmpty()) {
                return null;
            }
            Long number = Fields.integer(text);
            if (number == null) {
                record.malformed(
                        "%s is '%s'; expected a whole number".formatted(column.header(), text));
            }
            return number;
        }
    }
}
