package org.tollkeeper.db.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/// One execution of a job: numbered, immutable once ended, auditable.
///
/// @param id its number
/// @param startedAt the moment of mediation, for rules that compare with "now"
public record Run(int id, Instant startedAt) {

    /// Begins a run, and marks runs that a crash left `running` as abandoned: what they published
    /// stands, what they had not published was rolled back with their transactions. The caller
    /// holds the run lock, and commits.
    public static Run begin(Connection connection, String command, String reason, Instant now)
            throws SQLException {
        try (PreparedStatement abandon =
                connection.prepareStatement(
                        "update run set state = 'abandoned', ended_at = ? where state = 'running'")) {
            abandon.setTimestamp(1, Timestamp.from(now));
            abandon.executeUpdate();
        }
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into run (command, reason, started_at, state)"
                                + " values (?, ?, ?, 'running') returning id")) {
            insert.setString(1, command);
            insert.setString(2, reason);
            insert.setTimestamp(3, Timestamp.from(now));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new Run(row.getInt(1), now);
            }
        }
    }

    /// Ends the run; the caller commits.
    public void end(Connection connection, boolean done, Instant now) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        "update run set state = ?, ended_at = ? where id = ?")) {
            update.setString(1, done ? "done" : "failed");
            update.setTimestamp(2, Timestamp.from(now));
            update.setInt(3, id);
            update.executeUpdate();
        }
    }

    /// A new publication of this run: the next state of everything visible. What is published under
    /// it becomes visible when the caller commits.
    public int publish(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into publication (run, published_at)"
                                + " values (?, clock_timestamp()) returning id")) {
            insert.setInt(1, id);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
