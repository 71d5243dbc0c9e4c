package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.CopiedRows;
import org.tollkeeper.db.LongIndex;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.model.Agreement;

/// The calls behind documents as compressed CSV: every charge of a document's agreement, side and
/// period, in the order of the calls. Nothing of the other carrier of a call is in it: no name, no
/// trunk, no price.
///
/// However many documents there are, a day's charges are read once, in order, and each row is
/// handed to the document it belongs to. The same calls give the same bytes, whatever other
/// documents are written with them.
final class CallDetail {

    private final Connection connection;
    private final CurrentBook book;
    private final ChargeSlices slices;
    private final RateLines<PrintedPrice> prices;

    /// Number of a switch → its name as bytes of CSV.
    private byte[][] switchNames = {};

    /// Number of a switch → its place in the order of names.
    private int[] switchPlaces = {};

    /// A document whose calls are wanted, and the stream to write them to, which is closed.
    record Wanted(
            Document document, Agreement agreement, ChargeSlices.Source source, OutputStream out) {}

    /// A file being written, for the calls that connect in a span of milliseconds.
    ///
    /// @param endMs exclusive
    private record Target(CallFile file, long fromMs, long endMs, int decimals, String currency) {}

    /// The files being written, by agreement and side.
    private static final class Targets {

        private final LongIndex numbers = new LongIndex();
        private final List<List<Target>> targets = new ArrayList<>();

        private static long key(int agreement, int side) {
            return (long) agreement << 2 | side;
        }

        void add(int agreement, int side, Target target) {
            int number = numbers.of(key(agreement, side));
            if (number == targets.size()) {
                targets.add(new ArrayList<>());
            }
            targets.get(number).add(target);
        }

        @Nullable Target of(int agreement, int side, long connectMs) {
            int number = numbers.find(key(agreement, side));
            if (number >= 0) {
                for (Target each : targets.get(number)) {
                    if (connectMs >= each.fromMs() && connectMs < each.endMs()) {
                        return each;
                    }
                }
            }
            return null;
        }

        void finish() {
            targets.forEach(some -> some.forEach(target -> target.file().finish()));
        }
    }

    /// @param connection with autocommit off
    CallDetail(Connection connection, CurrentBook book, ChargeSlices slices) {
        this.connection = connection;
        this.book = book;
        this.slices = slices;
        this.prices = new RateLines<>(connection, PrintedPrice.COLUMNS, PrintedPrice::of);
    }

    void write(List<Wanted> all) throws SQLException, IOException {
        if (all.isEmpty()) {
            return;
        }
        readSwitches();
        writeAll(all, new DeckRows(connection));
        ExpectedRows.unknown(connection);
    }

    private void writeAll(List<Wanted> all, DeckRows deckRows) throws SQLException, IOException {
        Targets targets = new Targets();
        Map<LocalDate, Map<Integer, Long>> days = new TreeMap<>();
        try (CallFile.Compressor compressor = new CallFile.Compressor()) {
            for (Wanted each : all) {
                CallSpan span = each.source().span();
                Target target =
                        new Target(
                                new CallFile(each.out(), compressor),
                                span.from().toEpochMilli(),
                                span.end().toEpochMilli(),
                                each.agreement().chargeDecimals(),
                                each.document().currency().getCurrencyCode());
                int agreement = book.names().agreements().id(each.document().agreement());
                targets.add(agreement, each.document().side().code(), target);
                addDays(each.source(), days);
            }
            for (Map.Entry<LocalDate, Map<Integer, Long>> day : days.entrySet()) {
                write(day.getKey(), day.getValue(), targets, deckRows);
            }
            targets.finish();
            compressor.await();
        }
    }

    /// Notes on which days which slices are to be read, and how many rows they have.
    private static void addDays(
            ChargeSlices.Source source, Map<LocalDate, Map<Integer, Long>> days) {
        CallSpan span = source.span();
        for (ChargeSlices.Slice slice : source.slices()) {
            LocalDate first = slice.day() == null ? span.firstDay() : slice.day();
            LocalDate last = slice.day() == null ? span.lastDay() : slice.day();
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                days.computeIfAbsent(day, any -> new TreeMap<>()).put(slice.id(), slice.rows());
            }
        }
    }

    private void write(
            LocalDate day, Map<Integer, Long> rowCounts, Targets targets, DeckRows deckRows)
            throws SQLException {
        String numbers =
                rowCounts.keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
        long rowCount = rowCounts.values().stream().mapToLong(Long::longValue).sum();
        ExpectedRows.of(connection, rowCount, slices.callCount(day));
        prices.read(numbers);
        String charges = "h.day = '%s' and h.slice = any ('{%s}')".formatted(day, numbers);
        deckRows.readEarlier(charges);
        try (CopiedRows row = new CopiedRows(connection, query(charges))) {
            while (row.next()) {
                int agreement = row.intValue();
                int side = row.shortValue();
                long connectMs = row.longValue();
                Target target = targets.of(agreement, side, connectMs);
                if (target == null) {
                    row.skip();
                } else {
                    write(row, connectMs, target, deckRows);
                }
            }
        }
    }

    private String query(String charges) {
        String places =
                Arrays.stream(switchPlaces)
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(","));
        return """
        select h.agreement, h.side, h.connect_ms, h.deck_row, h.billed_seconds, h.charge_nanos,
               c.switch, c.setup_ms, c.duration_ms, c.calling, c.called, c.call_id, c.leg_id
        from charge h
        join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
        where %s
        order by h.connect_ms, ('[0:%d]={%s}'::int[])[c.switch], c.call_id, c.leg_id, c.setup_ms\
        """
                .formatted(charges, switchPlaces.length - 1, places);
    }

    private void write(CopiedRows row, long connectMs, Target target, DeckRows deckRows) {
        int deckRow = deckRows.number(row.intValue());
        int billedSeconds = row.intValue();
        long nanos = row.longValue();
        CallRowText text = target.file().text();
        text.fields(switchNames[row.shortValue()]).comma();
        long setupMs = row.longValue();
        long durationMs = row.longValue();
        long calling = row.longValue();
        long called = row.longValue();
        int callIdBytes = row.text();
        text.text(row.bytes(), row.textStart(), callIdBytes).comma();
        int legIdBytes = row.text();
        text.textOrNone(row.bytes(), row.textStart(), legIdBytes).comma();
        text.instant(setupMs).comma().instant(connectMs).comma().number(durationMs).comma();
        text.digits(calling, "").comma().digits(called, "\"\"").comma();
        PrintedPrice price = prices.of(deckRows.rateLine(deckRow));
        text.digits(deckRows.code(deckRow), "").comma();
        text.fields(price.place).comma().number(billedSeconds).comma();
        text.fields(price.rate).comma().fields(deckRows.setup(deckRow)).comma();
        text.nanos(nanos, target.decimals()).comma().ascii(target.currency());
        target.file().endOfRow();
    }

    private void readSwitches() throws SQLException {
        int place = 0;
        try (PreparedStatement select =
                        connection.prepareStatement("select id, name from switch order by name");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int id = row.getInt(1);
                byte[] name = row.getString(2).getBytes(UTF_8);
                CallRowText field = new CallRowText().text(name, 0, name.length);
                int size = Math.max(switchPlaces.length, id + 1);
                switchNames = Arrays.copyOf(switchNames, size);
                switchNames[id] = Arrays.copyOf(field.bytes(), field.length());
                switchPlaces = Arrays.copyOf(switchPlaces, size);
                switchPlaces[id] = ++place;
            }
        }
    }
}
