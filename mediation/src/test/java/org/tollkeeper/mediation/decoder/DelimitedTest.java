package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimitedTest {

    private static final String BY_NAME =
            """
            {"delimiter": ";", "datePattern": "dd/MM/yyyy HH:mm:ss", "unit": "s",
             "columns": {"Ref": "call_id", "Start": "setup_at", "Answer": "connect_at",
                         "To": "called", "Secs": "duration"},
             "constants": {"ingress_trunk": "ACME"}}
            """;

    @Test
    void columns_are_found_by_the_headers_names() throws Exception {
        CdrRecord record =
                one(
                        BY_NAME,
                        """
                        Secs;To;Extra;Start;Answer;Ref
                        60,5;+4420;x;13/07/2024 12:00:00;13/07/2024 12:00:05;r1
                        """);
        assertThat(record.malformed()).isNull();
        assertThat(record.callId()).isEqualTo("r1");
        assertThat(record.ingressTrunk()).isEqualTo("ACME");
        assertThat(record.setupMs()).isEqualTo(ms("2024-07-13T10:00:00Z"));
        assertThat(record.connectMs()).isEqualTo(ms("2024-07-13T10:00:05Z"));
        assertThat(record.durationMs()).isEqualTo(60_500);
    }

    @Test
    void an_empty_connect_time_is_no_answer() throws Exception {
        CdrRecord record =
                one(BY_NAME, "Ref;Start;Answer;To;Secs\nr1;13/07/2024 12:00:00;;+4420;17\n");
        assertThat(record.connectMs()).isNull();
        assertThat(record.durationMs()).isNull();
    }

    @Test
    void a_header_without_a_mapped_column_makes_the_file_undecodable() {
        assertThatThrownBy(() -> one(BY_NAME, "Ref;Begin;Answer;To;Secs\n"))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("no column Start");
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "iso,                        2024-07-13T12:00:00+02:00,     2024-07-13T10:00:00Z",
        "epoch,                      1720864800.25,                 2024-07-13T10:00:00.250Z",
        "epoch-ms,                   1720864800000,                 2024-07-13T10:00:00Z",
        "yyyyMMddHHmmss,             20240713120000,                2024-07-13T10:00:00Z",
        "dd MMM yyyy HH:mm:ss XXX,   13 jul 2024 12:00:00 +02:00,   2024-07-13T10:00:00Z",
        "yyyy-MM-dd HH:mm:ss VV,     2024-07-13 10:00:00 UTC,       2024-07-13T10:00:00Z",
        "yyyy-MM-dd HH:mm:ss,        2024-03-31 02:30:00,           2024-03-31T01:00:00Z",
        "yyyy-MM-dd HH:mm:ss,        2024-10-27 02:30:00,           2024-10-27T00:30:00Z",
        "yyyy-MM-dd HH:mm:ss,        2024-02-30 02:30:00,           ",
    })
    void stamps_are_read_by_their_pattern_on_the_switchs_clock(
            String pattern, String stamp, String instant) throws Exception {
        CdrRecord record =
                one(
                        """
                        {"header": false, "columns": ["setup_at", "", "called"],
                         "datePattern": "%s"}
                        """
                                .formatted(pattern),
                        stamp + ",x,4420\n");
        if (instant == null) {
            assertThat(record.malformed()).contains("setup_at is '" + stamp + "'");
        } else {
            assertThat(record.setupMs()).isEqualTo(ms(instant));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"s, 61, 61000", "s, 61.5, 61500", "ms, 61500, 61500", "h:m:s, 0:01:01, 61000"})
    void durations_have_a_unit(String unit, String text, long durationMs) throws Exception {
        CdrRecord record =
                one(
                        """
                        {"header": false, "unit": "%s",
                         "columns": {"1": "setup_at", "2": "called", "3": "duration"}}
                        """
                                .formatted(unit),
                        "2024-07-13T12:00:00Z,4420," + text + "\n");
        assertThat(record.durationMs()).isEqualTo(durationMs);
        assertThat(record.connectMs()).isEqualTo(record.setupMs());
    }

    @Test
    void a_record_without_an_id_gets_one_from_what_it_says() throws Exception {
        String mapping = "{\"header\": false, \"columns\": [\"setup_at\", \"called\"]}";
        CdrRecord one = one(mapping, "2024-07-13T12:00:00Z,4420\n");
        assertThat(one.callId()).hasSize(16);
        assertThat(one(mapping, "2024-07-13T12:00:00Z,4420\n").callId()).isEqualTo(one.callId());
        assertThat(one(mapping, "2024-07-13T12:00:00Z,4421\n").callId()).isNotEqualTo(one.callId());
    }

    @Test
    void a_trailer_counts_the_records_between_it_and_the_header() throws Exception {
        String mapping =
                """
                {"delimiter": "|", "header": false, "columns": ["", "setup_at", "called", "duration"],
                 "typeColumn": 1, "headerType": "H", "trailerType": "T", "trailerCount": 2,
                 "trailerDuration": 3}
                """;
        String file =
                """
                H|2024-07-13
                D|2024-07-13T12:00:00Z|4420|60
                D|2024-07-13T12:00:05Z|4421|1.5
                T|2|61.5
                """;
        assertThat(all(mapping, file)).hasSize(2).allMatch(record -> record.malformed() == null);
        assertThatThrownBy(() -> all(mapping, file.replace("T|2", "T|3")))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the trailer counts 3 records; the file has 2");
        assertThatThrownBy(() -> all(mapping, file.replace("|61.5", "|61")))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the trailer's total is 61000 ms; the records have 61500 ms");
        assertThatThrownBy(() -> all(mapping, file.substring(0, file.indexOf("T|2"))))
                .isInstanceOf(UndecodableException.class)
                .hasMessage("the last line is no trailer 'T'");
    }

    @Test
    void names_and_a_trailer_go_together() throws Exception {
        String mapping =
                """
                {"columns": {"Time": "setup_at", "To": "called"}, "typeColumn": "Time",
                 "trailerType": "TOTAL", "trailerCount": "To"}
                """;
        assertThat(all(mapping, "Time,To,Note\n2024-07-13T12:00:00Z,4420,x\nTOTAL,1\n")).hasSize(1);
        assertThatThrownBy(() -> all(mapping, "Time,To,Note\nTOTAL,1\n"))
                .isInstanceOf(UndecodableException.class);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "01/01/1970 00:00:00, BILLSEC_ON_UNANSWERED",
        "01/01/0001 00:00:00, BILLSEC_ON_UNANSWERED",
        "'',                  BILLSEC_ON_UNANSWERED",
        "13/07/2024 12:00:05, ",
    })
    void a_time_that_stands_for_none_is_no_answer(String connect, @Nullable String anomaly)
            throws Exception {
        CdrRecord record =
                one(
                        BY_NAME,
                        "Ref;Start;Answer;To;Secs\nr1;13/07/2024 12:00:00;%s;+4420;17\n"
                                .formatted(connect));
        assertThat(record.malformed()).isNull();
        assertThat(record.connectMs() == null).isEqualTo(anomaly != null);
        assertThat(record.detail().get(Detail.ANOMALIES)).isEqualTo(anomaly);
    }

    /// In Berlin the hour from 02:00 came twice on 2024-10-27.
    @ParameterizedTest(name = "{0} to {1}, {2} s")
    @CsvSource({
        "27/10/2024 02:30:00, 27/10/2024 02:31:00, 60,   2024-10-27T00:30:00Z, TIME_AMBIGUOUS",
        "27/10/2024 02:30:00, 27/10/2024 03:30:00, 3600, 2024-10-27T01:30:00Z, ",
        "27/10/2024 02:30:00, 27/10/2024 03:30:00, 7200, 2024-10-27T00:30:00Z, ",
        "31/03/2024 02:30:00, 31/03/2024 03:00:10, 10,   2024-03-31T01:00:00Z, TIME_SKIPPED",
    })
    void a_guessed_time_is_flagged(
            String start, String end, String seconds, String connect, @Nullable String anomaly)
            throws Exception {
        CdrRecord record =
                one(
                        """
                        {"datePattern": "dd/MM/yyyy HH:mm:ss", "columns":
                         {"A": "connect_at", "B": "release_at", "C": "duration", "D": "called"}}
                        """,
                        "A,B,C,D\n%s,%s,%s,4420\n".formatted(start, end, seconds));
        assertThat(record.connectMs()).isEqualTo(ms(connect));
        assertThat(record.detail().get(Detail.ANOMALIES)).isEqualTo(anomaly);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'columns': {'A': 'caled'}}                             | columns is 'caled'",
                "{'columns': {'A': 'called'}}                            | at least called and one",
                "{'columns': ['called', 'setup_at'], 'unit': 'minutes'}  | unit is 'minutes'",
                "{'columns': ['called', 'setup_at'], 'datePattern': 'q{'}| datePattern is",
                "{'columns': {'A': 'called'}, 'header': false}           | numbers from 1",
                "{'columns': ['called', 'setup_at'], 'colour': 'red'}    | unknown key colour",
                "[1]                                                     | not a map",
            })
    void a_mapping_that_does_not_fit_is_refused(String mapping, String complaint) {
        assertThatThrownBy(() ->
                        Formats.decoderFor(
                                Decoded.source("delimited", "UTC", mapping.replace('\'', '"'))))
                .isInstanceOf(MappingException.class)
                .hasMessageContaining(complaint);
    }

    private static CdrRecord one(String mapping, String content) throws Exception {
        return all(mapping, content).getFirst();
    }

    private static List<CdrRecord> all(String mapping, String content) throws Exception {
        return Decoded.records(
                Formats.decoderFor(Decoded.source("delimited", "Europe/Berlin", mapping)), content);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
