package org.tollkeeper.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tollkeeper.settlement.Lines.charged;
import static org.tollkeeper.settlement.Lines.january;
import static org.tollkeeper.settlement.Lines.minutes;
import static org.tollkeeper.settlement.Lines.month;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.BillingPeriod;
import org.tollkeeper.model.Cycle;
import org.tollkeeper.model.Jurisdiction;
import org.tollkeeper.model.Money;
import org.tollkeeper.model.Side;

class StatementTest {

    @ParameterizedTest(name = "{0} of {1} in {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sell | 10.005   | USD | 10.01
                    sell | 0.004999 | USD | 0.00
                    buy  | 12.5     | JPY | 13
                    buy  | 12.49    | JPY | 12
                    sell | 1.2345   | KWD | 1.235
                    """)
    void sender_keeps_all_rounds_each_line_half_up_to_the_minor_unit(
            String side, String charges, String currency, String due) {
        Side of = side.equals("sell") ? Side.SELL : Side.BUY;
        Statement statement =
                january(
                        new Terms().currency(currency).agreement(),
                        charged(of, "UK", 60, 60, charges));
        assertThat(statement.total(of).due()).hasToString(due);
    }

    @Test
    void sender_keeps_all_totals_are_the_sums_of_the_rounded_lines() {
        Statement statement =
                january(
                        new Terms().netting().agreement(),
                        charged(Side.SELL, "A", 60, 60, "10.005"),
                        charged(Side.SELL, "B", 60, 60, "10.005"),
                        charged(Side.SELL, "C", 60, 60, "10.005"));
        assertThat(Lines.brief(statement))
                .as("E5.17")
                .containsExactly(
                        "traffic sell A 10.01",
                        "traffic sell B 10.01",
                        "traffic sell C 10.01",
                        "total buy 0.00",
                        "total sell 30.03",
                        "net sell 30.03");
    }

    @Test
    void lines_with_the_same_rate_by_value_are_one_printed_with_the_most_decimals() {
        PeriodTraffic traffic =
                month(
                        "2024-01",
                        minutes(Side.SELL, "UK", "0.05", "1"),
                        minutes(Side.SELL, "UK", "0.0500", "2"),
                        minutes(Side.SELL, "UK", "0.050", "3"));
        assertThat(traffic.lines())
                .containsExactly(
                        new TrafficLine(
                                Lines.key(Side.SELL, "UK", "0.0500"),
                                new Traffic(3, 360, 360, BigInteger.valueOf(300_000_000))));
    }

    @Test
    void lines_stand_in_order_text_by_bytes_and_numbers_by_value() {
        List<LineKey> keys =
                List.of(
                        key(Side.BUY, "a", "0.1", "", "0", "", null),
                        key(Side.SELL, "B", "0.1", "", "0", "", null),
                        key(Side.SELL, "a", "0.05", "", "0", "", null),
                        key(Side.SELL, "a", "0.1", "", "9", "", null),
                        key(Side.SELL, "a", "0.1", "", "10", "", null),
                        key(Side.SELL, "a", "0.1", "", "10", "EEA", null),
                        key(Side.SELL, "a", "0.1", "offpeak", "0", "", null),
                        key(Side.SELL, "a", "0.1", "peak", "0", "", null),
                        key(Side.SELL, "a", "0.1", "peak", "0", "", Jurisdiction.INDETERMINATE),
                        key(Side.SELL, "a", "0.1", "peak", "0", "", Jurisdiction.INTERSTATE),
                        key(Side.SELL, "a", "0.1", "peak", "0", "", Jurisdiction.INTRASTATE),
                        key(Side.SELL, "a", "1.0", "", "0", "", null),
                        key(Side.SELL, "é", "0.1", "", "0", "", null),
                        key(Side.SELL, "\uffee", "0.1", "", "0", "", null),
                        key(Side.SELL, "\ud83d\ude00", "0.1", "", "0", "", null));
        List<TrafficLine> reversed =
                keys.reversed().stream().map(key -> new TrafficLine(key, Traffic.NONE)).toList();
        assertThat(TrafficLine.merged(reversed))
                .extracting(TrafficLine::key)
                .containsExactlyElementsOf(keys);
    }

    private static LineKey key(
            Side side,
            String destination,
            String rate,
            String band,
            String tier,
            String origin,
            @Nullable Jurisdiction jurisdiction) {
        return new LineKey(
                side,
                destination,
                new BigDecimal(rate),
                band,
                new BigDecimal(tier),
                origin,
                jurisdiction);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}, {3} min committed, {4} min counted")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E7.13          | 2024-06-01 | 2024-06-30 | 5000000 | 4200000 | 0.009   | 7200.00
                    E7.14          | 2024-06-01 | 2024-06-30 | 5000000 | 4200000 | 0.00225 | 1800.00
                    E7.16          | 2024-06-16 | 2024-06-30 | 5000000 | 2400000 | 0.009   | 900.00
                    cut at the end | 2024-06-01 | 2024-06-15 | 5000000 | 2400000 | 0.009   | 900.00
                    both ends      | 2024-06-11 | 2024-06-20 |      30 |       0 | 1       | 10.00
                    met            | 2024-06-01 | 2024-06-30 |    1000 |    1000 | 0.009   |
                    exceeded       | 2024-06-01 | 2024-06-30 |    1000 |    2000 | 0.009   |
                    a little short | 2024-06-01 | 2024-06-30 |    1000 |  999.95 | 0.004   | 0.00
                    third of a cent| 2024-06-01 | 2024-06-10 |       1 |       0 | 0.015   | 0.01
                    """)
    void a_commitment_is_due_for_exactly_what_is_missing(
            String id,
            String from,
            String to,
            String committed,
            String counted,
            String rate,
            @Nullable String due) {
        Agreement terms =
                new Terms()
                        .inForce(from, to)
                        .commitment(Side.SELL, committed, "", rate)
                        .agreement();
        PeriodTraffic traffic =
                PeriodTraffic.of(
                        new BillingPeriod(LocalDate.parse(from), LocalDate.parse(to).plusDays(1)),
                        List.of(minutes(Side.SELL, "UK", "0.009", counted)));
        Statement statement = Settler.settle(terms, List.of(traffic)).getFirst();
        assertThat(Lines.brief(statement).stream().filter(line -> line.startsWith("commitment")))
                .as(id)
                .isEqualTo(due == null ? List.of() : List.of("commitment sell  " + due));
    }

