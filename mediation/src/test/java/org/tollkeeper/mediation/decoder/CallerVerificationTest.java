package org.tollkeeper.mediation.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallerVerificationTest {

    @ParameterizedTest(name = "{0} {1}: {2} {3}")
    @CsvSource({
        "'', '',                       '', ''",
        "A,  '',                       A,  ''",
        "b,  TN-Validation-Passed,     B,  PASSED",
        "'', TN-Validation-Passed-A,   A,  PASSED",
        "'', tn-validation-passed-c,   C,  PASSED",
        "A,  TN-Validation-Passed-C,   A,  PASSED",
        "'', TN-Validation-Failed,     '', FAILED",
        "'', TN-Validation-Failed-B,   B,  FAILED",
        "'', No-TN-Validation,         '', NONE",
        "'', signed,                   '', UNKNOWN",
        "X,  1,                        '', UNKNOWN",
    })
    void the_level_and_the_verdict_are_two_things(
            String level, String verstat, String attested, String verdict) {
        assertThat(CallerVerification.of(level, verstat))
                .isEqualTo(new CallerVerification(attested, verdict));
    }

    /// What was verified on the way in and what was signed on the way out are kept apart.
    @ParameterizedTest(name = "{0}")
    @MethodSource("switches")
    void each_switch_says_it_in_its_own_way(String format, String content, String told)
            throws Exception {
        CdrRecord record =
                Decoded.records(Formats.decoderFor(Decoded.source(format, "UTC", "")), content)
                        .getLast();
        assertThat(record.malformed()).isNull();
        assertThat(
                        record.attestation()
                                + " "
                                + told(record, Detail.VERSTAT, Detail.STIR_REASON)
                                + told(record, Detail.ORIG_ID, Detail.ATTESTATION_OUT))
                .isEqualTo(told);
    }

    private static String told(CdrRecord record, String one, String other) {
        return record.detail().getOrDefault(one, "-")
                + " "
                + record.detail().getOrDefault(other, "-")
                + " ";
    }

    static Stream<Arguments> switches() {
        String verstat = "\"verstat\": \"TN-Validation-Failed\"";
        return Stream.of(
                Arguments.of(
                        "ribbon-act",
                        RibbonActTest.HEADER + RibbonActTest.signed("B", "C"),
                        "B valid 7 o-1 C "),
                Arguments.of(
                        "oracle-sbc-radius",
                        OracleSbcTest.PACKETS.replace(
                                "\tAcct-Delay-Time = 0",
                                "\tAcme-Stir-VS-Verstat = \"TN-Validation-Passed-A\"\n"
                                        + "\tAcme-Stir-VS-Reason = \"ok\""),
                        "A PASSED ok - - "),
                Arguments.of(
                        "freeswitch-json",
                        FreeswitchJsonTest.ANSWERED.replace(
                                "\"read_codec\"",
                                "\"sip_verstat\": \"TN-Validation-Passed-B\","
                                        + " \"sip_stir_shaken_attest\": \"A\", \"read_codec\""),
                        "B PASSED - - A "),
                Arguments.of(
                        "telnyx",
                        TelnyxTest.EVENTS.replace(
                                "\"sip_hangup_cause\"",
                                "\"shaken_stir_attestation\": \"A\", "
                                        + verstat
                                        + ", \"sip_hangup_cause\""),
                        "A FAILED - - - "),
                Arguments.of(
                        "kamailio-acc-json",
                        KamailioAccJsonTest.INVITE.replace(
                                "\"reason\"", "\"attest\": \"c\", " + verstat + ", \"reason\""),
                        "C FAILED - - - "));
    }
}
