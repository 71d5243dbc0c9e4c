package org.tollkeeper.rating.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.tollkeeper.model.Side;

/// Decisions are remembered, and never for another unit.
class UnitChoiceTest {

    private static final LocalDate FIFTH = LocalDate.of(2024, 3, 5);
    private static final LocalDate SIXTH = LocalDate.of(2024, 3, 6);

    @Test
    void a_decision_holds_for_one_carrier_side_and_day() {
        Set<Unit> meant =
                Set.of(
                        new Unit(1, Side.SELL, FIFTH),
                        new Unit(40, Side.BUY, FIFTH),
                        new Unit(1, Side.BUY, SIXTH));
        List<Unit> asked = new ArrayList<>();
        UnitChoice choice =
                new UnitChoice(unit -> {
                    asked.add(unit);
                    return meant.contains(unit);
                });
        for (LocalDate day : List.of(FIFTH, FIFTH, SIXTH, FIFTH)) {
            for (Side side : Side.values()) {
                for (int carrier : List.of(0, 1, 40, 1)) {
                    assertThat(choice.has(carrier, side, day))
                            .isEqualTo(meant.contains(new Unit(carrier, side, day)));
                }
            }
        }
        assertThat(asked).as("three carriers, two sides, the 5th, 6th and 5th").hasSize(18);
    }
}
