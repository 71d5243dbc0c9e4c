package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.db.run.DayLeaves;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.db.run.Slices;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;

/// A database of one company, one carrier and its agreements, with statements written by hand and,
/// where a test needs them, calls and charges.
final class Books implements AutoCloseable {

    static final Instant NIGHT = Instant.parse("2024-05-02T03:00:00Z");

    final Database database = TestDatabase.fresh();
    final Connection connection = database.connect();
    final Run run = Run.begin(connection, "test", "", NIGHT);
    private final int carrier;
    private int callCount;

    Books() throws SQLException {
        execute("insert into book_version values (1, now(), '\\x00')");
        execute(
                """
                insert into company_version values ('Wholesale Voice Ltd',
                    '{1 Exchange Place,Dublin}', 'IE', 'IE1234567T', 'USD', 'Europe/Dublin', 'WV',
                    'Bank of Examples', 'IE29AIBK93115212345678', 'AIBKIE2D',
                    'billing@example.com', 1)
                """);
        execute("insert into switch (name) values ('fra1')");
        execute(
                """
                insert into switch_version (switch, format, time_zone, files, sequence,
                    country_code, national_prefix, international_prefix, short_codes, mapping,
                    known_from)
                values (1, 'canonical-csv', 'UTC', '*', '', '', '', '', '{}', '', 1)
                """);
        carrier = carrier("BETA", "Béta Communications SA", "FR40303265045");
        commit();
    }

    /// The book changed: from now on it is another version.
    void newVersion() throws SQLException {
        execute(
                "insert into book_version select max(version) + 1, now(), '\\x00' from book_version");
    }

    private int carrier(String id, String name, String vatId) throws SQLException {
        int number = number("insert into carrier (name) values (?) returning id", id);
        execute(
                """
                insert into carrier_version values
                    (?, ?, '2 Carrier Street', 'Town', '1001', 'FR', ?, 'rates@example.org', '', 1)
                """,
                number,
                name,
                vatId);
        return number;
    }

    /// Another carrier than BETA, without agreements.
    void otherCarrier(String id) throws SQLException {
        var _ = carrier(id, id + " Telecom", "");
    }

    void vatId(String vatId) throws SQLException {
        execute("update carrier_version set vat_id = ?", vatId);
        newVersion();
        commit();
    }

    /// An agreement with BETA from 2024 on, monthly, UTC.
    Books agreement(String id, String currency, int taxCategory, String taxPercent)
            throws SQLException {
        int number = number("insert into agreement (name) values (?) returning id", id);
        execute(
                """
                insert into agreement_version (agreement, carrier, from_day, in_force, currency,
                    time_zone, cycle, due_days, settlement, netting, duration, charge_decimals,
                    charge_rounding, tiers, bands, routing_number, late_usage, tax_category,
                    tax_percent, tax_note, known_from)
                values (?, ?, '2024-01-01',
                    tstzrange(make_date(2000 + ?, 1, 1), make_date(2001 + ?, 1, 1)), ?, 'UTC', 1,
                    30, 'sender-keeps-all', true, 1, 6, 1, 1, 1, false, 1, ?, ?, '', 1)
                """,
                number,
                carrier,
                number,
                number,
                currency,
                taxCategory,
                new BigDecimal(taxPercent));
        newVersion();
        commit();
        return this;
    }

    void lateUsageOnNextInvoice() throws SQLException {
        execute("update agreement_version set late_usage = 2");
        newVersion();
        commit();
    }

    /// Replaces the statement of an agreement's month.
    ///
    /// @param lines `side destination rate calls seconds amount`, blanks within names as `_`; a
    ///   rate that begins with `!` is a shortfall
    void statement(String agreement, String month, String currency, String... lines)
            throws SQLException {
        LocalDate from = LocalDate.parse(month + "-01");
        int publication = run.publish(connection);
        retireStatement(agreement, month, publication);
        if (lines.length == 0) {
            commit();
            return;
        }
        int decimals = java.util.Currency.getInstance(currency).getDefaultFractionDigits();
        int id =
                number(
                        """
                        insert into statement (agreement, period_from, period_end, currency,
                            charge_decimals, minor_decimals, run, digest, from_publication)
                        select id, ?, ?, ?, 6, ?, ?, '\\x00', ? from agreement where name = ?
                        returning id
                        """,
                        from,
                        from.plusMonths(1),
                        currency,
                        decimals,
                        run.id(),
                        publication,
                        agreement);
        long[] totals = new long[3];
        int n = 0;
        for (String line : lines) {
            String[] part = line.split(" ", -1);
            int side = part[0].equals("buy") ? 1 : 2;
            boolean shortfall = part[2].startsWith("!");
            BigDecimal amount = new BigDecimal(part[5]);
            long due =
                    amount.setScale(decimals, java.math.RoundingMode.HALF_UP)
                            .unscaledValue()
                            .longValueExact();
            totals[side] += due;
            execute(
                    """
                    insert into statement_line values
                        (?, ?, ?, ?, ?, ?, '', ?, '', 0, ?, ?, ?, ?, ?)
                    """,
                    id,
                    ++n,
                    shortfall ? 2 : 1,
                    side,
                    part[1].replace('_', ' '),
                    new BigDecimal(part[2].replace("!", "")),
                    shortfall ? null : BigDecimal.ZERO,
                    Long.parseLong(part[3]),
                    Long.parseLong(part[4]),
                    Long.parseLong(part[4]),
                    shortfall ? BigDecimal.ZERO : amount.movePointRight(9),
                    due);
        }
        for (int side = 1; side <= 2; side++) {
            execute(
                    """
                    insert into statement_line values
                        (?, ?, 3, ?, '', null, '', null, '', 0, 0, 0, 0, 0, ?)
                    """,
                    id,
                    ++n,
                    side,
                    totals[side]);
        }
        commit();
    }

