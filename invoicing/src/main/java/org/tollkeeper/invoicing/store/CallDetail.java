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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tollkeeper.db.CopiedRows;
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
    private final ChargedRows<PrintedPrice> prices;
    private final Map<Integer, byte[]> switches = new HashMap<>();

    /// Number of a switch → its place in the order of names.
    private int[] switchPlaces = {};

    /// A document whose calls are wanted, and the stream to write them to, which is closed.
    record Wanted(
            Document document, Agreement agreement, ChargeSlices.Source source, OutputStream out) {}

    /// A file being written.
    private record Target(CallFile file, CallSpan span, int decimals, String currency) {

        boolean has(long connectMs) {
            return connectMs >= span.from().toEpochMilli() && connectMs < span.end().toEpochMilli();
        }
    }

    /// @param connection with autocommit off
    CallDetail(Connection connection, CurrentBook book, ChargeSlices slices) {
        this.connection = connection;
        this.book = book;
        this.slices = slices;
        this.prices = new ChargedRows<>(connection, PrintedPrice.COLUMNS, PrintedPrice::of);
    }

    void write(List<Wanted> all) throws SQLException, IOException {
        if (all.isEmpty()) {
            return;
        }
        readSwitches();
        writeAll(all);
        ExpectedRows.unknown(connection);
    }

    private void writeAll(List<Wanted> all) throws SQLException, IOException {
        Map<Long, List<Target>> targets = new HashMap<>();
        Map<LocalDate, Map<Integer, Long>> days = new TreeMap<>();
        try (CallFile.Compressor compressor = new CallFile.Compressor()) {
            for (Wanted each : all) {
                Target target =
                        new Target(
                                new CallFile(each.out(), compressor),
                                each.source().span(),
                                each.agreement().chargeDecimals(),
                                each.document().currency().getCurrencyCode());
                int agreement = book.names().agreements().id(each.document().agreement());
                targets.computeIfAbsent(
                                key(agreement, each.document().side().code()),
                                any -> new ArrayList<>())
                        .add(target);
                addDays(each.source(), days);
            }
            for (Map.Entry<LocalDate, Map<Integer, Long>> day : days.entrySet()) {
                write(day.getKey(), day.getValue(), targets);
            }
            targets.values().forEach(some -> some.forEach(target -> target.file().finish()));
            compressor.await();
        }
    }

    private static long key(int agreement, int side) {
        return (long) agreement << 2 | side;
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

    private void write(LocalDate day, Map<Integer, Long> rowCounts, Map<Long, List<Target>> targets)
            throws SQLException {
        String charges =
                "h.day = '%s' and h.slice = any ('{%s}')"
                        .formatted(
                                day,
                                rowCounts.keySet().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")));
        long rowCount = rowCounts.values().stream().mapToLong(Long::longValue).sum();
        ExpectedRows.of(connection, rowCount, slices.callCount(day));
        prices.read(charges);
        try (CopiedRows row = new CopiedRows(connection, query(charges))) {
            while (row.next()) {
                int agreement = row.intValue();
                int side = row.shortValue();
                long connectMs = row.longValue();
                Target found = null;
                for (Target each : targets.getOrDefault(key(agreement, side), List.of())) {
                    found = each.has(connectMs) ? each : found;
                }
                if (found == null) {
                    skip(row);
                } else {
                    write(row, connectMs, found);
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

    private static void skip(CopiedRows row) {
        var _ = row.intValue();
        var _ = row.intValue();
        var _ = row.longValue();
        var _ = row.shortValue();
        for (int i = 0; i < 4; i++) {
            var _ = row.longValue();
        }
        var _ = row.text();
        var _ = row.text();
    }

    private void write(CopiedRows row, long connectMs, Target target) {
        PrintedPrice price = prices.of(row.intValue());
        int billedSeconds = row.intValue();
        long nanos = row.longValue();
        CallRowText text = target.file().text();
        byte[] name = switches.get((int) row.shortValue());
        text.fields(Objects.requireNonNull(name)).comma();
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
        text.fields(price.place).comma().number(billedSeconds).comma();
        text.fields(price.price).comma().nanos(nanos, target.decimals()).comma();
        text.ascii(target.currency());
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
                switches.put(id, Arrays.copyOf(field.bytes(), field.length()));
                switchPlaces = Arrays.copyOf(switchPlaces, Math.max(switchPlaces.length, id + 1));
                switchPlaces[id] = ++place;
            }
        }
    }
}
