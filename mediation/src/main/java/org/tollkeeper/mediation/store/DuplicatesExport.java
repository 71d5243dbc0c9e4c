package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tollkeeper.db.run.CsvExport;

/// The duplicate records whose setup lies in a span of UTC dates, by switch, file and record.
public final class DuplicatesExport {

    private DuplicatesExport() {}

    /// Writes `file` with the duplicates of both dates and all between.
    ///
    /// @return how many
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        return CsvExport.write(connection, query(from, to), file);
    }

    private static String query(LocalDate from, LocalDate to) {
        return """
        select w.name as switch, encode(f.sha256, 'hex') as file, d.record, d.call_id,
               nullif(d.leg_id, '') as leg_id, encode(o.sha256, 'hex') as original_file,
               d.original_record, d.differs::text as differs
        from duplicate d
        join cdr_file f on f.id = d.file
        join switch w on w.id = f.switch
        join cdr_file o on o.id = d.original_file
        where d.to_publication is null
          and date '1970-01-01' + floor(d.setup_ms / 86400000.0)::integer
              between date '%s' and date '%s'
        order by w.name, f.sha256, d.record\
        """
                .formatted(from, to);
    }
}
