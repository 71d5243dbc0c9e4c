package org.tollkeeper.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Side;

/// A change of the book makes exactly those days of a carrier's side stale whose prices it can
/// move.
class PricingDigestTest {

    private static final LocalDate FIFTH = LocalDate.of(2024, 3, 5);
    private static final LocalDate TWENTIETH = LocalDate.of(2024, 3, 20);

    private static final String BOOK =
            """
            agreement A carrier=ACME zone=UTC sell=S,T buy=B
            agreement Z carrier=ZETA zone=UTC sell=S
            deck S band=peak:mon-fri:08:00-20:00:false holidays=2024-03-08,2024-05-20
            deck T
            deck B
            row S,44,UK,0.60,,,,,,peak
            row S,44,UK,0.30,,,,,,offpeak
            row S,44,UK,0.10,,,,,,offpeak,,NEAR
            row S,33,France,0.40,,,,,2024-03-15
            row S,33,France,0.50,,,,2024-03-15
            row S,34,Spain,0.20,,,,,2024-03-05T10:00
            row S,36,Hungary,0.20,,,,2024-03-20T10:00
            row T,91,India,0.60
            row T,91,India,0.50,,,,,2024-03-01,,10
            row B,1212,New York,0.10,,,,,,,,,interstate
            row B,91,India,0.60
            row B,91,India,0.50,,,,,,,10
            origin NEAR 49
            nanp 212555 NY
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # change                       | from                        | to                         | sell 5th | sell 20th | buy 5th
                    a rate                         | UK,0.60                     | UK,0.61                    | yes | yes | no
                    a rate as it is printed        | UK,0.60                     | UK,0.600                   | yes | yes | no
                    a setup fee                    | UK,0.60,                    | UK,0.60,0.01               | yes | yes | no
                    a minimum                      | UK,0.60,,                   | UK,0.60,,6                 | yes | yes | no
                    an increment                   | UK,0.60,,,                  | UK,0.60,,,6                | yes | yes | no
                    a band of a row                | peak\\nrow S,44,UK,0.30      | offpeak\\nrow S,44,UK,0.30  | yes | yes | no
                    a name                         | 44,UK,0.60                  | 44,Britain,0.60            | yes | yes | no
                    a code                         | S,44,UK,0.60                | S,447,UK,0.60              | yes | yes | no
                    a block                        | 0.60,,,,,,peak              | ,,,,,,peak,,,,blocked      | yes | yes | no
                    a price that begins later      | 0.50,,,,2024-03-15          | 0.51,,,,2024-03-15         | no  | yes | no
                    a price that ended before      | 0.40,,,,,2024-03-15         | 0.41,,,,,2024-03-15        | yes | no  | no
                    an end within the day          | 2024-03-05T10:00            | 2024-03-05T11:00           | yes | no  | no
                    an end that is no longer       | ,2024-03-05T10:00           | ,                          | yes | yes | no
                    a beginning within the day     | 2024-03-20T10:00            | 2024-03-20T11:00           | no  | yes | no
                    a beginning before both        | 2024-03-20T10:00            | 2024-03-01                 | yes | yes | no
                    the order of rows              | row S,33,France,0.50,,,,2024-03-15\\nrow S,34,Spain,0.20,,,,,2024-03-05T10:00 | row S,34,Spain,0.20,,,,,2024-03-05T10:00\\nrow S,33,France,0.50,,,,2024-03-15 | no | no | no
                    hours of a band                | 08:00-20:00                 | 08:00-21:00                | yes | yes | no
                    days of a band                 | mon-fri                     | mon-sat                    | yes | yes | no
                    holidays of a band             | :false                      | :true                      | yes | yes | no
                    a near holiday                 | 2024-03-08                  | 2024-03-09                 | yes | no  | no
                    a holiday far off              | 2024-05-20                  | 2024-05-21                 | no  | no  | no
                    an origin set that rows name   | NEAR 49                     | NEAR 43                    | yes | yes | no
                    states where rows name them    | 212555 NY                   | 212555 NJ                  | no  | no  | yes
                    the zone                       | ACME zone=UTC               | ACME zone=Europe/Paris     | yes | yes | yes
                    decimals                       | A carrier=ACME              | A carrier=ACME decimals=4  | yes | yes | yes
                    the rounding                   | A carrier=ACME              | A carrier=ACME rounding=up | yes | yes | yes
                    the duration                   | A carrier=ACME              | A carrier=ACME duration=down | yes | yes | yes
                    the policy of bands            | A carrier=ACME              | A carrier=ACME bands=split-carry | yes | yes | yes
                    rating by the routing number   | A carrier=ACME              | A carrier=ACME routingNumber=true | yes | yes | yes
                    tiers, where there are any     | A carrier=ACME              | A carrier=ACME tiers=all-units | no | no | yes
                    a tier that comes              | 0.50,,,,,2024-03-01,,10     | 0.50,,,,,,,10              | yes | yes | no
                    a tier that begins this month  | 0.50,,,,,2024-03-01,,10     | 0.50,,,,2024-03-28,,,10    | yes | yes | no
                    the order of decks             | sell=S,T                    | sell=T,S                   | yes | yes | no
                    a deck less                    | sell=S,T                    | sell=S                     | yes | yes | no
                    a product                      | sell=S,T                    | sell/gold=S,T              | yes | yes | no
                    an end of the agreement        | A carrier=ACME              | A carrier=ACME to=2024-03-10 | no | yes | no
                    a beginning on the day         | A carrier=ACME              | A carrier=ACME from=2024-03-05 | no | no | no
                    another agreement              | Z carrier=ZETA              | Z carrier=ZETA decimals=2  | no  | no  | no
                    another name of the agreement  | agreement A                 | agreement A2               | yes | yes | yes
                    """)
    void a_change_makes_stale_what_it_can_move(
            String name,
            String from,
            String to,
            String sellFifth,
            String sellTwentieth,
            String buy) {
        String changed = BOOK.replace(lines(from), lines(to));
        assertThat(changed).isNotEqualTo(BOOK);
        PricingDigest before = digest(BOOK);
        PricingDigest after = digest(changed);
        assertThat(differs(before, after, Side.SELL, FIFTH)).as("sell 5th").isEqualTo(sellFifth);
        assertThat(differs(before, after, Side.SELL, TWENTIETH))
                .as("sell 20th")
                .isEqualTo(sellTwentieth);
        assertThat(differs(before, after, Side.BUY, FIFTH)).as("buy 5th").isEqualTo(buy);
        assertThat(differs(digest(BOOK), before, Side.SELL, FIFTH)).isEqualTo("no");
    }

    private static String lines(String cell) {
        return cell.replace("\\n", "\n");
    }

    private static PricingDigest digest(String text) {
        Book book = BookText.of(text);
        Rater rater = new Rater(book);
        return new PricingDigest(book, rater, new TieredDestinations(rater));
    }

    private static String differs(
            PricingDigest before, PricingDigest after, Side side, LocalDate day) {
        return before.of("ACME", side, day) == after.of("ACME", side, day) ? "no" : "yes";
    }
}
