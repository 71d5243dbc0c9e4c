package org.tollkeeper.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Cycle;

class PeriodNameTest {

    @ParameterizedTest(name = "{0}, {1}: first days of {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2024-06    | monthly      | 2024-06-01
                    2024-06    | half-monthly | 2024-06-01 2024-06-16
                    2024-06    | weekly       | 2024-05-27 2024-06-03 2024-06-10 2024-06-17 2024-06-24
                    2024-06-H1 | monthly      |
                    2024-06-H1 | half-monthly | 2024-06-01
                    2024-06-H1 | weekly       | 2024-05-27 2024-06-03
                    2024-06-H2 | monthly      | 2024-06-01
                    2024-06-H2 | half-monthly | 2024-06-16
                    2024-W23   | weekly       | 2024-06-03
                    2024-W23   | monthly      |
                    2024-06-15 | monthly      | 2024-06-01
                    2024-06-15 | half-monthly | 2024-06-01
                    2024-06-15 | weekly       | 2024-06-10
                    """)
    void a_name_means_the_periods_that_end_in_it_and_a_day_those_that_hold_it(
            String name, String cycle, @Nullable String firstDays) {
        PeriodName period = PeriodName.parse(name);
        assertThat(
                        BillingPeriod.of(
                                        Cycle.valueOf(
                                                cycle.toUpperCase(Locale.ROOT).replace('-', '_')),
                                        LocalDate.parse("2024-01-01"),
                                        null,
                                        LocalDate.parse("2024-12-31"))
                                .stream()
                                .filter(period::names)
                                .map(BillingPeriod::from)
                                .map(LocalDate::toString))
                .containsExactlyElementsOf(
                        firstDays == null ? List.of() : Arrays.asList(firstDays.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2024", "2024-13", "2024-06-H3", "2024-W54", "2024-06-31", "June"})
    void what_is_no_name_is_refused_with_what_was_expected(String text) {
        assertThatThrownBy(() -> PeriodName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no period is called '" + text + "'")
                .hasMessageContaining("2024-06-H1");
    }
}
