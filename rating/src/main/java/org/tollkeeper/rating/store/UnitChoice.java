package org.tollkeeper.rating.store;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Side;

/// Which sides of calls are priced, decided once for each unit and remembered for the day last
/// asked for: calls come by the day.
final class UnitChoice {

    private static final Decision[] NONE = {};

    private final Predicate<Unit> chosen;
    private final Map<Side, Decision[]> last = new EnumMap<>(Side.class);

    private record Decision(LocalDate day, boolean isChosen) {}

    /// @param chosen is asked at least once for each unit
    UnitChoice(Predicate<Unit> chosen) {
        this.chosen = chosen;
    }

    /// @param day UTC day of connect
    boolean has(int carrier, Side side, LocalDate day) {
        Decision[] ofSide = last.getOrDefault(side, NONE);
        if (carrier >= ofSide.length) {
            ofSide = Arrays.copyOf(ofSide, 2 * carrier + 1);
            last.put(side, ofSide);
        }
        @Nullable Decision decision = ofSide[carrier];
        if (decision == null || !decision.day.equals(day)) {
            decision = new Decision(day, chosen.test(new Unit(carrier, side, day)));
            ofSide[carrier] = decision;
        }
        return decision.isChosen;
    }
}
