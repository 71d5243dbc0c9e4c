package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiscoCucmCsvTest {

    static final String CALLS =
            """
            "cdrRecordType","globalCallID_callManagerId","globalCallID_callId",\
            "origLegCallIdentifier","dateTimeOrigination","callingPartyNumber","origCause_value",\
            "origMediaCap_payloadCapability","destLegIdentifier","originalCalledPartyNumber",\
            "finalCalledPartyNumber","destCause_value","dateTimeConnect","dateTimeDisconnect",\
            "pkid","duration","origDeviceName","destDeviceName","origConversationId",\
            "globalCallId_ClusterID","destConversationId"
            INTEGER,INTEGER,INTEGER,INTEGER,INTEGER,VARCHAR(50),INTEGER,INTEGER,INTEGER,\
            VARCHAR(50),VARCHAR(50),INTEGER,INTEGER,INTEGER,UNIQUEIDENTIFIER,INTEGER,\
            VARCHAR(129),VARCHAR(129),INTEGER,VARCHAR(50),INTEGER
            1,2,700,11,1710324178,"493012",0,4,12,"442079","442080",16,1710324180,1710324190,\
            "id1",10,"TRUNK-IN","TRUNK-OUT",0,"cl1",0
            """;

    static final String QUALITY =
            """
            "cdrRecordType","globalCallID_callManagerId","globalCallID_callId","callIdentifier",\
            "dateTimeStamp","numberPacketsReceived","numberPacketsLost","jitter","latency",\
            "globalCallId_ClusterID","varVQMetrics"
            2,2,700,12,1710324190,555,3,7,0,"cl1","MLQK=4.35;MLQKav=4.1;CCR=0.01"
            2,2,700,11,1710324190,0,0,0,0,"cl1","CCR=0.01"
            """;

    @Test
    void a_connected_call_is_a_stop() throws Exception {
        CdrRecord record = records("", CALLS).getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.kind()).isEqualTo(RecordKind.STOP);
        assertThat(record.callId()).isEqualTo("cl1:2:700");
        assertThat(record.legId()).isEmpty();
        assertThat(record.setupMs()).isEqualTo(1710324178000L);
        assertThat(record.connectMs()).isEqualTo(1710324180000L);
        assertThat(record.releaseMs()).isEqualTo(1710324190000L);
        assertThat(record.durationMs()).isEqualTo(10_000);
        assertThat(record.calling()).isEqualTo("493012");
        assertThat(record.called()).isEqualTo("442079");
        assertThat(record.ingressTrunk()).isEqualTo("TRUNK-IN");
        assertThat(record.egressTrunk()).isEqualTo("TRUNK-OUT");
        assertThat(record.cause()).isEqualTo("16");
        assertThat(record.codec()).isEqualTo("PCMU");
        assertThat(record.detail())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Detail.NATIVE_ID, "id1", Detail.RELEASE_INITIATOR, "B"));
    }

    @Test
    void what_else_a_release_writes_is_kept_for_disputes() throws Exception {
        String more =
                "origDeviceSessionID,outpulsedCalledPartyNumber,origIpv4v6Addr,destIpv4v6Addr,"
                        + "IncomingProtocolCallRef,OutgoingProtocolCallRef,"
                        + "destMediaCap_payloadCapability";
        CdrRecord record =
                records(
                                "",
                                CALLS.replace("\"destConversationId\"\n", "\"x\"," + more + "\n")
                                        .replace(
                                                "\"cl1\",0\n",
                                                "\"cl1\",0,s-1,00442079,192.0.2.1,192.0.2.2,i-1,o-1,11\n")
                                        .replace(",16,1710324180", ",393216,1710324180"))
                        .getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.cause()).as("393216 is CUCM's own").isEmpty();
        assertThat(record.detail())
                .containsEntry(Detail.NATIVE_CAUSE, "393216")
                .containsEntry(Detail.CORRELATION_ID, "s-1")
                .containsEntry(Detail.CALLED_OUT, "00442079")
                .containsEntry(Detail.INGRESS_ADDRESS, "192.0.2.1")
                .containsEntry(Detail.EGRESS_ADDRESS, "192.0.2.2")
                .containsEntry(Detail.INGRESS_SIP_CALL_ID, "i-1")
                .containsEntry(Detail.EGRESS_SIP_CALL_ID, "o-1")
                .containsEntry(Detail.CODEC_OUT, "G729");
    }

    @Test
    void quality_joins_its_call() throws Exception {
        List<CdrRecord> records = records("", QUALITY);
        assertThat(records)
                .allMatch(record -> record.malformed() == null)
                .allMatch(record -> record.kind() == RecordKind.MEDIA)
                .allMatch(record -> record.callId().equals("cl1:2:700"))
                .allMatch(record -> record.legId().isEmpty());
        assertThat(records).extracting(CdrRecord::mos).containsExactly("4.35", "");
        assertThat(records.getFirst().detail())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Detail.JITTER_MS, "7", Detail.LOST_PACKETS, "3"));
        assertThat(records.getLast().detail()).as("nothing was received").isEmpty();
    }

    /// Records that share a call and perhaps a second have the legs to tell them apart.
    @ParameterizedTest
    @CsvSource({
        "'16,1710324180,', '16,0,',              11/12, attempt",
        "'16,1710324180,', '393216,1710324180,', 11/12, transferred",
        "'0,\"cl1\",0',    '0,\"cl1\",5',        11/12, conference",
        "'\"cl1\"',        '\"cl1\"',            '',    ended for good",
    })
    void what_is_no_final_call_bears_its_legs(
            String text, String instead, String legId, String what) throws Exception {
        CdrRecord record = records("", CALLS.replace(text, instead)).getFirst();
        assertThat(record.malformed()).as(what).isNull();
        assertThat(record.legId()).as(what).isEqualTo(legId);
    }

    @Test
    void devices_of_ones_own_network_are_no_trunks() throws Exception {
        assertThat(
                        records(
                                        "{\"ownDevices\": [\"SEP\"], \"called\": \"finalCalledPartyNumber\"}",
                                        CALLS.replace("TRUNK-IN", "SEP00112233"))
                                .getFirst())
                .extracting(CdrRecord::ingressTrunk, CdrRecord::called)
                .containsExactly("", "442080");
    }

    @Test
    void what_cannot_be_read_is_said() throws Exception {
        String header = CALLS.substring(0, CALLS.indexOf('\n') + 1);
        assertThat(records("", header + "1,2\n3,x\n").stream().map(CdrRecord::malformed))
                .containsExactly("2 fields; expected 21", "cdrRecordType is '3'; expected 1 or 2");
        assertThat(records("", CALLS.replace(",1710324178,", ",0,")).getFirst().malformed())
                .isEqualTo("dateTimeOrigination is empty");
        assertThat(records("", "1,2\n").getFirst().malformed())
                .isEqualTo("2 fields; expected 19 or more");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, cucmOHSUtest:2:25449, 47874246/47874248, b002179144511001, 5030079981,"
                        + " SEPCC7F750586B7, '', -, -, ''",
                "1, cucmOHSUtest:2:25448, 47874243/47874250, b002179144411001, 5030079981,"
                        + " SEPCC8E7148AD29, '', -, -, ''",
                "2, cucmOHSUtest:2:25447, '', 5033466594, 5033466593, SEPCC7F750586B7,"
                        + " SEPCC8E7148AD29, 1744993930000, 11000, 16",
            })
    void genuine_calls_come_to_what_they_say(
            int record,
            String callId,
            String legId,
            String calling,
            String called,
            String ingress,
            String egress,
            @Nullable Long connectMs,
            @Nullable Long durationMs,
            String cause)
            throws Exception {
        List<CdrRecord> records = genuine("cdr-examples_cdr");
        assertThat(records).hasSize(3);
        CdrRecord call = records.get(record);
        assertThat(call.malformed()).isNull();
        assertThat(call.callId()).isEqualTo(callId);
        assertThat(call.legId()).isEqualTo(legId);
        assertThat(call.calling()).isEqualTo(calling);
        assertThat(call.called()).isEqualTo(called);
        assertThat(call.ingressTrunk()).isEqualTo(ingress);
        assertThat(call.egressTrunk()).isEqualTo(egress);
        assertThat(call.connectMs()).isEqualTo(connectMs);
        assertThat(call.durationMs()).isEqualTo(durationMs);
        assertThat(call.cause()).isEqualTo(cause);
    }

    @Test
    void genuine_quality_joins_the_genuine_call() throws Exception {
        assertThat(genuine("cdr-examples_cmr"))
                .hasSize(2)
                .allMatch(record -> record.malformed() == null)
                .allMatch(record -> record.callId().equals("cucmOHSUtest:2:25447"))
                .allMatch(record -> record.mos().isEmpty());
    }

    /// These files have no line of names; the columns are where they are in every release.
    @Test
    void genuine_files_without_names_are_read_by_position() throws Exception {
        CdrRecord call = genuine("test_fixtures_sample_cdr").getFirst();
        assertThat(call.malformed()).isNull();
        assertThat(call.callId()).isEqualTo("2:12345");
        assertThat(call.calling()).isEqualTo("5033466520");
        assertThat(call.called()).isEqualTo("9712628803");
        assertThat(call.connectMs()).isEqualTo(1711386110000L);
        assertThat(call.durationMs()).isEqualTo(60_000);
        assertThat(call.egressTrunk()).isEqualTo("Genesys_Lab_psxC3SBCLab01");
        CdrRecord quality = genuine("test_fixtures_sample_cmr").getFirst();
        assertThat(quality.malformed()).isNull();
        assertThat(quality.callId()).isEqualTo("2:12345");
        assertThat(quality.mos()).isEqualTo("3.5");
        assertThat(quality.detail()).containsEntry(Detail.LOST_PACKETS, "10");
    }

    private static List<CdrRecord> genuine(String name) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("cisco-cucm-csv", "UTC", "")),
                GenuineFiles.read("cdr/cisco-cucm/" + name + ".txt"));
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("cisco-cucm-csv", "UTC", mapping)), content);
    }
}
