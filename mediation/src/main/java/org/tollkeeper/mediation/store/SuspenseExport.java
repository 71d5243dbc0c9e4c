package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.tollkeeper.db.run.CsvExport;
import org.tollkeeper.model.Coded;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.Stage;
import org.tollkeeper.model.SuspenseReason;

/// What is held back now: records by mediation and sides of calls by rating, whose setup lies in a
/// span of UTC dates (a record without a readable one: the day it was mediated), by switch, file,
/// record and side.
public final class SuspenseExport {

    private SuspenseExport() {}

    /// Writes `file` with what is held back of both dates and all between.
    ///
    /// @return how many rows
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        return CsvExport.write(connection, query(from, to), file);
    }

    private static String query(LocalDate from, LocalDate to) {
        return """
        with open as (
            select s.switch, s.file, s.record, s.call_id, s.leg_id, s.setup_ms,
                   coalesce(date '1970-01-01' + floor(s.setup_ms / 86400000.0)::integer,
                            (s.mediated_at at time zone 'UTC')::date) as day,
                   %1$d as stage, null::smallint as side, s.reason
            from open_suspense s
            union all
            select c.switch, c.file, c.record, c.call_id, c.leg_id, c.setup_ms, c.day,
                   %2$d, x.side, x.reason
            from charge_suspense x
            join slice_life l on l.slice = x.slice and l.to_publication is null
            join call c on c.day = x.call_day and c.slice = x.call_slice and c.n = x.call_n)
        select w.name as switch, encode(f.sha256, 'hex') as file, o.record,
               nullif(o.call_id, '') as call_id, nullif(o.leg_id, '') as leg_id,
               %3$s as stage, %4$s as side, %5$s as reason
        from open o join switch w on w.id = o.switch join cdr_file f on f.id = o.file
        where o.day between date '%6$s' and date '%7$s'
        order by w.name, f.sha256, o.record, %4$s nulls first, o.setup_ms\
        """
                .formatted(
                        Stage.MEDIATION.code(),
                        Stage.RATING.code(),
                        labels(Stage.class, "o.stage"),
                        labels(Side.class, "o.side"),
                        labels(SuspenseReason.class, "o.reason"),
                        from,
                        to);
    }

    private static <T extends Enum<T> & Coded> String labels(Class<T> terms, String column) {
        return Arrays.stream(terms.getEnumConstants())
                .map(term -> "when %d then '%s'".formatted(term.code(), term.label()))
                .collect(Collectors.joining(" ", "(case " + column + " ", " end) collate \"C\""));
    }
}
