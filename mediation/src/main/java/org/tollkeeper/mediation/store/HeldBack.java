package org.tollkeeper.mediation.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.SuspenseReason;

/// The records held back for a fault, by file, in the order in which the files were read: what can
/// be offered to mediation again.
final class HeldBack {

    private HeldBack() {}

    /// A file with held-back records.
    ///
    /// @param archived where its content is
    /// @param reasons of the records held back, by their number
    record File(int file, String switchId, String archived, Map<Integer, SuspenseReason> reasons) {}

    /// @param curedBy null = all; else only those that time has cured at this moment
    static List<File> files(Connection connection, SuspenseFilter meant, @Nullable Instant curedBy)
            throws SQLException {
        List<File> files = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        """
                        select f.id, w.name, f.archived, s.record, s.reason
                        from suspense s
                        join cdr_file f on f.id = s.file join switch w on w.id = f.switch
                        where s.to_publication is null and (? or s.cure_ms <= ?)\
                        """
                                + " and "
                                + SuspenseFilter.CONDITION
                                + " order by f.id, s.record")) {
            select.setBoolean(1, curedBy == null);
            select.setLong(2, curedBy == null ? 0 : curedBy.toEpochMilli());
            var _ = meant.bind(select, 3);
            select.setFetchSize(10_000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (files.isEmpty() || files.getLast().file() != row.getInt(1)) {
                        files.add(
                                new File(
                                        row.getInt(1),
                                        row.getString(2),
                                        row.getString(3),
                                        new HashMap<>()));
                    }
                    files.getLast()
                            .reasons()
                            .put(row.getInt(4), Coded.ofCode(SuspenseReason.class, row.getInt(5)));
                }
            }
        }
        return files;
    }

    /// Whether held-back records were last offered under this digest of the book.
    static boolean offeredUnder(Connection connection, String digest) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select 1 from offered_under where digest = decode(?, 'hex')")) {
            select.setString(1, digest);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    static void setOfferedUnder(Connection connection, String digest) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement(
                        """
                        insert into offered_under (digest) values (decode(?, 'hex'))
                        on conflict (one) do update set digest = excluded.digest\
                        """)) {
            insert.setString(1, digest);
            insert.executeUpdate();
        }
    }
}
