package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Digits;
import org.tollkeeper.model.Side;

/// What an explanation says in all, and beside the charge that stands.
class ExplanationTest {

    private static final String BOOK =
            """
            agreement A sell=S buy=S
            deck S
            row S,44,UK,0.60
            """;

    @ParameterizedTest(name = "{0} to {1}, {2} stands")
    @CsvSource({
        "SELL, 4420, ,         ACME owes us 0.600000 USD, no charge stands yet: the call has not been rated",
        "SELL, 4420, 0.6,      ACME owes us 0.600000 USD,",
        "BUY,  4420, 0.600000, we owe ACME 0.600000 USD,",
        "BUY,  4420, 0.5,      we owe ACME 0.600000 USD, the charge that stands is 0.5: the book or the calls have changed since it was rated",
        "SELL, 4930, ,         the side of ACME is suspended: NO_RATE,",
        "SELL, 4930, 0.5,      the side of ACME is suspended: NO_RATE, the charge that stands is 0.5: the book has changed since it was rated",
    })
    void who_owes_what_and_what_stands(
            Side side,
            String called,
            @Nullable BigDecimal standing,
            String verdict,
            @Nullable String discrepancy) {
        Explanation explanation = explained(side, called, standing);
        assertThat(explanation.verdict()).isEqualTo(verdict);
        assertThat(explanation.discrepancy()).isEqualTo(discrepancy);
    }

    @Test
    void as_text_and_as_values() {
        Explanation explanation = explained(Side.SELL, "4420", new BigDecimal("0.5"));
        assertThat(explanation.text())
                .isEqualTo(
                        """
                          sell  ACME owes us 0.600000 USD
                                agreement  A, in force from 2000-01-01 (UTC)
                                number     4420
                                deck       S
                                code       44 UK
                                price      0.60 a minute
                                duration   60000 ms, rounded up: 60 s
                                billed     first block 1 s, then blocks of 1 s: 60 s
                                amount     60 s × 0.60 / 60 = 0.6
                                rounding   half-up to 6 decimals: 0.600000 USD
                                stands     0.5, written by run 7 (nightly), publication 9
                                note: the charge that stands is 0.5: the book or the calls have changed since it was rated
                        """);
        assertThat(explanation.fields())
                .containsEntry("side", "sell")
                .containsEntry("carrier", "ACME")
                .containsEntry("agreement", "A")
                .containsEntry("deck", "S")
                .containsEntry("code", "44")
                .containsEntry("destination", "UK")
                .containsEntry("actualSeconds", 60)
                .containsEntry("billedSeconds", 60)
                .containsEntry("amount", new BigDecimal("0.600000"))
                .containsEntry("currency", "USD")
                .containsEntry("standing", new BigDecimal("0.5"))
                .containsEntry("standingRun", 7)
                .containsEntry("standingCommand", "nightly")
                .containsEntry("standingPublication", 9)
                .hasEntrySatisfying(
                        "steps",
                        steps ->
                                assertThat(steps)
                                        .asInstanceOf(LIST)
                                        .hasSize(9)
                                        .contains(Map.of("rule", "code", "finding", "44 UK")));
        assertThat(explained(Side.SELL, "4930", null).fields())
                .containsEntry("suspended", "NO_RATE")
                .doesNotContainKeys("amount", "standing");
    }

    private static Explanation explained(Side side, String called, @Nullable BigDecimal standing) {
        CallSide call =
                new CallSide(
                        side,
                        "ACME",
                        "",
                        Digits.NONE,
                        Digits.of(called),
                        Digits.NONE,
                        Instant.parse("2026-05-01T10:00:00Z"),
                        60_000);
        return new Explainer(new Rater(BookText.of(BOOK)))
                .explain(
                        call,
                        0,
                        standing == null
                                ? null
                                : new Explanation.Standing(standing, 7, "nightly", 9));
    }
}
