package org.tollkeeper.invoicing.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tollkeeper.invoicing.report.Joint;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;

/// The chain file → record → call → charge → statement → document. Everything visible is in it; of
/// the calls themselves those of a span are read, for the others their slices' counts stand.
final class Joints {

    private static final String RECORDS =
            """
            select (select coalesce(sum(read_count), 0) from cdr_file where publication is not null),
                   (select coalesce(sum(row_count), 0) from live_slice where kind = 1)
                       - (select count(*) from tombstone t
                          join live_slice s on s.id = t.slice and s.kind = 1),
                   (select coalesce(sum(joined_count), 0) from cdr_file
                    where publication is not null),
                   (select count(*) from duplicate where to_publication is null),
                   (select coalesce(sum(suspended_count), 0) from cdr_file
                    where publication is not null),
                   (select count(*) from filtered where to_publication is null)
            """;

    private static final String CALLS =
            """
            select side, sum(call_count)::bigint, sum(talk_ms)::bigint, sum(own_count)::bigint,
                   sum(own_ms)::bigint, sum(unanswered_count)::bigint, sum(charged_count)::bigint,
                   sum(charged_ms)::bigint, sum(suspended_count)::bigint, sum(suspended_ms)::bigint
            from report_joint where day between ? and ?
            group by side order by side desc
            """;

    private static final String MONEY =
            """
            with charged as (
                select v.currency, t.side, sum(t.call_count) as calls,
                       sum(t.billed_seconds) as seconds, sum(t.charge_nanos) as nanos
                from traffic_sum t
                join slice_life l on l.slice = t.slice
                join agreement_version v
                     on v.agreement = t.agreement and v.known_to = 2147483647
                where l.to_publication is null
                group by 1, 2),
            stated as (
                select s.currency, l.side, sum(l.call_count) as calls,
                       sum(l.billed_seconds) as seconds, sum(l.traffic_nanos) as nanos
                from statement s join statement_line l on l.statement = s.id
                where s.to_publication is null and l.kind = 1
                group by 1, 2),
            open as (
                select v.currency, t.side, sum(t.call_count) as calls,
                       sum(t.billed_seconds) as seconds, sum(t.charge_nanos) as nanos
                from traffic_sum t
                join slice_life l on l.slice = t.slice
                join agreement_version v
                     on v.agreement = t.agreement and v.known_to = 2147483647
                where l.to_publication is null and not exists (
                    select 1 from statement s
                    where s.agreement = t.agreement and s.to_publication is null
                      and t.day >= s.period_from and t.day < s.period_end)
                group by 1, 2)
            select 'charges', currency, side, calls, seconds, nanos from charged
            union all select 'statements', currency, side, calls, seconds, nanos from stated
            union all select 'open periods', currency, side, calls, seconds, nanos from open
            order by 2, 3 desc, 1
            """;

    private static final int NANO_DECIMALS = 9;

    private Joints() {}

    static List<Joint> read(Connection connection, LocalDate through) throws SQLException {
        List<Joint> joints = new ArrayList<>();
        joints.add(records(connection));
        joints.addAll(calls(connection, ReportSpan.through(through)));
        joints.addAll(charges(connection));
        joints.addAll(DocumentJoints.read(connection, through));
        return joints;
    }

    private static Joint records(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RECORDS);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Joint(
                    "records",
                    Joint.Item.count("read", row.getLong(1)),
                    List.of(
                            Joint.Item.count("calls", row.getLong(2)),
                            Joint.Item.count("parts joined", row.getLong(3)),
                            Joint.Item.count("duplicates", row.getLong(4)),
                            Joint.Item.count("suspended", row.getLong(5)),
                            Joint.Item.count("filtered", row.getLong(6))));
        }
    }

    private static List<Joint> calls(Connection connection, ReportSpan span) throws SQLException {
        List<Joint> joints = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(CALLS)) {
            select.setObject(1, span.first());
            select.setObject(2, span.last());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Side side = Coded.ofCode(Side.class, row.getInt(1));
                    joints.add(
                            new Joint(
                                    "calls, " + side.label(),
                                    item("calls", row.getLong(2), row.getLong(3)),
                                    List.of(
                                            item("own network", row.getLong(4), row.getLong(5)),
                                            item("unanswered", row.getLong(6), 0),
                                            item("charged", row.getLong(7), row.getLong(8)),
                                            item("suspended", row.getLong(9), row.getLong(10)))));
                }
            }
        }
        return joints;
    }

    private static Joint.Item item(String name, long count, long millis) {
        return new Joint.Item(name, count, BigDecimal.valueOf(millis, 3), BigDecimal.ZERO, "");
    }

    private static List<Joint> charges(Connection connection) throws SQLException {
        Map<String, Map<String, Joint.Item>> places = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(MONEY);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String currency = row.getString(2);
                String joint =
                        "charges, "
                                + Coded.ofCode(Side.class, row.getInt(3)).label()
                                + ", "
                                + currency;
                places.computeIfAbsent(joint, any -> new LinkedHashMap<>())
                        .put(
                                row.getString(1),
                                new Joint.Item(
                                        row.getString(1),
                                        row.getLong(4),
                                        row.getBigDecimal(5),
                                        row.getBigDecimal(6).movePointLeft(NANO_DECIMALS),
                                        currency));
            }
        }
        List<Joint> joints = new ArrayList<>();
        places.forEach((name, items) -> {
            String currency = name.substring(name.length() - 3);
            joints.add(
                    new Joint(
                            name,
                            part(items, "charges", currency),
                            List.of(
                                    part(items, "statements", currency),
                                    part(items, "open periods", currency))));
        });
        return joints;
    }

    private static Joint.Item part(Map<String, Joint.Item> items, String name, String currency) {
        Joint.Item nothing = new Joint.Item(name, 0, BigDecimal.ZERO, BigDecimal.ZERO, currency);
        return Objects.requireNonNullElse(items.get(name), nothing);
    }

    static BigDecimal amount(long minor, String currency) {
        int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        return BigDecimal.valueOf(minor, decimals);
    }
}
