package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Both ways in which the border controller accounts: lines of a file and RADIUS packets.
class OracleSbcTest {

    private static final String FRONT =
            "2=10.0.0.9;4=s-1;5=in-1@h;6=out-1@h;9=gen-1;10=\"Bob\" <sip:+493011@h>;tag=1;"
                    + "11=<sip:0044201234@h>;";

    private static final String STOP =
            FRONT
                    + "1=2;13=60;14=10:15:00.300 UTC MAR 10 2025;15=10:15:05.400 UTC MAR 10 2025;"
                    + "16=10:16:05.900 UTC MAR 10 2025;17=3;22=core;23=access;25=PCMA;37=4;"
                    + "41=2;42=7;45=3000;46=9300;47=421;49=PCMU;70=9200;71=400;";

    private static final String TAIL =
            "120=2100;122=IN_A;123=OUT_B;127=10.0.0.1:5060;128=10.1.0.1:5060;"
                    + "129=10.0.0.2:5060;130=10.2.0.1:5060;132=3;133=1;134=16;135=200;136=4420;";

    private static final String STOP_175 = line(175, STOP + TAIL + "175=77");

    private static final String START =
            FRONT
                    + "1=1;12=10:15:00.300 UTC MAR 10 2025;13=10:15:05.400 UTC MAR 10 2025;"
                    + "18=core;19=access;72=2100;74=IN_A;75=OUT_B;122=75";

    static final String FILE =
            line(122, START)
                    + line(175, STOP.replace("1=2;", "1=3;").replace("13=60", "13=30") + "175=76")
                    + STOP_175
                    + line(175, "1=7;2=10.0.0.9");

    static final String PACKETS =
            """
            Mon Mar 10 10:15:06 2025
            \tAcct-Status-Type = Start
            \tAcct-Session-Id = "s-1"
            \tAcme-Session-Egress-CallId = "out-1@h"
            \tCalling-Station-Id = "\\"Bob\\" <sip:+493011@h>;tag=1"
            \tCalled-Station-Id = "<sip:0044201234@h>"
            \th323-setup-time = "10:15:00.300 UTC MAR 10 2025"
            \th323-connect-time = "h323-connect-time=10:15:05.400 UTC MAR 10 2025"
            \tAcme-Session-Ingress-Realm = "access"
            \tAcme-CDR-Sequence-Number = 75

            Mon Mar 10 10:16:06 2025
            \tAcct-Status-Type = Stop
            \tAcct-Session-Id = "s-1"
            \tAcme-Session-Egress-CallId = "out-1@h"
            \tCalling-Station-Id = "\\"Bob\\" <sip:+493011@h>;tag=1"
            \tCalled-Station-Id = "<sip:0044201234@h>"
            \tAcct-Session-Time = 60
            \tCisco-AVPair = "h323-setup-time=10:15:00.300 UTC MAR 10 2025"
            \th323-connect-time = "10:15:05.400 UTC MAR 10 2025"
            \th323-disconnect-time = "10:16:05.900 UTC MAR 10 2025"
            \tAcme-Session-Ingress-Realm = "access"
            \tAcme-Session-Egress-Realm = "core"
            \tAcme-FlowType_FS1_F = "PCMA"
            \tAcme-Calling-MOS = 421
            \tAcme-Post-Dial-Delay = 2100
            \tAcme-Originating-Trunk-Group = "IN_A"
            \tAcme-Terminating-Trunk-Group = "OUT_B"
            \tAcme-Disconnect-Cause = 16
            \tAcme-SIP-Status = 200
            \tAcct-Delay-Time = 0
            \tTimestamp = 1741601766

            Mon Mar 10 10:20:00 2025
            \tAcct-Status-Type = Accounting-On
            """;

    @ParameterizedTest(name = "{0} columns")
    @CsvSource({
        "168, 115, -1",
        "169, 115, -1",
        "171, 116, 0",
        "175, 116, 0",
        "269, 210, 0",
        "183, 124, 0"
    })
    void a_stop_is_read_whatever_its_width(int width, int tail, int front) throws Exception {
        String fields = moved(STOP, 9, front) + moved(TAIL, 1, tail - 116);
        isTheStop(one("oracle-sbc-csv", line(width, fields)), width != 183);
    }

    @Test
    void a_packet_says_what_a_line_says() throws Exception {
        CdrRecord stop = records("oracle-sbc-radius", PACKETS).getLast();
        isTheStop(stop, true);
    }

