package org.tollkeeper.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tollkeeper.settlement.Lines.charged;
import static org.tollkeeper.settlement.Lines.january;
import static org.tollkeeper.settlement.Lines.minutes;
import static org.tollkeeper.settlement.Lines.month;
import static org.tollkeeper.settlement.Lines.seconds;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Agreement;
import org.tollkeeper.model.Excess;
import org.tollkeeper.model.Measure;
import org.tollkeeper.model.Side;

class ImbalanceTest {

    private static final String WE_SEND = "UK";
    private static final String THEY_SEND = "Germany";

    @ParameterizedTest(name = "{0}: {1} min out, {2} min in: we owe {3}, they owe {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E14.1 | 1,300,000 | 1,000,000 |  500.00 |    0.00
                    E14.2 | 1,200,000 | 1,000,000 |    0.00 |    0.00
                    E14.3 | 1,200,001 | 1,000,000 |    0.01 |    0.00
                    E14.4 | 1,000,000 | 1,000,000 |    0.00 |    0.00
                    E14.5 |   800,000 | 1,000,000 |    0.00 |  160.00
                    E14.6 | 1,000,000 | 1,500,000 |    0.00 | 1200.00
                    E14.7 |   500,000 |         0 | 2500.00 |    0.00
                    """)
    void the_heavier_sender_pays_what_exceeds_the_ratio_at_the_blended_price(
            String id, String out, String in, String weOwe, String theyOwe) {
        Statement statement =
                january(
                        new Terms().imbalance("1.2").agreement(),
                        minutes(Side.BUY, WE_SEND, "0.0050", out),
                        minutes(Side.SELL, THEY_SEND, "0.0040", in));
        assertThat(statement.total(Side.BUY).due()).as(id).hasToString(weOwe);
        assertThat(statement.total(Side.SELL).due()).as(id).hasToString(theyOwe);
    }

    @Test
    void without_traffic_there_is_no_statement() {
        assertThat(
                        Settler.settle(
                                new Terms().imbalance("1.2").agreement(),
                                List.of(month("2024-01"))))
                .as("E14.8")
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E14.9  | sender keeps all       | 6500.00 | 4000.00 | net buy 2500.00
                    E14.10 | bill and keep          |    0.00 |    0.00 | net - 0.00
                    E14.11 | over ratio             |  500.00 |    0.00 | net buy 500.00
                    E14.12 | over balance           | 1500.00 |    0.00 | net buy 1500.00
                    E14.13 | all traffic            | 6500.00 | 4000.00 | net buy 2500.00
                    E14.14 | fixed 0.003            |  300.00 |    0.00 | net buy 300.00
                    E14.15 | at least 2,000,000 min |    0.00 |    0.00 | net - 0.00
                    """)
    void the_same_traffic_under_every_model(
            String id, String model, String weOwe, String theyOwe, String net) {
        Statement statement =
                january(
                        terms(model).netting().agreement(),
                        minutes(Side.BUY, WE_SEND, "0.0050", "1,300,000"),
                        minutes(Side.SELL, THEY_SEND, "0.0040", "1,000,000"));
        assertThat(Lines.brief(statement))
                .as(id)
                .containsExactly(
                        "traffic buy UK " + weOwe,
                        "traffic sell Germany " + theyOwe,
                        "total buy " + weOwe,
                        "total sell " + theyOwe,
                        net);
        assertThat(statement.total(Side.BUY).traffic().charges()).isEqualByComparingTo("6500");
        assertThat(statement.total(Side.SELL).traffic().charges()).isEqualByComparingTo("4000");
    }

    private static Terms terms(String model) {
        return switch (model) {
            case "sender keeps all" -> new Terms();
            case "bill and keep" -> new Terms().billAndKeep();
            case "over ratio" -> new Terms().imbalance("1.2");
            case "over balance" -> new Terms().excess(Excess.OVER_BALANCE).imbalance("1.2");
            case "all traffic" -> new Terms().excess(Excess.ALL_TRAFFIC).imbalance("1.2");
            case "fixed 0.003" -> new Terms().fixedPrice("0.003").imbalance("1.2");
            case "at least 2,000,000 min" -> new Terms().minimumMinutes("2000000").imbalance("1.2");
            default -> throw new IllegalArgumentException(model);
        };
    }

