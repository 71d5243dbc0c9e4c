package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tollkeeper.mediation.decoder.BerBytes.all;
import static org.tollkeeper.mediation.decoder.BerBytes.ascii;
import static org.tollkeeper.mediation.decoder.BerBytes.directory;
import static org.tollkeeper.mediation.decoder.BerBytes.hex;
import static org.tollkeeper.mediation.decoder.BerBytes.number;
import static org.tollkeeper.mediation.decoder.BerBytes.open;
import static org.tollkeeper.mediation.decoder.BerBytes.parts;
import static org.tollkeeper.mediation.decoder.BerBytes.value;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Switch;

public class ThreeGppBerTest {

    private static final byte[] ENTITY = directory("91", "491770000001");

    /// A transit call seized 10:02:58 and answered 10:03:00 for ten seconds, an hour ahead of UTC.
    static final byte[] TRANSIT =
            transit("240313100258", "240313100300", "240313100310", 10, 0, null);

    /// A whole call, and the three partial records of another.
    static final List<byte[]> RECORDS =
            List.of(
                    transit("0d0e0f", "240313100258", "240313100300", "240313100310", 10, 0, null),
                    transit("240313095958", "240313100000", "240313101000", 600, 1, 1),
                    transit("240313095958", "240313101000", "240313102000", 600, 1, 2),
                    transit("240313095958", "240313100000", "240313102030", 30, 0, 3));

    /// Makes other calls of the records: the references of both begin with a byte of their own.
    static final Map<String, String> NUMBERED = Map.of("\n\013\f", "\n#", "\r\016\017", "\r#");

    /// The same gateway's two views of one call, an attempt among them.
    public static byte[] file() {
        return all(TRANSIT, new byte[7], transit("240313100300", "", "240313100320", 20, 3, null));
    }

    /// A transit record of the call `0a0b0c`; times on the clock of +01:00, empty = none.
    public static byte[] transit(
            String seizure,
            String answer,
            String release,
            long seconds,
            long cause,
            @Nullable Integer sequence) {
        return transit("0a0b0c", seizure, answer, release, seconds, cause, sequence);
    }

    private static byte[] transit(
            String reference,
            String seizure,
            String answer,
            String release,
            long seconds,
            long cause,
            @Nullable Integer sequence) {
        return parts(
                5,
                value(0, number(5)),
                value(1, ENTITY),
                parts(2, value(0, number(17))),
                parts(3, value(1, ascii("OUT1"))),
                value(4, directory("91", "4930123456")),
                value(5, directory("91", "442079460000")),
                time(7, seizure),
                time(8, answer),
                time(9, release),
                value(10, number(seconds)),
                value(12, number(cause)),
                parts(13, value(2, number(16))),
                value(14, hex(reference)),
                sequence == null ? new byte[0] : value(15, number(sequence)));
    }

    private static byte[] time(int tag, String stamp) {
        return stamp.isEmpty() ? new byte[0] : value(tag, hex(stamp + "2b0100"));
    }

    @Test
    void a_transit_record_is_a_call_between_two_trunks() throws Exception {
        CdrRecord call = records("", TRANSIT).getFirst();
        assertThat(call.malformed()).isNull();
        assertThat(call.kind()).isEqualTo(RecordKind.FULL);
        assertThat(call.callId()).isEqualTo("0a0b0c");
        assertThat(call.legId()).isEqualTo("transit/491770000001");
        assertThat(call.ingressTrunk()).isEqualTo("17");
        assertThat(call.egressTrunk()).isEqualTo("OUT1");
        assertThat(call.calling()).isEqualTo("+4930123456");
        assertThat(call.called()).isEqualTo("+442079460000");
        assertThat(Decoded.instant(call.setupMs())).isEqualTo("2024-03-13T09:02:58Z");
        assertThat(Decoded.instant(call.connectMs())).isEqualTo("2024-03-13T09:03:00Z");
        assertThat(Decoded.instant(call.releaseMs())).isEqualTo("2024-03-13T09:03:10Z");
        assertThat(call.durationMs()).isEqualTo(10_000);
        assertThat(call.cause()).isEqualTo("16");
        assertThat(call.detail()).containsEntry(Detail.NATIVE_CAUSE, "0");
    }

