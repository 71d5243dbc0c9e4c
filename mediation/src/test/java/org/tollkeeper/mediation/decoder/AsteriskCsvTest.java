package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskCsvTest {

    private static final String ANSWERED =
            "\"acct\",\"1001\",\"4420\",\"ctx\",\"\"\"x\"\" <1001>\",\"SIP/in-peer-00021242\","
                    + "\"PJSIP/out-1f\",\"Dial\",\"SIP/1002,,tr\",\"2022-06-17 04:15:03\","
                    + "\"2022-06-17 04:15:08\",\"2022-06-17 04:15:28\",24,19,\"ANSWERED\","
                    + "\"DOCUMENTATION\",\"1655439303.12\",\"\"\n";

    @Test
    void an_answered_call_has_its_trunks_from_its_channels() throws Exception {
        CdrRecord record = one("", ANSWERED);
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("1655439303.12");
        assertThat(record.legId()).isEqualTo("SIP/in-peer-00021242>PJSIP/out-1f");
        assertThat(record.ingressTrunk()).isEqualTo("in-peer");
        assertThat(record.egressTrunk()).isEqualTo("out");
        assertThat(record.connectMs()).isEqualTo(ms("2022-06-17T04:15:08Z"));
        assertThat(record.durationMs()).isEqualTo(19_000);
        assertThat(record.cause()).isEqualTo("16");
        assertThat(one("{\"ingressTrunk\": \"accountcode\"}", ANSWERED).ingressTrunk())
                .isEqualTo("acct");
    }

    @ParameterizedTest
    @CsvSource({"NO ANSWER, 19", "BUSY, 17", "CONGESTION, 34", "FAILED, FAILED"})
    void an_answer_stamp_without_the_disposition_is_no_answer(String disposition, String cause)
            throws Exception {
        CdrRecord record = one("", ANSWERED.replace("ANSWERED", disposition));
        assertThat(record.connectMs()).isNull();
        assertThat(record.durationMs()).isNull();
        assertThat(record.cause()).isEqualTo(cause);
        assertThat(record.detail()).containsEntry(Detail.ANOMALIES, "BILLSEC_ON_UNANSWERED");
    }

    @Test
    void columns_may_lack_the_unique_id_or_have_the_linked_one() throws Exception {
        String sixteen = ANSWERED.replace(",\"1655439303.12\",\"\"", "");
        assertThat(one("", sixteen).callId()).isEqualTo("SIP/in-peer-00021242");
        String linked = ANSWERED.strip() + ",\"peer\",\"1655439303.10\",7\n";
        assertThat(one("", linked).legId()).isEqualTo("1655439303.10/7");
        assertThat(one("", ANSWERED.replace("24,19,", "24,")).malformed())
                .isEqualTo("billsec is 'ANSWERED'; expected a number of seconds");
        assertThat(one("", "a,b\n").malformed()).isEqualTo("2 fields; expected 16 to 21");
    }

    /// Berlin's clocks were set back on 2024-10-27 at 01:00 UTC.
    @ParameterizedTest(name = "unique id {0}")
    @CsvSource({"1729989000, 2024-10-27T00:30:00Z", "1729992600, 2024-10-27T01:30:00Z"})
    void in_a_repeated_hour_the_epoch_in_the_unique_id_tells_the_pass(String epoch, Instant setup)
            throws Exception {
        String line =
                ANSWERED.replace("1655439303", epoch)
                        .replace("2022-06-17 04:15", "2024-10-27 02:30");
        CdrRecord record =
                Decoded.records(
                                Formats.decoderFor(
                                        Decoded.source("asterisk-csv", "Europe/Berlin", "")),
                                line)
                        .getFirst();
        assertThat(Decoded.instant(record.setupMs())).isEqualTo(setup.plusSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "SIP/peer-0001,         peer",
        "PJSIP/a-b-00000001;2,  a-b",
        "Local/44@ctx-01;1,     44@ctx",
        "IAX2/peer,             peer",
        "'',                    ''",
    })
    void a_channel_names_its_peer(String channel, String peer) {
        assertThat(AsteriskCalls.peer(channel)).isEqualTo(peer);
    }

    private static CdrRecord one(String mapping, String line) throws Exception {
        List<CdrRecord> records =
                Decoded.records(
                        Formats.decoderFor(Decoded.source("asterisk-csv", "UTC", mapping)), line);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
