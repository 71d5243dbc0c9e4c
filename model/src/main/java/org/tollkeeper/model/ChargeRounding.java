package org.tollkeeper.model;

import java.math.RoundingMode;

/// How the exact amount of one call is rounded to the decimals the agreement keeps: once, at the
/// end.
public enum ChargeRounding implements Coded {
    HALF_UP(1, "half-up", RoundingMode.HALF_UP),
    HALF_EVEN(2, "half-even", RoundingMode.HALF_EVEN),
    UP(3, "up", RoundingMode.UP),
    DOWN(4, "down", RoundingMode.DOWN);

    private final int code;
    private final String label;
    private final RoundingMode mode;

    ChargeRounding(int code, String label, RoundingMode mode) {
        this.code = code;
        this.label = label;
        this.mode = mode;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }

    public RoundingMode mode() {
        return mode;
    }
}
