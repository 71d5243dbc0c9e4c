package org.tollkeeper.rating.kernel;

import java.util.HashMap;
import java.util.Map;
import org.tollkeeper.model.Jurisdiction;

/// The states of North American area and exchange codes, by the code itself.
final class StateTable {

    private static final int UNKNOWN = 0;

    private final char[] states = new char[1_000_000];
    private final int interstate = Jurisdiction.INTERSTATE.code() - 1;
    private final int intrastate = Jurisdiction.INTRASTATE.code() - 1;
    private final int indeterminate = Jurisdiction.INDETERMINATE.code() - 1;

    StateTable(Map<String, String> nanpStates) {
        Map<String, Integer> numbers = new HashMap<>();
        nanpStates.forEach((code, state) -> {
            int number = numbers.computeIfAbsent(state, s -> numbers.size() + 1);
            states[Integer.parseInt(code)] = (char) number;
        });
    }

    /// The jurisdiction of two numbers: its code less 1, the order of the constants.
    int jurisdiction(long calling, long number) {
        int from = state(calling);
        int to = state(number);
        if (from == UNKNOWN || to == UNKNOWN) {
            return indeterminate;
        }
        return from == to ? intrastate : interstate;
    }

    private int state(long packed) {
        int code = DigitTrie.areaAndExchange(packed);
        return code < 0 ? UNKNOWN : states[code];
    }
}
