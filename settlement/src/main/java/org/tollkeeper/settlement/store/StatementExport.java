package org.tollkeeper.settlement.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tollkeeper.db.run.CsvExport;

/// The statements that stand, as CSV, ordered by agreement and period.
public final class StatementExport {

    private static final String STANDING =
            """
            select a.name as agreement, s.period_from, (s.period_end - 1) as period_to,
                   case l.kind when 1 then 'traffic' when 2 then 'commitment'
                               when 3 then 'total' when 4 then 'net' end as line,
                   case l.side when 1 then 'buy' when 2 then 'sell' end as side,
                   nullif(l.destination, '') as destination,
                   l.rate, nullif(l.band, '') as band, l.tier_from,
                   nullif(l.origin, '') as origin,
                   case l.jurisdiction when 1 then 'interstate' when 2 then 'intrastate'
                                       when 3 then 'indeterminate' end as jurisdiction,
                   l.call_count as calls, l.actual_seconds, l.billed_seconds,
                   nanos(l.traffic_nanos, s.charge_decimals) as traffic_amount,
                   round(l.due_minor / 10::numeric ^ s.minor_decimals, s.minor_decimals)
                       as due_amount,
                   s.currency
            from statement s
            join agreement a on a.id = s.agreement
            join statement_line l on l.statement = s.id
            where s.to_publication is null
            """;

    private StatementExport() {}

    /// Writes the statements of all periods whose last day is in a span, both days inclusive.
    ///
    /// @return how many lines
    public static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        String rows =
                "%s and s.period_end - 1 between '%s' and '%s' order by a.name, s.period_from, l.n"
                        .formatted(STANDING, from, to);
        return CsvExport.write(connection, rows, file);
    }
}
