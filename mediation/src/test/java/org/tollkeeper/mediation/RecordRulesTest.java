package org.tollkeeper.mediation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.mediation.decoder.CdrRecord;
import org.tollkeeper.mediation.decoder.Formats;
import org.tollkeeper.mediation.decoder.UndecodableException;
import org.tollkeeper.mediation.store.Cdr;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Switch;
import org.tollkeeper.model.Trunk;
import org.tollkeeper.model.TrunkDirection;

/// What becomes of one record by itself. The switch stands in Berlin, and mediation happens on
/// 2025-01-10 at 03:00 UTC.
class RecordRulesTest {

    private static final Switch SWITCH =
            new Switch(
                    "sw",
                    "canonical-csv",
                    ZoneId.of("Europe/Berlin"),
                    "*",
                    "",
                    "44",
                    "0",
                    "00",
                    List.of("112"),
                    "");

    private static final Map<String, Integer> CARRIERS = Map.of("ACME", 1, "BETA", 2, "GAMMA", 3);

    private static final List<Trunk> TRUNKS =
            List.of(
                    trunk("IN", "ACME", TrunkDirection.IN, "", "", "", ""),
                    trunk("OUT", "BETA", TrunkDirection.OUT, "", "", "", ""),
                    trunk("shared", "ACME", TrunkDirection.IN, "1001", "", "", ""),
                    trunk("shared", "BETA", TrunkDirection.IN, "100", "44", "", ""),
                    product("tagged", "1001", "premium"),
                    product("tagged", "100", "standard"),
                    product("tagged", "*31", "standard"),
                    trunk("plus", "ACME", TrunkDirection.BOTH, "+7", "", "", ""),
                    trunk("moved", "ACME", TrunkDirection.BOTH, "", "", "", "2024-06-01"),
                    trunk(
                            "moved",
                            "GAMMA",
                            TrunkDirection.BOTH,
                            "",
                            "",
                            "2024-06-02",
                            "2024-06-30"));

