package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tollkeeper.model.Switch;

/// Whatever a file says, a decoder gives numbered records or calls the file undecodable. Files are
/// cut and mutated with a seed: `-Dseed=` replays one, `-Dmutations=10000` tries more.
class DecoderRobustnessTest {

    private static final int MUTATIONS = Integer.getInteger("mutations", 500);

    private static final String NASTY = "\n\r\",;|\0 -:.{}<>09\\";

    /// A good file and the switch that writes it.
    static final class Example {
        private final Switch source;
        private final byte[] content;

        Example(Switch source, byte[] content) {
            this.source = source;
            this.content = content;
        }

        @Override
        public String toString() {
            return source.format();
        }
    }

    /// A good file of each format.
    static Stream<Example> examples() {
        return Stream.of(
                example(
                        "canonical-csv",
                        "",
                        """
                        call_id,leg_id,record_type,ingress_trunk,egress_trunk,calling,called,\
                        setup_at,connect_at,release_at,duration_ms,cause,sip_code,pdd_ms,mos,codec,\
                        attestation,sequence,final
                        a,,,IN,"OUT ""1\""",+493012,sip:+4420@x;rn=1,2024-03-13T10:02:58Z,\
                        2024-03-13T10:03:00.5+01:00,2024-03-13T10:03:10Z,10000,16,200,20,4.3,PCMA,A,,
                        b,1,interim,IN,,+493012,4420,2024-03-13T10:02:58Z,2024-03-13T10:03:00Z,\
                        2024-03-13T10:03:10Z,,16,200,20,4.3,"opus, 48k",A,1,true
                        """),
                example(
                        "freeswitch-csv",
                        "",
                        """
                        "Bob","1000","442079460000","default","2024-03-13 10:02:58",\
                        "2024-03-13 10:03:00","2024-03-13 10:03:10","12","10","NORMAL_CLEARING",\
                        "9e06edbf-9082-46ab-92de-3ec97e1b04b5","","acme","PCMA","PCMA"
                        "A "B","C" D","1000","44207","default","2024-03-13 10:02:58","",\
                        "2024-03-13 10:03:10","12","0","NO_ANSWER",\
                        "9e06edbf-9082-46ab-92de-3ec97e1b04b6","","acme","",""
                        """),
                example(
                        "asterisk-csv",
                        "",
                        """
                        "","1001","1002","ctx","\""x"\" <1001>","SIP/a-00021242","SIP/b-1","Dial",\
                        "SIP/1002,,tr","2022-06-17 04:15:03","2022-06-17 04:15:08",\
                        "2022-06-17 04:15:28",24,19,"ANSWERED","DOCUMENTATION","1655439303.12",""
                        """),
                example("audiocodes-sdr", "", AudiocodesSdrTest.FILE),
                example("oracle-sbc-csv", "", OracleSbcTest.FILE),
                example("oracle-sbc-radius", "", OracleSbcTest.PACKETS),
                example("ribbon-act", "", RibbonActTest.FILE),
                example("asterisk-custom", "", AsteriskCustomTest.USUAL),
                example("asterisk-custom", AsteriskCustomTest.MAPPING, AsteriskCustomTest.OWN),
                example("cisco-cucm-csv", "", CiscoCucmCsvTest.CALLS),
                example("cisco-cucm-csv", "", CiscoCucmCsvTest.QUALITY),
                example("cisco-ios-radius", "", CiscoIosRadiusTest.PACKETS),
                example("cisco-ios-radius", "", CiscoIosRadiusTest.LINES),
                example(
                        "kamailio-acc-json",
                        "",
                        KamailioAccJsonTest.INVITE + KamailioAccJsonTest.BYE),
                example("opensips-flatstore", "", OpensipsFlatstoreTest.LINES),
                example("telnyx", "", TelnyxTest.REPORT),
                example("telnyx", "", TelnyxTest.EVENTS),
                example("twilio", "", "{\"calls\": [" + TwilioTest.CALL + "]}"),
                example("twilio", "{\"summaries\": \"calls\"}", TwilioTest.SUMMARY),
                example("fixed-width", FixedWidthTest.MAPPING, FixedWidthTest.FILE),
                example("sansay", "", SansayTest.FILE),
                example("vos3000-csv", "", Vos3000CsvTest.FILE),
                example("portabilling-xdr-csv", "", PortabillingXdrCsvTest.FILE),
                example("freeswitch-json", "", FreeswitchJsonTest.ANSWERED),
                example("freeswitch-xml", "", FreeswitchXmlTest.ANSWERED),
                new Example(Decoded.source("3gpp-ber", "UTC", ""), ThreeGppBerTest.file()),
                new Example(
                        Decoded.source("3gpp-ber", "UTC", "{\"framing\": \"ts-32.297\"}"),
                        ThreeGppBerTest.framed(ThreeGppBerTest.RECORDS, 1)),
                new Example(Decoded.source("tap3", "UTC", ""), Tap3Test.FILE),
                example(
                        "delimited",
                        """
                        {"delimiter": ";", "datePattern": "dd/MM/yyyy HH:mm:ss", "columns":
                         {"Start": "setup_at", "Secs": "duration", "To": "called",
                          "From": "calling"}}
                        """,
                        """
                        Start;From;To;Secs
                        13/03/2024 10:02:58;493012;442079;60
                        13/03/2024 10:03:58;493012;442079;0
                        """));
    }

    static Example example(String format, String mapping, String content) {
        return new Example(
                Decoded.source(format, "Europe/Berlin", mapping), content.getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_good_file_has_only_good_records(Example example) throws Exception {
        List<CdrRecord> records =
                Decoded.records(Formats.decoderFor(example.source), example.content);
        assertThat(records).isNotEmpty().allMatch(record -> record.malformed() == null);
        assertThat(numbersAreInOrder(records)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_file_cut_anywhere_or_mutated_never_throws(Example example) throws Exception {
        long seed = Long.getLong("seed", 20_241_125L);
        Decoder decoder = Formats.decoderFor(example.source);
        for (int length = 0; length < Math.min(example.content.length, 4096); length++) {
            decodes(decoder, Arrays.copyOf(example.content, length), "cut " + length);
        }
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(example.content, new SplittableRandom(seed + i));
            decodes(decoder, mutated, "seed " + (seed + i));
        }
    }

    private static void decodes(Decoder decoder, byte[] content, String how) throws IOException {
        try {
            assertThat(numbersAreInOrder(Decoded.records(decoder, content))).as(how).isTrue();
        } catch (UndecodableException e) {
            assertThat(e.getMessage()).as(how).isNotBlank();
        } catch (RuntimeException e) {
            throw new AssertionError(how + " of " + decoder.getClass().getSimpleName(), e);
        }
    }

    private static boolean numbersAreInOrder(List<CdrRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).number() != i + 1) {
                return false;
            }
        }
        return true;
    }

    private static byte[] mutated(byte[] content, RandomGenerator random) {
        byte[] bytes = content.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) NASTY.charAt(random.nextInt(NASTY.length()));
                case 2 -> bytes = without(bytes, at, 1 + random.nextInt(20));
                default -> bytes = doubled(bytes, at, 1 + random.nextInt(60));
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        int rest = Math.min(bytes.length, at + length);
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    private static byte[] doubled(byte[] bytes, int at, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int end = Math.min(bytes.length, at + length);
        out.write(bytes, 0, end);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }
}