    private static void isTheStop(CdrRecord stop, boolean withMedia) {
        assertThat(stop.malformed()).isNull();
        assertThat(stop.kind()).isEqualTo(RecordKind.STOP);
        assertThat(stop.callId()).isEqualTo("s-1");
        assertThat(stop.legId()).isEqualTo("out-1@h");
        assertThat(stop.calling()).isEqualTo("sip:+493011@h");
        assertThat(stop.called()).isEqualTo("sip:0044201234@h");
        assertThat(iso(stop.setupMs())).isEqualTo("2025-03-10T10:15:00.300Z");
        assertThat(iso(stop.connectMs())).isEqualTo("2025-03-10T10:15:05.400Z");
        assertThat(iso(stop.releaseMs())).isEqualTo("2025-03-10T10:16:05.900Z");
        assertThat(stop.durationMs()).as("the times are more exact than 60 s").isNull();
        assertThat(stop.ingressTrunk()).isEqualTo("IN_A");
        assertThat(stop.egressTrunk()).isEqualTo("OUT_B");
        assertThat(stop.cause()).isEqualTo("16");
        assertThat(stop.sipCode()).isEqualTo("200");
        assertThat(stop.pddMs()).isEqualTo(2100);
        assertThat(stop.mos()).isEqualTo(withMedia ? "4.21" : "");
        assertThat(stop.codec()).isEqualTo(withMedia ? "PCMA" : "");
        assertThat(stop.detail()).doesNotContainKey(Detail.ANOMALIES);
    }

