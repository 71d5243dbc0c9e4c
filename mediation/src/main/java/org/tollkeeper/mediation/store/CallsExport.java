package org.tollkeeper.mediation.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tollkeeper.db.run.CsvExport;

/// The calls whose setup lies in a span of UTC dates, by setup, switch, call id and leg id.
public final class CallsExport {

    private CallsExport() {}

    /// Writes `file` with the calls of both dates and all between.
    ///
    /// @return how many
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        return CsvExport.write(connection, query(from, to), file);
    }

    private static String query(LocalDate from, LocalDate to) {
        return """
        select w.name as switch, c.call_id, nullif(c.leg_id, '') as leg_id,
               encode(f.sha256, 'hex') as file, c.record,
               i.name as ingress_carrier, e.name as egress_carrier,
               nullif(digits(c.calling), '') as calling, digits(c.called) as called,
               instant(c.setup_ms) as setup_at, instant(c.connect_ms) as connect_at,
               instant(c.release_ms) as release_at, c.duration_ms,
               nullif(cause.text, '') as cause, c.pdd_ms, nullif(mos.text, '') as mos,
               nullif(attestation.text, '') as attestation
        from live_call c
        join switch w on w.id = c.switch
        join cdr_file f on f.id = c.file
        left join carrier i on i.id = c.ingress_carrier
        left join carrier e on e.id = c.egress_carrier
        join word cause on cause.id = c.cause
        join word mos on mos.id = c.mos
        join word attestation on attestation.id = c.attestation
        where c.day between date '%s' and date '%s'
        order by c.setup_ms, w.name, c.call_id, c.leg_id\
        """
                .formatted(from, to);
    }
}
