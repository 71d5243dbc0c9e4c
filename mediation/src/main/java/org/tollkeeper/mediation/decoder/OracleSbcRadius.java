package org.tollkeeper.mediation.decoder;

import java.io.IOException;
import java.io.InputStream;
import org.tollkeeper.model.Switch;

/// RADIUS accounting of Oracle (Acme Packet) session border controllers, as a RADIUS server writes
/// it into its detail files. A packet that was sent again is a duplicate.
final class OracleSbcRadius implements Decoder {

    private final OracleSession session;

    OracleSbcRadius(Switch source) {
        session = new OracleSession(source);
    }

    @Override
    public void decode(InputStream content, RecordSink records) throws IOException {
        RadiusDetail detail = new RadiusDetail(content);
        int number = 0;
        for (var packet = detail.next(); packet != null; packet = detail.next()) {
            if (!OracleSession.isOfTheNode(packet.text("acct-status-type"))) {
                CdrRecord.Builder record = CdrRecord.at(++number, packet.byteOffset());
                session.fill(record, packet, packet.content());
                records.accept(record.build());
            }
        }
    }
}
