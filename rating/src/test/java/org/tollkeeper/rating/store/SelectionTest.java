package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.run.Run;

/// Which charges are rated again when a carrier, a deck, a destination or days are named.
class SelectionTest {

    private static final String BOOK =
            """
            agreement A carrier=ACME sell=S buy=B
            agreement C carrier=CORE sell=S,T
            agreement I carrier=IDLE sell=U
            deck S
            row S,44,UK,%1$s
            deck T
            row T,48,Poland,%1$s
            deck B
            row B,44,UK,%1$s
            row B,49,Germany,%1$s
            deck U
            """;

    private static final String CALLS =
            """
            a4 ACME -    4420 2024-03-04T23:59:59.999Z 60000
            a5 ACME -    4420 2024-03-05T00:00:00Z     60000
            b5 -    ACME 4930 2024-03-05T12:00:00Z     60000
            c5 CORE -    4420 2024-03-05T12:00:00Z     60000
            c6 CORE -    4822 2024-03-06T00:00:00Z     60000
            a6 ACME -    4420 2024-03-06T23:59:59.999Z 60000
            a7 ACME -    4420 2024-03-07T00:00:00Z     60000\
            """;

    // A day of a carrier's side is rated as a whole: c5 is to the UK, and c6 is Poland by deck T.
    private static final String TABLE =
            """
            -    - -       2024-03-04 2024-03-07 a4 a5 a6 a7 b5 c5 c6
            -    - -       2024-03-05 2024-03-06 a5 a6 b5 c5 c6
            -    - -       2024-03-05 2024-03-05 a5 b5 c5
            ACME - -       2024-03-05 2024-03-06 a5 a6 b5
            CORE - -       2024-03-05 2024-03-06 c5 c6
            IDLE - -       2024-03-05 2024-03-06
            -    S -       2024-03-05 2024-03-06 a5 a6 c5 c6
            -    T -       2024-03-05 2024-03-06 c5 c6
            -    B -       2024-03-05 2024-03-06 b5
            ACME S -       2024-03-05 2024-03-06 a5 a6
            CORE B -       2024-03-05 2024-03-06
            -    - UK      2024-03-05 2024-03-06 a5 a6 b5 c5 c6
            -    - Poland  2024-03-05 2024-03-06 c5 c6
            -    - Germany 2024-03-05 2024-03-06 b5
            CORE - UK      2024-03-05 2024-03-06 c5 c6
            -    B UK      2024-03-05 2024-03-06 b5
            -    T UK      2024-03-05 2024-03-06
            -    - -       2024-03-08 2024-03-31\
            """;

    private static final String RATED_AGAIN =
            """
            select c.call_id from slice_life f
            join charge h on h.slice = f.slice
            join call c on c.day = h.call_day and c.slice = h.call_slice and c.n = h.call_n
            where f.from_publication = ? order by 1\
            """;

    @Test
    void what_is_named_is_rated_again_and_nothing_else() throws SQLException {
        try (TestNight night = new TestNight(BOOK.formatted("0.60"))) {
            night.calls(CALLS);
            night.rate();
            night.book(BOOK.formatted("0.66"));
            for (String line : TABLE.lines().toList()) {
                String[] f = line.split(" +", 6);
                Selection selection =
                        new Selection(
                                named(f[0]),
                                named(f[1]),
                                named(f[2]),
                                LocalDate.parse(f[3]),
                                LocalDate.parse(f[4]));
                List<String> expected = f.length < 6 ? List.of() : List.of(f[5].split(" ", -1));
                assertThat(ratedAgain(night, selection)).as(line).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_name_that_no_book_has_is_pointed_out() throws SQLException {
        String table =
                """
                -    - -       : -
                ACME S Poland  : -
                ACNE S Poland  : there is no carrier ACNE
                ACME X Poland  : there is no deck X
                ACME S Polen   : no deck has the destination Polen
                ACNE X Polen   : there is no carrier ACNE
                -    X Polen   : there is no deck X\
                """;
        try (TestNight night = new TestNight(BOOK.formatted("0.60"));
                Connection connection = night.database.connect()) {
            LocalDate day = LocalDate.of(2024, 3, 5);
            for (String line : table.lines().toList()) {
                String[] f = line.split(" +", 5);
                Selection selection =
                        new Selection(named(f[0]), named(f[1]), named(f[2]), day, day);
                assertThat(selection.unknownName(connection)).as(line).isEqualTo(named(f[4]));
            }
        }
    }

    @Test
    void rating_nothing_again_publishes_nothing() throws SQLException {
        try (TestNight night = new TestNight(BOOK.formatted("0.60"));
                Connection connection = night.database.connect()) {
            night.calls(CALLS);
            assertThat(again(night, connection, all())).isEqualTo(Rating.Result.NOTHING);
            night.rate();
            assertThat(again(night, connection, all()).publishedSliceCount()).isZero();
        }
    }

    private static Selection all() {
        return new Selection(
                null, null, null, LocalDate.of(2024, 1, 1), LocalDate.of(2024, 12, 31));
    }

    private static @Nullable String named(String word) {
        return word.equals("-") ? null : word;
    }

    private static List<String> ratedAgain(TestNight night, Selection selection)
            throws SQLException {
        try (Connection connection = night.database.connect()) {
            int publication = again(night, connection, selection).publication();
            List<String> calls = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement(RATED_AGAIN)) {
                select.setInt(1, publication);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        calls.add(row.getString(1));
                    }
                }
            }
            connection.rollback();
            return calls;
        }
    }

    private static Rating.Result again(TestNight night, Connection connection, Selection selection)
            throws SQLException {
        Run run = Run.begin(connection, "rerate", "", Instant.EPOCH);
        return Rating.rateAgain(connection, run, night.traffic.book(), selection, calls -> {});
    }
}
