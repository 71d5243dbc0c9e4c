package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.BookText;
import org.tollkeeper.rating.CallSide;
import org.tollkeeper.rating.Explainer;
import org.tollkeeper.rating.Explanation;
import org.tollkeeper.rating.Rater;

/// What is said of a call itself, around the explanations of its sides.
class ExplainedCallTest {

    private static final Instant SET_UP = Instant.parse("2024-03-05T10:00:00Z");
    private static final Instant CONNECT = Instant.parse("2024-03-05T10:00:04Z");

    @ParameterizedTest(name = "{3} → {4}, {6} ms")
    @CsvSource({
        "c1, '',  lon/c1,    ACME, '',   4930, 60000, true,  ACME → us, 4930 → 4420, ', answered 2024-03-05T10:00:04Z, 60.000 s of talk', No other carrier has a part in this call.",
        "c1, b,   lon/c1/b,  '',   BETA, 4930, 0,     true,  us → BETA, 4930 → 4420, ', answered 2024-03-05T10:00:04Z, 0.000 s of talk', A call of 0 ms has no charge.",
        "c2, '',  lon/c2,    '',   '',   '',   0,     false, us → us, no calling number → 4420, ', unanswered', An unanswered call has no charge.",
        "c2, '',  lon/c2,    '',   '',   '',   900,   false, us → us, no calling number → 4420, ', unanswered', An unanswered call has no charge.",
    })
    void a_call_without_a_charge_says_why(
            String callId,
            String legId,
            String name,
            String ingress,
            String egress,
            String calling,
            int durationMs,
            boolean answered,
            String parties,
            String numbers,
            String answer,
            String why) {
        ExplainedCall call =
                new ExplainedCall(
                        "lon",
                        callId,
                        legId,
                        SET_UP,
                        answered ? CONNECT : null,
                        durationMs,
                        ingress,
                        egress,
                        calling.isEmpty() ? Digits.NONE : Digits.of(calling),
                        Digits.of("4420"),
                        List.of());
        assertThat(call.text())
                .isEqualTo(
                        "%s\n  %s, %s\n  set up 2024-03-05T10:00:00Z%s\n  %s\n"
                                .formatted(name, parties, numbers, answer, why));
    }

    @Test
    void as_values_for_a_program() {
        Explanation side = side();
        assertThat(call(CONNECT, List.of(side)).fields())
                .containsExactly(
                        Map.entry("switch", "lon"),
                        Map.entry("callId", "c1"),
                        Map.entry("legId", "b"),
                        Map.entry("setupAt", SET_UP),
                        Map.entry("connectAt", CONNECT),
                        Map.entry("durationMs", 60_000),
                        Map.entry("ingressCarrier", "ACME"),
                        Map.entry("egressCarrier", ""),
                        Map.entry("calling", "4930"),
                        Map.entry("called", "4420"),
                        Map.entry("sides", List.of(side.fields())));
    }

    @Test
    void an_unanswered_call_has_no_time_of_answer() {
        assertThat(call(null, List.of()).fields())
                .doesNotContainKey("connectAt")
                .containsEntry("sides", List.of());
    }

    @Test
    void the_sides_follow_the_call() {
        Explanation side = side();
        assertThat(call(CONNECT, List.of(side, side)).text())
                .isEqualTo(
                        """
                        lon/c1/b
                          ACME → us, 4930 → 4420
                          set up 2024-03-05T10:00:00Z, answered 2024-03-05T10:00:04Z, 60.000 s of talk

                        %s
                        %s\
                        """
                                .formatted(side.text(), side.text()));
    }

    private static ExplainedCall call(@Nullable Instant connectAt, List<Explanation> sides) {
        return new ExplainedCall(
                "lon",
                "c1",
                "b",
                SET_UP,
                connectAt,
                60_000,
                "ACME",
                "",
                Digits.of("4930"),
                Digits.of("4420"),
                sides);
    }

    private static Explanation side() {
        Rater rater = new Rater(BookText.of("agreement A sell=S\ndeck S\nrow S,44,UK,0.60\n"));
        CallSide asked =
                new CallSide(
                        Side.SELL,
                        "ACME",
                        "",
                        Digits.of("4930"),
                        Digits.of("4420"),
                        Digits.NONE,
                        CONNECT,
                        60_000);
        return new Explainer(rater).explain(asked, 0, null);
    }
}