    /// The duration of an attempt is how long it held the line.
    @ParameterizedTest
    @CsvSource({
        "240313100300, 0, 2024-03-13T09:03:00Z, 10000",
        "240313100300, 4, 2024-03-13T09:03:00Z, 10000",
        "240313100300, 3, ,",
        "'',           0, ,",
        "'',           3, ,",
    })
    void a_call_is_answered_by_its_answer_time(
            String answer, long cause, @Nullable String connect, @Nullable Long durationMs)
            throws Exception {
        CdrRecord call =
                records("", transit("240313100258", answer, "240313100310", 10, cause, null))
                        .getFirst();
        assertThat(call.malformed()).isNull();
        assertThat(call.connectMs())
                .isEqualTo(
                        connect == null
                                ? null
                                : Long.valueOf(Instant.parse(connect).toEpochMilli()));
        assertThat(call.durationMs()).isEqualTo(durationMs);
    }

    @Test
    void a_time_has_its_own_offset_on_either_side_of_utc() throws Exception {
        byte[] record =
                parts(
                        5,
                        value(5, directory("91", "4420")),
                        value(7, hex("121231234348 2d0530")),
                        value(12, number(3)),
                        value(14, hex("01")));
        assertThat(Decoded.instant(records("", record).getFirst().setupMs()))
                .isEqualTo("2013-01-01T05:13:48Z");
    }

    /// Where each type of record keeps its numbers, trunks and times.
    @Test
    void each_type_of_record_has_tags_of_its_own() throws Exception {
        byte[] mobile = directory("91", "491771");
        byte[] other = directory("91", "442079");
        byte[] in = value(1, ascii("IN"));
        byte[] out = value(1, ascii("OUT"));
        byte[] seizure = hex("2403131002582b0000");
        byte[] answer = hex("2403131003002b0000");
        byte[] release = hex("2403131003102b0000");
        byte[] originating =
                parts(
                        0,
                        value(3, mobile),
                        value(5, other),
                        value(9, ENTITY),
                        parts(11, out),
                        value(22, seizure),
                        value(23, answer),
                        value(24, release),
                        value(25, number(10)),
                        value(30, number(0)),
                        parts(31, value(0, number(31))),
                        value(32, hex("01")));
        byte[] terminating =
                parts(
                        1,
                        value(3, mobile),
                        value(4, other),
                        value(6, ENTITY),
                        parts(7, in),
                        value(19, seizure),
                        value(20, answer),
                        value(21, release),
                        value(22, number(10)),
                        value(27, number(0)),
                        value(29, hex("02")));
        byte[] roaming =
                parts(
                        2,
                        value(3, other),
                        value(4, mobile),
                        value(5, ENTITY),
                        parts(6, in),
                        parts(7, out),
                        value(12, seizure),
                        value(13, answer),
                        value(14, release),
                        value(15, number(10)),
                        value(17, number(0)),
                        value(19, hex("03")));
        byte[] incoming = gateway(3, other, mobile, in, out, seizure, answer, release);
        byte[] outgoing = gateway(4, other, mobile, in, out, seizure, answer, release);
        assertThat(records("", all(originating, terminating, roaming, incoming, outgoing)))
                .allMatch(record -> record.malformed() == null)
                .allMatch(record ->
                        Decoded.instant(record.connectMs())
                                .equals(Instant.parse("2024-03-13T10:03:00Z")))
                .allMatch(record -> Long.valueOf(10_000).equals(record.durationMs()))
                .extracting(record ->
                        String.join(
                                " ",
                                record.callId(),
                                record.legId().replace("491770000001", "x"),
                                record.calling(),
                                record.called(),
                                record.ingressTrunk(),
                                record.egressTrunk()))
                .containsExactly(
                        "01 mo/x +491771 +442079  OUT",
                        "02 mt/x +442079 +491771 IN ",
                        "03 roaming/x +442079 +491771 IN OUT",
                        "04 incGateway/x +442079 +491771 IN OUT",
                        "04 outGateway/x +442079 +491771 IN OUT");
    }

    private static byte[] gateway(
            int type,
            byte[] calling,
            byte[] called,
            byte[] in,
            byte[] out,
            byte[] seizure,
            byte[] answer,
            byte[] release) {
        return parts(
                type,
                value(1, calling),
                value(2, called),
                value(3, ENTITY),
                parts(4, in),
                parts(5, out),
                value(6, seizure),
                value(7, answer),
                value(8, release),
                value(9, number(10)),
                value(11, number(0)),
                value(13, hex("04")));
    }

