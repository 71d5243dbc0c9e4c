package org.tollkeeper.model;

/// Which traffic an imbalance settlement charges once the ratio is exceeded.
public enum Excess implements Coded {
    /// Only what exceeds ratio x the lighter side.
    OVER_RATIO(1, "over-ratio"),
    /// Everything above the lighter side.
    OVER_BALANCE(2, "over-balance"),
    /// All traffic of both sides.
    ALL_TRAFFIC(3, "all-traffic");

    private final int code;
    private final String label;

    Excess(int code, String label) {
        this.code = code;
        this.label = label;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public String label() {
        return label;
    }
}
