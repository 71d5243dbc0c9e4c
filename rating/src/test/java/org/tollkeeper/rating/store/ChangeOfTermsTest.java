package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.db.run.Run;
import org.tollkeeper.model.Side;

/// What a publication changed when calls come and go, or agreements take one another's place.
class ChangeOfTermsTest {

    private static final String OLD =
            """
            agreement OLD sell=S decimals=2 currency=EUR
            deck S
            row S,44,UK,0.60
            row S,49,Germany,0.30
            """;

    private static final String NEW =
            """
            agreement OLD sell=S decimals=2 currency=EUR to=2024-03-04
            agreement NEW from=2024-03-05 sell=T decimals=4 currency=USD
            deck S
            row S,44,UK,0.60
            row S,49,Germany,0.30
            deck T
            row T,44,UK,0.6012
            row T,33,France,0.10
            """;

    @Test
    void each_state_is_in_the_currency_and_decimals_of_its_agreement() throws SQLException {
        try (TestNight night = new TestNight(OLD)) {
            night.calls(
                    """
                    kept ACME - 4420 2024-03-04T10:00:00Z 60000
                    uk   ACME - 4420 2024-03-05T10:00:00Z 60000
                    de   ACME - 4930 2024-03-05T11:00:00Z 60000
                    fr   ACME - 3312 2024-03-05T12:00:00Z 60000
                    it   ACME - 3912 2024-03-05T12:00:00Z 60000\
                    """);
            night.traffic.rate();
            night.book(NEW);
            assertThat(changes(night, night.traffic.rate().publication()))
                    .containsExactly(
                            "NEW sell France priced 0 0 s 0.0000 USD, 1 60 s 0.1000 USD",
                            "NEW sell UK agreement 1 60 s 0.60 EUR, 1 60 s 0.6012 USD",
                            "OLD sell Germany suspended 1 60 s 0.30 EUR, 0 0 s 0.00 EUR");
        }
    }

    @Test
    void calls_that_come_and_go() throws SQLException {
        try (TestNight night = new TestNight(OLD)) {
            List<Integer> first =
                    night.calls(
                            """
                            uk   ACME - 4420 2024-03-05T10:00:00Z 60000
                            uk2  ACME - 4420 2024-03-05T11:00:00Z 60000
                            it   ACME - 3912 2024-03-05T12:00:00Z 60000\
                            """);
            assertThat(changes(night, night.traffic.rate().publication()))
                    .containsExactly(
                            " sell  call-new 0 0 s 0 , 0 0 s 0 ",
                            "OLD sell UK call-new 0 0 s 0.00 EUR, 2 120 s 1.20 EUR");
            night.traffic.tombstone(first.getFirst(), 1);
            assertThat(changes(night, night.traffic.rate().publication()))
                    .containsExactly("OLD sell UK call-gone 1 60 s 0.60 EUR, 0 0 s 0.00 EUR");
            night.traffic.retire(first);
            assertThat(changes(night, night.traffic.rate().publication()))
                    .containsExactly(
                            " sell  call-gone 0 0 s 0 , 0 0 s 0 ",
                            "OLD sell UK call-gone 1 60 s 0.60 EUR, 0 0 s 0.00 EUR");
            assertThat(changes(night, 1)).as("of the calls, no charges").isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({"UK, UK, UK", "UK, , UK", ", UK, UK", ", , ''", "UK, Britain, UK → Britain"})
    void a_destination_as_people_read_it(
            @Nullable String before, @Nullable String after, String read) {
        ChargeChanges.Figures none = new ChargeChanges.Figures(0, 0, BigDecimal.ZERO);
        CausedChanges.Change change =
                new CausedChanges.Change(
                        "A", Side.SELL, before, after, ChangeCause.RATE, none, none, "USD", "USD");
        assertThat(change.destination()).isEqualTo(read);
    }

    @Test
    void every_cause_has_a_word_for_programs_and_words_for_people() {
        assertThat(
                        Arrays.stream(ChangeCause.values())
                                .map(cause -> cause.label() + ": " + cause.words())
                                .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(
                        """
                        call-new: the call is new
                        call-gone: the call is gone
                        suspended: no price any more
                        priced: had no price before
                        agreement: another agreement
                        deck: another deck
                        code: another code
                        origin: another origin
                        jurisdiction: another jurisdiction
                        band: another time band
                        tier: another volume tier
                        destination: another name of the destination
                        rate: another rate
                        setup: another setup fee
                        increments: another minimum or increment
                        terms: other roundings or policies of the agreement
                        """);
    }

    // One month of charges before and after: only the destination that came out otherwise is told.
    @Test
    void a_preview_that_is_taken_back_tells_months_apart() throws SQLException {
        try (TestNight night = new TestNight(OLD)) {
            night.calls(
                    """
                    a ACME - 4420 2024-03-31T23:59:59Z 60000
                    b ACME - 4420 2024-04-01T00:00:00Z 60000
                    c ACME - 4930 2024-04-01T00:00:00Z 60000\
                    """);
            night.traffic.rate();
            night.book(OLD.replace("0.60", "0.645").replace("decimals=2", "decimals=3"));
            try (Connection connection = night.database.connect()) {
                Run run = Run.begin(connection, "rate", "preview", Instant.EPOCH);
                Rating.Result result =
                        Rating.rate(connection, run, night.traffic.book(), null, null, told -> {});
                assertThat(ChargeChanges.of(connection, result.publication()))
                        .extracting(change ->
                                "%s %s %s %s"
                                        .formatted(
                                                change.month(),
                                                change.destination(),
                                                change.before().amount(),
                                                change.after().amount()))
                        .containsExactly("2024-03 UK 0.600 0.645", "2024-04 UK 0.600 0.645");
                connection.rollback();
            }
        }
    }

    private static List<String> changes(TestNight night, int publication) throws SQLException {
        try (Connection connection = night.database.connect()) {
            return CausedChanges.of(connection, publication).stream()
                    .map(change ->
                            "%s %s %s %s %s %s, %s %s"
                                    .formatted(
                                            change.agreement(),
                                            change.side().label(),
                                            change.destination(),
                                            change.cause().label(),
                                            figures(change.before()),
                                            change.currencyBefore(),
                                            figures(change.after()),
                                            change.currencyAfter()))
                    .toList();
        }
    }

    private static String figures(ChargeChanges.Figures figures) {
        return "%d %d s %s"
                .formatted(figures.callCount(), figures.billedSeconds(), figures.amount());
    }
}
