package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudiocodesSdrTest {

    private static final String SESSION = "ab12cd:7:42";

    private static final String INGRESS_END =
            "<134>[S=12] |CALL_END |SBC |in@h |ab12cd:7:42 |RMT |10.1.0.1 |5060 |10.0.0.1 |5060"
                    + " |UDP |4930@h |+4930111@h |4420@h |0044201234@h |30 |RMT"
                    + " |GWAPP_NORMAL_CALL_CLEAR |NORMAL_CALL_CLEAR"
                    + " |10:15:00.300  UTC Mon Mar 10 2025 |10:15:05.400 UTC Mon Mar 10 2025"
                    + " |10:15:35.442  UTC Mon Mar 10 2025 |-1 | | |40 |CustomerA |0 |0 |1 |2 |0"
                    + " |no |BYE |- | | |Normal |1 |";

    private static final String EGRESS_END =
            "[S=13] |CALL_END |SBC |out@h |ab12cd:7:42 |LCL |10.0.0.2 |5060 |10.2.0.1 |5060"
                    + " |UDP |4930@h |+4930111@h |4420@h |0044201234@h |30 |LCL"
                    + " |GWAPP_NORMAL_CALL_CLEAR |NORMAL_CALL_CLEAR"
                    + " |10:15:00.310  UTC Mon Mar 10 2025 |10:15:05.390 UTC Mon Mar 10 2025"
                    + " |10:15:35.450  UTC Mon Mar 10 2025 |-1 | | |40 |3 (VendorB) |0 |0 |1 |2 |0"
                    + " |no |BYE |- | | |Normal |2 |";

    private static final String MEDIA_END =
            "|MEDIA_END |%s |ab12cd:7:42 |1 |audio |g711Alaw64k |20 |10.0.0.1 |6000 |10.1.0.1"
                    + " |7000 |1500 |1500 |2 |0 |31 |4294967295 |1 |2 |93 |127 |42 |127 |46 |";

    /// A route that was tried first and was busy.
    private static final String BUSY_END =
            EGRESS_END
                    .replace("out@h", "busy@h")
                    .replace("VendorB", "VendorA")
                    .replace("10:15:05.390 UTC Mon Mar 10 2025", "")
                    .replace("10:15:35.450  UTC", "10:15:02.000 UTC")
                    .replace("00.310", "00.305")
                    .replace("NORMAL_CALL_CLEAR", "BUSY")
                    .replace("|BYE", "|486")
                    .replace("|30 |LCL", "|0 |RMT");

    /// The records of a session, media records with those of their leg.
    static final List<String> UNITS =
            List.of(
                    INGRESS_END
                                    .replace("CALL_END", "CALL_CONNECT")
                                    .replace("10:15:35.442  UTC Mon Mar 10 2025", "")
                            + "\n",
                    INGRESS_END + "\n" + MEDIA_END.formatted("in@h") + "\n",
                    BUSY_END
                            + "\n"
                            + MEDIA_END.formatted("busy@h").replace("|42 |", "|13 |")
                            + "\n",
                    EGRESS_END
                            + "\n"
                            + MEDIA_END.formatted("out@h").replace("|42 |", "|38 |")
                            + "\n");

    static final String FILE =
            String.join(
                    "\n",
                    "[S=1] |SBCReportType |EPTyp |SIPCallId |SessionId |Orig |SourceIp |SourcePort"
                            + " |DestIp |DestPort |TransportType |SrcURI |SrcURIBeforeMap |DstURI"
                            + " |DstURIBeforeMap |Durat |TrmSd |TrmReason |TrmReasonCategory"
                            + " |SetupTime |ConnectTime |ReleaseTime |RedirectReason"
                            + " |RedirectURINum |RedirectURINumBeforeMap |TxSigIPDiffServ |IPGroup"
                            + " |SrdId |SIPInterfaceId |ProxySetId |IpProfileId |MediaRealmId"
                            + " |DirectMedia |SIPTrmReason |SIPTermDesc |Caller |Callee |Trigger"
                            + " |LegId |",
                    INGRESS_END
                            .replace("CALL_END", "CALL_CONNECT")
                            .replace("10:15:35.442  UTC Mon Mar 10 2025", ""),
                    INGRESS_END,
                    EGRESS_END,
                    MEDIA_END.formatted("in@h"),
                    MEDIA_END.formatted("out@h"),
                    "");

    @Test
    void the_leg_that_came_in_is_the_call_and_the_others_join_it() throws Exception {
        List<CdrRecord> records = records("", FILE);
        assertThat(records)
                .extracting(
                        CdrRecord::malformed,
                        CdrRecord::kind,
                        CdrRecord::callId,
                        CdrRecord::legId,
                        CdrRecord::ingressTrunk,
                        CdrRecord::egressTrunk)
                .containsExactly(
                        tuple(null, RecordKind.UPDATE, SESSION, "", "CustomerA", ""),
                        tuple(null, RecordKind.STOP, SESSION, "", "CustomerA", ""),
                        tuple(null, RecordKind.END, SESSION, "", "", "VendorB"),
                        tuple(null, RecordKind.MEDIA, SESSION, "", "", ""),
                        tuple(null, RecordKind.MEDIA, SESSION, "", "", ""));
    }

    @Test
    void the_call_has_its_times_to_the_millisecond_and_numbers_as_they_came() throws Exception {
        CdrRecord call = one(INGRESS_END);
        assertThat(iso(call.setupMs())).isEqualTo("2025-03-10T10:15:00.300Z");
        assertThat(iso(call.connectMs())).isEqualTo("2025-03-10T10:15:05.400Z");
        assertThat(iso(call.releaseMs())).isEqualTo("2025-03-10T10:15:35.442Z");
        assertThat(call.durationMs()).as("30 s are cut").isNull();
        assertThat(call.calling()).isEqualTo("+4930111");
        assertThat(call.called()).isEqualTo("0044201234");
        assertThat(call.cause()).isEqualTo("16");
        assertThat(call.sipCode()).isEmpty();
        assertThat(call.detail()).containsEntry(Detail.RELEASE_INITIATOR, "A");
    }

    @Test
    void media_records_say_the_quality_and_which_leg_they_measured_and_sentinels_are_absent()
            throws Exception {
        List<CdrRecord> records = records("", FILE);
        CdrRecord in = records.get(3);
        assertThat(in.mos()).isEqualTo("4.2");
        assertThat(in.codec()).isEqualTo("g711Alaw64k");
        assertThat(in.detail())
                .containsEntry(Detail.R_FACTOR, "93")
                .containsEntry(Detail.LOST_PACKETS, "2")
                .containsEntry(Detail.ROUND_TRIP_MS, "31")
                .doesNotContainKey(Detail.JITTER_MS);
        CdrRecord out = records.get(4);
        assertThat(in.detail()).containsEntry(Detail.SIP_CALL_ID, "in@h");
        assertThat(out.detail()).containsEntry(Detail.SIP_CALL_ID, "out@h");
        assertThat(iso(out.setupMs())).isEqualTo("2025-03-10T10:15:00.310Z");
        assertThat(records("", MEDIA_END.formatted("x")).getFirst().malformed())
                .contains("before any call");
    }

    @Test
    void a_header_tells_where_the_fields_are() throws Exception {
        CdrRecord record =
                records(
                                "",
                                """
                                SBCReportType,SessionId,Orig,IP Group (name),SetupTime,DstURI
                                CALL_END,s:1:2,RMT,A,10:15:00.300 UTC Mon Mar 10 2025,4420@h
                                """)
                        .getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("s:1:2");
        assertThat(record.ingressTrunk()).isEqualTo("A");
        assertThat(record.called()).isEqualTo("4420");
        assertThat(record.connectMs()).isNull();
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "' |RMT |10.1',   ' |XYZ |10.1',  Orig is 'XYZ'",
        "CALL_END,        CALL_STOP,      the report type is 'CALL_STOP'",
        "10:15:00.300,    25:15:00.300,   SetupTime is",
        "' |30 |',        ' |half |',     Durat is 'half'",
    })
    void what_cannot_be_read_is_malformed(String from, String to, String reason) throws Exception {
        assertThat(one(INGRESS_END.replace(from, to)).malformed()).contains(reason);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"30, s,", "300, ds,", "30042, ms,", "90, s, 90000", "4294967295, s,"})
    void a_duration_that_contradicts_the_times_is_kept(
            String stated, String unit, @Nullable Long duration) throws Exception {
        String line = INGRESS_END.replace(" |30 |", " |" + stated + " |");
        assertThat(records("{\"durationUnit\": \"" + unit + "\"}", line).getFirst().durationMs())
                .isEqualTo(duration);
    }

    @Test
    void the_mapping_chooses_what_names_the_trunks() throws Exception {
        List<CdrRecord> records =
                records(
                        "{\"ingressTrunk\": \"remoteAddress\", \"egressTrunk\": \"proxySetId\"}",
                        FILE);
        assertThat(records.get(1).ingressTrunk()).isEqualTo("10.1.0.1");
        assertThat(records.get(2).egressTrunk()).isEqualTo("1");
        assertThatThrownBy(() -> records("{\"ingressTrunk\": \"group\"}", FILE))
                .hasMessageContaining("mapping.ingressTrunk is 'group'")
                .hasMessageContaining("ipGroup");
    }

    @Test
    void the_manuals_unanswered_call_of_an_old_release_is_a_call_by_itself() throws Exception {
        List<CdrRecord> records =
                Decoded.records(
                        Formats.decoderFor(Decoded.source("audiocodes-sdr", "UTC", "")),
                        GenuineFiles.read(
                                "cdr/audiocodes/audiocodes_mediant800_manual_call_end_unanswered"
                                        + ".txt"));
        assertThat(records)
                .extracting(
                        CdrRecord::malformed,
                        CdrRecord::kind,
                        CdrRecord::callId,
                        record -> iso(record.setupMs()),
                        record -> iso(record.connectMs()),
                        record -> iso(record.releaseMs()),
                        CdrRecord::durationMs,
                        CdrRecord::calling,
                        CdrRecord::called,
                        CdrRecord::ingressTrunk,
                        CdrRecord::egressTrunk,
                        CdrRecord::cause)
                .containsExactly(
                        tuple(
                                null,
                                RecordKind.STOP,
                                "170369730753201211288@10.132.10.245",
                                "2012-03-02T06:13:54.950Z",
                                "",
                                "2012-03-02T06:14:01.175Z",
                                null,
                                "103",
                                "101",
                                "2",
                                "",
                                "19"));
    }

    private static String iso(@Nullable Long ms) {
        return ms == null ? "" : Instant.ofEpochMilli(ms).toString();
    }

    private static CdrRecord one(String line) throws Exception {
        List<CdrRecord> records = records("", line);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<CdrRecord> records(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("audiocodes-sdr", "Europe/Berlin", mapping)),
                content);
    }
}
