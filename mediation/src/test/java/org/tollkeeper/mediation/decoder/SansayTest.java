package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SansayTest {

    /// A call of 62.4 s from trunk 000200 to 000310, on a clock eight hours west of Greenwich.
    private static final String ANSWERED =
            "000000017;V1.10;R;WithMedia;181-1071@192.0.2.28;0001;Mon Jan 15 11:38:34 2024;"
                    + "Mon Jan 15 11:38:41 2024;Mon Jan 15 11:39:43 2024;480;EndedByRemoteUser;16;"
                    + "T;000200;SIP;+14085550100;192.0.2.38;00442079;192.0.2.28;in-1@h;192.0.2.38;"
                    + "18044;192.0.2.28;10756;G.729b;240;460;6066;14060;4;31;7;000310;SIP;"
                    + "14085550100;192.0.2.28;994420791;192.0.2.77;out-1@h;192.0.2.77;19236;"
                    + "192.0.2.28;10758;G.711u;460;240;14060;6066;0;0;0;F;442079;62;2;5;62400;"
                    + "00000011 44934567 45231267 2300BCC0;8587542200;\n";

    /// The first route of that call, which was busy.
    private static final String BUSY =
            ANSWERED.replace("000000017;", "000000016;")
                    .replace("Mon Jan 15 11:38:41 2024;Mon Jan 15 11:39:43 2024", "NA;NA2")
                    .replace("NA2", "Mon Jan 15 11:38:36 2024")
                    .replace("EndedByRemoteUser;16;T", "Busy Here;486;T")
                    .replace(";000310;", ";000300;")
                    .replace(";F;442079;62;2;5;62400;", ";I;442079;0;0;0;0;");

    static final String FILE =
            BUSY + ANSWERED + "000000018;V1.10;A;whatever;\n" + " ".repeat(18) + "\n";

    private static List<CdrRecord> decode(String zone, String mapping, String content)
            throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("sansay", zone, mapping)), content);
    }

    @Test
    void each_route_that_was_tried_is_a_record_of_its_own() throws Exception {
        List<CdrRecord> records = decode("UTC", "", FILE);
        assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
        assertThat(records).extracting(CdrRecord::callId).containsOnly("181-1071@192.0.2.28");
        CdrRecord tried = records.getFirst();
        assertThat(tried.legId()).isEqualTo("000000016");
        assertThat(tried.connectMs()).isNull();
        assertThat(tried.durationMs()).isNull();
        assertThat(tried.egressTrunk()).isEqualTo("000300");
        assertThat(tried.sipCode()).isEqualTo("486");
        assertThat(tried.detail()).containsEntry(Detail.ATTEMPT, "intermediate");
        CdrRecord call = records.getLast();
        assertThat(call.legId()).isEqualTo("000000017");
        assertThat(call.ingressTrunk()).isEqualTo("000200");
        assertThat(call.egressTrunk()).isEqualTo("000310");
        assertThat(call.calling()).isEqualTo("+14085550100");
        assertThat(call.called()).isEqualTo("00442079");
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-01-15T19:38:34Z");
        assertThat(Decoded.instant(call.connectMs())).isEqualTo("2024-01-15T19:38:41Z");
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-01-15T19:39:43Z");
        assertThat(call.durationMs()).isEqualTo(62_400);
        assertThat(call.cause()).isEqualTo("16");
        assertThat(call.pddMs()).isEqualTo(2000);
        assertThat(call.codec()).isEqualTo("G.729b");
        assertThat(call.detail())
                .containsEntry(Detail.ATTEMPT, "final")
                .containsEntry(Detail.RELEASE_INITIATOR, "B")
                .containsEntry(Detail.NATIVE_CAUSE, "0001 EndedByRemoteUser")
                .containsEntry(Detail.CALLED_OUT, "994420791")
                .containsEntry(Detail.EGRESS_ADDRESS, "192.0.2.77")
                .containsEntry(Detail.LOST_PACKETS, "4")
                .containsEntry(Detail.JITTER_MS, "7")
                .containsEntry(Detail.CORRELATION_ID, "00000011 44934567 45231267 2300BCC0");
    }

    /// Los Angeles is 480 minutes west in winter and 420 in summer; on 2024-11-03 the hour from
    /// 01:00 comes twice there.
    @ParameterizedTest(name = "{0} at {1} minutes, {2}: {3} {4}")
    @CsvSource({
        "Jul 15 11:38:34 2024, 420, UTC,                 2024-07-15T18:38:34Z, ",
        "Jul 15 11:38:34 2024, 420, America/Los_Angeles, 2024-07-15T18:38:34Z, ",
        "Jul 15 11:38:34 2024, 480, America/Los_Angeles, 2024-07-15T18:38:34Z, ",
        "Jul 15 11:38:34 2024, 480, UTC,                 2024-07-15T19:38:34Z, ",
        "Jul 15 11:38:34 2024, '',  America/Los_Angeles, 2024-07-15T18:38:34Z, ",
        "Jul 15 11:38:34 2024, -60, America/Los_Angeles, 2024-07-15T10:38:34Z, ZONE_DIFFERS",
        "Nov 3 01:30:00 2024,  420, America/Los_Angeles, 2024-11-03T08:30:00Z, ",
        "Nov 3 01:30:00 2024,  480, America/Los_Angeles, 2024-11-03T08:30:00Z, TIME_AMBIGUOUS",
        "Nov 3 01:30:00 2024,  480, UTC,                 2024-11-03T09:30:00Z, ",
    })
    void the_minutes_west_tell_the_offset_and_the_zone_the_summer(
            String start, String west, String zone, Instant setup, @Nullable String anomaly)
            throws Exception {
        String line =
                BUSY.replace("Mon Jan 15 11:38:34 2024", "Mon " + start)
                        .replace("Mon Jan 15 11:38:36 2024;480;", "NA;" + west + ";");
        CdrRecord record = decode(zone, "", line).getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(Decoded.instant(record.setupMs())).isEqualTo(setup);
        assertThat(record.detail().get(Detail.ANOMALIES)).isEqualTo(anomaly);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "181-1071@192.0.2.28      |            | field 5, the session id, is empty",
                ";R;                      | ;X;        | field 3, the record type, is 'X'; expected R or A",
                "Mon Jan 15 11:38:34 2024 | yesterday  | field 7 is 'yesterday'; expected a time such as Mon Dec 15 11:38:34 2003",
                "Mon Jan 15 11:38:34 2024 | NA         | field 7, the start, is empty",
                ";480;                    | ;west;     | field 10 is 'west'; expected minutes west of Greenwich",
                ";62400;                  | ;6x;       | fields 54 and 57 are '62' and '6x'; expected seconds and milliseconds",
            })
    void a_line_that_cannot_be_read_is_malformed(
            String found, @Nullable String instead, String reason) throws Exception {
        String line = ANSWERED.replace(found, instead == null ? "" : instead);
        assertThat(decode("UTC", "", line).getFirst().malformed()).isEqualTo(reason);
    }

    @Test
    void a_torn_line_is_malformed() throws Exception {
        String torn = ANSWERED.substring(0, ANSWERED.indexOf(";F;"));
        assertThat(decode("UTC", "", torn).getFirst().malformed())
                .isEqualTo("51 fields; expected 57 or more");
    }

    @Test
    void trunks_may_be_told_by_address() throws Exception {
        CdrRecord record =
                decode(
                                "UTC",
                                """
                                {"ingressTrunk": "address", "egressTrunk": "address"}
                                """,
                                ANSWERED)
                        .getFirst();
        assertThat(record.ingressTrunk()).isEqualTo("192.0.2.38");
        assertThat(record.egressTrunk()).isEqualTo("192.0.2.77");
    }
}