    @Test
    void the_excess_is_spread_over_the_destinations_so_that_lines_add_up() {
        Statement statement =
                january(
                        new Terms().imbalance("1.2").agreement(),
                        minutes(Side.BUY, "India Mobile", "0.0080", "700,000"),
                        minutes(Side.BUY, "UK Landline", "0.0035", "500,000"),
                        minutes(Side.BUY, "Australia Mobile", "0.0150", "150,000"),
                        minutes(Side.SELL, THEY_SEND, "0.0040", "900,000"));
        assertThat(statement.total(Side.BUY).traffic().charges())
                .as("E14.16")
                .isEqualByComparingTo("9600.00");
        assertThat(Lines.brief(statement))
                .as("E14.17 to E14.22")
                .containsExactly(
                        "traffic buy Australia Mobile 450.00",
                        "traffic buy India Mobile 1120.00",
                        "traffic buy UK Landline 350.00",
                        "traffic sell Germany 0.00",
                        "total buy 1920.00",
                        "total sell 0.00");
    }

    @ParameterizedTest(name = "{0}: r = {1}, {2} s out, {3} s in: {4}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E14.23 | 1.5 |       900 |      600 | -   |    0
                    E14.23 | 1.5 |       901 |      600 | BUY |    1
                    E14.25 | 1.2 | 78000301  | 65000000 | BUY |  301
                    seconds| 1.2 |         1 |        7 | SELL|  5.8
                    one    | 1   |         5 |        5 | -   |    0
                    """)
    void the_ratio_is_exact_and_seconds_are_not_rounded_to_minutes(
            String id, String ratio, long out, long in, String heavier, String excess) {
        Balance balance = new Balance(in, out);
        Side side = balance.exceeding(new BigDecimal(ratio));
        assertThat(side == null ? "-" : side.name()).as(id).isEqualTo(heavier);
        if (side != null) {
            assertThat(
                            balance.chargedSeconds(
                                    side,
                                    side,
                                    (org.tollkeeper.model.Settlement.Imbalance)
                                            new Terms().imbalance(ratio).agreement().settlement()))
                    .as(id)
                    .isEqualByComparingTo(excess);
        }
    }

    @Test
    void an_excess_of_301_seconds_at_a_fixed_price_is_rounded_once() {
        Statement statement =
                january(
                        new Terms().fixedPrice("0.005").imbalance("1.2").agreement(),
                        seconds(Side.BUY, WE_SEND, "0.006", 78_000_301),
                        seconds(Side.SELL, THEY_SEND, "0.006", 65_000_000));
        // 301 s x 0.005 / 60 = 0.02508...
        assertThat(statement.total(Side.BUY).due()).as("E14.25").hasToString("0.03");
    }

    @Test
    void traffic_in_dispute_that_is_not_charged_counts_on_neither_side() {
        Agreement terms = new Terms().imbalance("1.2").agreement();
        assertThat(
                        january(
                                        terms,
                                        minutes(Side.BUY, WE_SEND, "0.0050", "1,150,000"),
                                        minutes(Side.SELL, THEY_SEND, "0.0040", "1,000,000"))
                                .total(Side.BUY)
                                .due())
                .as("E14.27")
                .hasToString("0.00");
    }

    @ParameterizedTest(name = "{0}: {2} with n = {1}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    E14.28           | 3 | 1.3 1.1 1.4         | 0 0 0
                    E14.29           | 3 | 1.3 1.25 1.4        | 0 0 2000
                    stays due        | 2 | 1.3 1.3 1.3         | 0 1000 1000
                    other side       | 2 | 1.3 -1.3 -1.3 1.3   | 0 0 1000 0
                    break            | 2 | 1.3 0 1.3 1.3       | 0 0 1000
                    exactly the ratio| 2 | 1.3 1.2 1.3 1.3     | 0 0 0 1000
                    """)
    void consecutive_periods_are_due_from_the_nth_running_on(
            String id, int periods, String ratios, String due) {
        List<PeriodTraffic> months = new ArrayList<>();
        int month = 1;
        for (String ratio : ratios.split(" ", -1)) {
            months.add(month("2024-%02d".formatted(month++), ofRatio(ratio)));
        }
        Agreement terms =
                new Terms().consecutivePeriods(periods).imbalance("1.2").netting().agreement();
        assertThat(
                        Settler.settle(terms, months).stream()
                                .map(statement -> statement.lines().getLast().due().amount())
                                .map(amount -> amount.stripTrailingZeros().toPlainString()))
                .as(id)
                .containsExactly(due.split(" ", -1));
    }