    /// The switch's national prefix is 0 and its country code 49, unless it has no prefix.
    @ParameterizedTest
    @CsvSource({
        "91,   442079, 0,  +442079",
        "a1,   30123,  0,  030123",
        "a1,   30123,  '', +4930123",
        "81,   0030123, 0, 0030123",
        "81,   112,    0,  112",
        "1183, 442079, 0,  +442079",
        "81,   12*#,   0,  12*#",
    })
    void a_number_says_what_kind_it_is(String kind, String digits, String prefix, String text)
            throws Exception {
        Switch source =
                new Switch(
                        "sw1",
                        "3gpp-ber",
                        ZoneOffset.UTC,
                        "*",
                        "",
                        "49",
                        prefix,
                        "00",
                        List.of(),
                        "");
        byte[] record =
                parts(
                        5,
                        value(5, directory(kind, digits.replace('*', 'a').replace('#', 'b'))),
                        value(7, hex("2403131002582b0000")),
                        value(12, number(3)),
                        value(14, hex("01")));
        assertThat(Decoded.records(Formats.decoderFor(source), record).getFirst().called())
                .isEqualTo(text);
    }

    /// Parts of 600, 600 and 30 seconds. Later parts may bear their own beginning as answer time,
    /// or that of the whole call; the duration is their own in both.
    @ParameterizedTest
    @CsvSource({
        "1, 240313100000, 240313101000, 600, 1, 10:00:00, false",
        "2, 240313101000, 240313102000, 600, 1, 10:10:00, false",
        "2, 240313100000, 240313102000, 600, 1, 10:10:00, false",
        "3, 240313100000, 240313102030,  30, 0, 10:20:00, true",
        "3, 240313100000, 240313102030,  30, 2, 10:20:00, false",
        "1, 240313100000, 240313102000, 600, 1, 10:00:00, false",
    })
    void partial_records_are_parts_of_their_own_duration(
            int sequence,
            String answer,
            String release,
            long seconds,
            long cause,
            String connect,
            boolean isFinal)
            throws Exception {
        CdrRecord part =
                records("", transit("240313095950", answer, release, seconds, cause, sequence))
                        .getFirst();
        assertThat(part.malformed()).isNull();
        assertThat(part.kind()).isEqualTo(RecordKind.PART);
        assertThat(part.sequence()).isEqualTo(sequence);
        assertThat(part.isFinal()).isEqualTo(isFinal);
        assertThat(part.durationMs()).isEqualTo(1000 * seconds);
        assertThat(Decoded.instant(part.connectMs()))
                .isEqualTo(Instant.parse("2024-03-13T" + connect + "Z").minusSeconds(3600));
    }

    @Test
    void a_switch_may_count_from_0_or_write_cumulative_records() throws Exception {
        byte[] zeroth = transit("240313095950", "240313100000", "240313101000", 600, 1, 0);
        byte[] last = transit("240313095950", "240313100000", "240313102000", 1200, 0, 1);
        assertThat(records("{\"firstSequence\": 0}", all(zeroth, last)))
                .extracting(CdrRecord::sequence)
                .containsExactly(1, 2);
        assertThat(records("", zeroth).getFirst().malformed())
                .isEqualTo("sequenceNumber is 0; expected 1 or more");
        String cumulative = "{\"firstSequence\": 0, \"partials\": \"cumulative\"}";
        assertThat(records(cumulative, all(zeroth, last)))
                .extracting(CdrRecord::kind)
                .containsExactly(RecordKind.UPDATE, RecordKind.STOP);
        assertThat(
                        records("", transit("240313095950", "", "240313101000", 600, 1, null))
                                .getFirst()
                                .malformed())
                .isEqualTo("it is a partial record without a sequenceNumber");
    }