    /// A price that the committed volume decides is one rate and a commitment at that rate.
    @ParameterizedTest(name = "{0}: {1} min committed at {2}, {3} min counted")
    @CsvSource({
        "E7.13, 5000000,  0.009, 4200000,  37800.00,  7200.00,  45000.00",
        "E7.18, 5000000,  0.009, 12000000, 108000.00, 0,        108000.00",
        "E7.19, 12000000, 0.007, 8000000,  56000.00,  28000.00, 84000.00",
    })
    void a_price_by_committed_volume_is_a_rate_and_a_commitment(
            String id,
            String committed,
            String rate,
            String counted,
            String usage,
            String shortfall,
            String due) {
        Agreement terms = new Terms().commitment(Side.SELL, committed, "", rate).agreement();
        List<String> expected = new ArrayList<>();
        expected.add("traffic sell UK " + usage);
        if (!shortfall.equals("0")) {
            expected.add("commitment sell  " + shortfall);
        }
        expected.add("total sell " + due);
        assertThat(Lines.brief(Lines.january(terms, minutes(Side.SELL, "UK", rate, counted))))
                .as(id)
                .containsAll(expected)
                .hasSize(expected.size() + 1);
    }

    @Test
    void commitments_count_their_side_and_destination_and_stand_in_order() {
        Agreement terms =
                new Terms()
                        .commitment(Side.SELL, "10", "UK", "1")
                        .commitment(Side.SELL, "10", "", "1")
                        .commitment(Side.BUY, "10", "UK", "1")
                        .billAndKeep()
                        .netting()
                        .agreement();
        Statement statement =
                january(
                        terms,
                        minutes(Side.SELL, "UK", "0.01", "3"),
                        minutes(Side.SELL, "Germany", "0.01", "4"),
                        minutes(Side.BUY, "Germany", "0.01", "50"));
        assertThat(Lines.brief(statement))
                .containsExactly(
                        "traffic buy Germany 0.00",
                        "traffic sell Germany 0.00",
                        "traffic sell UK 0.00",
                        "commitment buy UK 10.00",
                        "commitment sell  3.00",
                        "commitment sell UK 7.00",
                        "total buy 10.00",
                        "total sell 10.00",
                        "net - 0.00");
    }