    /// 1,000,000 minutes one way and `ratio` times as many the other, at 0.01; 0 = none.
    private static TrafficLine[] ofRatio(String ratio) {
        BigDecimal signed = new BigDecimal(ratio);
        if (signed.signum() == 0) {
            return new TrafficLine[0];
        }
        Side heavier = signed.signum() > 0 ? Side.SELL : Side.BUY;
        Side lighter = heavier == Side.SELL ? Side.BUY : Side.SELL;
        String minutes = signed.abs().multiply(new BigDecimal(1_000_000)).toPlainString();
        return new TrafficLine[] {
            minutes(heavier, "X", "0.01", minutes), minutes(lighter, "Y", "0.01", "1000000")
        };
    }

    @Test
    void periods_below_the_minimum_count_for_the_run_but_owe_nothing() {
        Agreement terms =
                new Terms()
                        .consecutivePeriods(2)
                        .minimumMinutes("100")
                        .imbalance("1.2")
                        .agreement();
        List<Statement> statements =
                Settler.settle(
                        terms,
                        List.of(
                                month("2024-01", minutes(Side.SELL, "X", "1", "99")),
                                month("2024-02", minutes(Side.SELL, "X", "1", "100"))));
        assertThat(statements)
                .extracting(statement -> statement.total(Side.SELL).due().toString())
                .containsExactly("0.00", "100.00");
    }

    @Test
    void actual_seconds_decide_where_the_agreement_measures_them() {
        TrafficLine out = charged(Side.BUY, WE_SEND, 100, 900, "9.00");
        TrafficLine in = charged(Side.SELL, THEY_SEND, 200, 600, "4.00");
        // Billed: 900 to 600, half over balance of 600 x 1: 300/900 of 9.00.
        assertThat(january(new Terms().imbalance("1").agreement(), out, in).total(Side.BUY).due())
                .hasToString("3.00");
        // Actual: 200 to 100 the other way: 100/200 of 4.00.
        assertThat(
                        january(
                                        new Terms()
                                                .measure(Measure.ACTUAL)
                                                .imbalance("1")
                                                .agreement(),
                                        out,
                                        in)
                                .total(Side.SELL)
                                .due())
                .hasToString("2.00");
    }

    @Test
    void all_traffic_at_a_fixed_price_charges_both_sides_by_volume() {
        Statement statement =
                january(
                        new Terms()
                                .excess(Excess.ALL_TRAFFIC)
                                .fixedPrice("0.10")
                                .imbalance("1.5")
                                .netting()
                                .agreement(),
                        minutes(Side.BUY, "A", "0.01", "10"),
                        minutes(Side.BUY, "B", "9.99", "20"),
                        minutes(Side.SELL, "C", "0.01", "10"));
        assertThat(Lines.brief(statement))
                .containsExactly(
                        "traffic buy A 1.00",
                        "traffic buy B 2.00",
                        "traffic sell C 1.00",
                        "total buy 3.00",
                        "total sell 1.00",
                        "net buy 2.00");
    }
}
