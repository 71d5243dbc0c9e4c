package org.tollkeeper.app.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.db.Database;

/// A pickup of the newest book: what was collected from it so far, and what came of the last visit.
///
/// @param failure why the last visit did not see the folder to its end; null = it did, or there was
///   none yet
public record PickupState(
        String pickup, String switchId, long fileCount, long byteCount, @Nullable String failure) {

    public static List<PickupState> of(Database database) {
        return Rows.of(
                database,
                """
                select p.pickup, s.name, coalesce(sum(c.file_count), 0),
                       coalesce(sum(c.byte_count), 0),
                       (array_agg(c.failure order by c.run desc))[1]
                  from pickup_version p join switch s on s.id = p.switch
                  left join collection c on c.pickup = p.pickup
                 where p.known_to = 2147483647
                 group by p.pickup, s.name
                 order by p.pickup
                """,
                row ->
                        new PickupState(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getString(5)));
    }
}