    @ParameterizedTest
    @CsvSource({"oracle-sbc-csv, 3", "oracle-sbc-radius, 2"})
    void starts_and_interims_are_notices_and_accounting_on_is_no_record(String format, int count)
            throws Exception {
        List<CdrRecord> records = records(format, format.equals("oracle-sbc-csv") ? FILE : PACKETS);
        assertThat(records).hasSize(count).allMatch(record -> record.malformed() == null);
        assertThat(records.subList(0, count - 1))
                .allMatch(record -> record.kind() == RecordKind.UPDATE)
                .allMatch(record -> record.durationMs() == null)
                .allMatch(record -> record.legId().equals("out-1@h"));
        assertThat(records.getFirst().sequence()).isEqualTo(75);
        assertThat(records.getLast().kind()).isEqualTo(RecordKind.STOP);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"Bob, Jr\" <sip:+493011@h>;tag=1",
                "\"\"Bob, Jr\" <sip:+493011@h>;tag=1\"",
                "\"\"\"Bob, Jr\"\" <sip:+493011@h>;tag=1\"",
                "\"Bob \"the\" man\" <sip:+493011@h>;tag=1",
                "Bob\" <sip:+493011@h>;tag=1",
                "\"<sip:+493011@h>;tag=1\"",
                "sip:+493011@h;tag=1",
            })
    void quotes_and_commas_in_a_name_do_no_harm(String calling) throws Exception {
        CdrRecord record =
                one("oracle-sbc-csv", STOP_175.replace("\"Bob\" <sip:+493011@h>;tag=1", calling));
        assertThat(record.malformed()).isNull();
        assertThat(record.calling()).isEqualTo("sip:+493011@h");
        assertThat(record.egressTrunk()).isEqualTo("OUT_B");
    }

    @Test
    void without_a_connect_time_it_is_not_answered() throws Exception {
        CdrRecord record =
                one("oracle-sbc-csv", STOP_175.replace("10:15:05.400 UTC MAR 10 2025", ""));
        assertThat(record.connectMs()).isNull();
        assertThat(record.durationMs()).isNull();
        assertThat(record.detail())
                .containsEntry(Detail.ANOMALIES, "BILLSEC_ON_UNANSWERED DISPOSITION_DIFFERS");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({"60,", "60500,", "61,", "90, 90000", "0, 0"})
    void a_session_time_that_contradicts_the_times_is_kept(String stated, @Nullable Long duration)
            throws Exception {
        CdrRecord record =
                one("oracle-sbc-csv", STOP_175.replace(",60,10:15", "," + stated + ",10:15"));
        assertThat(record.durationMs()).isEqualTo(duration);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "10:15:00.300 CET MAR 10 2025,  2025-03-10T09:15:00.300Z",
        "02:30:00.000 CEST Oct 27 2024, 2024-10-27T00:30:00Z",
        "02:30:00.000 CET Oct 27 2024,  2024-10-27T01:30:00Z",
        "10:15:00 GMT Mar 10 2025,      2025-03-10T10:15:00Z",
        "10:15:00.3 +02:00 Mon Mar 10 2025, 2025-03-10T08:15:00.300Z",
        "10:15:00.300 PST MAR 10 2025,",
        "10:15:00.300 UTC FEB 30 2025,",
    })
    void a_zone_is_read_as_the_switchs_own_names_or_not_at_all(
            String stamp, @Nullable String instant) throws Exception {
        CdrRecord record =
                one(
                        "oracle-sbc-csv",
                        STOP_175.replace("10:15:00.300 UTC MAR 10 2025", stamp)
                                .replace("10:15:05.400 UTC MAR 10 2025", ""));
        assertThat(iso(record.setupMs())).isEqualTo(instant == null ? "" : instant);
        assertThat(record.malformed() == null).isEqualTo(instant != null);
    }

    @Test
    void a_packet_sent_again_has_the_same_content() throws Exception {
        String again =
                PACKETS.replace("Acct-Delay-Time = 0", "Acct-Delay-Time = 5")
                        .replace("Mar 10 10:16:06", "Mar 10 10:16:11")
                        .replace("Timestamp = 1741601766", "Timestamp = 1741601771");
        assertThat(records("oracle-sbc-radius", again).getLast().content())
                .isEqualTo(records("oracle-sbc-radius", PACKETS).getLast().content());
    }

    @Test
    void what_cannot_be_read_is_malformed_and_the_next_is_read() throws Exception {
        List<CdrRecord> lines =
                records("oracle-sbc-csv", "2,10.0.0.9,torn\n" + STOP_175.replace("2,", "9,"));
        assertThat(lines.getFirst().malformed()).contains("3 columns without a setup time");
        assertThat(lines.getLast().malformed()).contains("Acct-Status-Type is '9'");
        List<CdrRecord> packets = records("oracle-sbc-radius", "junk\n\n" + PACKETS);
        assertThat(packets).hasSize(3);
        assertThat(packets.getFirst().malformed()).contains("Acct-Status-Type is ''");
    }

    @Test
    void the_mapping_chooses_what_names_the_trunks() throws Exception {
        Decoder decoder =
                Formats.decoderFor(
                        Decoded.source(
                                "oracle-sbc-csv",
                                "UTC",
                                "{\"ingressTrunk\": \"realm\", \"egressTrunk\": \"remoteAddress\"}"));
        CdrRecord record = Decoded.records(decoder, STOP_175).getFirst();
        assertThat(record.ingressTrunk()).isEqualTo("access");
        assertThat(record.egressTrunk()).isEqualTo("10.2.0.1:5060");
        assertThatThrownBy(() ->
                        Formats.decoderFor(
                                Decoded.source(
                                        "oracle-sbc-radius", "UTC", "{\"ingressTrunk\": \"x\"}")))
                .hasMessageContaining("mapping.ingressTrunk is 'x'");
    }

    private static String iso(@Nullable Long ms) {
        return ms == null ? "" : Instant.ofEpochMilli(ms).toString();
    }

    private static CdrRecord one(String format, String content) throws Exception {
        List<CdrRecord> records = records(format, content);
        assertThat(records).hasSize(1);
        return records.getFirst();
    }

    private static List<CdrRecord> records(String format, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source(format, "Europe/Berlin", "")), content);
    }

    /// The fields from a position on, moved by some columns.
    private static String moved(String fields, int from, int by) {
        StringBuilder moved = new StringBuilder();
        for (String field : fields.split(";(?=\\d+=|$)", -1)) {
            int is = field.indexOf('=');
            if (is > 0) {
                int at = Integer.parseInt(field.substring(0, is));
                moved.append(at < from ? at : at + by).append(field.substring(is)).append(';');
            }
        }
        return moved.toString();
    }

    /// A line of `width` columns, of which those that are named have a value.
    private static String line(int width, String fields) {
        String[] line = new String[width];
        Arrays.fill(line, "");
        for (String field : fields.split(";(?=\\d+=|$)", -1)) {
            int is = field.indexOf('=');
            if (is > 0) {
                line[Integer.parseInt(field.substring(0, is)) - 1] = field.substring(is + 1);
            }
        }
        return String.join(",", line) + '\n';
    }
}
