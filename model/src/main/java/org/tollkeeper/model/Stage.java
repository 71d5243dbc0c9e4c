package org.tollkeeper.model;

/// The stage that holds a record or a charge back.
public enum Stage implements Coded {
    MEDIATION(1, "mediation"),
    RATING(2, "rating");

    private final int code;
    private final String label;

    Stage(int code, String label) {
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
