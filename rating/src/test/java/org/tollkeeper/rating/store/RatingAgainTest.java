package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tollkeeper.db.Database;
import org.tollkeeper.db.TestDatabase;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Digits;
import org.tollkeeper.rating.BookText;

/// Charges chosen to be rated again, what changes of them, and why.
class RatingAgainTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 5);

    /// One destination a reason, so that each line below can be worked by hand: calls of 60 s.
    private static final String BEFORE =
            """
            agreement A carrier=ACME to=2024-03-31 sell=S
            agreement C carrier=CORE duration=up sell=T
            agreement P carrier=PINE bands=split-rounded sell=P
            deck S
            deck S2
            deck T
            deck P band=peak:mon-sun:08:00-20:00
            row S,44,UK,0.60
            row S,49,Germany,0.30
            row S,33,France,0.40
            row S,34,Spain,0.50
            row S,34,Spain,0.20,,,,,,,,NEAR
            row S,1212,New York,0.10,,,,,,,,,interstate
            row S,1212,New York,0.20,,,,,,,,,intrastate
            row S,39,Italy,0.10,0.05
            row S,41,Swiss,0.10,,30,6
            row S,351,Portugal,0.90
            row S,31,Netherlands,0.25
            row S,91,India,0.60
            row S,91,India,0.30,,,,,,,1
            row T,48,Poland,0.60
            row P,46,Sweden,0.60,,,,,,peak
            row P,46,Sweden,0.30,,,,,,offpeak
            origin NEAR 35
            nanp 212555 NY
            nanp 201200 NJ
            """;

    private static final String AFTER =
            """
            agreement A carrier=ACME to=2024-03-31 sell=S
            agreement C carrier=CORE duration=down sell=T
            agreement P carrier=PINE bands=split-rounded sell=P
            deck S
            deck S2
            deck T
            deck P band=peak:mon-sun:08:01-20:00
            row S,44,UK,0.60
            row S,49,Germany,0.36
            row S,331,France,0.42
            row S,34,Spain,0.50
            row S,34,Spain,0.20,,,,,,,,NEAR
            row S,1212,New York,0.10,,,,,,,,,interstate
            row S,1212,New York,0.20,,,,,,,,,intrastate
            row S,39,Italy,0.10,0.06
            row S,41,Swiss,0.10,,90,6
            row S,31,Holland,0.25
            row S,420,Czechia,0.80
            row S,91,India,0.60
            row S,91,India,0.30,,,,,,,0.5
            row T,48,Poland,0.60
            row P,46,Sweden,0.60,,,,,,peak
            row P,46,Sweden,0.30,,,,,,offpeak
            origin NEAR 36
            nanp 212555 NY
            nanp 201200 NY
            """;

    @Test
    void each_change_is_counted_under_the_first_rule_that_found_something_else()
            throws SQLException, IOException {
        try (Database database = TestDatabase.fresh()) {
            TestTraffic traffic = new TestTraffic(database);
            traffic.load(BookText.of(BEFORE));
            List<TestCall> calls = new ArrayList<>();
            for (String called :
                    List.of("44", "49", "331", "34", "1212", "39", "41", "351", "31", "420")) {
                calls.add(call("ACME", called, "10:00:00", 60_000));
            }
            calls.add(call("ACME", "91", "11:00:00", 60_000));
            calls.add(call("CORE", "48", "10:00:00", 59_500));
            calls.add(call("PINE", "46", "07:59:30", 60_000));
            traffic.mediate(calls);
            traffic.rate();
            List<String> before = traffic.state();
            traffic.load(BookText.of(AFTER));

            // India: 30 s at 0.60 and 30 s at 0.30 instead of a minute at 0.60. Poland: 59 s for
            // 60. Sweden: a minute at 0.30 instead of 30 s at 0.30 and 30 s at 0.60.
            assertThat(preview(database, traffic.book(), null, null, null))
                    .containsExactly(
                            "A sell Czechia priced 0/0.000000 1/0.800000",
                            "A sell France code 1/0.400000 1/0.420000",
                            "A sell Germany rate 1/0.300000 1/0.360000",
                            "A sell Netherlands → Holland destination 1/0.250000 1/0.250000",
                            "A sell India tier 1/0.600000 1/0.450000",
                            "A sell Italy setup 1/0.150000 1/0.160000",
                            "A sell New York jurisdiction 1/0.100000 1/0.200000",
                            "A sell Portugal suspended 1/0.900000 0/0.000000",
                            "A sell Spain origin 1/0.200000 1/0.500000",
                            "A sell Swiss increments 1/0.100000 1/0.150000",
                            "C sell Poland terms 1/0.600000 1/0.590000",
                            "P sell Sweden band 1/0.450000 1/0.300000");
            assertThat(traffic.state()).isEqualTo(before);
            assertThat(preview(database, traffic.book(), "CORE", null, null)).hasSize(1);
            assertThat(preview(database, traffic.book(), null, "P", null)).hasSize(1);
            assertThat(preview(database, traffic.book(), null, null, "Poland")).hasSize(1);
            assertThat(preview(database, traffic.book(), "CORE", "P", null)).isEmpty();
            assertThat(preview(database, traffic.book(), null, "S2", null)).isEmpty();
        }
    }

    @Test
    void what_is_rated_again_ends_where_rating_everything_ends() throws SQLException, IOException {
        try (Database database = TestDatabase.fresh()) {
            TestTraffic traffic = new TestTraffic(database);
            traffic.load(BookText.of(BEFORE));
            Book old = traffic.book();
            traffic.mediate(
                    List.of(
                            call("ACME", "49", "10:00:00", 60_000),
                            call("ACME", "91", "11:00:00", 60_000),
                            call("CORE", "48", "10:00:00", 59_500)));
            traffic.rate();
            List<String> before = traffic.state();
            traffic.load(BookText.of(AFTER));
            traffic.mediate(List.of(call("ACME", "91", "09:00:00", 60_000)));

            assertThat(again(database, traffic.book(), "CORE")).isOne();
            assertThat(again(database, traffic.book(), "CORE")).isZero();
            assertThat(traffic.charges()).anyMatch(line -> line.contains("0.590000"));
            assertThat(traffic.charges()).anyMatch(line -> line.contains("0.300000"));
            assertThat(again(database, traffic.book(), "ACME")).isEqualTo(2);

            traffic.rate();
            List<String> after = traffic.state();
            traffic.rate(DAY, DAY);
            assertThat(traffic.state()).isEqualTo(after);
            assertThat(traffic.charges()).hasSize(1 + 4);

            // The book as it was known before prices what it knew as it did.
            assertThat(preview(database, old, "CORE", null, null))
                    .containsExactly("C sell Poland terms 1/0.590000 1/0.600000");
            assertThat(before).isNotEqualTo(after);
        }
    }

    private static List<String> preview(
            Database database,
            Book book,
            @Nullable String carrier,
            @Nullable String deck,
            @Nullable String destination)
            throws SQLException {
        try (Connection connection = database.connect()) {
            Run run = Run.begin(connection, "rerate", "preview", Instant.EPOCH);
            Selection selection = new Selection(carrier, deck, destination, DAY, DAY);
            Rating.Result result = Rating.rateAgain(connection, run, book, selection, calls -> {});
            List<String> changes =
                    CausedChanges.of(connection, result.publication()).stream()
                            .map(RatingAgainTest::line)
                            .toList();
            connection.rollback();
            return changes;
        }
    }

    private static String line(CausedChanges.Change change) {
        return "%s %s %s %s %d/%s %d/%s"
                .formatted(
                        change.agreement(),
                        change.side().label(),
                        change.destination(),
                        change.cause().label(),
                        change.before().callCount(),
                        change.before().amount(),
                        change.after().callCount(),
                        change.after().amount());
    }

    /// Rates a carrier's charges again for good, and says how many slices were replaced.
    private static int again(Database database, Book book, String carrier) throws SQLException {
        try (Connection connection = database.connect()) {
            Run run = Run.begin(connection, "rerate", "", Instant.EPOCH);
            Selection selection = new Selection(carrier, null, null, DAY, DAY);
            Rating.Result result = Rating.rateAgain(connection, run, book, selection, calls -> {});
            connection.commit();
            return result.retiredSliceCount();
        }
    }

    private static TestCall call(String carrier, String called, String time, int durationMs) {
        Instant at = Instant.parse("2024-03-05T" + time + "Z");
        return new TestCall(
                "lon",
                called + time,
                "",
                carrier,
                "",
                Digits.of(called.equals("34") ? "351123456" : "12012000001"),
                Digits.of(called.equals("1212") ? "12125550001" : called + "123456"),
                at,
                at,
                durationMs);
    }
}
