package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TwilioTest {

    static final String CALL =
            """
            {"sid": "CA1", "account_sid": "AC1", "parent_call_sid": "CA0", "trunk_sid": "TK1",
             "direction": "outbound-dial", "from": "+13051416799", "to": "+442079460000",
             "status": "completed", "date_created": "Fri, 18 Oct 2019 17:00:00 +0000",
             "start_time": "Fri, 18 Oct 2019 17:00:02 +0000",
             "end_time": "Fri, 18 Oct 2019 17:01:02 +0000", "duration": "55",
             "price": "-0.200", "subresource_uris": {"events": "/x"}}
            """;

    static final String SUMMARY =
            """
            {"call_sid": "CA1", "account_sid": "AC1", "call_state": "completed",
             "processing_state": "complete", "created_time": "2019-10-18T17:00:00Z",
             "end_time": "2019-10-18T17:01:02Z", "duration": 60, "connect_duration": 55,
             "from": {"caller": "+1305"}, "to": {"callee": "+4420"}, "carrier_edge": {"metrics": {
              "inbound": {"codec_name": "pcmu", "packets_lost": 2, "mos": {"avg": 4.25},
               "jitter": {"max": 1.5, "avg": 0.50}}, "outbound": {"mos": {"avg": 4.31}}}},
             "properties": {"last_sip_response_num": 200, "pdd_ms": 121,
              "disconnected_by": "callee", "direction": "inbound"}}
            """;

    @Test
    void a_completed_call_began_its_conversation_so_long_before_its_end() throws Exception {
        CdrRecord record = one("", CALL);
        assertThat(record.malformed()).isNull();
        assertThat(record.kind()).isEqualTo(RecordKind.STOP);
        assertThat(record.callId()).isEqualTo("CA1");
        assertThat(record.setupMs()).isEqualTo(1571418002000L);
        assertThat(record.connectMs()).isEqualTo(1571418007000L);
        assertThat(record.releaseMs()).isEqualTo(1571418062000L);
        assertThat(record.durationMs()).isEqualTo(55_000);
        assertThat(record.calling()).isEqualTo("+13051416799");
        assertThat(record.called()).isEqualTo("+442079460000");
        assertThat(record.cause()).isEqualTo("16");
        assertThat(record.detail()).containsEntry(Detail.CORRELATION_ID, "CA0");
    }

    @ParameterizedTest
    @CsvSource({
        "outbound-dial,        '',                    '',  TK1",
        "outbound-api,         egressTrunk,           '',  AC1",
        "trunking-terminating, '',                    '',  TK1",
        "inbound,              '',                    TK1, ''",
        "trunking-originating, ingressTrunk,          AC1, ''",
    })
    void twilio_is_at_the_end_that_the_direction_says(
            String direction, String key, String ingress, String egress) throws Exception {
        String mapping = key.isEmpty() ? "" : "{\"%s\": \"account_sid\"}".formatted(key);
        CdrRecord record = one(mapping, CALL.replace("outbound-dial", direction));
        assertThat(record.ingressTrunk()).isEqualTo(ingress);
        assertThat(record.egressTrunk()).isEqualTo(egress);
        if (key.isEmpty()) {
            assertThat(one("", CALL.replace("\"TK1\"", "null")).egressTrunk()).isEqualTo("AC1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "busy,        STOP,   17",
        "no-answer,   STOP,   19",
        "canceled,    STOP,   16",
        "failed,      STOP,   failed",
        "in-progress, UPDATE, in-progress",
        "queued,      UPDATE, queued",
    })
    void other_states_are_not_answered(String status, RecordKind kind, String cause)
            throws Exception {
        CdrRecord record = one("", CALL.replace("completed", status).replace("\"55\"", "null"));
        assertThat(record.malformed()).isNull();
        assertThat(record.kind()).isEqualTo(kind);
        assertThat(record.connectMs()).isNull();
        assertThat(record.cause()).isEqualTo(cause);
    }

    @Test
    void a_page_of_a_list_is_its_calls() throws Exception {
        String page =
                "{\"first_page_uri\": \"/x?{}\", \"calls\": [%s, %s], \"meta\": {\"page\": 0}}\n"
                        .formatted(CALL, CALL);
        assertThat(records("", page + page))
                .hasSize(4)
                .allMatch(record -> record.malformed() == null);
        assertThat(records("", "{\"calls\": [], \"page\": 0}")).isEmpty();
    }

    @Test
    void a_summary_joins_its_call_or_is_the_call() throws Exception {
        CdrRecord quality = one("", SUMMARY);
        assertThat(quality.malformed()).isNull();
        assertThat(quality.kind()).isEqualTo(RecordKind.MEDIA);
        assertThat(quality.callId()).isEqualTo("CA1");
        assertThat(quality.pddMs()).isEqualTo(121);
        assertThat(quality.mos()).isEqualTo("4.25");
        assertThat(quality.codec()).isEqualTo("pcmu");
        assertThat(quality.detail())
                .containsEntry(Detail.MOS_OUT, "4.31")
                .containsEntry(Detail.JITTER_MS, "0.50")
                .containsEntry(Detail.LOST_PACKETS, "2");
        CdrRecord call = one("{\"summaries\": \"calls\"}", SUMMARY);
        assertThat(call.kind()).isEqualTo(RecordKind.STOP);
        assertThat(call.connectMs()).isEqualTo(1571418007000L);
        assertThat(call.durationMs()).isEqualTo(55_000);
        assertThat(call.called()).isEqualTo("+4420");
        assertThat(call.ingressTrunk()).isEqualTo("AC1");
        assertThat(call.sipCode()).isEqualTo("200");
        assertThat(
                        one(
                                        "{\"summaries\": \"calls\"}",
                                        SUMMARY.replace("\"complete\"", "\"partial\""))
                                .kind())
                .isEqualTo(RecordKind.UPDATE);
    }

    @Test
    void what_cannot_be_read_is_said() throws Exception {
        assertThat(one("", "{\"a\": 1}").malformed()).isEqualTo("neither sid nor call_sid");
        assertThat(one("", CALL.replace("Fri, 18 Oct 2019 17:01:02", "soon")).malformed())
                .isEqualTo("end_time is 'soon +0000'; expected a time of RFC 2822 or ISO 8601");
        assertThat(one("", CALL.replace("\"55\"", "null")).malformed())
                .isEqualTo("a completed call needs end_time and duration");
    }

    /// The provider's own examples; each file is a map of answers of its API.
    @ParameterizedTest
    @CsvSource({
        "calls_list,              4,  STOP",
        "call_fetch,              1,  STOP",
        "insights_call_summary,   1,  MEDIA",
        "insights_summaries_list, 12, MEDIA",
    })
    void genuine_examples_are_accounted_for(String file, int count, RecordKind kind)
            throws Exception {
        JsonNode answers =
                JsonMapper.shared()
                        .readTree(
                                GenuineFiles.read(
                                        "cdr/twilio/twilio_oai_" + file + "_examples.json"));
        List<CdrRecord> records = new ArrayList<>();
        for (JsonNode answer : answers) {
            records.addAll(records("", answer.toString()));
        }
        assertThat(records).hasSize(count);
        assertThat(records).extracting(CdrRecord::malformed).containsOnlyNulls();
        assertThat(records).extracting(CdrRecord::kind).containsOnly(kind);
    }

    private static CdrRecord one(String mapping, String content) throws Exception {
        List<CdrRecord> records = records(mapping, content);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("twilio", "UTC", mapping)), content);
    }
}
