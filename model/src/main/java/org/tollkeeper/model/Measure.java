package org.tollkeeper.model;

/// The seconds by which the two directions of an imbalance settlement are compared.
public enum Measure implements Coded {
    BILLED(1, "billed"),
    ACTUAL(2, "actual");

    private final int code;
    private final String label;

    Measure(int code, String label) {
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
