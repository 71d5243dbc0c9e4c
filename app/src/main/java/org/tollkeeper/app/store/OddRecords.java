package org.tollkeeper.app.store;

import org.tollkeeper.db.Database;

/// Records that somebody may want to look at although nothing is to be done for them.
///
/// @param conflictCount duplicates that say something else than the record accepted before; both
///   stand in the duplicates export, as `differs`
/// @param writtenOffCount suspended records that were given up
public record OddRecords(long conflictCount, long writtenOffCount) {

    public static OddRecords of(Database database) {
        return Rows.of(
                        database,
                        """
                        select (select count(*) from duplicate
                                 where to_publication is null and differs),
                               (select count(*) from suspense where released_as = 'written-off')
                        """,
                        row -> new OddRecords(row.getLong(1), row.getLong(2)))
                .getFirst();
    }
}
