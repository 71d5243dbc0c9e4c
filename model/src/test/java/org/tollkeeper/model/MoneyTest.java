package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest(name = "{1} {0} settles as {2}")
    @CsvSource({
        "USD, 10.005,      10.01",
        "USD, 10.004999,   10.00",
        "USD, -0.125,      -0.13",
        "USD, 0.1249,      0.12",
        "JPY, 1234.5,      1235",
        "JPY, 0.49,        0",
        "KWD, 1.23456,     1.235",
        "KWD, 0.0005,      0.001",
        "USD, 0,           0.00",
    })
    void settlesHalfUpToTheMinorUnit(String currency, BigDecimal exact, String printed) {
        assertThat(Money.settle(exact, Currency.getInstance(currency))).hasToString(printed);
    }

    @ParameterizedTest(name = "{0}: {2} {1} settles as {3}")
    @CsvSource({
        "E5.9,  USD, 0.125,   0.13",
        "E5.12, USD, -0.125,  -0.13",
        "E5.14, JPY, 2.5,     3",
        "E5.15, JPY, 1234.5,  1235",
        "E5.16, KWD, 1.23456, 1.235",
    })
    void settlesAsTheTradesWorkedExamplesDo(
            String id, String currency, BigDecimal exact, String printed) {
        assertThat(Money.settle(exact, Currency.getInstance(currency))).hasToString(printed);
    }

    @ParameterizedTest(name = "{0} over {1} is {2}")
    @CsvSource({"10, 3, 3.33", "1, 8, 0.13", "-1, 8, -0.13", "0, 7, 0.00", "2, 3, 0.67"})
    void aQuotientIsRoundedOnce(BigDecimal dividend, BigDecimal divisor, String printed) {
        assertThat(Money.settle(dividend, divisor, USD)).hasToString(printed);
    }

    @Test
    void isComparedWithinItsCurrency() {
        Money less = new Money(99, USD);
        Money more = new Money(100, USD);

        assertThat(less).isLessThan(more);
        assertThat(more).isGreaterThan(less).isEqualByComparingTo(new Money(100, USD));
        assertThat(less.isZero()).isFalse();
        assertThat(less.minus(less).isZero()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> less.compareTo(Money.zero(Currency.getInstance("EUR"))));
    }

    @Test
    void aCreditMirrorsItsInvoice() {
        for (String exact : new String[] {"0.005", "0.015", "12.345", "99.995"}) {
            BigDecimal amount = new BigDecimal(exact);
            assertThat(Money.settle(amount.negate(), USD))
                    .isEqualTo(Money.settle(amount, USD).negated());
        }
    }

    @Test
    void addsOnlyItsOwnCurrency() {
        Money dollars = Money.settle(new BigDecimal("1.10"), USD);

        assertThat(dollars.plus(dollars).minus(Money.settle(new BigDecimal("0.20"), USD)))
                .hasToString("2.00");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> dollars.plus(Money.zero(Currency.getInstance("EUR"))));
    }

    @Test
    void overflowIsAnErrorAndNeverAWrongNumber() {
        Money most = new Money(Long.MAX_VALUE, USD);

        assertThatThrownBy(() -> most.plus(new Money(1, USD)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.settle(new BigDecimal("1e20"), USD))
                .isInstanceOf(ArithmeticException.class);
    }
}
