package org.tollkeeper.invoicing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.invoicing.FxTable;
import org.tollkeeper.invoicing.Samples;
import org.tollkeeper.model.DeliveryFinding;
import org.tollkeeper.model.DeliveryFinding.Kind;
import org.tollkeeper.model.FxRate;
import org.tollkeeper.model.QualityTarget;
import org.tollkeeper.model.Side;
import org.tollkeeper.model.SuspenseReason;

class ReportsTest {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency JPY = Currency.getInstance("JPY");
    private static final FxTable FX =
            new FxTable(
                    List.of(
                            new FxRate(day(30), EUR, USD, new BigDecimal("1.1000")),
                            new FxRate(day(20), EUR, USD, new BigDecimal("1.2000"))));

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 1, day);
    }

    private static Flow flow(
            Side side, @Nullable Currency currency, long attempts, long answered, long nanos) {
        return new Flow(
                "BETA",
                side,
                "UK",
                currency,
                attempts,
                answered,
                answered + 1,
                answered * 90_500,
                answered * 91,
                attempts * 1500,
                attempts,
                new BigDecimal("4.1"),
                1,
                BigDecimal.valueOf(nanos));
    }

    @ParameterizedTest(name = "{0} {1} on 2026-01-{3} is {4} {2}")
    @CsvSource({
        "11000, EUR, USD, 31, 12100",
        "11000, EUR, USD, 29, 13200",
        "11000, USD, EUR, 31, 10000",
        "11000, USD, USD, 1,  11000",
        "11000, EUR, USD, 19, ",
        "11000, JPY, USD, 31, ",
    })
    void the_newest_rate_on_or_before_the_day_holds(
            BigDecimal amount, String from, String to, int day, @Nullable BigDecimal expected) {
        BigDecimal converted =
                FX.convert(amount, Currency.getInstance(from), Currency.getInstance(to), day(day));
        if (expected == null) {
            assertThat(converted).isNull();
        } else {
            assertThat(converted).isEqualByComparingTo(expected);
        }
    }

    @Test
    void margins_are_converted_at_the_rate_of_the_day_and_say_which_rate_is_missing() {
        MarginReport margin = new MarginReport(USD, FX);
        margin.add(earning("ACME", "UK", 30, EUR, 100_000_000_000L, USD, 88_000_000_000L));
        margin.add(earning("ACME", "UK", 21, EUR, 100_000_000_000L, null, 0));
        margin.add(earning("ACME", "Japan", 30, JPY, 100_000_000_000L, USD, 1_000_000_000L));
        margin.add(earning("", "UK", 30, null, 0, USD, 1_005_000_000L));
        assertThat(margin.report().csv().toString())
                .isEqualTo(
                        """
                        ingress_carrier,destination,calls,sell_amount,buy_amount,margin,margin_percent,currency,note
                        ,UK,1,0.00,1.01,-1.01,,USD,
                        ACME,Japan,1,,,,,USD,no rate JPY to USD on or before 2026-01-30
                        ACME,UK,2,230.00,88.00,142.00,61.74,USD,
                        """);
    }

    private static Earning earning(
            String carrier,
            String destination,
            int day,
            @Nullable Currency sell,
            long sellNanos,
            @Nullable Currency buy,
            long buyNanos) {
        return new Earning(
                carrier,
                destination,
                day(day),
                1,
                sell,
                BigDecimal.valueOf(sellNanos),
                buy,
                BigDecimal.valueOf(buyNanos));
    }

    @Test
    void traffic_has_its_ratios_and_its_money() {
        List<Flow> flows =
                List.of(flow(Side.SELL, EUR, 3, 2, 1_234_500_000L), flow(Side.BUY, null, 4, 0, 0));
        assertThat(TrafficReport.of(flows).csv().toString())
                .isEqualTo(
                        """
                        carrier,side,destination,attempts,answered,asr_percent,acd_seconds,minutes,billed_seconds,amount,currency
                        BETA,buy,UK,4,0,0.00,,0.00,0,,
                        BETA,sell,UK,3,2,66.67,90.50,3.02,182,1.23,EUR
                        """);
    }

    @Test
    void quality_names_the_targets_missed() {
        QualityTarget target =
                new QualityTarget(
                        "UK",
                        new BigDecimal("66.68"),
                        new BigDecimal("4.1"),
                        new BigDecimal("90.51"),
                        new BigDecimal("1499"));
        List<Flow> flows = List.of(flow(Side.BUY, EUR, 3, 2, 1), flow(Side.SELL, EUR, 9, 9, 1));
        assertThat(QualityReport.of(flows, List.of(target)).csv().toString())
                .isEqualTo(
                        """
                        destination,egress_carrier,attempts,answered,asr_percent,ner_percent,acd_seconds,pdd_ms,mos,missed
                        UK,BETA,3,2,66.67,100.00,90.50,1500.00,4.10,asr acd pdd
                        """);
        assertThat(QualityReport.of(flows, List.of()).csv().toString()).endsWith("4.10,\n");
    }

    @Test
    void suspense_is_ordered_by_reason_and_estimated_where_it_can_be() {
        List<Held> held =
                List.of(
                        new Held(
                                SuspenseReason.NO_RATE,
                                "fra1",
                                "BETA",
                                "sell",
                                "",
                                2,
                                61_500,
                                Samples.money("0.12", "EUR")),
                        new Held(SuspenseReason.MALFORMED, "fra1", "", "", "t,1", 1, 0, null));
        assertThat(SuspenseReport.of(held).csv().toString())
                .isEqualTo(
                        """
                        stage,reason,switch,carrier,side,trunk,records,seconds,estimate,currency
                        mediation,MALFORMED,fra1,,,"t,1",1,0.000,,
                        rating,NO_RATE,fra1,BETA,sell,,2,61.500,0.12,EUR
                        """);
    }

    @Test
    void a_joint_tells_what_it_lost() {
        Joint joint =
                new Joint(
                        "records",
                        Joint.Item.count("read", 10),
                        List.of(Joint.Item.count("calls", 7), Joint.Item.count("filtered", 2)));
        assertThat(joint.isBalanced()).isFalse();
        assertThat(ReconciliationReport.of(List.of(joint)).csv().toString())
                .endsWith("records,unexplained,1,0,0,\n");
    }

    @Test
    void a_finding_about_deliveries_says_what_was_expected_and_what_came() {
        List<DeliveryFinding> findings =
                List.of(
                        new DeliveryFinding("lon1", Kind.SEQUENCE_GAP, "41", "43", 3, 0, ""),
                        new DeliveryFinding(
                                "lon1", Kind.SEQUENCE_OVERLAP, "7", "7", 1, 2, "a_7.csv b_7.csv"),
                        new DeliveryFinding(
                                "lon1",
                                Kind.LOW_VOLUME,
                                "2024-06-05T13:00:00Z",
                                "2024-06-05T17:00:00Z",
                                4_300,
                                120,
                                ""));
        Report report = CompletenessReport.of(findings);
        assertThat(report.csv().toString())
                .isEqualTo(
                        """
                        switch,finding,from,to,expected,came,detail
                        lon1,sequence-gap,41,43,3,0,
                        lon1,sequence-overlap,7,7,1,2,a_7.csv b_7.csv
                        lon1,low-volume,2024-06-05T13:00:00Z,2024-06-05T17:00:00Z,4300,120,
                        """);
        assertThat(report.table().rows())
                .containsExactly(
                        List.of("lon1, numbers that never came", "41 to 43", "3", "0"),
                        List.of(
                                "lon1, one number, several contents\na_7.csv\nb_7.csv",
                                "7",
                                "1",
                                "2"),
                        List.of(
                                "lon1, few calls",
                                "2024-06-05T13:00:00Z to 2024-06-05T17:00:00Z",
                                "4,300",
                                "120"));
    }
}
