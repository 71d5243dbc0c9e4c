package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// The worked examples of the trade's rules that rating decides, each under its own id. The table
/// `worked-examples.csv` names all of them, those that other stages decide as well, and says of
/// each that no agreement can express what it is.
class WorkedExamplesTest {

    private static final String UK =
            """
            agreement A sell=S
            deck S
            row S,44,UK,0.0041,,,,2026-01-01
            row S,447,UK Mobile,0.0125,,,,2026-01-01
            row S,44740,Special,0.0900,,,,2026-01-01,2026-09-01
            row S,447,UK Mobile,0.0139,,,,2026-10-01
            row S,447624,Isle of Man,,,,,2026-06-01,,,,,,blocked
            row S,4420,London,0.0035,,,,2026-01-01,2026-07-01
            """;

    @ParameterizedTest(name = "{0}: {1} at {2} is {3}")
    @CsvSource({
        "E2.1,  442079460000, 2026-05-01T10:00:00Z,     4420 0.0035",
        "E2.2,  442079460000, 2026-07-01T00:00:00Z,     44 0.0041",
        "E2.3,  447400123456, 2026-08-31T23:59:59Z,     44740 0.0900",
        "E2.4,  447400123456, 2026-09-01T00:00:00Z,     447 0.0125",
        "E2.5,  447911123456, 2026-09-30T23:59:59.999Z, 447 0.0125",
        "E2.6,  447911123456, 2026-10-01T00:00:00Z,     447 0.0139",
        "E2.7,  447624123456, 2026-06-01T00:00:00Z,     BLOCKED",
        "E2.8,  447624123456, 2026-05-31T23:59:59Z,     447 0.0125",
        "E2.9,  35312345678,  2026-05-01T10:00:00Z,     NO_RATE",
        "E2.10, 44,           2026-05-01T10:00:00Z,     44 0.0041",
    })
    void first_the_validity_then_the_longest_code(
            String id, String number, String instant, String priced) {
        assertThat(Asked.about(UK).to(number).at(instant).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}: {2} in {1}")
    @CsvSource({
        "E2.11, UTC,             2026-01-05T00:00:00Z, 0.012",
        "E2.12, America/Chicago, 2026-01-05T00:30:00Z, 0.010",
        "E2.13, America/Chicago, 2026-01-05T06:00:00Z, 0.012",
        "E2.14, Asia/Kolkata,    2026-01-04T18:30:00Z, 0.012",
    })
    void a_bare_date_begins_at_midnight_in_the_agreements_zone(
            String id, String zone, String instant, String rate) {
        Asked asked =
                Asked.about(
                        """
                        agreement A zone=%s sell=S
                        deck S
                        row S,1,USA,0.010,,,,,2026-01-05
                        row S,1,USA,0.012,,,,2026-01-05
                        """
                                .formatted(zone));
        assertThat(asked.to("13035550100").at(instant).priced()).isEqualTo("1 " + rate);
    }

    @ParameterizedTest(name = "{0}: {1} ms {2}")
    @CsvSource({
        "E3.1,  59001, up,      60, 0.06",
        "E3.2,  59001, half-up, 59, 0.059",
        "E3.3,  59001, down,    59, 0.059",
        "E3.4,  59500, half-up, 60, 0.06",
        "E3.5,  59499, half-up, 59, 0.059",
        "E3.6,  60000, up,      60, 0.06",
        "E3.7,  400,   half-up, 0,  0",
        "E3.8,  400,   up,      1,  0.001",
        "E3.9,  0,     up,      0,  0",
        "E3.10, 999,   down,    0,  0",
    })
    void milliseconds_become_whole_seconds_once(
            String id, long ms, String rounding, int seconds, BigDecimal cost) {
        Charge charge =
                Asked.about(
                                """
                                agreement A duration=%s sell=S
                                deck S
                                row S,44,UK,0.06
                                """
                                        .formatted(rounding))
                        .lasting(ms)
                        .charge();
        assertThat(charge.actualSeconds()).isEqualTo(seconds);
        assertThat(charge.billedSeconds()).isEqualTo(seconds);
        assertThat(charge.amount()).isEqualByComparingTo(cost);
    }

    @ParameterizedTest(name = "{0}: {2}/{3} setup {1} for {4} s")
    @CsvSource({
        "E4.1,  0, 60, 60, 1,   60,  0.06",
        "E4.2,  0, 60, 60, 60,  60,  0.06",
        "E4.3,  0, 60, 60, 61,  120, 0.12",
        "E4.4,  0, 60, 60, 120, 120, 0.12",
        "E4.5,  0, 30, 6,  1,   30,  0.03",
        "E4.6,  0, 30, 6,  30,  30,  0.03",
        "E4.7,  0, 30, 6,  31,  36,  0.036",
        "E4.8,  0, 30, 6,  36,  36,  0.036",
        "E4.9,  0, 30, 6,  37,  42,  0.042",
        "E4.10, 0, 6,  6,  1,   6,   0.006",
        "E4.11, 0, 6,  6,  6,   6,   0.006",
        "E4.12, 0, 6,  6,  7,   12,  0.012",
        "E4.13, 0, 6,  6,  65,  66,  0.066",
        "E4.14, 0, 1,  1,  1,   1,   0.001",
        "E4.15, 0, 1,  1,  59,  59,  0.059",
        "E4.16, 0, 60, 1,  1,   60,  0.06",
        "E4.17, 0, 60, 1,  61,  61,  0.061",
        "E4.18, 0, 60, 11, 560, 566, 0.566",
        "E4.19, 0, 12, 13, 560, 571, 0.571",
        "E4.20, 0, 90, 60, 121, 150, 0.15",
        "E4.21, 0, 90, 60, 151, 210, 0.21",
        "E4.24, 0.01, 30, 6, 31, 36, 0.046",
        "E4.25, 0.01, 30, 6, 0,  0,  0",
    })
    void a_first_block_then_increments_and_a_setup_fee(
            String id,
            String setup,
            int minimum,
            int increment,
            long seconds,
            int billed,
            BigDecimal cost) {
        Charge charge =
                Asked.about(
                                """
                                agreement A sell=S
                                deck S
                                row S,44,UK,0.0600,%s,%d,%d
                                """
                                        .formatted(setup, minimum, increment))
                        .lasting(seconds * 1000)
                        .charge();
        assertThat(charge.billedSeconds()).isEqualTo(billed);
        assertThat(charge.amount()).isEqualByComparingTo(cost);
    }

    /// A dearer first block is a setup fee: what it costs more than the blocks after it. A
    /// surcharge on each billed minute is part of the rate.
    @ParameterizedTest(name = "{0}: {1} and {2} first, then {3}, blocks {4}/{5}, {6} s")
    @CsvSource({
        "E4.26, 0.20, 0.10, 0.05, 60, 1,  90,   90,   0.325",
        "E5.1,  0.4,  0.2,  0.1,  60, 1,  3600, 3600, 6.5",
        "E4.34, 0,    0.08, 0.08, 60, 60, 61,   120,  0.16",
    })
    void a_price_of_its_own_for_the_first_block(
            String id,
            BigDecimal connect,
            BigDecimal first,
            BigDecimal next,
            int minimum,
            int increment,
            long seconds,
            int billed,
            BigDecimal cost) {
        BigDecimal setup = setup(connect, first, next, minimum);
        Charge charge =
                Asked.about(
                                """
                                agreement A sell=S
                                deck S
                                row S,44,UK,%s,%s,%d,%d
                                """
                                        .formatted(next, setup, minimum, increment))
                        .lasting(seconds * 1000)
                        .charge();
        assertThat(charge.billedSeconds()).isEqualTo(billed);
        assertThat(charge.amount()).isEqualByComparingTo(cost);
    }

    private static BigDecimal setup(
            BigDecimal connect, BigDecimal first, BigDecimal next, int minimumSeconds) {
        return connect.add(
                first.subtract(next)
                        .multiply(BigDecimal.valueOf(minimumSeconds))
                        .divide(BigDecimal.valueOf(60)));
    }

    @ParameterizedTest(name = "{0}: {1} s at {2}, {3} decimals {4}")
    @CsvSource({
        "E5.2,  60, 0.02,   6, half-up, 0.020000",
        "E5.3,  60, 0.01,   6, half-up, 0.010000",
        "E5.4,  37, 0.0041, 6, half-up, 0.002528",
        "E5.5,  37, 0.0041, 4, half-up, 0.0025",
        "E5.6,  37, 0.0041, 4, up,      0.0026",
        "E19.3, 61, 0.0060, 6, half-up, 0.006100",
    })
    void the_amount_is_exact_and_rounded_once(
            String id, long seconds, String rate, int decimals, String rounding, String amount) {
        assertThat(rounded(rate, "", decimals, rounding).lasting(seconds * 1000).charge().amount())
                .isEqualTo(new BigDecimal(amount));
    }

    @ParameterizedTest(name = "{0}: a million calls of 37 s at 0.0041, {1} decimals")
    @CsvSource({"E5.7, 6, 2528.00", "E5.8, 4, 2500.00"})
    void a_line_is_the_sum_of_rounded_calls(String id, int decimals, BigDecimal line) {
        BigDecimal call =
                rounded("0.0041", "", decimals, "half-up").lasting(37_000).charge().amount();
        assertThat(call.multiply(BigDecimal.valueOf(1_000_000))).isEqualByComparingTo(line);
    }

    @ParameterizedTest(name = "{0}: {1} {3} to {2} decimals")
    @CsvSource({
        "E5.9,  0.125,   2, half-up,   0.13",
        "E5.10, 0.125,   2, half-even, 0.12",
        "E5.11, 0.135,   2, half-even, 0.14",
        "E5.16, 1.23456, 3, half-up,   1.235",
    })
    void roundings(String id, String exact, int decimals, String rounding, String amount) {
        assertThat(rounded("0", exact, decimals, rounding).charge().amount())
                .isEqualTo(new BigDecimal(amount));
    }

    private static Asked rounded(String rate, String setup, int decimals, String rounding) {
        return Asked.about(
                """
                agreement A decimals=%d rounding=%s sell=S
                deck S
                row S,44,UK,%s,%s
                """
                        .formatted(decimals, rounding, rate, setup));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "E6.1, by-start,      4,   night@0 62/120 4.000000",
        "E6.2, split-carry,   2.5, night@0 60/60 2.000000 + day@0 2/30 0.500000",
        "E6.3, split-rounded, 3.5, night@0 1/60 2.000000 + day@0 61/90 1.500000",
    })
    void a_call_over_the_end_of_a_band(String id, String policy, BigDecimal cost, String parts) {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=%s sell=S
                        deck S band=night:mon-sun:00:00-08:00 band=day:mon-sun:08:00-24:00
                        row S,44,UK,2.00,,60,60,,,night
                        row S,44,UK,1.00,,30,30,,,day
                        """
                                .formatted(policy));
        asked = asked.at("2026-05-01T07:59:59Z").lasting(62_000);
        assertThat(asked.parts()).isEqualTo(parts);
        assertThat(asked.charge().amount()).isEqualByComparingTo(cost);
    }

    @ParameterizedTest(name = "{0}: {2} s from {1}")
    @CsvSource({
        "E6.4, 2012-02-02T17:30:00Z, 3600, 2701",
        "E6.5, 2012-02-02T17:59:00Z, 120,  91",
        "E6.6, 2012-02-02T18:00:00Z, 60,   30",
        "E6.7, 2012-02-07T23:50:00Z, 2400, 2100",
    })
    void bands_by_the_second(String id, String instant, long seconds, BigDecimal cost) {
        for (String policy : new String[] {"split-carry", "split-rounded"}) {
            Asked asked =
                    Asked.about(
                            """
                            agreement A bands=%s sell=S
                            deck S band=day:mon-fri:00:00-18:00
                            row S,44,UK,60,1,,,,,day
                            row S,44,UK,30,,,,,,offpeak
                            """
                                    .formatted(policy));
            assertThat(asked.at(instant).lasting(seconds * 1000).charge().amount())
                    .isEqualByComparingTo(cost);
        }
    }

    @ParameterizedTest(name = "{0}: {1}, {2} ms")
    @CsvSource({
        "E6.8,  2026-03-29T00:59:00Z,     120000, off 120",
        "E6.9,  2026-10-25T00:59:30Z,     60000,  off 60",
        "E6.10, 2026-06-01T05:59:59.999Z, 1000,   off 1",
        "E6.11, 2026-06-01T06:00:00Z,     1000,   peak 1",
    })
    void the_wall_clock_tells_the_band_and_not_the_duration(
            String id, String instant, long ms, String bandAndSeconds) {
        Charge charge =
                Asked.about(
                                """
                                agreement A zone=Europe/Berlin sell=S
                                deck S band=off:mon-sun:22:00-24:00 band=off:mon-sun:00:00-08:00 \
                                band=peak:mon-sun:08:00-22:00
                                row S,44,UK,2.00,,,,,,off
                                row S,44,UK,1.00,,,,,,peak
                                """)
                        .at(instant)
                        .lasting(ms)
                        .charge();
        assertThat(charge.firstRow().band() + " " + charge.billedSeconds())
                .isEqualTo(bandAndSeconds);
    }

    @ParameterizedTest(name = "{0}: {1} minutes")
    @CsvSource({
        "E7.1,  0,        0,          0",
        "E7.2,  500000,   4500,       4500",
        "E7.3,  1000000,  9000,       9000",
        "E7.4,  5000000,  45000,      45000",
        "E7.5,  7500000,  67500,      67500",
        "E7.6,  10000000, 90000,      90000",
        "E7.7,  10000001, 90000.007,  70000.007",
        "E7.8,  12000000, 104000,     84000",
        "E7.9,  12857143, 110000.001, 90000.001",
        "E7.10, 20000000, 160000,     140000",
    })
    void tiers_price_each_minute_or_all(
            String id, long minutes, BigDecimal graduated, BigDecimal allUnits) {
        String tiers =
                """
                agreement A tiers=%s sell=S
                deck S
                row S,91,India Mobile,0.009
                row S,91,India Mobile,0.007,,,,,,,10000000
                """;
        Asked one = Asked.about(tiers.formatted("graduated")).to("919812345678");
        Asked other = Asked.about(tiers.formatted("all-units")).to("919812345678");
        assertThat(one.lasting(minutes * 60_000).charge().amount()).isEqualByComparingTo(graduated);
        assertThat(other.lasting(minutes * 60_000).after(minutes * 60).charge().amount())
                .isEqualByComparingTo(allUnits);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"E7.11, graduated, 0, 115.5", "E7.12, all-units, 6660, 55.5"})
    void three_tiers(String id, String mode, long volume, BigDecimal amount) {
        Asked asked =
                Asked.about(
                        """
                        agreement A tiers=%s sell=S
                        deck S
                        row S,91,India,1.5
                        row S,91,India,1.0,,,,,,,10
                        row S,91,India,0.5,,,,,,,110
                        """
                                .formatted(mode));
        assertThat(asked.to("91").lasting(111 * 60_000L).after(volume).charge().amount())
                .isEqualByComparingTo(amount);
    }

    @ParameterizedTest(name = "{0}: {2} minutes after {1}")
    @CsvSource({
        "E7.17, 9990000, 30000, 230, "
                + "all@0 600000/600000 90.000000 + all@10000000 1200000/1200000 140.000000",
    })
    void late_minutes_run_over_the_bound_of_their_own_month(
            String id, long before, long late, BigDecimal amount, String parts) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,91,India Mobile,0.009
                        row S,91,India Mobile,0.007,,,,,,,10000000
                        """);
        asked = asked.to("91").lasting(late * 60_000).after(before * 60);
        assertThat(asked.parts()).isEqualTo(parts);
        assertThat(asked.charge().amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({
        "E9.1, 4930123456,   4312345678,  43 0.016",
        "E9.2, 919812345678, 4312345678,  43 0.155",
        "E9.3, 13035550100,  43664123456, 43664 0.240",
        "E9.4, 4930123456,   43664123456, 43664 0.045",
        "E9.5, '',           43664123456, 43664 0.240",
        "E9.6, anonymous,    4312345678,  43 0.155",
        "E9.7, 49,           4312345678,  43 0.155",
    })
    void first_the_destination_then_the_origin(
            String id, String calling, String called, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,43,Austria,0.155
                        row S,43,Austria,0.016,,,,,,,,NEAR
                        row S,43664,Austria Mobile,0.240
                        row S,43664,Austria Mobile,0.045,,,,,,,,EEA
                        origin NEAR 30 31 32 33 34 43 44 49 1
                        origin EEA 30 31 32 33 34 43 44 49
                        """);
        assertThat(asked.from(calling).to(called).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}, routed {3}")
    @CsvSource({
        "E10.1, 12012000001,  12125550001, '',          1212555 0.0018",
        "E10.2, 13155550001,  12125550001, '',          1212555 0.0123",
        "E10.3, 441782000000, 12125550001, '',          1212555 0.0123",
        "E10.4, '',           12125550001, '',          1212555 0.0123",
        "E10.5, 12012000001,  12245550001, 12125550000, 1212555 0.0018",
        "E10.6, 12012000001,  12125550001, 12012000000, 1201200 0.0200",
    })
    void states_of_both_numbers_tell_the_jurisdiction(
            String id, String calling, String called, String routing, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A routingNumber=true sell=S
                        deck S
                        row S,1212555,NY,0.0018,,,,,,,,,interstate
                        row S,1212555,NY,0.0123,,,,,,,,,intrastate
                        row S,1212555,NY,0.0123,,,,,,,,,indeterminate
                        row S,1201200,NJ,0.0010,,,,,,,,,interstate
                        row S,1201200,NJ,0.0200,,,,,,,,,intrastate
                        nanp 212555 NY
                        nanp 315555 NY
                        nanp 201200 NJ
                        nanp 224555 IL
                        """);
        assertThat(asked.from(calling).to(called).routedTo(routing).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}: what a prefix left, {1}, is {2}")
    @CsvSource({"E11.5, 5551234, NO_RATE"})
    void a_number_left_over_from_a_prefix_has_no_rate_in_a_uk_deck(
            String id, String number, String priced) {
        assertThat(Asked.about(UK).to(number).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}: {1} minutes at {2}")
    @CsvSource({
        "E19.1 transit, 5000000, 0.0080, 40000",
        "E19.1 peering, 5000000, 0.0050, 25000",
        "E19.2 transit, 100000,  0.0120, 1200",
        "E19.2 peering, 100000,  0.0085, 850",
        "E19.6 in,      1000000, 0.004,  4000",
        "E19.6 out,     500000,  0.006,  3000",
    })
    void whole_months(String id, long minutes, String rate, BigDecimal amount) {
        assertThat(rounded(rate, "", 6, "half-up").lasting(minutes * 60_000).charge().amount())
                .isEqualByComparingTo(amount);
    }

    @Test
    void e19_4_the_second_minute_is_begun() {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,44,UK,0.0035,,60,60
                        """);
        assertThat(asked.lasting(61_000).charge().amount()).isEqualTo("0.007000");
    }

    /// Calls of other engines' public tests. The table says which ones no agreement can express;
    /// they are not asked.
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "rating-cases.csv", numLinesToSkip = 1)
    void calls_of_other_engines(
            String id,
            BigDecimal firstRate,
            BigDecimal nextRate,
            BigDecimal connect,
            int minimum,
            int increment,
            int freeSeconds,
            String rounding,
            @Nullable Integer decimals,
            BigDecimal seconds,
            int billed,
            String cost,
            @Nullable String notSayable) {
        if (notSayable != null) {
            String reason =
                    freeSeconds > 0
                            ? "free seconds"
                            : decimals != null && decimals < 2 ? "fewer than 2 decimals" : "none";
            assertThat(notSayable).isEqualTo(reason);
            return;
        }
        Charge charge =
                Asked.about(
                                """
                                agreement A decimals=%s rounding=%s sell=S
                                deck S
                                row S,44,UK,%s,%s,%d,%d
                                """
                                        .formatted(
                                                decimals == null ? 9 : decimals,
                                                decimals == null
                                                        ? "half-up"
                                                        : rounding.replace('_', '-'),
                                                nextRate,
                                                setup(connect, firstRate, nextRate, minimum),
                                                minimum,
                                                increment))
                        .lasting(seconds.movePointRight(3).longValueExact())
                        .charge();
        assertThat(charge.billedSeconds()).isEqualTo(billed);
        BigDecimal exact = new BigDecimal(cost.replace("~", ""));
        assertThat(charge.amount())
                .isEqualByComparingTo(
                        exact.setScale(charge.amount().scale(), RoundingMode.HALF_UP));
    }
}
