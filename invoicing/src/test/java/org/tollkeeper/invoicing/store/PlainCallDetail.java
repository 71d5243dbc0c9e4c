package org.tollkeeper.invoicing.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.tollkeeper.invoicing.Document;
import org.tollkeeper.model.Agreement;

/// Call detail as the database itself writes it, a document at a time: the plain twin of
/// [CallDetail].
final class PlainCallDetail {

    private PlainCallDetail() {}

    static byte[] bytes(
            Connection connection,
            CurrentBook book,
            Document document,
            Agreement agreement,
            ChargeSlices.Source source)
            throws SQLException, IOException {
        String slices =
                source.slices().isEmpty()
                        ? "0"
                        : source.slices().stream()
                                .map(slice -> String.valueOf(slice.id()))
                                .collect(Collectors.joining(","));
        CallSpan span = source.span();
        String query =
                """
                select s.name as switch, c.call_id, nullif(c.leg_id, '') as leg_id,
                       instant(c.setup_ms) as setup_at, instant(h.connect_ms) as connect_at,
                       c.duration_ms, nullif(digits(c.calling), '') as calling,
                       digits(c.called) as called, r.code, l.destination,
                       nullif(l.origin, '') as origin,
                       case l.jurisdiction when 1 then 'interstate' when 2 then 'intrastate'
                            when 3 then 'indeterminate' end as jurisdiction,
                       nullif(l.band, '') as band, l.tier_from, h.billed_seconds, l.rate, r.setup,
                       nanos(h.charge_nanos, %d) as amount, '%s' as currency
                from charge h
                join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
                join switch s on s.id = c.switch
                join deck_row r on r.id = h.deck_row
                join rate_line l on l.id = r.rate_line
                where h.slice in (%s) and h.agreement = %d and h.side = %d
                  and h.day between '%s' and '%s'
                  and h.connect_ms >= %d and h.connect_ms < %d
                order by h.connect_ms, s.name, c.call_id, c.leg_id, c.setup_ms\
                """
                        .formatted(
                                agreement.chargeDecimals(),
                                document.currency().getCurrencyCode(),
                                slices,
                                book.names().agreements().id(document.agreement()),
                                document.side().code(),
                                span.firstDay(),
                                span.lastDay(),
                                span.from().toEpochMilli(),
                                span.end().toEpochMilli());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream compressed =
                new GZIPOutputStream(bytes) {
                    {
                        def.setLevel(Deflater.BEST_SPEED);
                    }
                }) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (" + query + ") to stdout (format csv, header)", compressed);
        }
        return bytes.toByteArray();
    }
}
