package org.tollkeeper.model;

/// How volume tiers price a month.
public enum TierMode implements Coded {
    /// Each billed second at the price of the tier it falls in.
    GRADUATED(1, "graduated"),
    /// The tier that the month's total reaches prices every call.
    ALL_UNITS(2, "all-units");

    private final int code;
    private final String label;

    TierMode(int code, String label) {
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
