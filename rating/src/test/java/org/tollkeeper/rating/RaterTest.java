package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Jurisdiction;

/// What the rules say where the common case does not reach.
class RaterTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2025-12-31T23:59:59Z, NO_AGREEMENT",
        "2026-01-01T00:00:00Z, 44 1",
        "2026-06-30T23:59:59.999Z, 44 1",
        "2026-07-01T00:00:00Z, NO_AGREEMENT",
    })
    void an_agreement_holds_from_its_first_day_through_its_last(String instant, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A from=2026-01-01 to=2026-06-30 sell=S
                        deck S
                        row S,44,UK,1
                        """);
        assertThat(asked.at(instant).priced()).isEqualTo(priced);
    }

    @Test
    void an_agreement_without_decks_for_the_side_is_none() {
        assertThat(Asked.about("agreement A buy=S\ndeck S\nrow S,44,UK,1").priced())
                .isEqualTo("NO_AGREEMENT");
    }

    @ParameterizedTest(name = "product {0}")
    @CsvSource({"premium, 44 3", "standard, 44 2", "other, NO_RATE", "'', NO_RATE"})
    void the_product_of_the_trunk_names_the_decks(String product, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell/premium=P sell/standard=S
                        deck P
                        deck S
                        row P,44,UK,3
                        row S,44,UK,2
                        """);
        assertThat(asked.by(product).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "2026-05-01T10:00:00Z, 442079460000, 44 1",
        "2026-05-01T10:00:00Z, 4915112345,   49 3",
        "2026-05-01T10:00:00Z, 33123456789,  BLOCKED",
        "2026-07-01T10:00:00Z, 442079460000, 4420 9",
    })
    void the_first_deck_with_any_code_in_force_decides(
            String instant, String number, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=P,S
                        deck P
                        deck S
                        row P,44,UK,1,,,,,2026-07-01
                        row P,33,France,,,,,,,,,,,blocked
                        row S,4420,London,9
                        row S,49,Germany,3
                        row S,33,France,4
                        """);
        assertThat(asked.at(instant).to(number).priced()).isEqualTo(priced);
    }

    @Test
    void one_blocked_row_blocks_the_code_whatever_other_rows_it_has() {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,44,UK,1
                        row S,44,UK,,,,,,,,,EEA,,blocked
                        """);
        assertThat(asked.priced()).isEqualTo("BLOCKED");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-01-31T23:59:59Z, 44 1",
        "2026-02-01T00:00:00Z, 44 2",
        "2026-03-01T00:00:00Z, 44 3",
        "2026-04-01T00:00:00Z, 44 2",
    })
    void of_rows_with_one_key_the_later_effective_holds(String instant, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,44,UK,1
                        row S,44,UK,2,,,,2026-02-01
                        row S,44,UK,3,,,,2026-03-01,2026-04-01
                        """);
        assertThat(asked.at(instant).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        // 02:30 is skipped on 29 March: it begins at the jump, 01:00 UTC
        "2026-03-29T02:30, 2026-03-29T00:59:59.999Z, NO_RATE",
        "2026-03-29T02:30, 2026-03-29T01:00:00Z, 44 1",
        // 02:30 comes twice on 25 October: the first pass counts
        "2026-10-25T02:30, 2026-10-25T00:29:59.999Z, NO_RATE",
        "2026-10-25T02:30, 2026-10-25T00:30:00Z, 44 1",
    })
    void a_local_time_in_a_skipped_or_repeated_hour(
            String effective, String instant, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A zone=Europe/Berlin sell=S
                        deck S
                        row S,44,UK,1,,,,%s
                        """
                                .formatted(effective));
        assertThat(asked.at(instant).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"911!, NO_RATE", "112!, 112 5", "1129999, 11 1"})
    void a_short_code_is_priced_by_exactly_its_own_code(String number, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,9,Emergency,7
                        row S,11,Eleven,1
                        row S,112,Emergency,5
                        row S,1129,Longer,6,,,,2030-01-01
                        """);
        String rated = asked.to(number).priced();
        assertThat(rated).isEqualTo(number.equals("1129999") ? "112 5" : priced);
    }

    @ParameterizedTest(name = "agreement rates by routing number: {0}")
    @CsvSource({"true, 49 2", "false, 44 1"})
    void the_routing_number_counts_only_when_the_agreement_says_so(String by, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A routingNumber=%s sell=S
                        deck S
                        row S,44,UK,1
                        row S,49,Germany,2
                        """
                                .formatted(by));
        assertThat(asked.routedTo("4930123456").priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "from {0}")
    @CsvSource({
        "447911123456, 0.4",
        "442079460000, 0.3",
        "13035550100,  0.2",
        "4420,         0.2",
        "'',           0.2",
    })
    void the_origin_set_with_the_longest_prefix_of_the_caller(String calling, String rate) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,44,UK,0.2
                        row S,44,UK,0.3,,,,,,,,UK
                        row S,44,UK,0.4,,,,,,,,UKMOB
                        origin UK 44
                        origin UKMOB 447
                        """);
        assertThat(asked.from(calling).priced()).isEqualTo("44 " + rate);
    }

    @Test
    void no_origin_and_no_default_is_no_rate_though_a_shorter_code_has_one() {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,4,World,0.2
                        row S,44,UK,0.3,,,,,,,,EEA
                        origin EEA 49
                        """);
        assertThat(asked.from("13035550100").priced()).isEqualTo("NO_RATE");
    }

    @ParameterizedTest(name = "interstate {0} + {1}, intrastate {2} + {3}: {4}")
    @CsvSource({
        "1, 0, 2, 0, intrastate",
        "2, 0, 1, 9, interstate",
        "1, 0, 1, 5, intrastate",
        "1, 0, 1, 0, interstate",
    })
    void no_row_for_the_jurisdiction_takes_the_dearer_by_rate_setup_and_name(
            String interstate, String setup, String intrastate, String otherSetup, String taken) {
        Charge charge =
                Asked.about(
                                """
                                agreement A sell=S
                                deck S
                                row S,1212,NY,%s,%s,,,,,,,,interstate
                                row S,1212,NY,%s,%s,,,,,,,,intrastate
                                """
                                        .formatted(interstate, setup, intrastate, otherSetup))
                        .to("12125550001")
                        .charge();
        assertThat(charge.firstRow().jurisdiction())
                .isEqualTo(BookText.labelled(Jurisdiction.class, taken));
    }

    @Test
    void no_row_for_the_jurisdiction_takes_the_row_without_one_before_the_dearer() {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S
                        row S,1212,NY,1
                        row S,1212,NY,5,,,,,,,,,intrastate
                        """);
        assertThat(asked.to("12125550001").priced()).isEqualTo("1212 1");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        // a Friday
        "2024-03-22T10:00:00Z, 44 3",
        "2024-03-22T07:59:59Z, 44 1",
        "2024-03-22T20:00:00Z, 44 1",
        // Good Friday, a holiday: no peak, but the holiday's own band
        "2024-03-29T10:00:00Z, 44 2",
        // a Saturday
        "2024-03-30T10:00:00Z, 44 1",
    })
    void holidays_and_weekdays(String instant, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S
                        deck S band=peak:mon-fri:08:00-20:00:false band=free:sun-sun:00:00-24:00:true \
                        holidays=2024-03-29
                        row S,44,UK,1,,,,,,offpeak
                        row S,44,UK,3,,,,,,peak
                        row S,44,UK,2,,,,,,free
                        """);
        assertThat(asked.at(instant).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "by-start,      all@0 120/120 2.000000",
        "split-carry,   all@0 60/60 1.000000 + peak@0 60/60 3.000000",
        "split-rounded, all@0 60/60 1.000000 + peak@0 60/60 3.000000",
    })
    void a_row_of_the_band_is_preferred_to_one_for_all_hours(String policy, String parts) {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=%s sell=S
                        deck S band=peak:mon-fri:08:00-20:00
                        row S,44,UK,1
                        row S,44,UK,3,,,,,,peak
                        """
                                .formatted(policy));
        assertThat(asked.at("2026-05-01T07:59:00Z").lasting(120_000).parts()).isEqualTo(parts);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"by-start, 44 1", "split-carry, NO_RATE", "split-rounded, NO_RATE"})
    void an_hour_without_a_row_leaves_the_whole_call_without_a_rate(String policy, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=%s sell=S
                        deck S band=peak:mon-fri:08:00-20:00
                        row S,44,UK,1,,,,,,offpeak
                        """
                                .formatted(policy));
        assertThat(asked.at("2026-05-01T07:59:59Z").lasting(2_000).priced()).isEqualTo(priced);
    }

    @Test
    void two_bands_that_share_a_row_are_not_cut() {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=split-rounded sell=S
                        deck S band=peak:mon-fri:08:00-20:00
                        row S,44,UK,1,,60,60
                        """);
        assertThat(asked.at("2026-05-01T07:59:30Z").lasting(61_000).parts())
                .isEqualTo("all@0 61/120 2.000000");
    }

    @Test
    void runs_are_not_put_together_again_and_the_setup_is_in_the_first() {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=split-carry decimals=2 rounding=up sell=S
                        deck S band=peak:mon-fri:08:00-08:01
                        row S,44,UK,0.01,0.005,,,,,offpeak
                        row S,44,UK,0.02,7,,,,,peak
                        """);
        // exactly 0.005 + 0.01/60·30 + 0.02 + 0.01/60·30 = 0.035; the others round up to 0.02, 0.01
        assertThat(asked.at("2026-05-01T07:59:30Z").lasting(120_000).parts())
                .isEqualTo("offpeak@0 30/30 0.01 + peak@0 60/60 0.02 + offpeak@0 30/30 0.01");
    }

    @Test
    void a_boundary_in_a_skipped_hour_happens_at_the_jump() {
        Asked asked =
                Asked.about(
                        """
                        agreement A zone=Europe/Berlin bands=split-rounded sell=S
                        deck S band=early:mon-sun:00:00-02:30
                        row S,44,UK,1,,,,,,early
                        row S,44,UK,2,,,,,,offpeak
                        """);
        assertThat(asked.at("2026-03-29T00:59:00Z").lasting(120_000).parts())
                .isEqualTo("early@0 60/60 1.000000 + offpeak@0 60/60 2.000000");
    }

    @Test
    void in_a_repeated_hour_the_clock_reads_the_same_twice() {
        Asked asked =
                Asked.about(
                        """
                        agreement A zone=Europe/Berlin bands=split-carry sell=S
                        deck S band=early:mon-sun:00:00-02:30
                        row S,44,UK,1,,,,,,early
                        row S,44,UK,2,,,,,,offpeak
                        """);
        // 02:29 +02:00 … 02:30, … 03:00 +02:00 = 02:00 +01:00 … 02:30 +01:00 …
        assertThat(asked.at("2026-10-25T00:29:00Z").lasting(62 * 60_000).parts())
                .isEqualTo(
                        "early@0 60/60 1.000000 + offpeak@0 1800/1800 60.000000"
                                + " + early@0 1800/1800 30.000000 + offpeak@0 60/60 2.000000");
    }

    @Test
    void with_carry_talk_fills_the_blocks_from_the_front() {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=split-carry sell=S
                        deck S band=peak:mon-fri:08:00-20:00
                        row S,44,UK,0.6,,60,7,,,offpeak
                        row S,44,UK,1.2,,90,30,,,peak
                        """);
        // off-peak 60 + 7 to 08:00:02, then peak in blocks of 30 for the 8 s left
        assertThat(asked.at("2026-05-01T07:58:55Z").lasting(75_000).parts())
                .isEqualTo("offpeak@0 67/67 0.670000 + peak@0 8/30 0.600000");
    }

    @ParameterizedTest(name = "{0} {1} s after {2} s")
    @CsvSource({
        "graduated, 60, 0,   all@0 60/60 60.00",
        "graduated, 60, 60,  all@0 60/60 60.00",
        "graduated, 60, 61,  all@0 59/59 59.00 + all@2 1/1 0.50",
        "graduated, 60, 120, all@2 60/60 30.00",
        "graduated, 0,  119, all@0 0/0 0.00",
        "graduated, 0,  120, all@2 0/0 0.00",
        "all-units, 60, 120, all@0 60/60 60.00",
        "all-units, 60, 121, all@2 60/60 30.00",
        "all-units, 0,  0,   all@0 0/0 0.00",
    })
    void up_to_and_including_belongs_to_the_lower_tier(
            String mode, long seconds, long volume, String parts) {
        Asked asked =
                Asked.about(
                        """
                        agreement A tiers=%s decimals=2 duration=down sell=S
                        deck S
                        row S,44,UK,60
                        row S,44,UK,30,,,,,,,2
                        """
                                .formatted(mode));
        assertThat(asked.lasting(seconds * 1000 + 1).after(volume).parts()).isEqualTo(parts);
    }

    @Test
    void tiers_cut_what_bands_have_cut() {
        Asked asked =
                Asked.about(
                        """
                        agreement A bands=split-rounded decimals=2 sell=S
                        deck S band=peak:mon-fri:08:00-20:00
                        row S,44,UK,60,,60,60,,,offpeak
                        row S,44,UK,30,,60,60,,,offpeak,1
                        row S,44,UK,120,,1,1,,,peak
                        row S,44,UK,90,,1,1,,,peak,2
                        """);
        assertThat(asked.at("2026-05-01T07:59:30Z").lasting(100_000).after(30).parts())
                .isEqualTo(
                        "offpeak@0 30/30 30.00 + offpeak@1 0/30 15.00"
                                + " + peak@0 30/30 60.00 + peak@2 40/40 60.00");
    }

    @ParameterizedTest(name = "{0} a minute for {1} ms, first block {2}")
    @CsvSource({
        "9223372036.854775807, 60000,         1,          44 9223372036.854775807",
        "9223372036.854775808, 60000,         1,          OVERFLOW",
        "1,                    2147483647000, 1,          44 1",
        "1,                    2147483647001, 1,          OVERFLOW",
        "1,                    1000,          2147483647, 44 1",
        "1,                    2147483648000, 2147483647, OVERFLOW",
    })
    void what_no_ledger_can_hold_is_suspended(String rate, long ms, int minimum, String priced) {
        Asked asked =
                Asked.about(
                        """
                        agreement A decimals=9 sell=S
                        deck S
                        row S,44,UK,%s,,%d
                        """
                                .formatted(rate, minimum));
        assertThat(asked.lasting(ms).priced()).isEqualTo(priced);
    }
}
