package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingPeriodTest {

    @ParameterizedTest(name = "{1} lies in the {0} period {2} to {3}")
    @CsvSource({
        "MONTHLY,      2024-02-29, 2024-02-01, 2024-02-29",
        "MONTHLY,      2024-12-31, 2024-12-01, 2024-12-31",
        "HALF_MONTHLY, 2024-02-15, 2024-02-01, 2024-02-15",
        "HALF_MONTHLY, 2024-02-16, 2024-02-16, 2024-02-29",
        "HALF_MONTHLY, 2023-02-28, 2023-02-16, 2023-02-28",
        "WEEKLY,       2024-06-03, 2024-06-03, 2024-06-09",
        "WEEKLY,       2024-06-09, 2024-06-03, 2024-06-09",
        "WEEKLY,       2025-01-01, 2024-12-30, 2025-01-05",
    })
    void holdsItsDates(Cycle cycle, LocalDate date, LocalDate first, LocalDate last) {
        BillingPeriod period = BillingPeriod.holding(date, cycle);

        assertThat(period.from()).isEqualTo(first);
        assertThat(period.lastDay()).isEqualTo(last);
        assertThat(period.holds(date)).isTrue();
        assertThat(period.holds(first)).isTrue();
        assertThat(period.holds(first.minusDays(1))).isFalse();
        assertThat(period.holds(last)).isTrue();
        assertThat(period.holds(last.plusDays(1))).isFalse();
    }

    @Test
    void firstAndLastAreCutAtTheAgreementsDates() {
        assertThat(
                        BillingPeriod.of(
                                Cycle.HALF_MONTHLY,
                                LocalDate.of(2024, 1, 10),
                                LocalDate.of(2024, 2, 3),
                                LocalDate.of(2024, 12, 31)))
                .extracting(period -> period.from() + " to " + period.lastDay())
                .containsExactly(
                        "2024-01-10 to 2024-01-15",
                        "2024-01-16 to 2024-01-31",
                        "2024-02-01 to 2024-02-03");
    }

    @Test
    void anOpenAgreementHasPeriodsUntilTheDateAsked() {
        List<BillingPeriod> weeks =
                BillingPeriod.of(
                        Cycle.WEEKLY, LocalDate.of(2024, 6, 5), null, LocalDate.of(2024, 6, 17));

        assertThat(weeks)
                .extracting(period -> period.from() + ", " + period.days() + " days")
                .containsExactly("2024-06-05, 5 days", "2024-06-10, 7 days", "2024-06-17, 7 days");
    }

    @Test
    void neverIsEmpty() {
        LocalDate day = LocalDate.of(2024, 6, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new BillingPeriod(day, day));
    }
}
