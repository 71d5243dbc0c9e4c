package org.tollkeeper.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tollkeeper.invoicing.report.ComparisonReport;
import org.tollkeeper.model.Money;

class VendorComparisonTest {

    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest(name = "{0}: {1} min at {2}, theirs {3} at {4}: {5} = {6} + {7}")
    @CsvSource({
        "E16.1, 1000000, 0.0080, 1012000, 0.0080, -96.00,  -96.00,  0.00",
        "E16.2, 1000000, 0.0080, 1000000, 0.0085, -500.00, 0.00,    -500.00",
        "E16.3, 1000000, 0.0080, 1012000, 0.0085, -602.00, -102.00, -500.00",
    })
    void a_difference_is_split_into_volume_and_rate(
            String id,
            BigDecimal ourMinutes,
            BigDecimal ourPrice,
            BigDecimal theirMinutes,
            BigDecimal theirPrice,
            String difference,
            String volumePart,
            String ratePart) {
        Difference found =
                Difference.of(
                        volume("India Mobile", ourMinutes, ourMinutes.multiply(ourPrice)),
                        volume("India Mobile", theirMinutes, theirMinutes.multiply(theirPrice)));
        assertThat(
                        List.of(
                                found.difference().toString(),
                                found.volumePart().toString(),
                                found.ratePart().toString()))
                .containsExactly(difference, volumePart, ratePart);
    }

    @ParameterizedTest(name = "{0}: {2} of {1} is raised: {3}")
    @CsvSource({
        "E16.4, 200000, 1500,   false",
        "E16.5, 80000,  900,    false",
        "E16.6, 80000,  1000,   true",
        "E16.7, 100000, 1000,   true",
        "E16.8, 50000,  499.99, false",
    })
    void a_volume_dispute_needs_the_percentage_and_the_amount(
            String id, BigDecimal invoice, BigDecimal difference, boolean raised) {
        assertThat(Difference.disputed(difference, invoice)).isEqualTo(raised);
        assertThat(Difference.disputed(difference.negate(), invoice)).isEqualTo(raised);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void the_parts_of_any_difference_add_up_to_it(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 1000; i++) {
            Volume ours = random(random);
            Volume theirs = random(random);
            Difference found = Difference.of(ours, theirs);
            assertThat(found.volumePart().plus(found.ratePart())).isEqualTo(found.difference());
            assertThat(found.difference()).isEqualTo(ours.amount().minus(theirs.amount()));
        }
    }

    private static Volume random(RandomGenerator random) {
        long seconds = random.nextInt(4) == 0 ? 0 : random.nextLong(100_000);
        return new Volume(
                "UK",
                random.nextLong(1000),
                BigDecimal.valueOf(seconds),
                new Money(random.nextLong(1_000_000), USD));
    }

    @Test
    void destinations_that_only_one_of_us_has_are_volume_alone() throws Exception {
        List<Volume> theirs =
                VendorSummary.read(
                        """
                        amount,minutes,calls,destination
                        100.50,1005.0,10,uk
                        2000.00,100000,5,Cuba
                        """,
                        "vendor.csv",
                        USD);
        VendorComparison found =
                VendorComparison.of(
                        "BETA",
                        "BETA-A",
                        Samples.month(2024, 3),
                        USD,
                        List.of(
                                volume("UK", new BigDecimal("1000"), new BigDecimal("100")),
                                volume("France", BigDecimal.ONE, BigDecimal.ONE)),
                        theirs);
        assertThat(ComparisonReport.csv(found).toString())
                .isEqualTo(
                        """
                        line,destination,found,our_calls,our_minutes,our_amount,their_calls,their_minutes,their_amount,difference,volume_part,rate_part,dispute,currency
                        destination,Cuba,only-theirs,,,,5,100000.0000,2000.00,-2000.00,-2000.00,0.00,volume,USD
                        destination,France,only-ours,1,1.0000,1.00,,,,1.00,1.00,0.00,,USD
                        destination,uk,both,1,1000.0000,100.00,10,1005.0000,100.50,-0.50,-0.50,0.00,,USD
                        total,,,2,1001.0000,101.00,15,101005.0000,2100.50,-1999.50,-1999.50,0.00,,USD
                        """);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''|v.csv: is empty, expected a header destination,calls,minutes,amount",
                "destination,calls,minutes|v.csv, line 1: column amount is missing",
                "destination,calls,minutes,amount,x|v.csv, line 1, column 5: unknown column \"x\","
                        + " expected destination,calls,minutes,amount",
                "destination,calls,minutes,amount;UK,1,2|v.csv, line 2: 3 fields, expected 4",
                "destination,calls,minutes,amount;UK,1.5,2,3|v.csv, line 2, column calls: found"
                        + " \"1.5\", expected a whole number such as 1200",
                "destination,calls,minutes,amount;UK,1,2,3;FR,1,\"1,000\",3|v.csv, line 3, column"
                        + " minutes: found \"1,000\", expected a decimal such as 1234.50, without"
                        + " thousands separators",
                "destination,calls,minutes,amount;UK,1,2,3.001|v.csv, line 2, column amount: found"
                        + " \"3.001\", expected at most 2 decimals of USD",
                "destination,calls,minutes,amount;UK,1,-2,3|v.csv, line 2, column minutes: found"
                        + " \"-2\", expected 0 or more",
                "destination,calls,minutes,amount;,1,2,3|v.csv, line 2, column destination: found"
                        + " \"\", expected the name of a destination",
            })
    void a_malformed_file_is_told_by_line_and_column(String text, String error) {
        assertThatThrownBy(() -> VendorSummary.read(text.replace(';', '\n'), "v.csv", USD))
                .isInstanceOfSatisfying(
                        MalformedVendorFile.class,
                        e -> assertThat(e.errors()).containsExactly(error));
    }

    private static Volume volume(String destination, BigDecimal minutes, BigDecimal amount) {
        return Volume.ofMinutes(destination, 1, minutes, Money.settle(amount, USD));
    }
}
