package org.tollkeeper.mediation.decoder;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The samples of all formats.
public final class SampleFiles {

    private SampleFiles() {}

    /// A sample of every format.
    public static List<SampleFile> all() {
        return List.of(
                plain(
                        "freeswitch-csv",
                        "Europe/Berlin",
                        lines(
                                """
                                "Bob","1000","442079460000","default","2024-03-13 10:02:58",\
                                "2024-03-13 10:03:00","2024-03-13 10:03:10","12","10",\
                                "NORMAL_CLEARING","9e06edbf-04b5","","acme","PCMA","PCMA"
                                "A "B","C" D","1000","44207","default","2024-03-13 10:02:58","",\
                                "2024-03-13 10:03:10","12","0","NO_ANSWER","9e06edbf-04b6","",\
                                "acme","",""
                                """),
                        Map.of("04b5", "04b5#", "04b6", "04b6#"),
                        2),
                plain(
                        "freeswitch-json",
                        "UTC",
                        List.of(FreeswitchJsonTest.ANSWERED),
                        Map.of("leg-a", "leg-a#", "leg-b", "leg-b#"),
                        1),
                plain(
                        "freeswitch-xml",
                        "UTC",
                        List.of(FreeswitchXmlTest.ANSWERED, FreeswitchXmlTest.OTHER_LEG),
                        Map.of("leg-a", "leg-a#", "leg-b", "leg-b#"),
                        1),
                plain(
                        "asterisk-csv",
                        "Europe/Berlin",
                        lines(
                                """
                                "","1001","44201","ctx","\""x"\" <1001>","SIP/a-00021242",\
                                "SIP/b-1","Dial","SIP/1002,,tr","2022-06-17 04:15:03",\
                                "2022-06-17 04:15:08","2022-06-17 04:15:28",24,19,"ANSWERED",\
                                "DOCUMENTATION","1655439303.12",""
                                """),
                        Map.of("303.12\"", "303.#\""),
                        1),
                plain(
                        "asterisk-custom",
                        "Europe/Berlin",
                        lines(AsteriskCustomTest.USUAL),
                        Map.of("303.12\"", "303.#\""),
                        1),
                mapped(
                        "asterisk-own",
                        "asterisk-custom",
                        AsteriskCustomTest.MAPPING,
                        "",
                        lines(AsteriskCustomTest.OWN),
                        "",
                        Map.of("303.12;", "303.1#;", "303.13;", "303.2#;"),
                        2),
                plain(
                        "kamailio-acc-json",
                        "UTC",
                        List.of(KamailioAccJsonTest.INVITE, KamailioAccJsonTest.BYE),
                        Map.of("\"c1\"", "\"c#\""),
                        1),
                plain(
                        "opensips-flatstore",
                        "UTC",
                        lines(OpensipsFlatstoreTest.LINES),
                        Map.of("|c1|", "|c1#|", "|c2|", "|c2#|"),
                        2),
                plain("oracle-sbc-csv", "UTC", lines(OracleSbcTest.FILE), Map.of("s-1", "s-#"), 1),
                plain(
                        "oracle-sbc-radius",
                        "UTC",
                        packets(OracleSbcTest.PACKETS),
                        Map.of("s-1", "s-#"),
                        1),
                plain("audiocodes-sdr", "UTC", AudiocodesSdrTest.UNITS, Map.of(":42 ", ":42# "), 1),
                mapped(
                        "ribbon-act",
                        "ribbon-act",
                        "",
                        RibbonActTest.HEADER,
                        lines(RibbonActTest.FILE.substring(RibbonActTest.HEADER.length())),
                        "",
                        Map.of("0x0001A00000000001", "0x0001A000000000#"),
                        2),
                plain(
                        "cisco-cucm-csv",
                        "UTC",
                        eachWithHead("INTEGER", CiscoCucmCsvTest.CALLS, CiscoCucmCsvTest.QUALITY),
                        Map.of(",700,", ",7#,"),
                        1),
                plain(
                        "cisco-ios-radius",
                        "UTC",
                        packets(CiscoIosRadiusTest.PACKETS),
                        Map.of("3C5AD5F2", "3C5AD5#"),
                        1),
                mapped(
                        "cisco-ios-files",
                        "cisco-ios-radius",
                        "",
                        "",
                        lines(CiscoIosRadiusTest.LINES),
                        "",
                        Map.of("3c5ad5f2", "3c5ad5#"),
                        1),
                plain("sansay", "UTC", lines(SansayTest.FILE), Map.of("-1071@", "-10#@"), 2),
                mapped(
                        "vos3000-csv",
                        "vos3000-csv",
                        "",
                        Vos3000CsvTest.HEADER,
                        lines(Vos3000CsvTest.FILE.substring(Vos3000CsvTest.HEADER.length())),
                        "",
                        Map.of("330455246", "330#246", "330455247", "330#247"),
                        2),
                mapped(
                        "portabilling-xdr-csv",
                        "portabilling-xdr-csv",
                        "",
                        PortabillingXdrCsvTest.HEADER,
                        lines(
                                PortabillingXdrCsvTest.FILE.substring(
                                        PortabillingXdrCsvTest.HEADER.length())),
                        "",
                        Map.of("A1B2", "A1#"),
                        2),
                plain(
                        "twilio",
                        "UTC",
                        List.of(TwilioTest.CALL, TwilioTest.SUMMARY),
                        Map.of("\"CA1\"", "\"CA1#\""),
                        1),
                mapped(
                        "telnyx",
                        "telnyx",
                        "",
                        lines(TelnyxTest.REPORT).getFirst(),
                        lines(TelnyxTest.REPORT).subList(1, 3),
                        "",
                        Map.of("l1,", "l1#,", "l2,", "l2#,"),
                        2),
                mapped(
                        "telnyx-events",
                        "telnyx",
                        "",
                        "",
                        lines(TelnyxTest.EVENTS),
                        "",
                        Map.of("\"l1\"", "\"l#\""),
                        1),
                mapped(
                        "delimited",
                        "delimited",
                        """
                        {"delimiter": ";", "datePattern": "dd/MM/yyyy HH:mm:ss",
                         "typeColumn": "Start", "trailerType": "END", "trailerCount": "From",
                         "columns": {"Start": "setup_at", "Secs": "duration", "To": "called",
                          "From": "calling"}}
                        """,
                        "Start;From;To;Secs\n",
                        lines(
                                """
                                13/03/2024 10:02:58;493012;442079;60
                                13/03/2024 10:03:58;493012;442080;0
                                """),
                        "END;%d\n",
                        Map.of("442079", "4420#", "442080", "4430#"),
                        2),
                mapped(
                        "fixed-width",
                        "fixed-width",
                        FixedWidthTest.MAPPING.replace(", \"trailerDuration\": \"11-16\"", ""),
                        "10HEADER\n",
                        lines(FixedWidthTest.FILE).subList(1, 3),
                        "90%08d\n",
                        Map.of("4420791", "44207#", "4420792", "44208#"),
                        2),
                binary(
                        "3gpp-ber",
                        "3gpp-ber",
                        "",
                        ThreeGppBerTest.RECORDS,
                        (some, number) -> BerBytes.all(joined(some), new byte[7]),
                        ThreeGppBerTest.NUMBERED,
                        2),
                binary(
                        "3gpp-framed",
                        "3gpp-ber",
                        "{\"framing\": \"ts-32.297\"}",
                        ThreeGppBerTest.RECORDS,
                        ThreeGppBerTest::framed,
                        ThreeGppBerTest.NUMBERED,
                        2),
                binary(
                        "tap3",
                        "tap3",
                        "",
                        Tap3Test.EVENTS,
                        Tap3Test::file,
                        Map.of("\n\013", "#"),
                        2));
    }

