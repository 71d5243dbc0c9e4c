package org.tollkeeper.invoicing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.invoicing.Correction;
import org.tollkeeper.invoicing.DraftPlan;

/// Corrections proposed for issued documents, as the database keeps them.
final class Proposals {

    private record Stored(
            String number, int line, String destination, String text, long from, long to) {}

    private Proposals() {}

    private static Stored stored(DraftPlan.Proposal proposal) {
        Correction correction = proposal.correction();
        return new Stored(
                proposal.number(),
                correction.line(),
                correction.described().destination(),
                correction.described().description(),
                correction.from().minorUnits(),
                correction.to().minorUnits());
    }

    /// The documents whose proposals are others than those that stand.
    static Set<String> differing(Connection connection, List<DraftPlan.Proposal> proposals)
            throws SQLException {
        Set<Stored> wanted = new HashSet<>();
        proposals.forEach(proposal -> wanted.add(stored(proposal)));
        Set<Stored> live = live(connection);
        Set<String> numbers = new TreeSet<>();
        wanted.stream().filter(w -> !live.contains(w)).forEach(w -> numbers.add(w.number()));
        live.stream().filter(l -> !wanted.contains(l)).forEach(l -> numbers.add(l.number()));
        return numbers;
    }

    /// Whether the proposals are others than those that stand.
    static boolean differ(Connection connection, List<DraftPlan.Proposal> proposals)
            throws SQLException {
        Set<Stored> wanted = new HashSet<>();
        proposals.forEach(proposal -> wanted.add(stored(proposal)));
        return !wanted.equals(live(connection));
    }

    /// Those of the proposals that do not stand yet.
    static List<DraftPlan.Proposal> notStanding(
            Connection connection, List<DraftPlan.Proposal> proposals) throws SQLException {
        Set<Stored> live = live(connection);
        return proposals.stream().filter(proposal -> !live.contains(stored(proposal))).toList();
    }

    private static Set<Stored> live(Connection connection) throws SQLException {
        String query =
                """
                select d.number, p.line, p.destination, p.description, p.from_minor, p.to_minor
                from correction_proposal p join document d on d.id = p.document
                where p.to_publication is null
                """;
        Set<Stored> live = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                live.add(
                        new Stored(
                                row.getString(1),
                                row.getInt(2),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(5),
                                row.getLong(6)));
            }
        }
        return live;
    }

    /// The numbers of those that stand. A proposal never changes: another has another.
    static List<Long> numbers(Connection connection) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement select =
                        connection.prepareStatement(
                                "select id from correction_proposal where to_publication is null"
                                        + " order by id");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
        }
        return numbers;
    }

    /// Ends the proposals that stand where they differ, and writes these.
    static void replace(
            Connection connection, List<DraftPlan.Proposal> proposals, Run run, int publication)
            throws SQLException {
        if (!differ(connection, proposals)) {
            return;
        }
        try (PreparedStatement end =
                connection.prepareStatement(
                        "update correction_proposal set to_publication = ?"
                                + " where to_publication is null")) {
            end.setInt(1, publication);
            end.executeUpdate();
        }
        String insert =
                """
                insert into correction_proposal (document, line, destination, description,
                    from_minor, to_minor, run, from_publication)
                select id, ?, ?, ?, ?, ?, ?, ? from document
                where number = ? and status = 'issued'
                """;
        try (PreparedStatement row = connection.prepareStatement(insert)) {
            for (DraftPlan.Proposal proposal : proposals) {
                Stored stored = stored(proposal);
                row.setInt(1, stored.line());
                row.setString(2, stored.destination());
                row.setString(3, stored.text());
                row.setLong(4, stored.from());
                row.setLong(5, stored.to());
                row.setInt(6, run.id());
                row.setInt(7, publication);
                row.setString(8, stored.number());
                row.addBatch();
            }
            row.executeBatch();
        }
    }
}
