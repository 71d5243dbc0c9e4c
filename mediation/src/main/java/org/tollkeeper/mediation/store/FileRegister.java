package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.file.Archive.Kept;
import org.tollkeeper.mediation.file.InboxFile;

/// The register of files: what content came from which switch, and under which names it was met.
final class FileRegister {

    private final Connection connection;
    private final Run run;

    FileRegister(Connection connection, Run run) {
        this.connection = connection;
        this.run = run;
    }

    /// A file of the register.
    ///
    /// @param path under which its content was met first
    record Known(int file, boolean isQuarantined, String path) {}

    /// The file met before under this name with this size and time, if it was.
    @Nullable Known sighted(int switchNumber, InboxFile found) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select f.id, f.quarantine_reason is not null, f.path
                        from file_sighting s join cdr_file f on f.id = s.file
                        where s.switch = ? and s.path = ? and s.size_bytes = ?
                            and s.modified_ms = ?\
                        """)) {
            select.setInt(1, switchNumber);
            select.setString(2, found.path());
            select.setLong(3, found.sizeBytes());
            select.setLong(4, found.modifiedMs());
            return known(select);
        }
    }

    /// The file with this content, if it came before.
    @Nullable Known ofContent(int switchNumber, Kept kept) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select id, quarantine_reason is not null, path from cdr_file
                        where switch = ? and sha256 = ?\
                        """)) {
            select.setInt(1, switchNumber);
            select.setBytes(2, kept.sha256().bytes());
            return known(select);
        }
    }

    private static @Nullable Known known(PreparedStatement select) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            return row.next()
                    ? new Known(row.getInt(1), row.getBoolean(2), row.getString(3))
                    : null;
        }
    }

    /// Enters a file that is to be read, or that was quarantined before and is read now.
    int enter(int switchNumber, InboxFile found, Kept kept, int publication) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into cdr_file
                            (switch, sha256, path, archived, decoded_bytes, run, publication)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (switch, sha256) do update set path = excluded.path,
                            archived = excluded.archived, run = excluded.run,
                            publication = excluded.publication, quarantine_reason = null
                        returning id\
                        """)) {
            bind(insert, switchNumber, found, kept);
            insert.setInt(7, publication);
            return id(insert);
        }
    }

    /// Enters a file that cannot be decoded whole.
    int quarantine(int switchNumber, InboxFile found, Kept kept, String reason)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into cdr_file
                            (switch, sha256, path, archived, decoded_bytes, run, quarantine_reason)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (switch, sha256) do update
                            set quarantine_reason = excluded.quarantine_reason
                        returning id\
                        """)) {
            bind(insert, switchNumber, found, kept);
            insert.setString(7, reason.replace('\0', '?'));
            return id(insert);
        }
    }

    private void bind(PreparedStatement insert, int switchNumber, InboxFile found, Kept kept)
            throws SQLException {
        insert.setInt(1, switchNumber);
        insert.setBytes(2, kept.sha256().bytes());
        insert.setString(3, found.path());
        insert.setString(4, kept.path());
        insert.setLong(5, kept.decodedBytes());
        insert.setInt(6, run.id());
    }

    private static int id(PreparedStatement insert) throws SQLException {
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /// What became known of a file while it was read.
    void describe(int file, Intake intake) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement(
                        """
                        update cdr_file
                        set first_setup_ms = ?, last_setup_ms = ?, file_sequence = ?
                        where id = ?\
                        """)) {
            update.setObject(1, intake.firstSetupMs());
            update.setObject(2, intake.lastSetupMs());
            update.setObject(3, intake.fileSequence());
            update.setInt(4, file);
            update.executeUpdate();
        }
    }

    /// Notes under which name a content was met.
    ///
    /// @param repeated whether it was known before under another name
    void sight(int switchNumber, InboxFile found, int file, boolean repeated) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into file_sighting
                            (switch, path, size_bytes, modified_ms, file, run, repeated)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (switch, path, size_bytes, modified_ms)
                            do update set file = excluded.file, run = excluded.run,
                                repeated = excluded.repeated\
                        """)) {
            insert.setInt(1, switchNumber);
            insert.setString(2, found.path());
            insert.setLong(3, found.sizeBytes());
            insert.setLong(4, found.modifiedMs());
            insert.setInt(5, file);
            insert.setInt(6, run.id());
            insert.setBoolean(7, repeated);
            insert.executeUpdate();
        }
    }
}
