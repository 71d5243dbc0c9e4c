package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Vos3000CsvTest {

    static final String HEADER =
            "flowNo,callerE164,callerAccessE164,calleeE164,calleeAccessE164,calleeToGatewayE164,"
                    + "callerIp,callerGatewayId,calleeIp,calleeGatewayId,callerCodec,calleeCodec,"
                    + "startTime,stopTime,callerPdd,holdTime,endDirection,endReason,"
                    + "sipReasonHeader,callerCallId,calleeCallId\n";

    /// From 2024-03-13T10:03:00.120Z, 61.3 s, and one that was busy.
    static final String FILE =
            HEADER
                    + "330455246,88493012345,493012345,222442079,442079,9442079,192.0.2.1,IN_A,"
                    + "192.0.2.2,OUT_B,G729,PCMU,1710324180120,1710324241420,1830,62,1,200,"
                    + "\"Q.850;cause=16;text=\"\"bye\"\"\",c-1,c-2\n"
                    + "330455247,88493012345,493012345,222442079,442079,,192.0.2.1,IN_A,"
                    + ",,,,1710324180120,1710324180120,0,0,2,-69,,c-3,\n";

    private static List<CdrRecord> decode(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("vos3000-csv", "Asia/Shanghai", mapping)),
                content);
    }

    @Test
    void a_call_is_answered_if_it_was_held() throws Exception {
        List<CdrRecord> records = decode("", FILE);
        assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
        CdrRecord call = records.getFirst();
        assertThat(call.callId()).isEqualTo("330455246");
        assertThat(call.ingressTrunk()).isEqualTo("IN_A");
        assertThat(call.egressTrunk()).isEqualTo("OUT_B");
        assertThat(call.calling()).isEqualTo("493012345");
        assertThat(call.called()).isEqualTo("222442079");
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-03-13T10:03:00.120Z");
        assertThat(call.connectMs()).isEqualTo(call.setupMs());
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-03-13T10:04:01.420Z");
        assertThat(call.durationMs()).isNull();
        assertThat(call.cause()).isEqualTo("16");
        assertThat(call.sipCode()).isEqualTo("200");
        assertThat(call.pddMs()).isEqualTo(1830);
        assertThat(call.codec()).isEqualTo("G729");
        assertThat(call.detail())
                .containsEntry(Detail.RELEASE_INITIATOR, "B")
                .containsEntry(Detail.CALLED_OUT, "9442079")
                .containsEntry(Detail.CODEC_OUT, "PCMU")
                .containsEntry(Detail.EGRESS_SIP_CALL_ID, "c-2");
        CdrRecord failed = records.getLast();
        assertThat(failed.connectMs()).isNull();
        assertThat(failed.durationMs()).isNull();
        assertThat(failed.sipCode()).isEmpty();
        assertThat(failed.pddMs()).isNull();
        assertThat(failed.detail())
                .containsEntry(Detail.NATIVE_CAUSE, "-69")
                .containsEntry(Detail.RELEASE_INITIATOR, "SWITCH");
    }

    @Test
    void without_a_header_the_columns_are_those_of_the_table() throws Exception {
        List<String> fields = Arrays.asList(new String[52]);
        Collections.fill(fields, "");
        fields.set(1, "493012345");
        fields.set(2, "222442079");
        fields.set(6, "IN_A");
        fields.set(12, "OUT_B");
        fields.set(19, "1710324180120");
        fields.set(20, "1710324241420");
        fields.set(23, "61");
        fields.set(41, "77");
        fields.set(47, "0");
        fields.set(48, "-5");
        CdrRecord record = decode("", String.join(",", fields) + "\n").getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("77");
        assertThat(record.egressTrunk()).isEqualTo("OUT_B");
        assertThat(record.called()).isEqualTo("222442079");
        assertThat(record.detail()).containsEntry(Detail.RELEASE_INITIATOR, "A");
    }

    @Test
    void the_mapping_may_name_the_columns_of_the_text_export() throws Exception {
        CdrRecord record =
                decode(
                                """
                                {"delimiter": "|", "pddUnit": "s", "charset": "GBK",
                                 "columns": ["callerE164", "calleeE164", "startTime", "stopTime",
                                  "holdTime", "endReason", "endDirection", "flowNo", "callerPdd",
                                  "callerIp"], "ingressTrunk": "callerIp"}
                                """,
                                "4930|4420|2024-03-13 18:03:00|2024-03-13 18:04:01|61|200|0|9|2"
                                        + "|192.0.2.1\n")
                        .getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.calling()).isEqualTo("4930");
        assertThat(record.ingressTrunk()).isEqualTo("192.0.2.1");
        assertThat(record.pddMs()).isEqualTo(2000);
        assertThat(Decoded.instant(record.setupMs())).isEqualTo("2024-03-13T10:03:00Z");
        assertThat(record.durationMs()).isNull();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "330455246,    | ,    | flowno is empty",
                ",62,          | ,x,  | holdtime is 'x'; expected seconds",
                "1710324180120 | soon | starttime is 'soon'; expected milliseconds since 1970 or YYYY-MM-DD HH:MM:SS",
                "1710324180120 | 0    | starttime is empty",
                ",c-1,c-2      | ,c-1 | 20 fields; expected 21",
            })
    void a_row_that_cannot_be_read_is_malformed(String found, @Nullable String to, String reason)
            throws Exception {
        assertThat(decode("", FILE.replace(found, to)).getFirst().malformed()).isEqualTo(reason);
    }

    /// Where the two disagree it is for mediation to hold the call.
    @Test
    void a_holding_time_that_the_times_contradict_stays() throws Exception {
        assertThat(decode("", FILE.replace(",62,", ",90,")).getFirst().durationMs())
                .isEqualTo(90_000);
    }

    @Test
    void a_header_without_what_a_call_needs_makes_the_file_undecodable() {
        assertThatThrownBy(() -> decode("", FILE.replace("holdTime", "hold")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageStartingWith("the header lacks one of flowno, starttime, holdtime");
        assertThatThrownBy(() -> decode("{\"columns\": [\"flowno\"]}", ""))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("among them flowno, starttime, holdtime and calleee164");
    }
}
