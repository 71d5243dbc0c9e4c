package org.tollkeeper.model;

/// How milliseconds of talk become whole seconds, once, before increments.
public enum DurationRounding implements Coded {
    UP(1, "up"),
    HALF_UP(2, "half-up"),
    DOWN(3, "down");

    private final int code;
    private final String label;

    DurationRounding(int code, String label) {
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
