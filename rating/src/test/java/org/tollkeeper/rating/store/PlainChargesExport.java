package org.tollkeeper.rating.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.tollkeeper.db.run.CsvExport;

/// The plain twin of [ChargesExport]: one statement, that the database joins, orders and formats.
final class PlainChargesExport {

    private PlainChargesExport() {}

    static long write(Connection connection, LocalDate from, LocalDate to, Path file)
            throws SQLException, IOException {
        return CsvExport.write(connection, query(from, to), file);
    }

    private static String query(LocalDate from, LocalDate to) {
        return """
        select switch, call_id, nullif(leg_id, '') as leg_id,
               instant(setup_ms) as setup_at, side, carrier, agreement, deck, code,
               destination, nullif(origin, '') as origin,
               case jurisdiction when 1 then 'interstate' when 2 then 'intrastate'
                                 when 3 then 'indeterminate' end as jurisdiction,
               nullif(band, '') as band, tier_from, instant(connect_ms) as connect_at,
               duration_ms, billed_seconds, rate, setup,
               nanos(charge_nanos, charge_decimals) as amount, currency
        from (
            select s.name as switch, c.call_id, c.leg_id, c.setup_ms,
                   case h.side when 1 then 'buy' else 'sell' end as side,
                   k.name as carrier, a.name as agreement, d.name as deck, r.code,
                   l.destination, l.origin, l.jurisdiction, l.band, l.tier_from,
                   h.connect_ms, c.duration_ms, h.billed_seconds, l.rate, r.setup,
                   h.charge_nanos, v.charge_decimals, v.currency
            from live_charge h
            join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
            join switch s on s.id = c.switch
            join carrier k on k.id = h.carrier
            join agreement a on a.id = h.agreement
            join agreement_version v
                on v.agreement = h.agreement
                and v.known_from = (select max(w.known_from) from agreement_version w
                                    where w.agreement = h.agreement)
            join deck_row r on r.id = h.deck_row
            join deck d on d.id = r.deck
            join rate_line l on l.id = r.rate_line
            where h.day between '%s' and '%s'
            order by h.connect_ms, s.name, c.call_id, c.leg_id,
                     (case h.side when 1 then 'buy' else 'sell' end) collate "C",
                     c.setup_ms
        ) as charges\
        """
                .formatted(from, to);
    }
}
