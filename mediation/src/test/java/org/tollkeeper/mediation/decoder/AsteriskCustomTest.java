package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsteriskCustomTest {

    static final String USUAL =
            "\"\"\"x\"\" <1001>\",\"1001\",\"4420\",\"ctx\",\"SIP/in-peer-00021242\","
                    + "\"PJSIP/out-1f\",\"Dial\",\"SIP/1002,,tr\",\"2022-06-17 04:15:03\","
                    + "\"2022-06-17 04:15:08\",\"2022-06-17 04:15:28\",\"24\",\"19\",\"ANSWERED\","
                    + "\"DOCUMENTATION\",\"acct\",\"1655439303.12\",\"\",7\n";

    static final String MAPPING =
            """
            {"columns": ["start", "answer", "end", "billsec", "disposition", "src", "dst",
             "channel", "dstchannel", "uniqueid", "hangupcause", "remote"],
             "delimiter": ";", "ingressTrunk": "remote", "egressTrunk": "dstchannel"}
            """;

    static final String OWN =
            "1655439303.125;1655439308.250;1655439328.5;20.250;ANSWERED;1001;4420;SIP/a-1;SIP/b-1;"
                    + "1655439303.12;31;192.0.2.7\n"
                    + "1655439303.125;0.000000;1655439328.5;0.0;BUSY;1001;4420;SIP/a-1;SIP/b-1;"
                    + "1655439303.13;17;192.0.2.7\n";

    @Test
    void the_usual_columns_need_no_mapping() throws Exception {
        CdrRecord record = records("UTC", "", USUAL).getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("1655439303.12");
        assertThat(record.legId()).isEqualTo("/7");
        assertThat(record.ingressTrunk()).isEqualTo("in-peer");
        assertThat(record.egressTrunk()).isEqualTo("out");
        assertThat(record.calling()).isEqualTo("1001");
        assertThat(record.called()).isEqualTo("4420");
        assertThat(record.connectMs()).isEqualTo(1655439308000L);
        assertThat(record.durationMs()).isEqualTo(19_000);
        assertThat(record.cause()).isEqualTo("16");
    }

    @Test
    void columns_of_ones_own_may_hold_epochs_fractions_and_causes() throws Exception {
        List<CdrRecord> records = records("Europe/Berlin", MAPPING, OWN);
        assertThat(records).extracting(CdrRecord::malformed).containsOnlyNulls();
        CdrRecord call = records.getFirst();
        assertThat(call.setupMs()).isEqualTo(1655439303125L);
        assertThat(call.connectMs()).isEqualTo(1655439308250L);
        assertThat(call.releaseMs()).isEqualTo(1655439328500L);
        assertThat(call.durationMs()).isEqualTo(20_250);
        assertThat(call.ingressTrunk()).isEqualTo("192.0.2.7");
        assertThat(call.egressTrunk()).isEqualTo("b");
        assertThat(call.cause()).isEqualTo("31");
        assertThat(call.legId()).isEqualTo("SIP/a-1>SIP/b-1");
        assertThat(records.getLast().connectMs()).isNull();
        assertThat(records.getLast().durationMs()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"ANSWERED, 19000, -", "NO ANSWER, -, BILLSEC_ON_UNANSWERED"})
    void the_disposition_decides(
            String disposition, @Nullable Long durationMs, @Nullable String anomaly)
            throws Exception {
        CdrRecord record = records("UTC", "", USUAL.replace("ANSWERED", disposition)).getFirst();
        assertThat(record.durationMs()).isEqualTo(durationMs);
        assertThat(record.detail().get(Detail.ANOMALIES)).isEqualTo(anomaly);
    }

    @Test
    void a_mapping_must_have_what_a_call_needs() throws Exception {
        assertThatThrownBy(() -> records("UTC", "{\"columns\": [\"dst\", \"start\"]}", USUAL))
                .hasMessageContaining("among them dst, start, answer, disposition");
        assertThatThrownBy(() -> records("UTC", "{\"ingressTrunk\": \"x\"}", USUAL))
                .isInstanceOf(MappingException.class);
        assertThat(records("UTC", "", "a,b\n").getFirst().malformed())
                .isEqualTo("2 fields, but the mapping has 19");
    }

    private static List<CdrRecord> records(String zone, String mapping, String content)
            throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("asterisk-custom", zone, mapping)), content);
    }
}
