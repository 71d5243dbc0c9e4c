package org.tollkeeper.model;

/// Where a call to a North American number stands in US regulation.
public enum Jurisdiction implements Coded {
    INTERSTATE(1, "interstate"),
    INTRASTATE(2, "intrastate"),
    /// One of the two states is not known.
    INDETERMINATE(3, "indeterminate");

    private final int code;
    private final String label;

    Jurisdiction(int code, String label) {
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
