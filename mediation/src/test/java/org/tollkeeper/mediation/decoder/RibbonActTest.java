package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RibbonActTest {

    static final String HEADER =
            "Sonus Networks, Inc.00000000010000000000000060V10.01.00R000ACT20250310101500\n";

    private static final String STOP =
            line(
                    223,
                    "1=STOP;2=SBC7;3=0x0001A00000000001;4=5000;5=GMT+01:00-Berlin;6=03/10/2025;"
                            + "7=10:15:00.3;8=1;9=210;10=512;11=03/10/2025;12=10:16:05.7;14=6025;"
                            + "15=16;20=4930111;21=4420;29=R1;30=2;31=SBC7:OUT_B;34=IN_A;"
                            + "52=\"SIP,abc@10.0.0.1,,,0,,,,,,,,,,,,,1,BYE\";60=0044201234;"
                            + "68=OUT_B;69=\"SIP,def@10.0.0.2\";70=+49 30 111;79=P:1:1;80=P:2:1;"
                            + "65=3;66=7;67=4294967295;127=9");

    /// A stop whose caller was verified, with an attestation on either side.
    static String signed(String in, String out) {
        String[] parts = new String[81];
        Arrays.fill(parts, "");
        parts[0] = "SIP";
        parts[67] = "o-1";
        parts[69] = "valid";
        parts[70] = "7";
        parts[80] = in;
        String ingress = String.join(",", parts);
        parts[80] = out;
        String egress = String.join(",", parts);
        return STOP.replace("SIP,abc@10.0.0.1,,,0,,,,,,,,,,,,,1,BYE", ingress)
                .replace("SIP,def@10.0.0.2", egress);
    }

    static final String FILE =
            HEADER
                    + "REBOOT,SBC7,x\n"
                    + line(
                            191,
                            "1=START;2=SBC7;3=0x0001A00000000001;5=GMT+01:00-Berlin;6=03/10/2025;"
                                    + "7=10:15:00.3;9=210;10=512;15=4930111;16=4420;26=SBC7:OUT_B;"
                                    + "29=IN_A;50=0044201234;54=OUT_B;56=+49 30 111;104=7")
                    + line(
                            184,
                            "1=INTERMEDIATE;2=SBC7;3=0x0001A00000000001;5=GMT+01:00-Berlin;"
                                    + "6=03/10/2025;7=10:15:00.3;9=512;10=03/10/2025;11=10:15:35.4;"
                                    + "12=3000;17=4930111;18=4420;28=SBC7:OUT_B")
                    + STOP
                    + line(
                            217,
                            "1=ATTEMPT;2=SBC7;3=0x0001A00000000001;5=GMT+01:00-Berlin;"
                                    + "6=03/10/2025;7=10:15:00.3;9=0;10=10:15:01.0;12=34;"
                                    + "17=4930111;18=4420;27=1;28=SBC7:OUT_C;31=IN_A;53=0044201234;"
                                    + "58=OUT_C;59=\"SIP,xyz@10.0.0.3,,,0,,,,,,,,,,,,,,503\";"
                                    + "60=+49 30 111;105=03/10/2025");

    @Test
    void header_and_lines_of_the_node_are_no_records_and_notices_share_the_ids_of_their_stop()
            throws Exception {
        assertThat(Decoded.records(decoder(""), FILE))
                .extracting(
                        CdrRecord::number,
                        CdrRecord::malformed,
                        CdrRecord::kind,
                        CdrRecord::callId,
                        CdrRecord::legId)
                .containsExactly(
                        tuple(1, null, RecordKind.UPDATE, "0x0001A00000000001", "SBC7"),
                        tuple(2, null, RecordKind.UPDATE, "0x0001A00000000001", "SBC7"),
                        tuple(3, null, RecordKind.STOP, "0x0001A00000000001", "SBC7"),
                        tuple(4, null, RecordKind.FULL, "0x0001A00000000001", "SBC7#1"));
    }

    @Test
    void a_stop_counts_its_times_in_ticks_from_the_start() throws Exception {
        CdrRecord stop = one("", STOP);
        assertThat(iso(stop.setupMs())).isEqualTo("2025-03-10T09:15:00.300Z");
        assertThat(iso(stop.connectMs())).isEqualTo("2025-03-10T09:15:05.420Z");
        assertThat(iso(stop.releaseMs())).isEqualTo("2025-03-10T09:16:05.700Z");
        assertThat(stop.durationMs()).isEqualTo(60_250);
        assertThat(stop.pddMs()).isEqualTo(2100);
        assertThat(stop.ingressTrunk()).isEqualTo("IN_A");
        assertThat(stop.egressTrunk()).isEqualTo("OUT_B");
        assertThat(stop.calling()).isEqualTo("+49 30 111");
        assertThat(stop.called()).isEqualTo("0044201234");
        assertThat(stop.cause()).isEqualTo("16");
        assertThat(stop.sipCode()).isEmpty();
        assertThat(stop.codec()).isEqualTo("P:1:1");
        assertThat(stop.detail())
                .containsEntry(Detail.CODEC_OUT, "P:2:1")
                .containsEntry(Detail.CALLED_OUT, "4420")
                .containsEntry(Detail.INGRESS_SIP_CALL_ID, "abc@10.0.0.1")
                .containsEntry(Detail.EGRESS_SIP_CALL_ID, "def@10.0.0.2")
                .containsEntry(Detail.LOST_PACKETS, "3")
                .containsEntry(Detail.JITTER_MS, "7")
                .doesNotContainKeys(Detail.ROUND_TRIP_MS, Detail.ANOMALIES);
    }

    @Test
    void an_attempt_is_an_unanswered_call_of_the_route_it_tried() throws Exception {
        CdrRecord attempt = Decoded.records(decoder(""), FILE).getLast();
        assertThat(attempt.connectMs()).isNull();
        assertThat(attempt.durationMs()).isNull();
        assertThat(attempt.pddMs()).isNull();
        assertThat(attempt.egressTrunk()).isEqualTo("OUT_C");
        assertThat(attempt.cause()).isEqualTo("34");
        assertThat(attempt.sipCode()).isEqualTo("503");
        assertThat(iso(attempt.releaseMs())).isEqualTo("2025-03-10T09:15:01Z");
    }

    @ParameterizedTest(name = "{0} in {1}, clock {2}")
    @CsvSource({
        "03/10/2025, Europe/Berlin, zone, 2025-03-10T09:15:00.300Z, false",
        "07/10/2025, Europe/Berlin, zone, 2025-07-10T08:15:00.300Z, false",
        "07/10/2025, Europe/Berlin, node, 2025-07-10T09:15:00.300Z, false",
        "07/10/2025, Europe/Berlin, gmt,  2025-07-10T10:15:00.300Z, false",
        "03/10/2025, Asia/Tokyo,    zone, 2025-03-10T01:15:00.300Z, true",
    })
    void stamps_are_read_by_the_clock_that_the_mapping_names(
            String day, String zone, String clock, String setup, boolean differs) throws Exception {
        Decoder decoder =
                Formats.decoderFor(
                        Decoded.source("ribbon-act", zone, "{\"clock\": \"" + clock + "\"}"));
        CdrRecord record = Decoded.records(decoder, STOP.replace("03/10/2025", day)).getFirst();
        assertThat(iso(record.setupMs())).isEqualTo(setup);
        assertThat(record.detail().containsKey(Detail.ANOMALIES)).isEqualTo(differs);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource({
        "0x0001A00000000001, '',                 the accounting id",
        "03/10/2025,         02/30/2025,         fields 6 and 7",
        "6025,               soon,               field 14 is 'soon'",
        "STOP,               STOPP,              the record type is 'STOPP'",
        "10:16:05.7,         later,              fields 11 and 12",
    })
    void what_cannot_be_read_is_malformed(String from, String to, String reason) throws Exception {
        assertThat(one("", STOP.replace(from, to)).malformed()).contains(reason);
    }

    @Test
    void a_short_line_has_what_it_has() throws Exception {
        CdrRecord torn = one("", STOP.substring(0, STOP.indexOf(",512")));
        assertThat(torn.malformed()).isNull();
        assertThat(torn.connectMs()).isNull();
    }

    @Test
    void a_reason_above_127_is_the_switchs_own() throws Exception {
        CdrRecord record = one("", STOP.replace(",16,", ",132,"));
        assertThat(record.cause()).isEmpty();
        assertThat(record.detail()).containsEntry(Detail.NATIVE_CAUSE, "132");
    }

    @Test
    void the_mapping_chooses_what_names_the_trunks() throws Exception {
        CdrRecord record =
                one("{\"ingressTrunk\": \"routeLabel\", \"egressTrunk\": \"routeSelected\"}", STOP);
        assertThat(record.ingressTrunk()).isEqualTo("R1");
        assertThat(record.egressTrunk()).isEqualTo("SBC7:OUT_B");
        assertThatThrownBy(() -> decoder("{\"egressTrunk\": \"trunk\"}"))
                .hasMessageContaining("mapping.egressTrunk is 'trunk'")
                .hasMessageContaining("egressTrunkGroup");
    }

    @Test
    void the_manuals_examples_are_read_whole() throws Exception {
        byte[] file =
                GenuineFiles.read("cdr/ribbon-act/ribbon_docs_cdr_examples_start_stop_attempt.csv");
        List<CdrRecord> records =
                Decoded.records(
                        Formats.decoderFor(Decoded.source("ribbon-act", "America/Los_Angeles", "")),
                        file);
        assertThat(records)
                .extracting(
                        CdrRecord::malformed,
                        CdrRecord::kind,
                        record -> iso(record.setupMs()),
                        record -> iso(record.connectMs()),
                        record -> iso(record.releaseMs()),
                        CdrRecord::durationMs,
                        CdrRecord::calling,
                        CdrRecord::called,
                        CdrRecord::ingressTrunk,
                        CdrRecord::egressTrunk,
                        CdrRecord::cause,
                        CdrRecord::sipCode,
                        CdrRecord::pddMs)
                .containsExactly(
                        tuple(
                                null,
                                RecordKind.UPDATE,
                                "2013-02-23T01:02:12.500Z",
                                "2013-02-23T01:02:17.610Z",
                                "",
                                null,
                                "",
                                "15307520014",
                                "NBS_TRUSTED_ABCASX1",
                                "NBSPUBSIP_ON_SIF93",
                                "",
                                "",
                                160),
                        tuple(
                                null,
                                RecordKind.STOP,
                                "2013-02-23T01:02:12.500Z",
                                "2013-02-23T01:02:17.610Z",
                                "2013-02-23T01:02:20.700Z",
                                3060L,
                                "",
                                "15307520014",
                                "NBS_TRUSTED_ABCASX1",
                                "NBSPUBSIP_ON_SIF93",
                                "16",
                                "",
                                160),
                        tuple(
                                null,
                                RecordKind.FULL,
                                "2013-02-23T01:02:11.600Z",
                                "",
                                "2013-02-23T01:02:11.800Z",
                                null,
                                "15307520010",
                                "5307520014",
                                "NBSPUBSIP_ON_SIF93",
                                "NBS_TRUSTED_ABCASX1",
                                "21",
                                "401",
                                null));
    }

    private static String iso(@Nullable Long ms) {
        return ms == null ? "" : Instant.ofEpochMilli(ms).toString();
    }

    private static CdrRecord one(String mapping, String line) throws Exception {
        List<CdrRecord> records = Decoded.records(decoder(mapping), line);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static Decoder decoder(String mapping) {
        return Formats.decoderFor(Decoded.source("ribbon-act", "Europe/Berlin", mapping));
    }

    /// A line of `width` fields, of which those that are named have a value.
    private static String line(int width, String fields) {
        String[] line = new String[width];
        Arrays.fill(line, "");
        for (String field : fields.split(";", -1)) {
            int is = field.indexOf('=');
            line[Integer.parseInt(field.substring(0, is)) - 1] = field.substring(is + 1);
        }
        return String.join(",", line) + '\n';
    }
}
