package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeswitchCsvTest {

    private static final String ANSWERED =
            "\"Bob\",\"1000\",\"4420\",\"ctx\",\"2024-03-13 10:02:58\",\"2024-03-13 10:03:00\","
                    + "\"2024-03-13 10:03:10\",\"12\",\"10\",\"NORMAL_CLEARING\",\"u-1\",\"\","
                    + "\"acme\",\"PCMA\",\"PCMU\"\n";

    @Test
    void an_answered_call_has_its_answer_stamp_and_billed_seconds() throws Exception {
        CdrRecord record = one("", ANSWERED);
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("u-1");
        assertThat(record.setupMs()).isEqualTo(ms("2024-03-13T09:02:58Z"));
        assertThat(record.connectMs()).isEqualTo(ms("2024-03-13T09:03:00Z"));
        assertThat(record.releaseMs()).isEqualTo(ms("2024-03-13T09:03:10Z"));
        assertThat(record.durationMs()).isEqualTo(10_000);
        assertThat(record.ingressTrunk()).isEqualTo("acme");
        assertThat(record.egressTrunk()).isEmpty();
        assertThat(record.cause()).isEqualTo("16");
        assertThat(record.codec()).isEqualTo("PCMA");
    }

    @Test
    void normal_clearing_without_an_answer_stamp_is_not_answered() throws Exception {
        CdrRecord record = one("", ANSWERED.replace("\"2024-03-13 10:03:00\"", "\"\""));
        assertThat(record.connectMs()).isNull();
        assertThat(record.durationMs()).isNull();
        assertThat(record.cause()).isEqualTo("16");
        assertThat(record.detail()).containsEntry(Detail.ANOMALIES, "BILLSEC_ON_UNANSWERED");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bob \"The\" Man | false",
                "Bob\",\"Man     | false",
                "\",\"           | false",
                "\"              | false",
            })
    void quotes_in_the_callers_name_do_no_harm(String name, boolean malformed) throws Exception {
        CdrRecord record = one("", ANSWERED.replace("Bob", name));
        assertThat(record.malformed() != null).isEqualTo(malformed);
        assertThat(record.calling()).isEqualTo("1000");
        assertThat(record.ingressTrunk()).isEqualTo("acme");
    }

    @Test
    void a_torn_line_is_malformed_and_the_next_is_read() throws Exception {
        List<CdrRecord> records =
                Decoded.records(decoder(""), ANSWERED.substring(0, 60) + "\n" + ANSWERED);
        assertThat(records.getFirst().malformed()).contains("fields");
        assertThat(records.getLast().malformed()).isNull();
    }

    @Test
    void the_default_template_has_a_blank_before_its_last_field() throws Exception {
        String line = ANSWERED.replace(",\"acme\",\"PCMA\",\"PCMU\"", ", \"acme\"");
        assertThat(one("{\"template\": \"default\"}", line).ingressTrunk()).isEqualTo("acme");
        String sql = "INSERT INTO cdr VALUES (" + line.strip() + ");\n";
        assertThat(one("{\"template\": \"sql\"}", sql).ingressTrunk()).isEqualTo("acme");
    }

    @Test
    void columns_of_ones_own_may_name_epochs_and_the_egress_trunk() throws Exception {
        CdrRecord record =
                one(
                        """
                        {"columns": ["uuid", "caller_id_number", "destination_number",
                          "start_uepoch", "answer_uepoch", "end_uepoch", "billmsec", "gw"],
                         "egressTrunk": "gw"}
                        """,
                        "\"u\",\"1\",\"44\",\"1710320578123456\",\"1710320580000000\","
                                + "\"1710320590500000\",\"10500\",\"out-1\"\n");
        assertThat(record.setupMs()).isEqualTo(1_710_320_578_123L);
        assertThat(record.durationMs()).isEqualTo(10_500);
        assertThat(record.egressTrunk()).isEqualTo("out-1");
        assertThat(record.ingressTrunk()).isEmpty();
    }

    /// Berlin's clocks were set back on 2024-10-27 at 01:00 UTC, from 03:00 to 02:00.
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "u-1,                                  2024-10-27T00:30:00Z",
        "fac78580-9402-11ef-9cd2-0242ac120002, 2024-10-27T01:30:00Z",
    })
    void in_a_repeated_hour_a_uuid_with_a_clock_tells_the_pass(String uuid, Instant setup)
            throws Exception {
        CdrRecord record =
                one(
                        "",
                        ANSWERED.replace("u-1", uuid)
                                .replace("2024-03-13 10:02:58", "2024-10-27 02:30:00")
                                .replace("2024-03-13 10:03:00", "2024-10-27 02:30:02")
                                .replace("2024-03-13 10:03:10", "2024-10-27 02:30:12"));
        assertThat(Decoded.instant(record.setupMs())).isEqualTo(setup);
        assertThat(Decoded.instant(record.releaseMs())).isEqualTo(setup.plusSeconds(12));
    }

    @Test
    void a_call_over_the_repeated_hour_ends_after_it_began() throws Exception {
        CdrRecord record =
                one(
                        "",
                        ANSWERED.replace("2024-03-13 10:02:58", "2024-10-27 02:50:00")
                                .replace("2024-03-13 10:03:00", "2024-10-27 02:50:10")
                                .replace("2024-03-13 10:03:10", "2024-10-27 02:10:10")
                                .replace("\"12\",\"10\"", "\"1210\",\"1200\""));
        assertThat(Decoded.instant(record.releaseMs()))
                .isEqualTo(Decoded.instant(record.connectMs()).plusSeconds(1200));
    }

    @Test
    void a_mapping_that_does_not_fit_is_refused() {
        assertThatThrownBy(() -> decoder("{\"template\": \"mine\"}"))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("sw1")
                .hasMessageContaining("mapping.template is 'mine'")
                .hasMessageContaining("example");
        assertThatThrownBy(() -> decoder("{\"tempalte\": \"default\"}"))
                .hasMessageContaining("unknown key tempalte");
        assertThatThrownBy(() -> decoder("{\"egressTrunk\": \"gw\"}"))
                .hasMessageContaining("mapping.egressTrunk is 'gw'");
    }

    private static CdrRecord one(String mapping, String line) throws Exception {
        List<CdrRecord> records = Decoded.records(decoder(mapping), line);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static Decoder decoder(String mapping) {
        return Formats.decoderFor(Decoded.source("freeswitch-csv", "Europe/Berlin", mapping));
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
