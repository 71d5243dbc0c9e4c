package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalCsvTest {

    private static final String HEADER =
            "call_id,leg_id,record_type,ingress_trunk,egress_trunk,calling,called,setup_at,"
                    + "connect_at,release_at,duration_ms,cause,sip_code,pdd_ms,mos,codec,"
                    + "attestation,sequence,final\n";
    private static final String REST =
            ",a,,IN,OUT,,44,2024-03-05T10:00:00Z,2024-03-05T10:00:01Z,2024-03-05T10:01:01Z,,"
                    + "16,200,5,4.1,PCMA,A,,\n";

    // How the call id is written, the id read, and whether the record is malformed.
    @ParameterizedTest
    @MethodSource("quotes")
    void a_quote_means_something_at_the_beginning_of_a_field(
            String written, String callId, boolean malformed)
            throws IOException, UndecodableException {
        CdrRecord record = records("x" + REST + written + REST).get(1);
        assertThat(record.malformed() != null).isEqualTo(malformed);
        assertThat(record.callId()).isEqualTo(callId);
    }

    static Stream<Arguments> quotes() {
        return Stream.of(
                Arguments.of("plain", "plain", false),
                Arguments.of("\"quoted, id\"", "quoted, id", false),
                Arguments.of("\"a \"\"b\"\"\"", "a \"b\"", false),
                Arguments.of("5\" pipe", "5\" pipe", false),
                Arguments.of("\"open", "", true));
    }

    // Read without the quote the line would be a call of its own, "open beside open.
    @Test
    void a_quote_that_is_never_closed_holds_its_line_back_and_no_other()
            throws IOException, UndecodableException {
        List<CdrRecord> records = records("\"open" + REST + "next" + REST + "last" + REST);
        assertThat(records).extracting(CdrRecord::callId).containsExactly("", "next", "last");
        assertThat(records)
                .extracting(CdrRecord::malformed)
                .containsExactly("a quote is never closed", null, null);
    }

    private static List<CdrRecord> records(String lines) throws IOException, UndecodableException {
        return Decoded.records(new CanonicalCsv(), HEADER + lines);
    }
}
