package org.tollkeeper.model;

/// The way calls take through a trunk, seen from our switch.
public enum TrunkDirection implements Coded {
    IN(1, "in"),
    OUT(2, "out"),
    BOTH(3, "both");

    private final int code;
    private final String label;

    TrunkDirection(int code, String label) {
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
