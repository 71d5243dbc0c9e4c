package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.mediation.collect.Fetch.Fetched;
import org.tollkeeper.mediation.collect.RemoteFile;
import org.tollkeeper.model.Pickup;

/// The register of what was collected, by which no file is fetched twice, and of each run's visits.
final class CollectedFiles {

    private final Connection connection;
    private final Run run;

    CollectedFiles(Connection connection, Run run) {
        this.connection = connection;
        this.run = run;
    }

    /// Those of a folder's files that were fetched before as they are.
    Set<RemoteFile> known(Pickup pickup) throws SQLException {
        Set<RemoteFile> known = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select path, size_bytes, modified_s from collected_file
                        where switch = (select id from switch where name = ?)
                            and host = ? and port = ? and left(path, ?) = ?\
                        """)) {
            String folder = folder(pickup);
            select.setString(1, pickup.switchId());
            select.setString(2, pickup.host());
            select.setInt(3, pickup.port());
            select.setInt(4, folder.codePointCount(0, folder.length()));
            select.setString(5, folder);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known.add(
                            new RemoteFile(
                                    row.getString(1).substring(folder.length()),
                                    row.getLong(2),
                                    row.getLong(3)));
                }
            }
        }
        return known;
    }

    void enter(Pickup pickup, RemoteFile file, Fetched fetched) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into collected_file (switch, host, port, path, size_bytes,
                            modified_s, sha256, inbox_path, run)
                        values ((select id from switch where name = ?), ?, ?, ?, ?, ?, ?, ?, ?)\
                        """)) {
            insert.setString(1, pickup.switchId());
            insert.setString(2, pickup.host());
            insert.setInt(3, pickup.port());
            insert.setString(4, folder(pickup) + file.name());
            insert.setLong(5, file.sizeBytes());
            insert.setLong(6, file.modifiedSeconds());
            insert.setBytes(7, fetched.sha256().bytes());
            insert.setString(8, fetched.path());
            insert.setInt(9, run.id());
            insert.executeUpdate();
        }
    }

    void note(Collected.Visit visit) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into collection
                            (run, pickup, file_count, byte_count, refused_count, failure)
                        values (?, ?, ?, ?, ?, ?)\
                        """)) {
            insert.setInt(1, run.id());
            insert.setString(2, visit.pickup());
            insert.setInt(3, visit.fileCount());
            insert.setLong(4, visit.byteCount());
            insert.setInt(5, visit.refused().size());
            insert.setString(
                    6, visit.failure() == null ? null : visit.failure().replace('\0', '?'));
            insert.executeUpdate();
        }
    }

    private static String folder(Pickup pickup) {
        return pickup.folder().endsWith("/") ? pickup.folder() : pickup.folder() + "/";
    }
}
