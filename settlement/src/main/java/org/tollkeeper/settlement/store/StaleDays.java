package org.tollkeeper.settlement.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From which day on may the statements of an agreement no longer be what its charges and terms
/// make of them?
final class StaleDays {

    /// The first day whose charges came or went since each agreement was settled.
    private static final String QUERY =
            """
            select s.agreement, s.terms, s.through, min(t.day)
            from settled s
            left join (slice_life l join traffic_sum t on t.slice = l.slice
                        and (l.from_publication > (select min(publication) from settled)
                             or l.to_publication > (select min(publication) from settled)))
              on t.agreement = s.agreement
             and (l.from_publication > s.publication or l.to_publication > s.publication)
            group by s.agreement
            """;

    private record Settled(Sha256 terms, LocalDate through, @Nullable LocalDate firstChange) {}

    private final Connection connection;
    private final int publication;
    private final Map<Integer, Settled> settled = new HashMap<>();

    StaleDays(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("select coalesce(max(id), 0) from publication")) {
                row.next();
                publication = row.getInt(1);
            }
            try (ResultSet row = statement.executeQuery(QUERY)) {
                while (row.next()) {
                    settled.put(
                            row.getInt(1),
                            new Settled(
                                    Sha256.of(row.getBytes(2)),
                                    row.getObject(3, LocalDate.class),
                                    row.getObject(4, LocalDate.class)));
                }
            }
        }
    }

    /// The first stale day of an agreement, when it is to be settled through a date.
    LocalDate of(int agreement, Sha256 terms, LocalDate through) {
        Settled before = settled.get(agreement);
        if (before == null || !before.terms.equals(terms)) {
            return LocalDate.MIN;
        }
        LocalDate next = earlier(before.through, through).plusDays(1);
        return before.firstChange == null ? next : earlier(before.firstChange, next);
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    /// Remembers that these agreements are settled, as far as this object has seen, and no others.
    void settled(List<Integer> agreements, List<Sha256> terms, LocalDate through)
            throws SQLException {
        forget();
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into settled (agreement, terms, through, publication)"
                                + " values (?, ?, ?, ?)")) {
            for (int i = 0; i < agreements.size(); i++) {
                insert.setInt(1, agreements.get(i));
                insert.setBytes(2, terms.get(i).bytes());
                insert.setObject(3, through);
                insert.setInt(4, publication);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Lets the next settlement look at everything.
    void forget() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from settled");
        }
    }
}
