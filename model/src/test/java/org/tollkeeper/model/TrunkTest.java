package org.tollkeeper.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkTest {

    @ParameterizedTest(name = "from {0} to {1}, on {2}: {3}")
    @CsvSource({
        "          ,           , 2024-06-01, true",
        "2024-06-01,           , 2024-05-31, false",
        "2024-06-01,           , 2024-06-01, true",
        "          , 2024-06-01, 2024-06-01, true",
        "          , 2024-06-01, 2024-06-02, false",
        "2024-06-01, 2024-06-30, 2024-06-15, true",
    })
    void isInForceFromItsFirstToItsLastDay(
            @Nullable LocalDate from, @Nullable LocalDate to, LocalDate day, boolean inForce) {
        Trunk trunk = new Trunk("lon1", "ACME_IN", "ACME", TrunkDirection.IN, "", "", from, to, "");

        assertThat(trunk.inForceOn(day)).isEqualTo(inForce);
    }
}
