package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeswitchJsonTest {

    static final String ANSWERED =
            """
            {"core-uuid": "c1", "switchname": "fs1",
             "channel_data": {"state": "CS_REPORTING", "direction": "inbound"},
             "variables": {"uuid": "leg-a", "sip_network_ip": "192.0.2.7",
              "caller_id_name": "%22Bob%22%20{%7B", "start_uepoch": "1710324178500999",
              "start_stamp": "2024-03-13%2011%3A02%3A58",
              "answer_uepoch": "1710324180000000", "end_uepoch": "1710324190250000",
              "billsec": "11", "billmsec": "10250", "billusec": "10250000",
              "progressmsec": "0", "progress_mediamsec": "700",
              "hangup_cause": "NORMAL_CLEARING", "hangup_cause_q850": "16",
              "sip_term_status": "200", "read_codec": "opus",
              "rtp_audio_in_packet_count": "0", "rtp_audio_in_mos": "4.50"},
             "callflow": [
              {"profile_index": "2", "caller_profile": {"ani": "x", "destination_number": "y",
               "originatee": {"originatee_caller_profiles": [
                {"network_addr": "198.51.100.9", "uuid": "leg-b"}, {"network_addr": "old"}]}}},
              {"profile_index": "1", "caller_profile": {"ani": "%2B493012",
               "destination_number": "442079460000"}}]}
            """;

    @Test
    void an_answered_leg_is_a_call_with_the_numbers_of_its_first_segment() throws Exception {
        CdrRecord record = one("", ANSWERED);
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("leg-a");
        assertThat(record.ingressTrunk()).isEqualTo("192.0.2.7");
        assertThat(record.egressTrunk()).isEqualTo("198.51.100.9");
        assertThat(record.calling()).isEqualTo("+493012");
        assertThat(record.called()).isEqualTo("442079460000");
        assertThat(record.setupMs()).isEqualTo(1710324178500L);
        assertThat(record.connectMs()).isEqualTo(1710324180000L);
        assertThat(record.releaseMs()).isEqualTo(1710324190250L);
        assertThat(record.durationMs()).isEqualTo(10250);
        assertThat(record.pddMs()).isEqualTo(700);
        assertThat(record.mos()).as("a score over no packets").isEmpty();
        assertThat(record.codec()).isEqualTo("opus");
        assertThat(record.sipCode()).isEqualTo("200");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'\"answer_uepoch\": \"1710324180000000\"', '\"answer_uepoch\": \"0\"',         -",
                "'\"answer_uepoch\": \"1710324180000000\"', '\"answer_epoch\": \"1710324180\"', 10250",
                "'\"answer_uepoch\": \"1710324180000000\"', '\"answer_uepoch\": 1710324180000000', 10250",
                "'\"billmsec\": \"10250\"', '\"billmsec\": \"-2147480000\"',                    10250",
            })
    void the_answer_instant_decides(String text, String instead, Long duration) throws Exception {
        CdrRecord record = one("", ANSWERED.replace(text, instead));
        assertThat(record.malformed()).isNull();
        assertThat(record.durationMs()).isEqualTo(duration);
        assertThat(record.connectMs()).isEqualTo(duration == null ? null : 1710324180000L);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"uuid\": \"leg-a\"', '\"uuid\": \"\"',          'uuid is empty'",
        "'\"start_uepoch\": \"1710324178500999\"', '\"start_uepoch\": \"0\"',"
                + " 'start_uepoch is empty'",
        "'\"end_uepoch\": \"1710324190250000\"', '\"end_uepoch\": \"soon\"',"
                + " 'end_uepoch is ''soon''; expected a whole number'",
    })
    void what_cannot_be_read_is_said(String text, String instead, String malformed)
            throws Exception {
        assertThat(one("", ANSWERED.replace(text, instead)).malformed()).isEqualTo(malformed);
    }

    @Test
    void one_file_holds_one_document_or_several() throws Exception {
        String line = ANSWERED.replace("\n", "") + "\n";
        for (String content :
                List.of(
                        ANSWERED + ANSWERED,
                        line + line,
                        line.strip() + line,
                        "[" + ANSWERED + "," + ANSWERED + "]",
                        "[" + line + ",\n" + line + "]\n",
                        "\ufeff" + line + "\r\n\r\n" + line,
                        "\u001e" + line + "\u001e" + line,
                        "Nov 25 host fs: " + line + line)) {
            List<CdrRecord> records = records("", content);
            assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
            assertThat(records.getFirst().content()).isEqualTo(records.getLast().content());
        }
    }

    @Test
    void a_document_cut_short_takes_no_other_with_it() throws Exception {
        String line = ANSWERED.replace("\n", "") + "\n";
        for (int cut : new int[] {1, 2, 40, 80, 100, 160, 200, 900, line.length() - 2}) {
            String content = line.substring(0, cut) + "\n" + line + "junk\n" + line;
            assertThat(records("", content))
                    .as(line.substring(0, cut))
                    .extracting(record -> record.malformed() == null)
                    .containsExactly(false, true, false, true);
        }
    }

    @Test
    void documents_out_of_bounds_are_given_up() throws Exception {
        String line = ANSWERED.replace("\n", "") + "\n";
        String deep = "{\"a\":" + "[".repeat(100_000) + "\n";
        String big = "{\"a\":\"" + "x".repeat(JsonDocuments.DOCUMENT_BYTES) + "\"}\n";
        assertThat(records("", deep + line + big + line))
                .extracting(CdrRecord::malformed)
                .containsExactly(
                        "the JSON object is deeper than 256 levels",
                        null,
                        "the JSON object is longer than 4194304 bytes",
                        null);
        assertThat(one("", "{}").malformed()).isEqualTo("uuid is empty");
    }

    @Test
    void a_mapping_of_the_book_chooses_leg_and_trunks() throws Exception {
        assertThat(one("{\"egressTrunk\": \"originatee.uuid\"}", ANSWERED).egressTrunk())
                .isEqualTo("leg-b");
        assertThatThrownBy(() -> records("{\"leg\": \"c\"}", ANSWERED))
                .hasMessageContaining("leg is 'c'; expected one of a, b, both");
    }

    @ParameterizedTest
    @CsvSource({
        "%2B49, +49",
        "+49, +49",
        "50%25, 50%",
        "100%, 100%",
        "%zz, %zz",
        "a%2, a%2",
        "%C3%A4, ä",
        "ä%20b, ä b"
    })
    void values_are_decoded_once(String value, String decoded) {
        assertThat(FreeswitchDocument.decoded(value)).isEqualTo(decoded);
    }

    private static CdrRecord one(String mapping, String content) throws Exception {
        List<CdrRecord> records = records(mapping, content);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("freeswitch-json", "UTC", mapping)), content);
    }
}
