package org.tollkeeper.app.store;

import java.util.List;
import org.tollkeeper.db.Database;

/// The switch files met so far.
///
/// @param mediatedCount files whose records were read
/// @param quarantined files that could not be decoded whole
/// @param repeatedCount paths under which content known before was met again
public record SwitchFiles(int mediatedCount, List<Quarantined> quarantined, int repeatedCount) {

    /// A file of which no record was read.
    ///
    /// @param path below the inbox
    public record Quarantined(String switchId, String path, String reason) {}

    public static SwitchFiles of(Database database) {
        return new SwitchFiles(
                count(database, "select count(*) from cdr_file where quarantine_reason is null"),
                Rows.of(
                        database,
                        """
                        select s.name, f.path, f.quarantine_reason
                          from cdr_file f join switch s on s.id = f.switch
                         where f.quarantine_reason is not null
                         order by s.name, f.path collate "C"
                        """,
                        row ->
                                new Quarantined(
                                        row.getString(1), row.getString(2), row.getString(3))),
                count(
                        database,
                        "select count(distinct (switch, path)) from file_sighting where repeated"));
    }

    private static int count(Database database, String query) {
        return Rows.of(database, query, row -> row.getInt(1)).getFirst();
    }
}
