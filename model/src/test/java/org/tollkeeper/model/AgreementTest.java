package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {

    @ParameterizedTest(name = "at {0} in force: {1}")
    @CsvSource({
        "2024-05-31T22:59:59.999Z, false",
        "2024-05-31T23:00:00Z,     true",
        "2024-06-30T22:59:59.999Z, true",
        "2024-06-30T23:00:00Z,     false",
    })
    void isInForceFromMidnightToMidnightOfItsZone(Instant instant, boolean inForce) {
        Agreement june = agreement(LocalDate.of(2024, 6, 1), LocalDate.of(2024, 6, 30), List.of());

        assertThat(june.inForceAt(instant)).isEqualTo(inForce);
    }

    @Test
    void aListWithoutProductServesEveryProductWithoutOne() {
        Agreement agreement =
                agreement(
                        LocalDate.of(2024, 6, 1),
                        null,
                        List.of(
                                new DeckList(Side.SELL, "premium", List.of("CLI")),
                                new DeckList(Side.SELL, "", List.of("FIRST", "SECOND"))));

        assertThat(agreement.decks(Side.SELL, "premium")).containsExactly("CLI");
        assertThat(agreement.decks(Side.SELL, "standard")).containsExactly("FIRST", "SECOND");
        assertThat(agreement.decks(Side.SELL, "")).containsExactly("FIRST", "SECOND");
        assertThat(agreement.decks(Side.BUY, "")).isEmpty();
    }

    private static Agreement agreement(
            LocalDate from, @Nullable LocalDate to, List<DeckList> deckLists) {
        return new Agreement(
                "ACME-2024",
                "ACME",
                from,
                to,
                Currency.getInstance("GBP"),
                ZoneId.of("Europe/London"),
                Cycle.MONTHLY,
                30,
                deckLists,
                new Settlement.Imbalance(
                        new BigDecimal("1.2"),
                        Excess.OVER_RATIO,
                        Measure.BILLED,
                        null,
                        BigDecimal.ZERO,
                        1),
                false,
                DurationRounding.UP,
                6,
                ChargeRounding.HALF_UP,
                TierMode.GRADUATED,
                BandPolicy.BY_START,
                List.of(),
                false,
                LateUsage.CORRECT,
                Tax.NONE);
    }
}
