package org.tollkeeper.model;

/// How an agreement's calendar is cut into billing periods.
public enum Cycle implements Coded {
    MONTHLY(1, "monthly"),
    /// 1 to 15, and 16 to the end of the month.
    HALF_MONTHLY(2, "half-monthly"),
    /// Monday to Sunday.
    WEEKLY(3, "weekly");

    private final int code;
    private final String label;

    Cycle(int code, String label) {
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
