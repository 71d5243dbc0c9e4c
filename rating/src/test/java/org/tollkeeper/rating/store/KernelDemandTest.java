package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tollkeeper.model.Book;
import org.tollkeeper.model.Side;
import org.tollkeeper.rating.BookText;
import org.tollkeeper.rating.Rater;

/// From which call on a kernel is compiled, and whose calls count for it.
class KernelDemandTest {

    private static final String BOOK =
            """
            agreement A carrier=ACME zone=UTC sell=S buy=B
            agreement B carrier=BETA zone=UTC sell=S buy=B
            agreement G carrier=GAMMA zone=Europe/Berlin sell=S buy=B
            deck S
            deck B
            row S,44,UK,0.60
            row B,44,UK,0.50
            """;

    @ParameterizedTest(name = "ACME sells {0} calls, {1} {2} {3}: {4}")
    @CsvSource({
        "1025, ACME,  SELL, 0, true",
        "1024, ACME,  SELL, 0, false",
        "1024, ACME,  SELL, 1, true",
        "1024, BETA,  SELL, 1, true",
        "1024, GAMMA, SELL, 1, false",
        "1024, BETA,  BUY,  1, false",
        "0,    BETA,  BUY,  1025, true"
    })
    void calls_of_equal_terms_count_together(
            int sold, String carrier, Side side, int more, boolean isWorthAKernel) {
        Book book = BookText.of(BOOK);
        KernelDemand demand = new KernelDemand(book, new Rater(book));
        demand.of("ACME", Side.SELL, "").add(sold);
        KernelDemand.Count count = demand.of(carrier, side, "");
        count.add(more);
        assertThat(count.isWorthAKernel()).isEqualTo(isWorthAKernel);
    }
}
