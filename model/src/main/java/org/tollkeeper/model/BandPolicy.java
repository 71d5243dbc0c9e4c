package org.tollkeeper.model;

/// What happens to a call that runs over the boundary of a time band.
public enum BandPolicy implements Coded {
    /// The band of the connect instant prices the whole call.
    BY_START(1, "by-start"),
    /// Cut at the boundary; a block once begun is finished at its own price.
    SPLIT_CARRY(2, "split-carry"),
    /// Cut at the boundary; each part is rounded by itself.
    SPLIT_ROUNDED(3, "split-rounded");

    private final int code;
    private final String label;

    BandPolicy(int code, String label) {
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
