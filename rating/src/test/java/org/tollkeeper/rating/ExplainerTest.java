package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What an explanation says at each step, also where a call has no price.
class ExplainerTest {

    private static final String DECKS =
            """
            deck S band=peak:mon-fri:08:00-20:00
            row S,44,UK,0.60
            row S,447,UK Mobile,0.90,,,,,2026-01-01
            row S,4479,UK New,0.10,,,,2026-07-01
            row S,44791,UK Then,0.10,,,,2026-07-01,,,,,,
            row S,49,Germany,0.31,,,,,,peak
            row S,33,France,0.40,,,,,,,,NEAR
            row S,34,Spain,0.50
            row S,34,Spain,0.20,,,,,,,,NEAR
            row S,1212,NY,0.10,,,,,,,,,interstate
            row S,1212,NY,0.20,,,,,,,,,intrastate
            row S,1310,LA,0.10,,,,,,,,,interstate
            row S,1310,LA,0.05
            row S,881,Satellite,,,,,,,,,,,blocked
            row S,9,Emergency,0.1
            row S,91,India,0.07,0.01,7,3
            row S,91,India,0.05,0.01,7,3,,,,2
            origin NEAR 351
            nanp 212555 NY
            nanp 201200 NJ
            """;

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # agreement                              | caller > called          | rule          | finding
                    agreement A to=2025-12-31 sell=S         | > 4420                   | agreement     | none of ACME in force at 2026-05-01T10:00:00Z
                    agreement A to=2026-12-31 sell=S         | > 4420                   | agreement     | A, in force from 2000-01-01 through 2026-12-31 (UTC)
                    agreement A buy=S                        | > 4420                   | agreement     | A, in force from 2000-01-01 (UTC), but it has no decks for the side sell
                    agreement A sell/gold=S                  | > 4420                   | deck          | none for the product ''
                    agreement A sell=S                       | > 4420                   | deck          | S
                    agreement A sell=S                       | > 7495                   | deck          | S has no code in force for the number
                    agreement A sell=S                       | > 4420                   | code          | 44 UK
                    agreement A sell=S                       | > 447911                 | not taken     | 44791 UK Then: not in force, begins Wed 2026-07-01 00:00:00;4479 UK New: not in force, begins Wed 2026-07-01 00:00:00;447 UK Mobile: not in force, ended Thu 2026-01-01 00:00:00
                    agreement A sell=S                       | > 91999                  | not taken     | 9 Emergency: shorter
                    agreement A sell=S                       | > 911!                   | number        | 911, a short code
                    agreement A sell=S                       | > 911!                   | not taken     | 91 India: not the whole short code;9 Emergency: not the whole short code
                    agreement A sell=S                       | > 88160                  | code          | 881 Satellite, blocked: no other code or deck is tried
                    agreement A sell=S                       | > 4930                   | band          | peak, since the wall clock reads Fri 2026-05-01 10:00:00 in UTC
                    agreement A sell=S zone=America/New_York | > 4930                   | row           | no row is left for this origin and hour
                    agreement A sell=S                       | > 3312                   | origin        | no calling number: no origin set holds it, and no row is for any origin
                    agreement A sell=S                       | 351123456 > 3312         | origin        | caller 351123456: NEAR holds 351
                    agreement A sell=S                       | 49123456 > 3412          | origin        | caller 49123456: no origin set holds it, so the rows for any origin
                    agreement A sell=S                       | > 4420                   | origin        | ''
                    agreement A sell=S                       | > 4420                   | jurisdiction  | ''
                    agreement A sell=S                       | > 4420                   | tier          | ''
                    agreement A sell=S                       | 12012000001 > 12125550001 | jurisdiction | interstate (NJ to NY)
                    agreement A sell=S                       | 12125550002 > 12125550001 | jurisdiction | intrastate (NY to NY)
                    agreement A sell=S                       | > 12125550001            | jurisdiction  | indeterminate (unknown to NY), for which there is no row: intrastate, the dearer
                    agreement A sell=S                       | > 13105550001            | jurisdiction  | indeterminate (unknown to unknown), for which there is no row: the row for any
                    agreement A sell=S                       | > 9198                   | price         | 0.07 a minute and 0.01 a call
                    agreement A sell=S                       | > 4420                   | price         | 0.60 a minute
                    agreement A sell=S                       | > 9198                   | tier          | 1.5 min of India before it this month, graduated from [0, 2] min: the tier from 0, then 2
                    agreement A sell=S tiers=all-units       | > 9198                   | tier          | 1.5 min of India in the whole month, all-units from [0, 2] min: the tier from 0
                    agreement A sell=S                       | > 4420                   | duration      | 61500 ms, rounded up: 62 s
                    agreement A sell=S duration=down         | > 4420                   | duration      | 61500 ms, rounded down: 61 s
                    agreement A sell=S                       | > 9198                   | billed        | 64 s in parts;30 s at 0.07, blocks 7/3 s: 0.045000;34 s at 0.05, tier from 2 min, blocks 7/3 s: 0.028333
                    agreement A sell=S                       | > 4420                   | billed        | first block 1 s, then blocks of 1 s: 62 s
                    agreement A sell=S                       | > 4420                   | amount        | 62 s × 0.60 / 60 = 0.62
                    agreement A sell=S                       | > 9198                   | amount        | setup 0.01 + 30 s × 0.07 / 60 + 34 s × 0.05 / 60 = 0.073333333333…
                    agreement A sell=S decimals=3 rounding=up | > 9198                  | rounding      | up to 3 decimals: 0.074 USD
                    agreement A sell=S                       | > 4420 via 49301         | number        | 4420; the routing number 49301 takes no part
                    agreement A sell=S routingNumber=true    | > 4420 via 49301         | number        | 49301, the routing number, by which the agreement rates
                    """)
    void every_step_says_what_it_found(String agreement, String call, String rule, String finding) {
        String[] numbers = call.split(" ?> | via ", -1);
        Asked asked =
                Asked.about(agreement + "\n" + DECKS)
                        .from(numbers[0])
                        .to(numbers[1])
                        .routedTo(numbers.length > 2 ? numbers[2] : "")
                        .lasting(61_500)
                        .after(90);
        assertThat(asked.finding(rule).replace('\n', ';')).isEqualTo(finding);
    }

    @ParameterizedTest(name = "{0} ms: {1}")
    @CsvSource({
        "400, billed, 0 s: no first block and no setup fee",
        "400, amount, 0",
        "400, rounding, half-up to 6 decimals: 0.000000 USD",
        "600, amount, 1 s × 0.60 / 60 = 0.01",
    })
    void a_call_of_no_second_costs_nothing(long ms, String rule, String finding) {
        Asked asked = Asked.about("agreement A sell=S duration=half-up\n" + DECKS).lasting(ms);
        assertThat(asked.finding(rule)).isEqualTo(finding);
    }
}
