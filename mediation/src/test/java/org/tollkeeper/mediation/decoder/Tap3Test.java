package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tollkeeper.mediation.decoder.BerBytes.all;
import static org.tollkeeper.mediation.decoder.BerBytes.app;
import static org.tollkeeper.mediation.decoder.BerBytes.appValue;
import static org.tollkeeper.mediation.decoder.BerBytes.ascii;
import static org.tollkeeper.mediation.decoder.BerBytes.hex;
import static org.tollkeeper.mediation.decoder.BerBytes.number;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Tap3Test {

    private static final byte[] PLACE =
            app(138, app(156, appValue(184, number(7)), appValue(45, hex("0a0b"))));

    /// A subscriber of ours calls a London number from abroad, 14:03:42 at +02:00, for 153 seconds.
    private static final byte[] ORIGINATED =
            app(
                    9,
                    app(
                            147,
                            subscriber(),
                            app(89, appValue(407, hex("442079460000"))),
                            start("20240301140342", 1),
                            appValue(223, number(153)),
                            appValue(58, number(0))),
                    PLACE,
                    service("11"));

    /// The same subscriber is called, at -03:30.
    private static final byte[] TERMINATED =
            app(
                    10,
                    app(
                            153,
                            subscriber(),
                            app(41, appValue(405, hex("4930123f"))),
                            start("20240301140342", 2),
                            appValue(223, number(60))),
                    PLACE,
                    service("11"));

    private static final byte[] MESSAGE =
            app(
                    9,
                    app(147, subscriber(), start("20240301140342", 1), appValue(223, number(0))),
                    service("22"));

    private static final byte[] DATA = app(14);

    static final List<byte[]> EVENTS = List.of(ORIGINATED, TERMINATED);

    static final byte[] FILE = file(3, ORIGINATED, TERMINATED, ORIGINATED);

    private static byte[] subscriber() {
        return app(
                427,
                app(199, appValue(129, hex("262012345678901f")), appValue(152, hex("491771f0"))));
    }

    private static byte[] start(String local, int offsetCode) {
        return app(44, appValue(16, ascii(local)), appValue(232, number(offsetCode)));
    }

    private static byte[] service(String teleservice) {
        return app(38, app(39, app(36, app(426, appValue(218, ascii(teleservice))))));
    }

    /// The file of this number, from 00001 on, with these events.
    static byte[] file(List<byte[]> events, int number) {
        return file(number, events.size(), events.toArray(byte[][]::new));
    }

    private static byte[] file(int count, byte[]... events) {
        return file(31707, count, events);
    }

    private static byte[] file(int number, int count, byte[]... events) {
        return app(
                1,
                app(
                        4,
                        appValue(196, ascii("GBRAA")),
                        appValue(182, ascii("DEUBB")),
                        appValue(109, ascii("%05d".formatted(number)))),
                app(5, appValue(135, ascii("EUR"))),
                app(
                        6,
                        app(
                                234,
                                app(233, appValue(232, number(1)), appValue(231, ascii("+0200"))),
                                app(233, appValue(232, number(2)), appValue(231, ascii("-0330")))),
                        app(188, app(183, appValue(184, number(7)), appValue(400, ascii("msc7"))))),
                app(3, events),
                app(15, appValue(43, number(count))));
    }

    @Test
    void calls_are_read_with_the_offsets_and_exchanges_of_the_file() throws Exception {
        List<CdrRecord> records = records("", file(2, ORIGINATED, TERMINATED));
        assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
        CdrRecord call = records.getFirst();
        assertThat(call.callId()).isEqualTo("0a0b");
        assertThat(call.legId()).isEqualTo("MO/msc7");
        assertThat(call.calling()).isEqualTo("+491771");
        assertThat(call.called()).isEqualTo("+442079460000");
        assertThat(call.egressTrunk()).as("the network that bills us").isEqualTo("GBRAA");
        assertThat(call.ingressTrunk()).isEmpty();
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-03-01T12:03:42Z");
        assertThat(call.connectMs()).isEqualTo(call.setupMs());
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-03-01T12:06:15Z");
        assertThat(call.durationMs()).isEqualTo(153_000);
        CdrRecord received = records.getLast();
        assertThat(received.legId()).isEqualTo("MT/msc7");
        assertThat(received.calling()).isEqualTo("+4930123");
        assertThat(received.called()).isEqualTo("+491771");
        assertThat(Decoded.instant(received.setupMs())).isEqualTo("2024-03-01T17:33:42Z");
    }

    /// The sender of a file bills its recipient.
    @ParameterizedTest
    @CsvSource({"DEUBB, '', GBRAA", "GBRAA, DEUBB, ''"})
    void the_other_network_is_the_trunk(String ownNetwork, String ingress, String egress)
            throws Exception {
        CdrRecord call =
                records("{\"ownNetwork\": \"" + ownNetwork + "\"}", file(1, ORIGINATED)).getFirst();
        assertThat(call.ingressTrunk()).isEqualTo(ingress);
        assertThat(call.egressTrunk()).isEqualTo(egress);
    }

    @Test
    void a_file_between_others_is_undecodable() {
        assertThatThrownBy(() -> records("{\"ownNetwork\": \"FRACC\"}", file(1, ORIGINATED)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(
                        "the file is from 'GBRAA' to 'DEUBB'; expected FRACC to be one of them");
    }

    @Test
    void the_audit_counts_every_event() throws Exception {
        assertThat(records("{\"ignore\": [\"gprs\", \"sms\"]}", file(3, DATA, ORIGINATED, MESSAGE)))
                .hasSize(1);
        assertThatThrownBy(() -> records("", file(3, ORIGINATED, TERMINATED)))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the file says that it has 3 events; it has 2");
    }

    @Test
    void what_is_no_call_is_held_unless_the_mapping_ignores_it() throws Exception {
        assertThat(records("", file(3, DATA, MESSAGE, ORIGINATED)))
                .extracting(CdrRecord::malformed)
                .containsExactly(
                        "a gprs event is no call; name it under ignore to pass such events over",
                        "a sms event is no call; name it under ignore to pass such events over",
                        null);
    }

    @Test
    void a_call_without_reference_is_known_by_its_content() throws Exception {
        byte[] bare = app(9, app(147, start("20240301140342", 1), appValue(223, number(1))));
        byte[] longer = app(9, app(147, start("20240301140342", 1), appValue(223, number(2))));
        List<CdrRecord> records = records("", file(3, bare, bare, longer));
        assertThat(records).allMatch(record -> record.malformed() == null);
        assertThat(records.get(0).callId()).isNotEmpty().isEqualTo(records.get(1).callId());
        assertThat(records.get(2).callId()).isNotEqualTo(records.get(0).callId());
    }

    @Test
    void an_offset_code_that_the_file_does_not_explain_is_a_fault() throws Exception {
        byte[] call = app(9, app(147, start("20240301140342", 9), appValue(223, number(1))));
        assertThat(records("", file(1, call)).getFirst().malformed())
                .startsWith("the start is '20240301140342' with the offset code 9");
    }

    @Test
    void a_notification_has_a_sequence_and_no_calls() throws Exception {
        byte[] notification =
                app(
                        2,
                        appValue(196, ascii("GBRAA")),
                        appValue(182, ascii("DEUBB")),
                        appValue(109, ascii("00042")));
        List<Long> sequences = new ArrayList<>();
        Formats.decoderFor(Decoded.source("tap3", "UTC", ""))
                .decode(
                        new ByteArrayInputStream(notification),
                        new RecordSink() {
                            @Override
                            public void accept(CdrRecord record) {
                                throw new AssertionError(record);
                            }

                            @Override
                            public void fileSequence(long sequence) {
                                sequences.add(sequence);
                            }
                        });
        assertThat(sequences).containsExactly(42L);
    }

    @Test
    void anything_else_is_no_tap_file() {
        for (byte[] content : List.of(ascii("call_id"), new byte[0], all(FILE, FILE))) {
            assertThatThrownBy(() -> records("", content)).isInstanceOf(UndecodableException.class);
        }
    }

    /// The sizes and counts are those of the file's own rendering as XML.
    @Test
    void a_genuine_file_comes_out_as_its_rendering_says() throws Exception {
        List<CdrRecord> records = records("", GenuineFiles.read("cdr/tap3/tap_3_12_valid.ber"));
        assertThat(records)
                .extracting(CdrRecord::malformed)
                .satisfiesExactly(
                        first -> assertThat(first).isNull(),
                        second -> assertThat(second).isNull(),
                        third -> assertThat(third).contains("gprs event"),
                        fourth -> assertThat(fourth).contains("supplService event"));
        assertThat(records.get(0).legId()).isEqualTo("MT/foo");
        assertThat(Decoded.instant(records.get(0).setupMs())).isEqualTo("2014-03-01T12:03:42Z");
        assertThat(records.get(0).durationMs()).isEqualTo(153_000);
        assertThat(records.get(0).egressTrunk()).isEqualTo("WERFD");
        assertThat(Decoded.instant(records.get(1).setupMs())).isEqualTo("2014-03-01T13:02:00Z");
        assertThat(records.get(1).durationMs()).isEqualTo(213_000);
    }

    @Test
    void a_genuine_file_of_bare_events_is_all_suspense() throws Exception {
        assertThat(records("", GenuineFiles.read("cdr/tap3/asn1c_sample-DataInterChange-1.ber")))
                .hasSize(5)
                .noneMatch(record -> record.malformed() == null);
    }

    private static List<CdrRecord> records(String mapping, byte[] content) throws Exception {
        return Decoded.records(Formats.decoderFor(Decoded.source("tap3", "UTC", mapping)), content);
    }
}