    private static final RecordRules RULES =
            new RecordRules(
                    SWITCH.timeZone(),
                    NumberPlan.of(SWITCH),
                    new TrunkTable(TRUNKS, carrier -> CARRIERS.getOrDefault(carrier, -1)),
                    Set.of(Digits.of("442079460099")),
                    Instant.parse("2025-01-10T03:00:00Z"));

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                // columns and values set                             | what becomes of it
                "plain,            -,                                                call",
                "no id,            call_id=,                                         MALFORMED",
                "no setup,         setup_at=,                                        MALFORMED",
                "no offset,        setup_at=2024-06-01T10:00:00,                     MALFORMED",
                "no such day,      connect_at=2024-06-31T10:00:05Z,                  MALFORMED",
                "duration text,    duration_ms=1m,                                   MALFORMED",
                "type unknown,     record_type=half,                                 MALFORMED",
                "final unknown,    final=yes,                                        MALFORMED",
                "sequence text,    sequence=one,                                     MALFORMED",
                "no sequence,      record_type=interim,                              MALFORMED",
                "sequence 0,       record_type=interim;sequence=0,                   MALFORMED",
                "quality text,     pdd_ms=soon;mos=good,                             call",
                "ingress unknown,  ingress_trunk=nowhere,                            UNKNOWN_TRUNK",
                "ingress is out,   ingress_trunk=OUT,                                UNKNOWN_TRUNK",
                "egress unknown,   egress_trunk=IN,                                  UNKNOWN_TRUNK",
                "trunk expired,    ingress_trunk=moved;setup_at=2024-06-30T22:00:00Z;connect_at=;release_at=,                               UNKNOWN_TRUNK",
                "no strip fits,    ingress_trunk=shared;called=20794,                UNKNOWN_TRUNK",
                "strip before +,   ingress_trunk=plus;called=+7442079,               call",
                "strip not over +, ingress_trunk=plus;called=7442079,                UNKNOWN_TRUNK",
                "own network,      ingress_trunk=;egress_trunk=,                     call",
                "letters,          called=abc,                                       BAD_NUMBER",
                "no number,        called=,                                          BAD_NUMBER",
                "16 digits,        called=1234567890123456,                          BAD_NUMBER",
                "short code,       called=112,                                       call",
                "test number,      called=02079460099,                               filtered",
                "from test number, calling=tel:+44-2079-460099,                      filtered",
                "connect < setup,  connect_at=2024-06-01T09:59:59Z,                  BAD_TIME",
                "before 2000,      setup_at=1999-12-31T23:59:59.999Z,                BAD_TIME",
                "in 24 h,          setup_at=2025-01-11T03:00:00Z;connect_at=;"
                        + "release_at=,                                              call",
                "after 24 h,       setup_at=2025-01-11T03:00:00.001Z;connect_at=;"
                        + "release_at=,                                              BAD_TIME",
                "late release,     release_at=2025-01-11T03:00:00.001Z,              BAD_TIME",
                "no end,           release_at=,                                      BAD_TIME",
                "talk no times,   connect_at=;release_at=;duration_ms=5,            BAD_TIME",
                "release first,    release_at=2024-06-01T10:00:04Z,         NEGATIVE_DURATION",
                "negative,         duration_ms=-1,                          NEGATIVE_DURATION",
                "conflict,         duration_ms=61001,                       DURATION_CONFLICT",
                "just agrees,      duration_ms=61000,                                call",
                "unknown first,    ingress_trunk=nowhere;called=abc,                 UNKNOWN_TRUNK",
                "number first,     called=abc;connect_at=2024-06-01T09:59:59Z,       BAD_NUMBER",
            })
    void a_record_ends_in_one_place(String name, @Nullable String changes, String outcome)
            throws Exception {
        switch (RULES.judge(record(changed(changes)))) {
            case Verdict.Good _ -> assertThat(outcome).as(name).isEqualTo("call");
            case Verdict.Filtered _ -> assertThat(outcome).as(name).isEqualTo("filtered");
            case Verdict.Suspended held ->
                    assertThat(held.reason().label()).as(name).isEqualTo(outcome);
        }
    }

    @ParameterizedTest(name = "{0} and {1} on {2} -> {3}")
    @CsvSource({
        // calling             , called                                , trunk , comes out as
        "+49 30-123.456        , (+44) 20 7946-0000                    , IN    , 4930123456 442079460000 none ACME",
        "0049301234            , 00442079460000                        , IN    , 49301234 442079460000 none ACME",
        "020 7946              , 020 7946 0000                         , IN    , 44207946 442079460000 none ACME",
        "1234                  , 442079460000                          , IN    , none 442079460000 none ACME",
        "anonymous             , sip:+4420@h;user=phone                , IN    , none 4420 none ACME",
        "sip:49301@h:5060      , tel:+44-20;phone-context=+44          , IN    , 49301 4420 none ACME",
        "none                  , sip:+4420;npdi;rn=+447700900000@h     , IN    , none 4420 447700900000 ACME",
        "none                  , 1001442079                            , shared, none 442079 none ACME",
        "none                  , 100207946                             , shared, none 44207946 none BETA",
        "none                  , 112                                   , IN    , none 112 none ACME",
        "none                  , +7442079                              , plus  , none 442079 none ACME",
    })
    void numbers_come_out_in_e164(String calling, String called, String trunk, String expected)
            throws Exception {
        Leg leg =
                good(
                        Cdr.call("x")
                                .set("calling", calling.equals("none") ? "" : calling)
                                .set("called", called)
                                .set("ingress_trunk", trunk));
        assertThat(
                        "%s %s %s %s"
                                .formatted(
                                        text(leg.numbers().calling()),
                                        text(leg.numbers().called()),
                                        text(leg.numbers().routing()),
                                        leg.ingress().carrier() == 1 ? "ACME" : "BETA"))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "E11.1, 1001447911123456, premium 447911123456",
        "E11.2, 100447911123456,  standard 447911123456",
        "E11.3, *31447911123456,  standard 447911123456",
        "E11.4, 447911123456,     UNKNOWN_TRUNK",
        "E11.5, 10015551234,      premium 5551234",
    })
    void a_prefix_names_the_product_and_goes(String id, String received, String product)
            throws Exception {
        Cdr call = Cdr.call("x").set("called", received).set("ingress_trunk", "tagged");
        String found =
                switch (RULES.judge(record(call))) {
                    case Verdict.Good(Leg leg) ->
                            leg.ingress().product() + " " + text(leg.numbers().called());
                    case Verdict.Filtered _ -> "filtered";
                    case Verdict.Suspended held -> held.reason().label();
                };
        assertThat(found).isEqualTo(product);
    }

    /// The trunk changes hands at midnight in Berlin.
    @ParameterizedTest
    @CsvSource({
        "2024-06-01T21:59:59.999Z, 1",
        "2024-06-01T22:00:00Z,     3",
        "2024-06-30T21:59:59Z,     3",
    })
    void a_trunk_is_whose_it_is_on_the_setup_date_of_the_switch(String setup, int carrier)
            throws Exception {
        Leg leg =
                good(
                        Cdr.call("x")
                                .set("ingress_trunk", "moved")
                                .set("egress_trunk", "moved")
                                .set("setup_at", setup)
                                .set("connect_at", "")
                                .set("release_at", ""));
        assertThat(leg.ingress().carrier()).isEqualTo(carrier);
        assertThat(leg.egress().carrier()).isEqualTo(carrier);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            nullValues = "-",
            value = {
                // changed                                            | connect, release, duration
                "-,                                    10:00:05.000 10:01:05.000 60000",
                "connect_at=;duration_ms=60000,        10:00:05.000 10:01:05.000 60000",
                "release_at=;duration_ms=60000,        10:00:05.000 10:01:05.000 60000",
                "duration_ms=59500,                    10:00:05.000 10:01:05.000 59500",
                "connect_at=;duration_ms=0,            - 10:01:05.000 0",
                "connect_at=;release_at=,              - - 0",
                "connect_at=2024-06-01T12:00:05.0009+02:00, 10:00:05.000 10:01:05.000 60000",
                "release_at=2024-06-01T10:00:05Z,      10:00:05.000 10:00:05.000 0",
            })
    void times_are_completed(@Nullable String changes, String expected) throws Exception {
        CallTimes times = good(changed(changes)).times();
        assertThat(
                        "%s %s %d"
                                .formatted(
                                        clock(times.connectMs()),
                                        clock(times.releaseMs()),
                                        times.durationMs()))
                .isEqualTo(expected);
    }

    private static String clock(@Nullable Long ms) {
        return ms == null
                ? "-"
                : "%tT.%<tL".formatted(Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC));
    }

    private static String text(Digits digits) {
        return digits.isNone() ? "none" : digits.toString();
    }

    private static Cdr changed(@Nullable String changes) {
        Cdr cdr = Cdr.call("x");
        if (changes != null) {
            for (String change : changes.split(";", -1)) {
                int equals = change.indexOf('=');
                cdr.set(change.substring(0, equals), change.substring(equals + 1));
            }
        }
        return cdr;
    }

    private static Leg good(Cdr cdr) throws Exception {
        if (RULES.judge(record(cdr)) instanceof Verdict.Good good) {
            return good.leg();
        }
        throw new AssertionError(cdr + " is not good: " + RULES.judge(record(cdr)));
    }

    private static CdrRecord record(Cdr cdr) throws IOException, UndecodableException {
        List<CdrRecord> records = new ArrayList<>();
        Formats.decoderFor(SWITCH)
                .decode(new ByteArrayInputStream(Cdr.file(cdr).getBytes(UTF_8)), records::add);
        return records.getFirst();
    }

    private static Trunk product(String trunk, String strip, String product) {
        return new Trunk("sw", trunk, "ACME", TrunkDirection.IN, strip, "", null, null, product);
    }

    private static Trunk trunk(
            String trunk,
            String carrier,
            TrunkDirection direction,
            String strip,
            String add,
            String from,
            String to) {
        return new Trunk(
                "sw",
                trunk,
                carrier,
                direction,
                strip,
                add,
                from.isEmpty() ? null : LocalDate.parse(from),
                to.isEmpty() ? null : LocalDate.parse(to),
                "");
    }
}