    @Test
    void a_shortfall_alone_makes_a_statement() {
        Agreement terms = new Terms().commitment(Side.SELL, "10", "UK", "0.1").agreement();
        List<Statement> statements =
                Settler.settle(
                        terms,
                        List.of(
                                month("2024-01", minutes(Side.SELL, "UK", "0.01", "10")),
                                month("2024-02")));
        assertThat(statements.get(1).period().from()).isEqualTo(LocalDate.parse("2024-02-01"));
        assertThat(Lines.brief(statements.get(1)))
                .containsExactly("commitment sell UK 1.00", "total buy 0.00", "total sell 1.00");
    }

    @ParameterizedTest(name = "a {0} agreement in force from {1} to {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    WEEKLY       | 2024-03-06 | 2024-03-12 | 7 | 5.00 2.00
                    HALF_MONTHLY | 2024-02-10 | 2024-02-20 | 1 | 0.40 0.36
                    MONTHLY      | 2024-02-29 | 2024-03-01 | 1 | 0.03 0.03
                    """)
    void commitments_of_cut_periods_are_in_proportion_to_their_days(
            Cycle cycle, String from, String to, String minutes, String dues) {
        Agreement terms =
                new Terms()
                        .cycle(cycle)
                        .inForce(from, to)
                        .commitment(Side.BUY, minutes, "", "1")
                        .agreement();
        List<PeriodTraffic> periods =
                BillingPeriod.of(cycle, terms.from(), terms.to(), LocalDate.parse("2025-01-01"))
                        .stream()
                        .map(period -> PeriodTraffic.of(period, List.of()))
                        .toList();
        assertThat(Settler.settle(terms, periods))
                .extracting(statement -> statement.total(Side.BUY).due().toString())
                .containsExactly(dues.split(" ", -1));
    }

    @ParameterizedTest(name = "{0} over {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0  | 0 0       | 0 0
                    10 | 1 1 1     | 4 3 3
                    2  | 1 1 1     | 1 1 0
                    1  | 1 2 2     | 0 1 0
                    7  | 3 2 2     | 3 2 2
                    5  | 0 1 0     | 0 5 0
                    1  | 3 3 4     | 0 0 1
                    100| 1 1 1 1 1 1 1 | 15 15 14 14 14 14 14
                    """)
    void shares_go_by_the_largest_remainder_ties_to_the_earlier_line(
            long units, String weights, String shares) {
        assertThat(
                        Shares.of(
                                units,
                                Arrays.stream(weights.split(" ", -1))
                                        .map(BigInteger::new)
                                        .toList()))
                .containsExactlyElementsOf(
                        Arrays.stream(shares.split(" ", -1)).map(Long::valueOf).toList());
    }

    @Test
    void a_statement_whose_totals_are_not_its_lines_cannot_be() {
        Agreement terms = new Terms().agreement();
        Currency dollars = Currency.getInstance("USD");
        BillingPeriod period =
                new BillingPeriod(LocalDate.parse("2024-01-01"), LocalDate.parse("2024-02-01"));
        assertThatThrownBy(() ->
                        new Statement(
                                terms,
                                period,
                                List.of(
                                        new StatementLine.Total(
                                                Side.BUY, Traffic.NONE, Money.zero(dollars)),
                                        new StatementLine.Total(
                                                Side.SELL, Traffic.NONE, new Money(1, dollars)))))
                .hasMessageContaining("the sell lines of ACME-2024 from 2024-01-01 come to");
    }
}