    @Test
    void what_is_no_call_is_held_or_passed_over_as_the_mapping_says() throws Exception {
        byte[] message = parts(6, value(0, number(6)), value(9, hex("2403131002582b0000")));
        byte[] file = all(message, TRANSIT);
        assertThat(records("", file))
                .extracting(CdrRecord::malformed)
                .containsExactly(
                        "a moSMS record is no call; name it under ignore to pass such records over",
                        null);
        List<CdrRecord> calls = records("{\"ignore\": [\"moSMS\"]}", file);
        assertThat(calls).hasSize(1);
        assertThat(calls.getFirst().number()).isOne();
        assertThat(calls.getFirst().byteOffset()).isEqualTo(message.length);
        assertThatThrownBy(() -> records("{\"ignore\": [\"sms\"]}", file))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining("ignore is 'sms'; expected some of mo, mt");
    }

    @Test
    void a_broken_record_leaves_the_others_readable() throws Exception {
        byte[] broken = TRANSIT.clone();
        broken[3] = 0x7f; // the length of its first field
        List<CdrRecord> records = records("", all(TRANSIT, broken, TRANSIT));
        assertThat(records)
                .extracting(CdrRecord::malformed)
                .containsExactly(null, "the record is broken: it is cut short", null);
        assertThat(records.getLast().byteOffset()).isEqualTo(2L * TRANSIT.length);
    }

    @Test
    void a_file_cut_within_a_record_is_undecodable() {
        assertThatThrownBy(() -> records("", Arrays.copyOf(TRANSIT, TRANSIT.length - 1)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("record 1")
                .hasMessageContaining("cut short");
    }

    @Test
    void the_fields_of_a_record_may_come_in_any_order_and_open_length() throws Exception {
        byte[] reference = value(14, hex("01"));
        byte[] cause = value(12, number(3));
        byte[] seizure = value(7, hex("2403131002582b0000"));
        List<CdrRecord> records =
                records(
                        "",
                        all(
                                parts(5, reference, cause, seizure),
                                open(0xa5, seizure, cause, reference)));
        assertThat(records).hasSize(2).allMatch(record -> record.malformed() == null);
        assertThat(records.getFirst().content()).isEqualTo(records.getLast().content());
    }

    @Test
    void hostile_nesting_is_refused() {
        byte[] deep = new byte[20_000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = (byte) 0xa5;
            deep[i + 1] = (byte) 0x80;
        }
        assertThatThrownBy(() -> records("", deep))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("nested more than 24 deep");
    }

    @Test
    void a_file_with_header_and_trailer_is_counted() throws Exception {
        byte[] header = parts(0, value(0, hex("2403131002582b0000")), value(1, ENTITY));
        byte[] list = parts(1, TRANSIT, TRANSIT);
        assertThat(records("", open(0x30, header, list, parts(2, value(4, number(2)))))).hasSize(2);
        assertThatThrownBy(
                        () -> records("", open(0x30, header, list, parts(2, value(4, number(3))))))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the file says that it has 3 records; it has 2");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0,  '',                          2",
        "3, 0,  'it has 2',                  0",
        "2, 9,  'says that the file has',    0",
    })
    void a_file_of_ts_32_297_is_counted(int count, int tooLong, String fault, int recordCount)
            throws Exception {
        byte[] file = framed(List.of(TRANSIT, TRANSIT), count, tooLong, 4711);
        String mapping = "{\"framing\": \"ts-32.297\"}";
        if (fault.isEmpty()) {
            assertThat(records(mapping, file)).hasSize(recordCount);
        } else {
            assertThatThrownBy(() -> records(mapping, file))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessageContaining(fault);
        }
    }

    /// A file of TS 32.297 with this number.
    static byte[] framed(List<byte[]> records, int number) {
        return framed(records, records.size(), 0, number);
    }

    private static byte[] framed(List<byte[]> records, int count, int tooLong, int number) {
        byte[] cdrs = new byte[0];
        for (byte[] record : records) {
            cdrs = all(cdrs, cdr(record.length), record);
        }
        return all(
                hex("%08x".formatted(54 + cdrs.length + tooLong)),
                hex("%08x".formatted(54)),
                hex("8787 00000000 00000000"),
                hex("%08x".formatted(count)),
                hex("%08x".formatted(number)),
                new byte[54 - 26],
                cdrs);
    }

    /// A record's header of release 8: its length, release, BER and the specification's number.
    private static byte[] cdr(int length) {
        return hex("%04x".formatted(length) + "a0 26");
    }

    private static List<CdrRecord> records(String mapping, byte[] content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("3gpp-ber", "UTC", mapping)), content);
    }
}
