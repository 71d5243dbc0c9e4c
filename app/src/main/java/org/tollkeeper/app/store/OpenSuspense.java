package org.tollkeeper.app.store;

import java.util.List;
import org.tollkeeper.db.Database;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.SuspenseReason;

/// What is held back for one reason.
///
/// @param count records at mediation, sides of calls at rating
/// @param talkMillis the conversation time in them
public record OpenSuspense(SuspenseReason reason, long count, long talkMillis) {

    /// By reason, in the order in which a record with several faults is named.
    public static List<OpenSuspense> of(Database database) {
        return Rows.of(
                database,
                """
                select reason, count(*), coalesce(sum(talk_ms), 0) from (
                    select reason, talk_ms from open_suspense
                    union all
                    select x.reason, c.duration_ms
                      from charge_suspense x
                      join slice_life l on l.slice = x.slice and l.to_publication is null
                      join call c on c.day = x.call_day and c.slice = x.call_slice
                                 and c.n = x.call_n) open
                 group by reason order by reason
                """,
                row ->
                        new OpenSuspense(
                                Coded.ofCode(SuspenseReason.class, row.getInt(1)),
                                row.getLong(2),
                                row.getLong(3)));
    }
}
