package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpensipsFlatstoreTest {

    static final String LINES =
            """
            INVITE|ft|tt|c1|200|OK|1710324180|+493012|a.example|192.0.2.7|442079|99442079|198.51.100.9
            BYE|tt|ft|c1|200|OK|1710324190|||||
            INVITE|ft|tt2|c2|486|Busy%7Chere|1710324180|+493012|a.example|192.0.2.7|442080|442080|x
            """;

    private static final String ACCOUNTS =
            """
            {"columns": ["method", "from_tag", "to_tag", "callid", "sip_code", "sip_reason",
             "time", "account", "calling", "called", "", "session"], "ingressTrunk": "account"}
            """;

    @Test
    void lines_are_starts_ends_and_missed_calls() throws Exception {
        List<CdrRecord> records = records("", LINES);
        assertThat(records).extracting(CdrRecord::malformed).containsOnlyNulls();
        assertThat(records)
                .extracting(CdrRecord::kind)
                .containsExactly(RecordKind.START, RecordKind.END, RecordKind.FULL);
        assertThat(records.get(0).legId()).isEqualTo("ft/tt").isEqualTo(records.get(1).legId());
        assertThat(records.get(0).ingressTrunk()).isEqualTo("192.0.2.7");
        assertThat(records.get(0).egressTrunk()).isEqualTo("198.51.100.9");
        assertThat(records.get(0).connectMs()).isEqualTo(1710324180000L);
        assertThat(records.get(1).releaseMs()).isEqualTo(1710324190000L);
        assertThat(records.get(2).connectMs()).isNull();
        assertThat(records.get(2).sipCode()).isEqualTo("486");
        assertThat(records.get(2).called()).isEqualTo("442080");
    }

    @Test
    void dialogs_are_whole_calls() throws Exception {
        String mapping =
                """
                {"columns": ["method", "from_tag", "to_tag", "callid", "sip_code", "sip_reason",
                 "time", "duration", "ms_duration", "setuptime", "created", "calling", "called"]}
                """;
        List<CdrRecord> records =
                records(
                        mapping,
                        """
                        INVITE|f|t|c1|200|OK|1710324180|5|4250|16|1710324164|49|44%7C1
                        INVITE|f||c2|503|Down|1710324180|||||49|44
                        """);
        CdrRecord call = records.getFirst();
        assertThat(call.malformed()).isNull();
        assertThat(call.kind()).isEqualTo(RecordKind.FULL);
        assertThat(call.setupMs()).isEqualTo(1710324164000L);
        assertThat(call.connectMs()).isEqualTo(1710324180000L);
        assertThat(call.releaseMs()).isEqualTo(1710324184250L);
        assertThat(call.durationMs()).as("not the five seconds").isEqualTo(4250);
        assertThat(call.called()).isEqualTo("44|1");
        assertThat(records.getLast().kind()).isEqualTo(RecordKind.FULL);
        assertThat(records.getLast().connectMs()).isNull();
    }

    @Test
    void a_short_line_and_a_mapping_without_a_column_are_told() throws Exception {
        assertThat(records("", "INVITE|ft|tt|c1|200\n").getFirst().malformed())
                .isEqualTo("5 fields; expected 7 or more");
        assertThatThrownBy(() -> records("{\"columns\": [\"method\"]}", LINES))
                .hasMessageContaining("among them method, from_tag, to_tag");
        assertThatThrownBy(() -> records("{\"called\": \"ruri\"}", LINES))
                .hasMessageContaining("'ruri' among them");
    }

    /// Eight lines of four calls, each with its start and its end.
    @Test
    void genuine_calls_come_in_pairs() throws Exception {
        List<CdrRecord> records = genuine("acc_1");
        assertThat(records).hasSize(8).allMatch(record -> record.malformed() == null);
        long[] seconds = {2, 4, 4, 2};
        for (int i = 0; i < seconds.length; i++) {
            CdrRecord start = records.get(2 * i);
            CdrRecord end = records.get(2 * i + 1);
            assertThat(List.of(start.kind(), end.kind()))
                    .containsExactly(RecordKind.START, RecordKind.END);
            assertThat(start.callId()).isEqualTo(end.callId());
            assertThat(start.legId()).isEqualTo(end.legId());
            assertThat(end.releaseMs())
                    .isEqualTo(start.setupMs() == null ? 0 : start.setupMs() + 1000 * seconds[i]);
        }
        assertThat(records.getFirst().connectMs()).isEqualTo(1436454408000L);
        assertThat(records.getFirst().calling()).isEqualTo("1001");
        assertThat(records.getFirst().called()).isEqualTo("1002");
    }

    @ParameterizedTest
    @CsvSource({"0, 487, 1436454643000", "1, 404, 1436454668000", "2, 486, 1436454687000"})
    void genuine_missed_calls_are_unanswered(int record, String code, long setupMs)
            throws Exception {
        List<CdrRecord> records = genuine("missed_calls_1");
        assertThat(records).hasSize(3);
        CdrRecord missed = records.get(record);
        assertThat(missed.malformed()).isNull();
        assertThat(missed.kind()).isEqualTo(RecordKind.FULL);
        assertThat(missed.sipCode()).isEqualTo(code);
        assertThat(missed.setupMs()).isEqualTo(setupMs);
        assertThat(missed.connectMs()).isNull();
    }

    private static List<CdrRecord> genuine(String name) throws Exception {
        byte[] content =
                GenuineFiles.read("cdr/opensips/cgrates_opensips_flatstore_" + name + ".log");
        return Decoded.records(
                Formats.decoderFor(Decoded.source("opensips-flatstore", "UTC", ACCOUNTS)), content);
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("opensips-flatstore", "UTC", mapping)), content);
    }
}
