package org.tollkeeper.invoicing.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.model.Agreement;

/// The slices in which the charges behind documents lie now, read once for all of them.
final class ChargeSlices {

    private final CurrentBook book;

    /// By carrier and side.
    private final Map<Long, List<Slice>> slices = new HashMap<>();

    private final Map<LocalDate, Long> callCounts = new HashMap<>();

    /// Charges of a carrier and side.
    ///
    /// @param day of connect, UTC; null for the charges of a tier group
    /// @param agreement of a tier group
    /// @param month of a tier group
    record Slice(
            int id, @Nullable LocalDate day, int agreement, @Nullable LocalDate month, long rows) {

        private boolean isOf(int ofAgreement, CallSpan span, Document document) {
            if (day != null) {
                return isWithin(day, span.firstDay(), span.lastDay());
            }
            return month != null
                    && agreement == ofAgreement
                    && isWithin(
                            month,
                            document.period().from().withDayOfMonth(1),
                            document.period().lastDay());
        }

        private static boolean isWithin(LocalDate day, LocalDate first, LocalDate last) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /// What a document's calls are read from. Slices never change, so an equal source gives equal
    /// bytes.
    ///
    /// @param digest in hexadecimal
    record Source(CallSpan span, List<Slice> slices, String digest) {}

    private ChargeSlices(CurrentBook book) {
        this.book = book;
    }

    /// Reads the live slices of all documents.
    static ChargeSlices read(Connection connection, CurrentBook book, List<Document> documents)
            throws SQLException {
        ChargeSlices found = new ChargeSlices(book);
        LocalDate first = LocalDate.MAX;
        LocalDate last = LocalDate.MIN;
        for (Document document : documents) {
            LocalDate from = document.period().from().withDayOfMonth(1).minusDays(1);
            LocalDate end = document.period().end();
            first = from.isBefore(first) ? from : first;
            last = end.isAfter(last) ? end : last;
        }
        if (!documents.isEmpty()) {
            found.read(connection, first, last);
        }
        return found;
    }

    private void read(Connection connection, LocalDate first, LocalDate last) throws SQLException {
        String query =
                """
                select s.id, s.kind, s.carrier, s.side, s.day, s.agreement, s.month, s.row_count
                from live_slice s
                where s.day between ? and ? or s.month between ? and ?
                order by s.id
                """;
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, first);
            select.setObject(2, last);
            select.setObject(3, first);
            select.setObject(4, last);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    LocalDate day = row.getObject("day", LocalDate.class);
                    long rows = row.getLong("row_count");
                    if (row.getInt("kind") == 1) {
                        callCounts.merge(day, rows, Long::sum);
                        continue;
                    }
                    slices.computeIfAbsent(
                                    key(row.getInt("carrier"), row.getInt("side")),
                                    any -> new ArrayList<>())
                            .add(
                                    new Slice(
                                            row.getInt("id"),
                                            day,
                                            row.getInt("agreement"),
                                            row.getObject("month", LocalDate.class),
                                            rows));
                }
            }
        }
    }

    private static long key(int carrier, int side) {
        return (long) carrier << 8 | side;
    }

    Source source(Document document, Agreement agreement) {
        CallSpan span = CallSpan.of(document.period(), agreement.timeZone());
        int carrier = book.names().carriers().id(document.carrier());
        int number = book.names().agreements().id(document.agreement());
        List<Slice> found =
                slices.getOrDefault(key(carrier, document.side().code()), List.of()).stream()
                        .filter(slice -> slice.isOf(number, span, document))
                        .toList();
        String text =
                "%s %s %s %s %d"
                        .formatted(
                                found.stream().map(Slice::id).toList(),
                                document.agreement(),
                                document.period(),
                                agreement.timeZone(),
                                agreement.chargeDecimals());
        byte[] digest = Renditions.sha256(text.getBytes(UTF_8));
        return new Source(span, found, HexFormat.of().formatHex(digest));
    }

    /// How many calls were set up on a UTC day or the day before it.
    long callCount(LocalDate day) {
        return callCounts.getOrDefault(day, 0L) + callCounts.getOrDefault(day.minusDays(1), 0L);
    }
}
