package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiscoIosRadiusTest {

    private static final String ID = "3c5ad5f2 8c5b11d6 800a0003 e3f50a01";

    /// A call of a minute from ACME to BETA: the leg it came in by and the leg it went out by.
    static final String PACKETS =
            leg("Start", "answer", "00000A01", "ACME")
                    + leg("Stop", "answer", "00000A01", "ACME")
                    + leg("Stop", "originate", "00000A02", "BETA")
                    + "Wed Mar 13 10:20:00 2024\n\tAcct-Status-Type = Accounting-On\n\n";

    static final String LINES =
            line("answer", "1001", ID, "10", "10:03:04.500", "10:04:04.500")
                    + line("originate", "1002", ID, "10", "10:03:04.500", "10:04:04.500")
                    + "CDR-FILE-CLOSED\n";

    private static String leg(String status, String origin, String session, String group) {
        boolean isOver = status.equals("Stop");
        return """
        Wed Mar 13 10:04:05 2024
        \tAcct-Status-Type = %s
        \tNAS-IP-Address = 192.0.2.9
        \tAcct-Session-Id = "%s"
        \tCalling-Station-Id = "493012345"
        \tCalled-Station-Id = "4420799"
        \th323-conf-id = "h323-conf-id=%s"
        \tCisco-AVPair = "h323-call-origin=%s"
        \th323-setup-time = "h323-setup-time=*10:03:00.100 UTC Wed Mar 13 2024"
        \tCisco-AVPair = "%s-trunkgroup-label=%s"
        \tCisco-AVPair = "gw-rxd-cdn=ton:0,npi:1,#:004420799"
        \tCisco-AVPair = "gw-final-xlated-cdn=ton:1,npi:1,#:994420799"
        \th323-remote-address = "h323-remote-address=192.0.2.33"
        %s\tAcct-Delay-Time = 0

        """
                .formatted(
                        status,
                        session,
                        ID.toUpperCase(Locale.ROOT).replace(" 0", " "),
                        origin,
                        origin.equals("answer") ? "in" : "out",
                        group,
                        isOver
                                ? """
                                \th323-connect-time = "10:03:04.500 UTC Wed Mar 13 2024"
                                \th323-disconnect-time = "10:04:04.500 UTC Wed Mar 13 2024"
                                \th323-disconnect-cause = "h323-disconnect-cause=10"
                                \tCisco-AVPair = "codec-type-rate=g711alaw"
                                \tCisco-AVPair = "release-source=4"
                                \th323-voice-quality = "h323-voice-quality=3"
                                \tCisco-AVPair = "round-trip-delay=24 ms"
                                \tCisco-AVPair = "lost-packets=2"
                                \tAcct-Session-Time = 60
                                """
                                : "");
    }

    private static String line(
            String origin, String id, String conference, String cause, String on, String off) {
        List<String> fields = new ArrayList<>(Collections.nCopies(130, ""));
        fields.set(0, "1710324300");
        fields.set(1, id);
        fields.set(3, "2");
        fields.set(4, conference);
        fields.set(7, "10:03:00.100 UTC Wed Mar 13 2024");
        fields.set(8, "10:03:02.300 UTC Wed Mar 13 2024");
        fields.set(9, on.isEmpty() ? "" : on + " UTC Wed Mar 13 2024");
        fields.set(10, off + " UTC Wed Mar 13 2024");
        fields.set(11, cause);
        fields.set(13, origin);
        fields.set(21, "493012345");
        fields.set(22, "004420799");
        fields.set(34, "g729r8");
        fields.set(40, "0 ms");
        fields.set(81, "BETA");
        fields.set(84, "ACME");
        fields.set(110, "gw1");
        return String.join(",", fields) + "\n";
    }

    private static List<CdrRecord> decode(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("cisco-ios-radius", "UTC", mapping)), content);
    }

    @Test
    void the_answered_leg_is_the_call_and_the_originated_one_its_way_out() throws Exception {
        List<CdrRecord> records = decode("", PACKETS);
        assertThat(records)
                .extracting(
                        CdrRecord::malformed,
                        CdrRecord::kind,
                        CdrRecord::callId,
                        CdrRecord::legId,
                        CdrRecord::ingressTrunk,
                        CdrRecord::egressTrunk)
                .containsExactly(
                        tuple(null, RecordKind.UPDATE, ID, "192.0.2.9", "ACME", ""),
                        tuple(null, RecordKind.STOP, ID, "192.0.2.9", "ACME", ""),
                        tuple(null, RecordKind.END, ID, "192.0.2.9", "", "BETA"));
        CdrRecord call = records.get(1);
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-03-13T10:03:00.100Z");
        assertThat(Decoded.instant(call.connectMs())).isEqualTo("2024-03-13T10:03:04.500Z");
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-03-13T10:04:04.500Z");
        assertThat(call.durationMs()).isNull();
        assertThat(call.calling()).isEqualTo("493012345");
        assertThat(call.called()).isEqualTo("004420799");
        assertThat(call.cause()).isEqualTo("16");
        assertThat(call.codec()).isEqualTo("g711alaw");
        assertThat(call.detail())
                .containsEntry(Detail.NATIVE_ID, "00000A01")
                .containsEntry(Detail.CALLED_OUT, "994420799")
                .containsEntry(Detail.INGRESS_ADDRESS, "192.0.2.33")
                .containsEntry(Detail.RELEASE_INITIATOR, "B")
                .containsEntry(Detail.ICPIF, "3")
                .containsEntry(Detail.ROUND_TRIP_MS, "24")
                .containsEntry(Detail.LOST_PACKETS, "2")
                .containsEntry(Detail.ANOMALIES, "CLOCK_NOT_SYNCHRONISED");
    }

    @Test
    void the_gateways_own_files_say_the_same() throws Exception {
        List<CdrRecord> records = decode("", LINES);
        assertThat(records)
                .extracting(CdrRecord::malformed, CdrRecord::kind, CdrRecord::legId)
                .containsExactly(
                        tuple(null, RecordKind.STOP, "gw1"), tuple(null, RecordKind.END, "gw1"));
        CdrRecord call = records.getFirst();
        assertThat(call.callId()).isEqualTo(ID);
        assertThat(call.ingressTrunk()).isEqualTo("ACME");
        assertThat(call.egressTrunk()).isEqualTo("BETA");
        assertThat(call.called()).isEqualTo("004420799");
        assertThat(call.pddMs()).isEqualTo(2200);
        assertThat(call.codec()).isEqualTo("g729r8");
        assertThat(call.detail()).doesNotContainKey(Detail.ROUND_TRIP_MS);
    }

    /// On failure a gateway writes the time of the failure as that of the connection.
    @ParameterizedTest(name = "connect {0}, disconnect {1}, cause {2}: {3}, {4}")
    @CsvSource({
        "10:03:04.500, 10:04:04.500, 10,   16, true",
        "10:03:04.500, 10:04:04.500, 90,   16, true",
        "10:03:04.500, 10:04:04.500, 0x1F, 31, true",
        "10:03:09.000, 10:03:09.000, 11,   17, false",
        "10:03:09.000, 10:03:09.000, 10,   16, true",
        ",             10:03:09.000, 13,   19, false",
        ",             10:03:09.000, 10,   16, false",
    })
    void a_leg_was_answered_if_it_connected_before_it_ended(
            @Nullable String on, String off, String cause, String q850, boolean answered)
            throws Exception {
        CdrRecord record =
                decode("", line("answer", "1", ID, cause, on == null ? "" : on, off)).getFirst();
        assertThat(record.malformed()).isNull();
        assertThat(record.connectMs() != null).isEqualTo(answered);
        assertThat(record.cause()).isEqualTo(q850);
    }

    @ParameterizedTest
    @CsvSource({
        "3C5AD5F2 8C5B11D6 800A0003 E3F50A01, 3c5ad5f2 8c5b11d6 800a0003 e3f50a01",
        "BA55719E F8C10015 0 1B1E08,          ba55719e f8c10015 00000000 001b1e08",
    })
    void the_words_of_a_conference_id_have_their_zeros_back(String written, String id)
            throws Exception {
        CdrRecord record =
                decode("", line("answer", "1", written, "10", "10:03:04", "10:04:04")).getFirst();
        assertThat(record.callId()).isEqualTo(id);
    }

    @ParameterizedTest(name = "{0} -> {1}, {2}")
    @CsvSource({
        "'',                                       ACME,       BETA",
        "'{\"ingressTrunk\": \"remoteAddress\"}',  192.0.2.33, BETA",
        "'{\"egressTrunk\": \"remoteAddress\"}',   ACME,       192.0.2.33",
    })
    void trunks_are_what_the_mapping_says(String mapping, String ingress, String egress)
            throws Exception {
        List<CdrRecord> records = decode(mapping, PACKETS);
        assertThat(records.get(1).ingressTrunk()).isEqualTo(ingress);
        assertThat(records.get(2).egressTrunk()).isEqualTo(egress);
    }

    @Test
    void where_only_originated_legs_are_delivered_they_are_the_calls() throws Exception {
        assertThat(decode("{\"call\": \"originate\"}", PACKETS))
                .extracting(CdrRecord::kind)
                .containsExactly(RecordKind.UPDATE, RecordKind.END, RecordKind.STOP);
    }

    @Test
    void a_packet_that_was_sent_again_says_the_same() throws Exception {
        List<CdrRecord> records =
                decode("", PACKETS + PACKETS.replace("Delay-Time = 0", "Delay-Time = 5"));
        assertThat(records).hasSize(6);
        assertThat(records.get(4).content()).isEqualTo(records.get(1).content());
        assertThat(records.get(5).sequence()).isEqualTo(records.get(2).sequence());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h323-conf-id     | h323-conf-id is empty",
                "h323-call-origin | h323-call-origin is ''; expected answer or originate",
                "h323-setup-time  | h323-setup-time is empty",
                "Acct-Status-Type | Acct-Status-Type is ''; expected 1, 2 or 3",
            })
    void a_packet_that_lacks_what_it_needs_is_malformed(String attribute, String reason)
            throws Exception {
        CdrRecord record = decode("", PACKETS.replace(attribute, "x")).get(1);
        assertThat(record.malformed()).isEqualTo(reason);
    }

    @Test
    void a_line_that_was_cut_is_malformed() throws Exception {
        String cut = LINES.substring(0, LINES.indexOf("BETA"));
        assertThat(decode("", cut).getFirst().malformed())
                .isEqualTo("82 fields; expected 130, or 23 of the compact form");
        assertThat(Arrays.asList(cut.split(",", -1))).hasSize(82);
    }
}
