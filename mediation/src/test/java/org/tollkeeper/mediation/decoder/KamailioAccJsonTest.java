package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KamailioAccJsonTest {

    static final String INVITE =
            """
            {"method": "INVITE", "from_tag": "ft", "to_tag": "tt", "call_id": "c1", "code": "200",\
             "reason": "OK", "time": "1710324180.250", "src_user": "+493012",\
             "src_ip": "192.0.2.7", "dst_ouser": "442079", "dst_user": "99442079",\
             "dst_domain": "198.51.100.9"}
            """;

    static final String BYE =
            """
            {"method": "BYE", "from_tag": "tt", "to_tag": "ft", "call_id": "c1", "code": "200",\
             "reason": "OK", "time": "1710324190.500"}
            """;

    @Test
    void an_invite_is_the_start_of_a_call_and_the_bye_of_its_dialog_the_end() throws Exception {
        List<CdrRecord> records = records("", INVITE + BYE);
        CdrRecord start = records.getFirst();
        assertThat(start.malformed()).isNull();
        assertThat(start.kind()).isEqualTo(RecordKind.START);
        assertThat(start.callId()).isEqualTo("c1");
        assertThat(start.setupMs()).isEqualTo(1710324180250L);
        assertThat(start.connectMs()).isEqualTo(1710324180250L);
        assertThat(start.calling()).isEqualTo("+493012");
        assertThat(start.called()).isEqualTo("442079");
        assertThat(start.ingressTrunk()).isEqualTo("192.0.2.7");
        assertThat(start.egressTrunk()).isEqualTo("198.51.100.9");
        assertThat(start.sipCode()).isEqualTo("200");
        CdrRecord end = records.getLast();
        assertThat(end.malformed()).isNull();
        assertThat(end.kind()).isEqualTo(RecordKind.END);
        assertThat(end.legId()).as("the other side hung up").isEqualTo(start.legId());
        assertThat(end.setupMs()).isNull();
        assertThat(end.releaseMs()).isEqualTo(1710324190500L);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "INVITE,   200, START",
                "INVITE,   202, START",
                "INVITE,   487, FULL",
                "INVITE,   404, FULL",
                "INVITE,   302, FULL",
                "BYE,      200, END",
                "BYE,      481, END",
                "BYE,      407, UPDATE",
                "ACK,      200, UPDATE",
                "CANCEL,   200, -",
                "REGISTER, 200, -",
            })
    void method_and_code_say_what_a_transaction_is(
            String method, String code, @Nullable RecordKind kind) throws Exception {
        List<CdrRecord> records =
                records("", INVITE.replace("INVITE", method).replace("200", code));
        assertThat(records).allMatch(record -> record.malformed() == null);
        if (kind == null) {
            assertThat(records).isEmpty();
        } else {
            assertThat(records).extracting(CdrRecord::kind).containsExactly(kind);
            assertThat(records.getFirst().connectMs() != null).isEqualTo(kind == RecordKind.START);
        }
    }

    /// Berlin is an hour ahead of UTC in March.
    @ParameterizedTest
    @CsvSource({
        "1710324180,               1710324180000",
        "1710324180.25,            1710324180250",
        "2024-03-13 11:03:00,      1710324180000",
        "2024/03/13 11:03:00,      1710324180000",
        "2024-03-13T10:03:00.250Z, 1710324180250",
    })
    void times_are_epochs_or_the_switch_s_clock(String time, long ms) throws Exception {
        CdrRecord record =
                Decoded.records(
                                Formats.decoderFor(
                                        Decoded.source("kamailio-acc-json", "Europe/Berlin", "")),
                                INVITE.replace("1710324180.250", time))
                        .getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.connectMs()).isEqualTo(ms);
    }

    @Test
    void a_dialog_s_record_is_a_whole_call() throws Exception {
        String dialog =
                """
                {"callid": "c2", "start_time": "1502733971.701", "end_time": "1502733988.052",
                 "duration": "16.351", "src_user": "49", "dst_user": "44"}
                """;
        CdrRecord record = one("", dialog);
        assertThat(record.malformed()).isNull();
        assertThat(record.kind()).isEqualTo(RecordKind.FULL);
        assertThat(record.connectMs()).isEqualTo(1502733971701L);
        assertThat(record.releaseMs()).isEqualTo(1502733988052L);
        assertThat(record.durationMs()).isEqualTo(16351);
        assertThat(record.called()).isEqualTo("44");
        assertThat(one("", dialog.replace("16.351", "0.000")).connectMs()).isNull();
    }

    @Test
    void what_cannot_be_read_is_said() throws Exception {
        assertThat(one("", INVITE.replace("1710324180.250", "")).malformed())
                .isEqualTo("time is empty");
        assertThat(one("", INVITE.replace("c1", "")).malformed()).isEqualTo("callid is empty");
        assertThat(one("", INVITE.replace("\"200\"", "\"2xx\"")).malformed())
                .isEqualTo("sip_code is '2xx'; expected three digits");
        assertThat(one("", "{}").malformed()).isEqualTo("method is empty");
        assertThat(one("", "Nov 25 10:00:00 sip1 kamailio[12]: " + INVITE).malformed()).isNull();
        assertThat(one("", "kamailio started\n").malformed())
                .isEqualTo("no JSON object in this line");
    }

    @Test
    void the_mapping_names_the_fields() throws Exception {
        CdrRecord record =
                one(
                        """
                        {"ingressTrunk": "src_user", "egressTrunk": "dst_user",
                         "calling": "dst_domain", "called": "dst_user"}
                        """,
                        INVITE);
        assertThat(record.ingressTrunk()).isEqualTo("+493012");
        assertThat(record.egressTrunk()).isEqualTo("99442079");
        assertThat(record.calling()).isEqualTo("198.51.100.9");
        assertThat(record.called()).isEqualTo("99442079");
        assertThatThrownBy(() -> one("{\"callled\": \"x\"}", INVITE))
                .isInstanceOf(MappingException.class);
    }

    private static CdrRecord one(String mapping, String content) throws Exception {
        List<CdrRecord> records = records(mapping, content);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("kamailio-acc-json", "UTC", mapping)), content);
    }
}
