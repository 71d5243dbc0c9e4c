package org.tollkeeper.samples;

/// What mediation is to make of a record.
enum Fate {
    CALL,
    DUPLICATE,
    FILTERED,
    MALFORMED,
    UNKNOWN_TRUNK,
    BAD_NUMBER;

    /// The fate of a record of this call that was not seen before.
    static Fate of(Call call) {
        Route route = call.route();
        if (route.sender() == Party.STRANGER || lacksPrefix(route)) {
            return UNKNOWN_TRUNK;
        }
        return switch (route.destination()) {
            case NO_NUMBER -> BAD_NUMBER;
            case TEST_LINE -> FILTERED;
            default -> CALL;
        };
    }

    boolean suspended() {
        return switch (this) {
            case MALFORMED, UNKNOWN_TRUNK, BAD_NUMBER -> true;
            case CALL, DUPLICATE, FILTERED -> false;
        };
    }

    private static boolean lacksPrefix(Route route) {
        return route.ingressTrunk().equals("ganges-mum") && route.prefix().isEmpty();
    }
}