    private static SampleFile plain(
            String format,
            String zone,
            List<String> records,
            Map<String, String> numbered,
            int calls) {
        return text(format, format, zone, "", "", records, "", numbered, calls);
    }

    private static SampleFile mapped(
            String name,
            String format,
            String mapping,
            String head,
            List<String> records,
            String foot,
            Map<String, String> numbered,
            int calls) {
        return text(name, format, "Europe/Berlin", mapping, head, records, foot, numbered, calls);
    }

    /// A format of text: its foot may say how many records there are.
    private static SampleFile text(
            String name,
            String format,
            String zone,
            String mapping,
            String head,
            List<String> records,
            String foot,
            Map<String, String> numbered,
            int calls) {
        return new SampleFile(
                name,
                format,
                zone,
                mapping,
                records.stream().map(record -> record.getBytes(UTF_8)).toList(),
                (some, number) ->
                        BerBytes.all(
                                head.getBytes(UTF_8),
                                joined(some),
                                foot.formatted(some.size()).getBytes(UTF_8)),
                numbered,
                calls);
    }

    /// A format of bytes, whose times tell their own zone.
    private static SampleFile binary(
            String name,
            String format,
            String mapping,
            List<byte[]> records,
            SampleFile.Envelope envelope,
            Map<String, String> numbered,
            int calls) {
        return new SampleFile(name, format, "UTC", mapping, records, envelope, numbered, calls);
    }

    private static byte[] joined(List<byte[]> records) {
        return BerBytes.all(records.toArray(byte[][]::new));
    }

    private static List<String> lines(String text) {
        return text.lines().map(line -> line + "\n").toList();
    }

    private static List<String> packets(String text) {
        return Arrays.stream(text.split("\n\n")).map(packet -> packet + "\n\n").toList();
    }

    /// Each record with the lines before the first one; these end with the one that begins so, or
    /// are the first line.
    private static List<String> eachWithHead(String headEnd, String... files) {
        List<String> records = new ArrayList<>();
        for (String file : files) {
            List<String> lines = lines(file);
            int first = 1;
            while (lines.get(first).startsWith(headEnd)) {
                first++;
            }
            String head = String.join("", lines.subList(0, first));
            lines.subList(first, lines.size()).forEach(line -> records.add(head + line));
        }
        return records;
    }
}