    private void retireStatement(String agreement, String month, int publication)
            throws SQLException {
        execute(
                """
                update statement set to_publication = ?
                where to_publication is null and period_from = ?
                  and agreement = (select id from agreement where name = ?)
                """,
                publication,
                LocalDate.parse(month + "-01"),
                agreement);
    }

    /// A deck row of the agreement's only deck; its number.
    int price(String code, String destination, String rate) throws SQLException {
        newVersion();
        execute("insert into deck (name) values ('LIST') on conflict do nothing");
        int line =
                number(
                        """
                        insert into rate_line (destination, rate, band, tier_from, origin,
                            jurisdiction)
                        values (?, ?, '', 0, '', 0) returning id
                        """,
                        destination,
                        new BigDecimal(rate));
        return number(
                """
                insert into deck_row (deck, code, rate_line, setup, minimum_seconds,
                    increment_seconds, blocked, known_from)
                select id, ?, ?, 0, 1, 1, false, 1 from deck returning id
                """,
                code,
                line);
    }

    /// One answered call of the carrier, charged on `side`, in slices of their own.
    void call(
            String callId,
            String agreement,
            Side side,
            Instant connect,
            int seconds,
            int deckRow,
            long nanos)
            throws SQLException {
        LocalDate day = LocalDate.ofInstant(connect, ZoneOffset.UTC);
        int publication = run.publish(connection);
        new DayLeaves(connection, "call").ensure(day);
        new DayLeaves(connection, "charge").ensure(day);
        int file =
                number(
                        """
                        insert into cdr_file (switch, sha256, path, archived, decoded_bytes, run,
                            publication, read_count, call_count)
                        values (1, sha256(?::bytea), 'x.csv', 'x', 1, ?, ?, 1, 1) returning id
                        """,
                        callId,
                        run.id(),
                        publication);
        int calls = Slices.openCalls(connection, run, day);
        int ingress = side == Side.SELL ? carrier : 0;
        int egress = side == Side.SELL ? 0 : carrier;
        long connectMs = connect.toEpochMilli();
        execute(
                """
                insert into call values (?, ?, 1, ?, 1, ?, ?, ?, ?, ?, ?, 0, 1, ?, ?,
                    0, 0, 0, 0, 0, 0, 0, 0, 0, 1500, ?, '')
                """,
                day,
                calls,
                file,
                connectMs - 2000,
                connectMs,
                connectMs + seconds * 1000L,
                seconds * 1000,
                Digits.of("33123456789").packed(),
                Digits.of("447700900123").packed(),
                ingress,
                egress,
                callId);
        execute(
                "insert into call_sum values (?, ?, ?, ?, 1, ?)",
                calls,
                carrier,
                side.code(),
                day,
                seconds * 1000);
        Slices.publish(connection, calls, publication, 1, 0);
        int charges = Slices.openCharges(connection, run, day, carrier, side);
        execute(
                """
                insert into charge select ?, ?, ?, ?, 1, ?, ?, id, ?, ?, ?, ?, ?, 0
                from agreement where name = ?
                """,
                day,
                charges,
                day,
                calls,
                side.code(),
                carrier,
                deckRow,
                connectMs,
                seconds,
                seconds,
                nanos,
                agreement);
        execute(
                """
                insert into traffic_sum select ?, a.id, ?, ?, r.rate_line, 1, ?, ?, ?
                from agreement a, deck_row r where a.name = ? and r.id = ?
                """,
                charges,
                side.code(),
                day,
                seconds,
                seconds,
                BigDecimal.valueOf(nanos),
                agreement,
                deckRow);
        Slices.publish(connection, charges, publication, 1, 0);
        callCount++;
        commit();
    }

    int callCount() {
        return callCount;
    }

    List<String> rows(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(String.valueOf(row.getString(i)));
                }
                rows.add(String.join(" ", cells));
            }
        }
        commit();
        return rows;
    }

    void execute(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            statement.execute();
        }
    }

    private int number(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        database.close();
    }
}
