package org.tollkeeper.invoicing.store;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.LongIndex;
import org.tollkeeper.db.traffic.ChargedCall;
import org.tollkeeper.db.traffic.ChargedCalls;
import org.tollkeeper.db.traffic.CsvText;
import org.tollkeeper.db.traffic.DeckRows;
import org.tollkeeper.db.traffic.PrintedPrice;
import org.tollkeeper.db.traffic.RateLines;
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

    private final ChargedCalls charges;

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
    CallDetail(Connection connection, CurrentBook book, ChargeSlices slices) throws SQLException {
        this.connection = connection;
        this.book = book;
        this.slices = slices;
        this.charges = new ChargedCalls(connection);
        this.prices = new RateLines<>(connection, PrintedPrice.COLUMNS, PrintedPrice::of);
    }

    void write(List<Wanted> all) throws SQLException, IOException {
        if (all.isEmpty()) {
            return;
        }
        writeAll(all, new DeckRows(connection));
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
            throws SQLException, IOException {
        long rowCount = rowCounts.values().stream().mapToLong(Long::longValue).sum();
        ChargedCalls.Wanted wanted =
                new ChargedCalls.Wanted(day, rowCounts.keySet(), rowCount, slices.callCount(day));
        prices.read(wanted.numbers());
        deckRows.readEarlier(wanted.condition());
        charges.read(
                wanted,
                charge -> {
                    Target target =
                            targets.of(
                                    charge.agreement(), charge.side().code(), charge.connectMs());
                    if (target != null) {
                        write(charge, target, deckRows);
                    }
                });
    }

    private void write(ChargedCall charge, Target target, DeckRows deckRows) {
        int deckRow = deckRows.number(charge.deckRow());
        PrintedPrice price = prices.of(deckRows.rateLine(deckRow));
        CsvText text = target.file().text();
        charge.addKey(text).comma().instant(charge.connectMs()).comma();
        text.number(charge.durationMs()).comma();
        text.digits(charge.calling(), "").comma().digits(charge.called(), "\"\"").comma();
        text.digits(deckRows.code(deckRow), "").comma();
        price.addPlace(text).comma().number(charge.billedSeconds()).comma();
        price.addRate(text).comma().fields(deckRows.setup(deckRow)).comma();
        text.nanos(charge.nanos(), target.decimals()).comma().ascii(target.currency());
        target.file().endOfRow();
    }
}
