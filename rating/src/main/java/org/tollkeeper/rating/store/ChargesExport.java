package org.tollkeeper.rating.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.tollkeeper.db.book.StoredNames;
import org.tollkeeper.db.run.CsvExport;
import org.tollkeeper.db.traffic.ChargedCall;
import org.tollkeeper.db.traffic.ChargedCalls;
import org.tollkeeper.db.traffic.CsvText;
import org.tollkeeper.db.traffic.DeckRows;
import org.tollkeeper.db.traffic.PrintedPrice;
import org.tollkeeper.db.traffic.RateLines;

/// The charges that stand, as CSV: one row a call and side, in canonical order. A call across tiers
/// or bands shows its first part's row, and the whole seconds and amount.
public final class ChargesExport {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int CHUNK_ROOM_BYTES = CHUNK_BYTES + (1 << 12);

    private static final String HEADER =
            "switch,call_id,leg_id,setup_at,side,carrier,agreement,deck,code,destination,origin,"
                    + "jurisdiction,band,tier_from,connect_at,duration_ms,billed_seconds,rate,"
                    + "setup,amount,currency";

    /// The slices that may hold charges of some UTC days: a tier group's month is of its own zone.
    private static final String SLICES =
            """
            select id, row_count, day, month from live_slice
            where kind = 2 and day between ? and ? or kind = 3 and month between ? and ?
            """;

    private static final String CALL_COUNTS =
            """
            select day, sum(row_count)::bigint from live_slice
            where kind = 1 and day between ? and ? group by day
            """;

    private final Connection connection;
    private final OutputStream out;
    private final ChargedCalls charges;
    private final DeckRows deckRows;
    private final RateLines<PrintedPrice> prices;
    private final byte[][] carriers;
    private final byte[][] decks;
    private final Terms[] agreements;
    private final CsvText text = new CsvText(CHUNK_ROOM_BYTES);
    private long rowCount;

    /// What the newest version of an agreement says of its amounts.
    private static final class Terms {
        private final byte[] name;
        private final int decimals;
        private final String currency;

        Terms(String name, int decimals, String currency) {
            this.name = CsvText.field(name);
            this.decimals = decimals;
            this.currency = currency;
        }
    }

    private ChargesExport(Connection connection, int mostCharges, OutputStream out)
            throws SQLException {
        this.connection = connection;
        this.out = out;
        readOneState();
        this.charges = new ChargedCalls(connection, mostCharges);
        this.deckRows = new DeckRows(connection);
        this.prices = new RateLines<>(connection, PrintedPrice.COLUMNS, PrintedPrice::of);
        StoredNames names = StoredNames.read(connection);
        this.carriers = fields(names.carriers());
        this.decks = fields(names.decks());
        this.agreements = terms(names.agreements());
    }

    /// Writes the charges of calls answered on UTC days `from` to `to`, inclusive.
    ///
    /// @param connection with autocommit off
    /// @return how many rows
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        return write(connection, from, to, ChargedCalls.MOST_CHARGES, file);
    }

    /// The same with so many charges in memory at once.
    static long write(
            Connection connection, LocalDate from, LocalDate to, int mostCharges, Path file)
            throws SQLException, IOException {
        return CsvExport.write(
                file, out -> new ChargesExport(connection, mostCharges, out).write(from, to));
    }

    /// Whatever is published meanwhile, all is read as it is now.
    private void readOneState() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set transaction isolation level repeatable read");
        }
    }

    private static byte[][] fields(StoredNames.Numbered names) {
        byte[][] fields = new byte[1 + most(names)][];
        names.names().forEach((number, name) -> fields[number] = CsvText.field(name));
        return fields;
    }

    private static int most(StoredNames.Numbered names) {
        return names.names().keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    private Terms[] terms(StoredNames.Numbered names) throws SQLException {
        Terms[] terms = new Terms[1 + most(names)];
        String newest =
                """
                select distinct on (agreement) agreement, charge_decimals, currency
                from agreement_version order by agreement, known_from desc
                """;
        try (PreparedStatement select = connection.prepareStatement(newest);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                int number = row.getInt(1);
                terms[number] = new Terms(names.name(number), row.getInt(2), row.getString(3));
            }
        }
        return terms;
    }

    private long write(LocalDate from, LocalDate to) throws SQLException, IOException {
        text.ascii(HEADER).endOfRow();
        for (ChargedCalls.Wanted day : days(from, to)) {
            prices.read(day.numbers());
            deckRows.readEarlier(day.condition());
            charges.read(day, this::add);
        }
        out.write(text.bytes(), 0, text.length());
        return rowCount;
    }

    /// What is wanted of each day that may have charges.
    private List<ChargedCalls.Wanted> days(LocalDate from, LocalDate to) throws SQLException {
        NavigableMap<LocalDate, Map<Integer, Long>> slices = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(SLICES)) {
            select.setObject(1, from);
            select.setObject(2, to);
            select.setObject(3, from.minusDays(1).withDayOfMonth(1));
            select.setObject(4, to.plusDays(1));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    LocalDate day = row.getObject("day", LocalDate.class);
                    LocalDate month = row.getObject("month", LocalDate.class);
                    LocalDate first = day == null ? month.minusDays(1) : day;
                    LocalDate last = day == null ? month.plusMonths(1) : day;
                    for (LocalDate each = first; !each.isAfter(last); each = each.plusDays(1)) {
                        slices.computeIfAbsent(each, any -> new TreeMap<>())
                                .put(row.getInt("id"), row.getLong("row_count"));
                    }
                }
            }
        }
        Map<LocalDate, Long> callCounts = callCounts(from.minusDays(1), to);
        List<ChargedCalls.Wanted> days = new ArrayList<>();
        slices.subMap(from, true, to, true)
                .forEach((day, rowCounts) ->
                        days.add(
                                new ChargedCalls.Wanted(
                                        day,
                                        rowCounts.keySet(),
                                        rowCounts.values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum(),
                                        callCounts.getOrDefault(day, 0L)
                                                + callCounts.getOrDefault(day.minusDays(1), 0L))));
        return days;
    }

    private Map<LocalDate, Long> callCounts(LocalDate from, LocalDate to) throws SQLException {
        Map<LocalDate, Long> counts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(CALL_COUNTS)) {
            select.setObject(1, from);
            select.setObject(2, to);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    counts.put(row.getObject(1, LocalDate.class), row.getLong(2));
                }
            }
        }
        return counts;
    }

    private void add(ChargedCall charge) throws IOException {
        rowCount++;
        int deckRow = deckRows.number(charge.deckRow());
        PrintedPrice price = prices.of(deckRows.rateLine(deckRow));
        Terms terms = agreements[charge.agreement()];
        charge.addKey(text).comma().ascii(charge.side().label()).comma();
        text.fields(carriers[charge.carrier()]).comma().fields(terms.name).comma();
        text.fields(decks[deckRows.deck(deckRow)]).comma();
        text.digits(deckRows.code(deckRow), "").comma();
        price.addPlace(text).comma().instant(charge.connectMs()).comma();
        text.number(charge.durationMs()).comma().number(charge.billedSeconds()).comma();
        price.addRate(text).comma().fields(deckRows.setup(deckRow)).comma();
        text.nanos(charge.nanos(), terms.decimals).comma().ascii(terms.currency).endOfRow();
        if (text.length() >= CHUNK_BYTES) {
            out.write(text.bytes(), 0, text.length());
            text.clear();
        }
    }
}
