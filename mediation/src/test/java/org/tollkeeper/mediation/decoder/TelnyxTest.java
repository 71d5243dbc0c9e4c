package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelnyxTest {

    static final String REPORT =
            """
            Call Leg ID,Direction,Originating Number,Destination Number,Start Timestamp (UTC),\
            Answer Timestamp,End Timestamp,Call duration,Billable time,Connection ID,Hangup Cause,PDD
            l1,outbound,+13051416799,+442079460000,2024-03-13 10:02:58,2024-03-13 10:03:00,\
            2024-03-13 10:03:10,10,60,1684641123,normal_clearing,800
            l2,inbound,+442079460000,+13051416799,2024-03-13 10:02:58,,\
            2024-03-13 10:03:10,0,0,1684641123,user_busy,
            """;

    static final String EVENTS =
            """
            {"data": {"event_type": "call.initiated", "occurred_at": "2024-03-13T10:02:58.100Z",\
             "payload": {"call_leg_id": "l1", "direction": "outgoing"}}}
            {"data": {"event_type": "call.answered", "occurred_at": "2024-03-13T10:03:00.250000Z",\
             "payload": {"call_leg_id": "l1", "call_session_id": "s1", "connection_id": "168",\
             "direction": "outgoing", "from": "+1305", "to": "+4420",\
             "start_time": "2024-03-13T10:02:58.100000Z"}}}
            {"data": {"event_type": "call.hangup", "occurred_at": "2024-03-13T10:03:10.600000Z",\
             "payload": {"call_leg_id": "l1", "direction": "outgoing", "from": "+1305",\
             "start_time": "2024-03-13T10:02:58.100000Z", "end_time": "2024-03-13T10:03:10.500000Z",\
             "hangup_cause": "normal_clearing", "sip_hangup_cause": "200"}}}
            """;

    @Test
    void a_report_is_read_by_its_header() throws Exception {
        List<CdrRecord> records = records("", REPORT);
        assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
        CdrRecord call = records.getFirst();
        assertThat(call.callId()).isEqualTo("l1");
        assertThat(call.setupMs()).isEqualTo(1710324178000L);
        assertThat(call.connectMs()).isEqualTo(1710324180000L);
        assertThat(call.releaseMs()).isEqualTo(1710324190000L);
        assertThat(call.durationMs()).as("not the billed time").isEqualTo(10_000);
        assertThat(call.calling()).isEqualTo("+13051416799");
        assertThat(call.called()).isEqualTo("+442079460000");
        assertThat(call.egressTrunk()).isEqualTo("1684641123");
        assertThat(call.ingressTrunk()).isEmpty();
        assertThat(call.pddMs()).isEqualTo(800);
        CdrRecord missed = records.getLast();
        assertThat(missed.connectMs()).isNull();
        assertThat(missed.ingressTrunk()).isEqualTo("1684641123");
        assertThat(missed.cause()).isEqualTo("17");
    }

    @Test
    void detail_records_have_the_same_names() throws Exception {
        String page =
                """
                {"data": [{"id": "r1", "telnyx_leg_id": "l1", "session_id": "s1", "cli": "+1305",
                 "cld": "+4420", "direction": "outbound", "call_sec": 50, "billed_sec": 60,
                 "connection_name": "out", "started_at": "2024-12-11T17:42:30Z",
                 "finished_at": "2024-12-11T17:43:24Z", "record_type": "sip-trunking"}],
                 "meta": {"page_number": 1}}
                """;
        List<CdrRecord> records = records("", page);
        assertThat(records).hasSize(1);
        CdrRecord call = records.getFirst();
        assertThat(call.malformed()).isNull();
        assertThat(call.callId()).isEqualTo("l1");
        assertThat(call.durationMs()).isEqualTo(50_000);
        assertThat(call.connectMs()).isEqualTo(1733938954000L);
        assertThat(call.egressTrunk()).isEqualTo("out");
        assertThat(call.detail()).containsEntry(Detail.CORRELATION_ID, "s1");
    }

    @Test
    void events_are_the_start_and_the_end_of_a_call() throws Exception {
        List<CdrRecord> records = records("", EVENTS);
        assertThat(records).extracting(CdrRecord::malformed).containsOnlyNulls();
        assertThat(records)
                .extracting(CdrRecord::kind)
                .containsExactly(RecordKind.UPDATE, RecordKind.START, RecordKind.END);
        CdrRecord start = records.get(1);
        assertThat(start.setupMs()).isEqualTo(1710324178100L);
        assertThat(start.connectMs()).isEqualTo(1710324180250L);
        assertThat(start.egressTrunk()).isEqualTo("168");
        assertThat(records.get(2).releaseMs()).isEqualTo(1710324190500L);
        assertThat(records.get(2).cause()).isEqualTo("16");
    }

    /// An INVITE that was refused cannot have been answered; anything else waits for the answer.
    @ParameterizedTest
    @CsvSource({
        "486,         STOP, 1710324178100",
        "200,         END,",
        "unspecified, END,",
    })
    void a_hangup_alone_is_a_call_only_if_it_was_refused(String code, RecordKind kind, String setup)
            throws Exception {
        CdrRecord hangup =
                records("", EVENTS.lines().toList().get(2).replace("\"200\"", "\"" + code + "\""))
                        .getFirst();
        assertThat(hangup.malformed()).isNull();
        assertThat(hangup.kind()).isEqualTo(kind);
        assertThat(hangup.connectMs()).isNull();
        assertThat(hangup.setupMs()).isEqualTo(setup == null ? null : Long.valueOf(setup));
    }

    @Test
    void a_call_must_say_which_way_it_went() throws Exception {
        String report = REPORT.replace("Direction", "Nothing");
        assertThat(records("", report).getFirst().malformed())
                .startsWith("it does not say whether the call came in or went out");
        assertThat(records("{\"direction\": \"incoming\"}", report))
                .allMatch(record -> record.malformed() == null)
                .allMatch(record -> record.ingressTrunk().equals("1684641123"));
    }

    @Test
    void the_mapping_names_columns_of_other_names() throws Exception {
        CdrRecord call =
                records(
                                """
                                {"columns": {"called": "Ziel", "trunk": "Hangup Cause"},
                                 "egressTrunk": "Connection ID"}
                                """,
                                REPORT.replace("Destination Number", "Ziel"))
                        .getFirst();
        assertThat(call.called()).isEqualTo("+442079460000");
        assertThat(call.egressTrunk()).isEqualTo("1684641123");
        assertThatThrownBy(() -> records("", REPORT.replace("Destination Number", "Ziel")))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("no column for 'called'");
        assertThatThrownBy(() -> records("{\"columns\": {\"x\": \"y\"}}", REPORT))
                .isInstanceOf(MappingException.class);
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("telnyx", "UTC", mapping)), content);
    }
}
