package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The edges of the rules: just enough digits, the most that fits, a third band.
class RaterBoundsTest {

    private static final String DECK =
            """
            agreement A sell=S decimals=9
            deck S
            row S,34,Spain,0.50
            row S,34,Spain,0.20,,,,,,,,NEAR
            row S,1212,New York,0.10,,,,,,,,,interstate
            row S,1212,New York,0.20,,,,,,,,,intrastate
            row S,1212,New York,0.15,,,,,,,,,indeterminate
            row S,35,Most,0,9223372036.854775807
            row S,36,More,0,9223372036.854775808
            origin NEAR 351
            nanp 212555 NY
            nanp 201200 NJ
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a caller of five digits,              35112,       34123456,    34 0.20",
        "a caller of four digits,              3511,        34123456,    34 0.50",
        "an unknown caller by its own row,     34123456,    12125550001, 1212 0.15",
        "area and exchange and no more digits, 12012000001, 1212555,     1212 0.10",
        "a digit short of the exchange,        12012000001, 121255,      1212 0.15",
        "the most that a charge can hold,      '',          35123456,    35 0",
        "a nano more,                          '',          36123456,    OVERFLOW",
    })
    void just_enough_and_just_too_little(
            String name, String calling, String called, String priced) {
        assertThat(Asked.about(DECK).from(calling).to(called).priced()).isEqualTo(priced);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "split-carry,   early@0 30/30 0.300000 + short@0 60/60 0.060000 + offpeak@0 30/30 0.090000",
        "split-rounded, early@0 30/30 0.300000 + short@0 60/60 0.060000 + offpeak@0 30/30 0.090000",
    })
    void a_call_through_three_bands(String policy, String parts) {
        Asked asked =
                Asked.about(
                        """
                        agreement A sell=S bands=%s
                        deck S band=early:mon-sun:00:00-08:00 band=short:mon-sun:08:00-08:01
                        row S,44,UK,0.60,,,,,,early
                        row S,44,UK,0.06,,,,,,short
                        row S,44,UK,0.18,,,,,,offpeak
                        """
                                .formatted(policy));
        assertThat(asked.at("2026-05-01T07:59:30Z").lasting(120_000).parts()).isEqualTo(parts);
    }
}
