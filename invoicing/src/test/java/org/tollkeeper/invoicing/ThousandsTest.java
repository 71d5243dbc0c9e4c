package org.tollkeeper.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThousandsTest {

    @ParameterizedTest(name = "{0} reads {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0          | 0
                    0.00       | 0.00
                    999        | 999
                    -999.5     | -999.5
                    1000       | 1,000
                    -1000.10   | -1,000.10
                    123456.789 | 123,456.789
                    1234567    | 1,234,567
                    1E+6       | 1,000,000
                    0.000001   | 0.000001
                    """)
    void a_number_is_grouped(BigDecimal number, String text) {
        assertThat(Thousands.of(number)).isEqualTo(text);
    }

    @Test
    void any_number_reads_as_the_formatter_writes_it() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            BigInteger digits = new BigInteger(random.nextInt(80), random);
            int scale = random.nextInt(8);
            BigDecimal number =
                    new BigDecimal(random.nextBoolean() ? digits : digits.negate(), scale);
            assertThat(Thousands.of(number))
                    .isEqualTo(String.format(Locale.ROOT, "%,." + scale + "f", number));
            long count = random.nextLong() >> random.nextInt(64);
            assertThat(Thousands.of(count)).isEqualTo(String.format(Locale.ROOT, "%,d", count));
        }
    }
}
